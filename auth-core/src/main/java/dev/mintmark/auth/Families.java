package dev.mintmark.auth;

import dev.mintmark.auth.keys.ServerSecrets;
import dev.mintmark.auth.protocol.Authorization;
import dev.mintmark.auth.protocol.Binding;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.FamilyId;
import dev.mintmark.auth.protocol.TokenKind;
import dev.mintmark.auth.store.Change;
import dev.mintmark.auth.store.GrantKey;
import dev.mintmark.auth.store.Kind;
import dev.mintmark.auth.store.Stored;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Refresh families: one row each, whose version is the generation of the current token.
 *
 * <p>A token is {@code family.generation.MAC}, or a JWT whose {@code jti} that is. A forged one is refused before the store is
 * asked; a rotation is one compare-and-set of one row; and the successor can be told again, because it can be computed.
 */
final class Families {
    private static final Pattern HANDLE = Pattern.compile("([0-9a-f]{32})\\.([1-9][0-9]{0,17})\\.([A-Za-z0-9_-]{43})");
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Duration GRACE_OF_THE_UNBOUND = Duration.ofSeconds(10);

    /** Details of a family's row: which secret made the current token, when the family ends at the latest, and how long it may idle. */
    private static final String SECRET = "secret";

    private static final String ENDS = "ends";
    private static final String IDLE = "idle";

    private final Settings settings;
    private final ServerSecrets secrets;
    private final KeyRings keys;
    private final EngineMemory memory;

    Families(Settings settings, ServerSecrets secrets, KeyRings keys, EngineMemory memory) {
        this.settings = settings;
        this.secrets = secrets;
        this.keys = keys;
        this.memory = memory;
    }

    /** A family after a change: the token to tell, when it expires, and what must be written for it to be true. */
    record Turn(String handle, Instant expires, Change change) {}

    Turn start(Authorization authorization, Duration lifetime, Instant born, Instant now) {
        Duration idle = settings.refreshIdle();
        FamilyId family = authorization.family().orElseThrow();
        Instant ends = now.plus(lifetime);
        Instant expires = earlier(ends, now.plus(idle));
        String secret = active();
        Claims details =
                Claims.of(SECRET, secret).with(ENDS, ends.toEpochMilli()).with(IDLE, idle.toMillis());
        Change insert = memory.remember(
                Kind.FAMILY, family.value(), authorization, details, Duration.between(now, expires), born);
        return new Turn(handle(family, 1, secret), expires, insert);
    }

    /** Rotates, or within the grace tells the same successor again without a write. */
    Turn next(Held held, Instant now) {
        FamilyId family = held.authorization().family().orElseThrow();
        Stored stored = held.stored();
        if (held.use() == Held.Use.RETRY) {
            String secret = held.details().string(SECRET).orElseThrow();
            return new Turn(handle(family, stored.version(), secret), stored.expires(), Change.none());
        }
        Instant ends = Instant.ofEpochMilli(held.details().number(ENDS).orElseThrow());
        Duration idle = Duration.ofMillis(held.details().number(IDLE).orElseThrow());
        Instant expires = earlier(ends, now.plus(idle));
        String secret = active();
        Change.Write rotation =
                memory.update(held, held.authorization(), held.details().with(SECRET, secret), expires);
        return new Turn(handle(family, stored.version() + 1, secret), expires, Change.of(rotation));
    }

    /** What a refresh token names, if this server made it; whether the client may use it is for others to say. */
    Optional<Held> find(String token, Optional<Client> presenter, Instant now) {
        Optional<String> handle = token.startsWith("eyJ")
                ? keys.verify(TokenKind.REFRESH, token, now).flatMap(claims -> claims.string("jti"))
                : Optional.of(token);
        Optional<Matcher> parts =
                handle.map(HANDLE::matcher).filter(Matcher::matches).filter(this::isOurs);
        if (parts.isEmpty()) return Optional.empty();
        long generation = Long.parseLong(parts.get().group(2));
        GrantKey key = memory.key(Kind.FAMILY, parts.get().group(1));
        return memory.find(key).map(held -> {
            Held.Use use = use(held, generation, presenter);
            return new Held(held.stored(), held.authorization(), held.details(), use);
        });
    }

    /** Judged by the store's time, never by a node's clock. */
    private Held.Use use(Held held, long generation, Optional<Client> presenter) {
        Stored stored = held.stored();
        if (generation == stored.version()) return Held.Use.FIRST;
        Duration grace = settings.refreshGrace().orElse(unbound(held, presenter) ? GRACE_OF_THE_UNBOUND : GRACE);
        boolean inTime =
                !grace.isZero() && !stored.now().isAfter(stored.changed().plus(grace));
        return generation == stored.version() - 1 && inTime ? Held.Use.RETRY : Held.Use.REPLAY;
    }

    private static boolean unbound(Held held, Optional<Client> presenter) {
        return held.authorization().binding().equals(Binding.NONE)
                && presenter.map(Client::isPublic).orElse(true);
    }

    /** Compared as text, so that a token has one spelling. */
    private boolean isOurs(Matcher parts) {
        byte[] presented = parts.group(3).getBytes(StandardCharsets.US_ASCII);
        return secrets.ids().stream()
                .flatMap(id -> mac(parts.group(1), parts.group(2), id).stream())
                .anyMatch(mac -> ServerSecrets.equal(mac.getBytes(StandardCharsets.US_ASCII), presented));
    }

    private String handle(FamilyId family, long generation, String secret) {
        return family + "." + generation + "."
                + mac(family.value(), Long.toString(generation), secret).orElseThrow();
    }

    private Optional<String> mac(String family, String generation, String secret) {
        String message = settings.issuer() + '\n' + family + '\n' + generation;
        return secrets.mac(secret, "refresh", message.getBytes(StandardCharsets.UTF_8))
                .map(Base64.getUrlEncoder().withoutPadding()::encodeToString);
    }

    private String active() {
        return secrets.ids().get(0);
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
