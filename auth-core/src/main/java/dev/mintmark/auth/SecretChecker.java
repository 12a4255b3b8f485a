package dev.mintmark.auth;

import dev.mintmark.auth.client.ProofCheck;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks clients' secrets. Cheap ones at once; costly ones in turn, only so many at a time, and a success is remembered for minutes,
 * under a MAC whose key this process never tells.
 */
final class SecretChecker implements ProofCheck {
    private static final Duration REMEMBERED = Duration.ofMinutes(5);
    private static final int MOST_REMEMBERED = 10_000;

    private final Clock clock;
    private final SecretKeySpec processKey;
    private final Turns turns;

    /** Guarded by itself. */
    private final Map<String, Instant> remembered = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    SecretChecker(Clock clock, SecureRandom random, int atOnce) {
        byte[] key = new byte[32];
        random.nextBytes(key);
        this.clock = clock;
        this.processKey = new SecretKeySpec(key, "HmacSHA256");
        this.turns = new Turns("client secrets", atOnce, 1, random);
    }

    @Override
    public boolean secret(Client client, String presented) {
        for (Secret secret : client.secrets()) {
            if (secret.isCheap() ? secret.matches(presented) : costly(client, secret, presented)) return true;
        }
        return false;
    }

    private boolean costly(Client client, Secret secret, String presented) {
        String memo = memo(client, secret, presented);
        if (isRemembered(memo)) return true;
        boolean right = turns.among(client.clientId(), () -> turns.slowly(() -> secret.matches(presented)));
        if (!right) return false;
        synchronized (remembered) {
            remembered.put(memo, clock.instant().plus(REMEMBERED));
        }
        return true;
    }

    private boolean isRemembered(String memo) {
        synchronized (remembered) {
            Instant until = remembered.get(memo);
            if (until == null) return false;
            if (until.isAfter(clock.instant())) return true;
            remembered.remove(memo);
            return false;
        }
    }

    private String memo(Client client, Secret secret, String presented) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(processKey);
            for (String part : new String[] {client.clientId(), secret.stored(), presented}) {
                mac.update(part.getBytes(StandardCharsets.UTF_8));
                mac.update((byte) 0);
            }
            return Base64.getEncoder().encodeToString(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
