package dev.mintmark.auth.standalone;

import dev.mintmark.auth.AuthorizationServerBuilder;
import dev.mintmark.auth.pages.Pages;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.GrantType;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Switches the pages on where there are people to use them, and reads what concerns browsers alone. */
final class BrowserReader {
    private static final String[] KEYS = {"session", "interaction", "acr", "pairwise_salt", "device_code"};
    private static final Duration IDLE = Duration.ofHours(2);
    private static final Duration LIFETIME = Duration.ofHours(12);
    private static final Duration LONGEST_SESSION = Duration.ofDays(400);
    private static final Duration LONGEST_INTERACTION = Duration.ofDays(1);
    private static final Duration DEVICE = Duration.ofMinutes(10);
    private static final Duration LONGEST_DEVICE = Duration.ofHours(1);
    private static final int LEAST_SALT = 32;

    private final AuthorizationServerBuilder builder;
    private final SecureRandom random;

    BrowserReader(AuthorizationServerBuilder builder, SecureRandom random) {
        this.builder = builder;
        this.random = random;
    }

    void read(
            Section s, Profiles.Accent accent, List<Client> clients, List<byte[]> secrets, Optional<HttpClient> http) {
        if (!accent.has(Profiles.Trait.PAGES)) {
            s.notForApi(KEYS);
            return;
        }
        s.within("session", this::session);
        s.within(
                "interaction",
                interaction -> interaction
                        .read("lifetime", v -> Lifetimes.within(v, LONGEST_INTERACTION, "a day"))
                        .ifPresent(builder::interactionLifetime));
        s.find("acr").ifPresent(this::contextClasses);
        Optional<byte[]> salt = s.read("pairwise_salt", BrowserReader::salt);
        builder.pairwiseSubjects(salt.orElseGet(() -> derived(secrets)));
        http.ifPresent(client -> builder.backChannelLogout(
                client, Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofMinutes(1)));
        devices(s, clients);
        if (s.find("users").isPresent()) builder.interaction(Pages.standard());
    }

    /** The device grant is there if a client names it. */
    private void devices(Section s, List<Client> clients) {
        Optional<Section> device = s.read("device_code", Value::section);
        Optional<Duration> lifetime =
                device.flatMap(d -> d.read("lifetime", v -> Lifetimes.within(v, LONGEST_DEVICE, "an hour")));
        device.ifPresent(Section::end);
        if (clients.stream().noneMatch(client -> client.grantTypes().contains(GrantType.DEVICE_CODE))) return;
        if (s.find("users").isPresent()) builder.deviceGrant(lifetime.orElse(DEVICE));
        else s.at().faultBelow("users", "is missing, and a client has the device grant");
    }

    private void session(Section s) {
        Optional<Duration> idle = s.read("idle", v -> Lifetimes.within(v, LONGEST_SESSION, "400 days"));
        Optional<Duration> written = s.read("lifetime", v -> Lifetimes.within(v, LONGEST_SESSION, "400 days"));
        Duration lifetime = written.orElse(LIFETIME);
        boolean known = s.find("lifetime").isEmpty() || written.isPresent();
        if (known && idle.filter(d -> d.compareTo(lifetime) > 0).isPresent()) {
            s.find("idle").ifPresent(v -> v.fault("must not be longer than the lifetime, " + lifetime));
        } else {
            builder.sessions(Lifetimes.least(idle.orElse(IDLE), lifetime), lifetime);
        }
    }

    private void contextClasses(Value value) {
        List<String> names = value.each(Value::text);
        boolean two = names.size() == 2 && !names.get(0).equals(names.get(1));
        if (two) builder.contextClasses(names.get(0), names.get(1));
        else if (value.isList() && !value.isUnknown()) value.fault("must be two names, of one factor and of two");
    }

    private static Optional<byte[]> salt(Value value) {
        return value.text().map(text -> text.getBytes(StandardCharsets.UTF_8)).filter(bytes -> {
            if (bytes.length < LEAST_SALT) value.fault("must have at least 32 bytes, and has " + bytes.length);
            return bytes.length >= LEAST_SALT;
        });
    }

    /** Of the oldest secret, which stays while new ones are put before it. Without one nothing outlives the process. */
    private byte[] derived(List<byte[]> secrets) {
        byte[] fresh = new byte[LEAST_SALT];
        random.nextBytes(fresh);
        byte[] secret = secrets.isEmpty() ? fresh : secrets.get(secrets.size() - 1);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal("mintmark pairwise subjects".getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
