package dev.mintmark.auth.store;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Counts guesses. Each is paid for before it is looked at, so that no two made at once share one payment. Thread-safe.
 *
 * <p>A counter begins with its first attempt and ends a while {@linkplain Limit#within later}, though never while it is closed;
 * what was counted is forgotten then. When it is full it is closed for a {@linkplain Limit#lock time} after its latest attempt; then one attempt is let in at
 * a time, which closes it again, until it ends. Time is the store's own.
 *
 * <p>A store holds a bounded number of counters. When it is full of live ones it refuses new ones with a {@link StoreException}
 * rather than forget one.
 */
public interface AttemptStore {
    /**
     * Pays for one attempt from every counter, or, if one of them is closed, from none.
     *
     * @param charges the counters, in the order in which they are looked at; each key once
     * @return empty if it is paid; else how long the first closed counter stays closed
     * @throws StoreException if the store is full or cannot be reached: nothing is paid
     */
    Optional<Duration> charge(List<Charge> charges);

    /**
     * Gives one attempt back to each of these counters. One that is still full stays closed.
     *
     * @param keys the counters, each of which was charged
     */
    void refund(List<GrantKey> keys);

    /**
     * Forgets all that was counted.
     *
     * @param key the counter
     */
    void clear(GrantKey key);

    /**
     * A counter to be charged.
     *
     * @param key the counter: issuer, what is counted, and a hash of for whom
     * @param limit when it is full
     */
    record Charge(GrantKey key, Limit limit) {}

    /**
     * When a counter is full, and for how long.
     *
     * @param attempts how many it holds
     * @param within how long after its first attempt it ends
     * @param lock how long it is closed after its latest attempt, once it is full
     */
    record Limit(int attempts, Duration within, Duration lock) {
        /**
         * A limit.
         *
         * @param attempts how many it holds
         * @param within how long after its first attempt it ends
         * @param lock how long it is closed after its latest attempt, once it is full
         * @throws IllegalArgumentException if one of them is not positive
         */
        public Limit {
            if (attempts < 1 || within.isNegative() || within.isZero() || lock.isNegative() || lock.isZero()) {
                throw new IllegalArgumentException("a limit needs attempts, a window and a lock");
            }
        }
    }
}
