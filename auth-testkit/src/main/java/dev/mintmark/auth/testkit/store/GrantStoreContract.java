package dev.mintmark.auth.testkit.store;

import dev.mintmark.auth.store.GrantStore;
import java.time.Clock;

/**
 * What every {@link GrantStore} holds: extend it in a test, say how a store is made, and the suite does the rest.
 *
 * <pre>{@code
 * final class MyGrantStoreTest extends GrantStoreContract {
 *     @Override
 *     protected GrantStore store(Clock clock) {
 *         return new MyGrantStore(clock);
 *     }
 * }
 * }</pre>
 *
 * <p>Each test has a store of its own and leaves nothing running. Tests of races start eight threads at once, so a store on
 * connections needs eight of them. Text is stored and compared exactly as it is, up to 255 characters a value; payloads have
 * up to 64 KiB; moments have milliseconds.
 */
public abstract class GrantStoreContract extends RaceContract {
    /** A suite. */
    protected GrantStoreContract() {}

    /**
     * A fresh, empty store.
     *
     * @param clock its time, if it can be told; a store with a time of its own leaves it aside and overrides {@link #timeOf}
     * @return the store
     */
    @Override
    protected abstract GrantStore store(Clock clock);

    /**
     * The time by which a store judges. For a store with a time of its own, like a database's, override it with a clock that
     * asks there: the tests then place rows in that time's past where they would else have moved the clock.
     *
     * @param made what {@link #store} made
     * @param given the clock that was given to {@link #store}
     * @return the given clock, unless overridden
     */
    @Override
    protected Clock timeOf(GrantStore made, Clock given) {
        return given;
    }

    /**
     * How often a race is run.
     *
     * @return 300, unless overridden: fewer for a slow store
     */
    @Override
    protected int rounds() {
        return 300;
    }
}
