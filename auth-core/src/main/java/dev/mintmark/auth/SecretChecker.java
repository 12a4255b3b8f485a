package dev.mintmark.auth;

import dev.mintmark.auth.client.ProofCheck;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.protocol.Refused;
import dev.mintmark.auth.protocol.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks clients' secrets. Cheap ones at once; costly ones in turn, only so many at a time, and a success is remembered for minutes,
 * under a MAC whose key this process never tells.
 */
final class SecretChecker implements ProofCheck {
    private static final Duration REMEMBERED = Duration.ofMinutes(5);
    private static final int MOST_REMEMBERED = 10_000;

    /** How long a request waits for its turn, and how many wait at the most: each holds a thread. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private static final int MOST_WAITING = 16;
    private static final int LANES = 64;

    private final Clock clock;
    private final SecretKeySpec processKey;
    private final Semaphore hashing;
    private final Semaphore waiting;
    private final List<Semaphore> lanes;

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
        this.hashing = new Semaphore(atOnce, true);
        this.waiting = new Semaphore(atOnce + MOST_WAITING);
        this.lanes = Stream.generate(() -> new Semaphore(1, true)).limit(LANES).toList();
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
        if (!hashed(client, () -> secret.matches(presented))) return false;
        synchronized (remembered) {
            remembered.put(memo, clock.instant().plus(REMEMBERED));
        }
        return true;
    }

    /**
     * In turn: first among those of the same client, of whom one is hashed at a time, so that guesses at one client's secret
     * keep no other client waiting; then among all.
     */
    private boolean hashed(Client client, BooleanSupplier check) {
        Semaphore lane = lanes.get(Math.floorMod(client.clientId().hashCode(), LANES));
        if (!waiting.tryAcquire()) throw busy();
        boolean ours = false;
        try {
            ours = lane.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (!ours || !hashing.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) throw busy();
            try {
                return check.getAsBoolean();
            } finally {
                hashing.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        } finally {
            if (ours) lane.release();
            waiting.release();
        }
    }

    private static Refused busy() {
        return Refusal.of(ErrorCode.TEMPORARILY_UNAVAILABLE, "too many client secrets are being hashed")
                .retryAfter(Duration.ofSeconds(1))
                .thrown();
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
