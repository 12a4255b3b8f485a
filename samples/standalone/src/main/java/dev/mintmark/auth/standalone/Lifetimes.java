package dev.mintmark.auth.standalone;

import dev.mintmark.auth.AuthorizationServerBuilder;
import dev.mintmark.auth.protocol.Client;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads how long tokens and codes live. What is written counts: the engine's bounds on lifetimes, which are there for policies,
 * give way to the file.
 */
final class Lifetimes {
    private static final Duration LONGEST = Duration.ofDays(3650);
    private static final Duration ACCESS_BOUND = Duration.ofDays(7);
    private static final Duration REFRESH_BOUND = Duration.ofDays(400);

    private final List<Duration> accessAndId = new ArrayList<>(List.of(ACCESS_BOUND));
    private final List<Duration> refresh = new ArrayList<>(List.of(REFRESH_BOUND));
    private final AuthorizationServerBuilder builder;

    Lifetimes(AuthorizationServerBuilder builder) {
        this.builder = builder;
    }

    static Optional<Duration> positive(Value value) {
        return within(value, LONGEST, "ten years");
    }

    static Optional<Duration> within(Value value, Duration longest, String inWords) {
        Optional<Duration> read = value.duration();
        Optional<Duration> sane =
                read.filter(d -> d.compareTo(Duration.ofSeconds(1)) >= 0 && d.compareTo(longest) <= 0);
        if (read.isPresent() && sane.isEmpty()) value.fault("must be from a second to " + inWords);
        return sane;
    }

    void access(Value value) {
        positive(value).ifPresent(d -> {
            accessAndId.add(d);
            builder.accessTokenLifetime(d);
        });
    }

    void id(Value value) {
        positive(value).ifPresent(d -> {
            accessAndId.add(d);
            // Some profiles let ID tokens live as long as access tokens.
            builder.idTokenLifetime(d).tokens((by, client, granted, user, plan) -> plan.id(token -> token.lifetime(d)));
        });
    }

    void refresh(Section s, Profiles.Accent accent) {
        Optional<Duration> most = s.read("lifetime", Lifetimes::positive);
        Optional<Duration> idle = s.read("idle", Lifetimes::positive);
        most.ifPresent(refresh::add);
        if (most.isPresent() || idle.isPresent()) {
            Duration lifetime = most.orElse(accent.refresh());
            boolean known = s.find("lifetime").isEmpty() || most.isPresent();
            if (known && idle.filter(d -> d.compareTo(lifetime) > 0).isPresent()) {
                s.find("idle").ifPresent(v -> v.fault("must not be longer than the lifetime, " + lifetime));
            }
            builder.refreshTokenLifetime(lifetime, idle.orElse(least(accent.idle(), lifetime)));
        }
        s.read("grace", Value::duration).ifPresent(builder::refreshGrace);
    }

    /** What clients ask for, and then the bounds. */
    void end(List<Client> clients) {
        clients.forEach(client -> {
            client.accessTokenLifetime().ifPresent(accessAndId::add);
            client.refreshTokenLifetime().ifPresent(refresh::add);
        });
        Duration longest = accessAndId.stream().max(Duration::compareTo).orElseThrow();
        Duration longestRefresh = refresh.stream().max(Duration::compareTo).orElseThrow();
        if (longest.compareTo(ACCESS_BOUND) > 0 || longestRefresh.compareTo(REFRESH_BOUND) > 0) {
            builder.longestLifetimes(longest, longestRefresh);
        }
    }

    static Duration least(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
