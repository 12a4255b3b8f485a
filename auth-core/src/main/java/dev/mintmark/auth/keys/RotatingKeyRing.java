package dev.mintmark.auth.keys;

import com.nimbusds.jose.jwk.JWK;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.SigningAlgorithm;
import dev.mintmark.auth.store.Change;
import dev.mintmark.auth.store.GrantKey;
import dev.mintmark.auth.store.GrantStore;
import dev.mintmark.auth.store.Lineage;
import dev.mintmark.auth.store.StoreException;
import dev.mintmark.auth.store.Stored;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A ring of keys that is one row of the grant store, written by compare-and-set: whichever node is first makes the next key,
 * the others read it. A key is published {@linkplain Schedule#ahead ahead} of its first signature, and kept until the last
 * token it can have signed has expired, on every node's clock.
 */
public final class RotatingKeyRing implements KeyRing {
    /**
     * When keys come and go.
     *
     * @param every how long a key signs
     * @param ahead how long a key is published before it signs: longer than caches and nodes take to notice
     * @param keep how long a key verifies after it has signed its last
     */
    public record Schedule(Duration every, Duration ahead, Duration keep) {}

    /** How long a node goes without looking at the row. */
    private static final Duration FRESH = Duration.ofMinutes(1);

    private static final Duration RETRY = Duration.ofSeconds(5);

    /** By how much the clocks of two nodes may differ: the slower one signs and verifies with a key for longer. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private static final Duration FOREVER = Duration.ofDays(3650);

    /** A key and the moment of its first signature. */
    private record Dated(SigningKey key, JWK jwk, Instant from) {}

    private record Snapshot(List<Dated> keys, Instant read, Instant until) {
        boolean covers(Instant now) {
            return !now.isBefore(read) && now.isBefore(until);
        }
    }

    private final GrantStore store;
    private final ServerSecrets secrets;
    private final GrantKey row;
    private final SigningAlgorithm algorithm;
    private final Schedule schedule;
    private final SecureRandom random;
    private final Function<JWK, SigningKey> reader;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile @Nullable Snapshot snapshot;

    /**
     * A ring.
     *
     * @param store where the row is
     * @param secrets what encrypts it
     * @param row the row's key
     * @param algorithm the algorithm of every key in the ring
     * @param schedule when keys come and go
     * @param random where keys come from
     * @param reader makes a key from its private JWK
     */
    public RotatingKeyRing(
            GrantStore store,
            ServerSecrets secrets,
            GrantKey row,
            SigningAlgorithm algorithm,
            Schedule schedule,
            SecureRandom random,
            Function<JWK, SigningKey> reader) {
        this.store = store;
        this.secrets = secrets;
        this.row = row;
        this.algorithm = algorithm;
        this.schedule = schedule;
        this.random = random;
        this.reader = reader;
    }

    @Override
    public SigningKey signer(Instant now) {
        return signing(current(now), now).key();
    }

    private static Dated signing(List<Dated> keys, Instant now) {
        Dated signing = keys.get(0);
        for (Dated key : keys) if (!key.from().isAfter(now)) signing = key;
        return signing;
    }

    @Override
    public List<SigningKey> keys(Instant now) {
        return current(now).stream().map(Dated::key).toList();
    }

    @Override
    public void rotate(Instant now) {
        reading.lock();
        try {
            read(now, true);
        } finally {
            reading.unlock();
        }
    }

    /** What is there is not even read: the secret that sealed it may be gone for the same reason. */
    @Override
    public void revoke(Instant now) {
        reading.lock();
        try {
            List<Dated> fresh = List.of(make(now));
            while (!write(store.find(row), fresh, now)) {}
            snapshot = new Snapshot(fresh, now, now.plus(FRESH));
        } finally {
            reading.unlock();
        }
    }

    private List<Dated> current(Instant now) {
        Snapshot seen = snapshot;
        if (seen != null && seen.covers(now)) return seen.keys();
        // One thread reads; the others go on with what they have, if they have anything.
        if (seen == null) reading.lock();
        else if (!reading.tryLock()) return seen.keys();
        try {
            seen = snapshot;
            return seen != null && seen.covers(now) ? seen.keys() : read(now, false);
        } catch (StoreException e) {
            if (seen == null) throw e;
            snapshot = new Snapshot(seen.keys(), seen.read(), now.plus(RETRY));
            return seen.keys();
        } finally {
            reading.unlock();
        }
    }

    private List<Dated> read(Instant now, boolean rotating) {
        while (true) {
            Optional<Stored> found = store.find(row);
            List<Dated> before = found.map(this::decode).orElse(List.of());
            List<Dated> after = scheduled(before, now, rotating);
            // Sealed anew once the server has a new secret, or the old one could never be left out.
            boolean upToDate = after.equals(before)
                    && found.filter(this::isSealedByAnOldSecret).isEmpty();
            if (upToDate || write(found, after, now)) {
                snapshot = new Snapshot(after, now, now.plus(FRESH));
                return after;
            }
        }
    }

    private boolean isSealedByAnOldSecret(Stored found) {
        return !secrets.isSealedByActive(found.payload());
    }

    private List<Dated> scheduled(List<Dated> before, Instant now, boolean rotating) {
        List<Dated> keys = new ArrayList<>(before);
        if (keys.isEmpty()) keys.add(make(now));
        Dated last = keys.get(keys.size() - 1);
        boolean nextIsOut = last.from().isAfter(now);
        Instant due = last.from().plus(schedule.every());
        if (!nextIsOut && (rotating || !now.isBefore(due.minus(schedule.ahead())))) {
            Instant published = now.plus(schedule.ahead());
            keys.add(make(rotating || due.isBefore(published) ? published : due));
        }
        // A key goes once its successor has signed for so long that nothing of its own can still be valid.
        Instant gone = now.minus(schedule.keep()).minus(SKEW);
        while (keys.size() > 1 && !keys.get(1).from().isAfter(gone)) keys.remove(0);
        return keys;
    }

    private Dated make(Instant from) {
        JWK jwk = SigningKey.generate(algorithm, random);
        return new Dated(reader.apply(jwk), jwk, from);
    }

    private boolean write(Optional<Stored> found, List<Dated> keys, Instant now) {
        byte[] payload = encode(keys);
        Lineage lineage = Lineage.of(row.issuer(), now);
        Change.Write write = found.map(f -> Change.Write.update(f, lineage, now.plus(FOREVER), payload))
                .orElseGet(() -> Change.Write.insert(row, lineage, now.plus(FOREVER), payload));
        return store.apply(Change.of(write)) == GrantStore.Outcome.DONE;
    }

    private byte[] encode(List<Dated> keys) {
        List<Claims> list = keys.stream()
                .map(k -> Claims.of("jwk", k.jwk().toJSONObject())
                        .with("from", k.from().toEpochMilli()))
                .toList();
        return secrets.seal(row.toString(), Claims.of("keys", list).toJson().getBytes(StandardCharsets.UTF_8));
    }

    private List<Dated> decode(Stored found) {
        Claims payload =
                Claims.parse(new String(secrets.open(row.toString(), found.payload()), StandardCharsets.UTF_8));
        List<Dated> known = snapshot == null ? List.of() : snapshot.keys();
        List<Dated> keys = new ArrayList<>();
        for (Claims entry : payload.objects("keys")) {
            try {
                JWK jwk = JWK.parse(entry.object("jwk").toJson());
                Instant from = Instant.ofEpochMilli(entry.number("from").orElseThrow());
                keys.add(known.stream()
                        .filter(k -> k.jwk().equals(jwk) && k.from().equals(from))
                        .findFirst()
                        .orElseGet(() -> new Dated(reader.apply(jwk), jwk, from)));
            } catch (ParseException e) {
                throw new IllegalStateException("a stored key does not parse", e);
            }
        }
        return keys;
    }
}
