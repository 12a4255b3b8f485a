package dev.mintmark.auth.store;

import dev.mintmark.auth.store.AttemptStore.Charge;
import dev.mintmark.auth.store.AttemptStore.Limit;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Counters in this process's memory: other nodes count for themselves. Thread-safe; each call takes one lock, for about a
 * microsecond.
 */
public final class InMemoryAttemptStore implements AttemptStore {
    /** How many counters a store holds unless told otherwise. */
    public static final int DEFAULT_CAPACITY = 200_000;

    /** Each charge clears away more than it can bring. */
    private static final int PURGED_WITH_EACH_CHARGE = 16;

    private record Counter(GrantKey key, int count, Instant began, Instant latest, Limit limit, long serial) {
        Instant closedUntil() {
            return count < limit.attempts() ? Instant.MIN : latest.plus(limit.lock());
        }

        /** When nothing of it matters any more. */
        Instant ends() {
            Instant window = began.plus(limit.within());
            return closedUntil().isAfter(window) ? closedUntil() : window;
        }
    }

    private static final Comparator<Counter> BY_END =
            Comparator.comparing(Counter::ends).thenComparing(Counter::serial);

    private final Clock clock;
    private final int capacity;

    /** All guarded by this. */
    private final Map<GrantKey, Counter> counters = new HashMap<>();

    private final TreeSet<Counter> byEnd = new TreeSet<>(BY_END);
    private long serial;

    /**
     * A store.
     *
     * @param clock the store's time
     * @param capacity how many counters it holds at the most
     */
    public InMemoryAttemptStore(Clock clock, int capacity) {
        this.clock = clock;
        this.capacity = capacity;
    }

    @Override
    public synchronized Optional<Duration> charge(List<Charge> charges) {
        Instant now = clock.instant();
        purge(now);
        int fresh = 0;
        for (Charge charge : charges) {
            Counter counter = live(charge.key(), now);
            if (counter == null) fresh++;
            else if (counter.closedUntil().isAfter(now))
                return Optional.of(Duration.between(now, counter.closedUntil()));
        }
        if (fresh > 0 && counters.size() + fresh > capacity) throw new StoreException("too many counters of attempts");
        for (Charge charge : charges) {
            Counter before = live(charge.key(), now);
            put(new Counter(
                    charge.key(),
                    before == null ? 1 : before.count() + 1,
                    before == null ? now : before.began(),
                    now,
                    charge.limit(),
                    serial++));
        }
        return Optional.empty();
    }

    @Override
    public synchronized void refund(List<GrantKey> keys) {
        for (GrantKey key : keys) {
            Counter c = counters.get(key);
            if (c == null) continue;
            if (c.count() <= 1) clear(key);
            else put(new Counter(key, c.count() - 1, c.began(), c.latest(), c.limit(), serial++));
        }
    }

    @Override
    public synchronized void clear(GrantKey key) {
        Counter counter = counters.remove(key);
        if (counter != null) byEnd.remove(counter);
    }

    private @Nullable Counter live(GrantKey key, Instant now) {
        Counter counter = counters.get(key);
        return counter == null || !counter.ends().isAfter(now) ? null : counter;
    }

    private void put(Counter counter) {
        Counter before = counters.put(counter.key(), counter);
        if (before != null) byEnd.remove(before);
        byEnd.add(counter);
    }

    private void purge(Instant now) {
        for (int purged = 0; purged < PURGED_WITH_EACH_CHARGE && !byEnd.isEmpty(); purged++) {
            if (byEnd.first().ends().isAfter(now)) return;
            counters.remove(byEnd.pollFirst().key());
        }
    }

    /**
     * How many counters there are.
     *
     * @return those that may still matter
     */
    public synchronized int size() {
        return counters.size();
    }
}
