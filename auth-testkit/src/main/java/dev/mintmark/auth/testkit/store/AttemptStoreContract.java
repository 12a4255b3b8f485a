package dev.mintmark.auth.testkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mintmark.auth.store.AttemptStore;
import dev.mintmark.auth.store.AttemptStore.Charge;
import dev.mintmark.auth.store.AttemptStore.Limit;
import dev.mintmark.auth.store.GrantKey;
import dev.mintmark.auth.store.Kind;
import dev.mintmark.auth.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link AttemptStore} holds: extend it in a test, say how a store is made, and the suite does the rest.
 *
 * <p>Each test has a store of its own and leaves nothing running. The race starts eight threads at once, so a store on connections
 * needs eight of them. Moments have milliseconds.
 */
public abstract class AttemptStoreContract {
    private static final String ISSUER = "https://issuer.example";
    private static final Kind GUESS = new Kind("guess");
    private static final Duration MILLI = Duration.ofMillis(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Closed for a minute after the third attempt, forgotten an hour after the first. */
    private static final Limit THREE = new Limit(3, Duration.ofHours(1), MINUTE);

    /** Closed beyond its window. */
    private static final Limit LONG_LOCK = new Limit(1, MINUTE, Duration.ofHours(1));

    private final ManualClock clock = new ManualClock(Instant.parse("2031-05-06T07:08:09.123Z"));
    private AttemptStore store;

    /** A suite. */
    protected AttemptStoreContract() {}

    /**
     * A fresh, empty store.
     *
     * @param clock its time
     * @param capacity how many counters it holds, if it can be told; a hundred thousand are enough for all tests but those of a
     *     full store, which are not run if {@link #isBounded} is false
     * @return the store
     */
    protected abstract AttemptStore store(Clock clock, int capacity);

    /**
     * Whether a store can be made to hold a few counters only.
     *
     * @return true, unless overridden
     */
    protected boolean isBounded() {
        return true;
    }

    /**
     * How often the race is run.
     *
     * @return 300, unless overridden: fewer for a slow store
     */
    protected int rounds() {
        return 300;
    }

    @BeforeEach
    final void open() {
        store = store(clock, 100_000);
    }

    @Test
    final void a_counter_holds_as_many_attempts_as_its_limit_says() {
        for (int i = 0; i < 3; i++) paid("a");
        closed(MINUTE, "a");
        paid("b");
    }

    @Test
    final void a_full_counter_is_closed_for_its_lock_after_the_latest_attempt() {
        paid("a");
        paid("a");
        clock.advance(Duration.ofSeconds(10));
        paid("a");
        clock.advance(MINUTE.minus(MILLI));
        closed(MILLI, "a");
        clock.advance(MILLI);
        paid("a");
    }

    @Test
    final void attempts_that_are_not_paid_prolong_nothing() {
        for (int i = 0; i < 3; i++) paid("a");
        clock.advance(Duration.ofSeconds(40));
        for (int i = 0; i < 10; i++) closed(Duration.ofSeconds(20), "a");
        clock.advance(Duration.ofSeconds(20));
        paid("a");
    }

    @Test
    final void a_counter_that_was_closed_lets_one_in_at_a_time_until_it_ends() {
        for (int i = 0; i < 3; i++) paid("a");
        for (int i = 0; i < 5; i++) {
            clock.advance(MINUTE);
            paid("a");
            closed(MINUTE, "a");
        }
    }

    @Test
    final void what_was_counted_is_forgotten_when_the_window_ends() {
        paid("a");
        clock.advance(Duration.ofMinutes(59));
        paid("a");
        clock.advance(MINUTE);
        for (int i = 0; i < 3; i++) paid("a");
        closed(MINUTE, "a");
    }

    @Test
    final void a_window_begins_with_the_first_attempt_and_not_with_the_latest() {
        paid("a");
        paid("a");
        clock.advance(Duration.ofHours(1).minus(MILLI));
        paid("a");
        closed(MINUTE, "a");
    }

    @Test
    final void a_counter_stays_closed_though_its_window_ended() {
        assertEquals(Optional.empty(), charge(LONG_LOCK, "a"));
        clock.advance(Duration.ofMinutes(59));
        assertEquals(Optional.of(MINUTE), charge(LONG_LOCK, "a"));
        clock.advance(MINUTE);
        assertEquals(Optional.empty(), charge(LONG_LOCK, "a"));
    }

    @Test
    final void one_closed_counter_keeps_all_from_being_charged() {
        for (int i = 0; i < 3; i++) paid("closed");
        for (int i = 0; i < 5; i++) closed(MINUTE, "first", "closed", "last");
        for (int i = 0; i < 3; i++) paid("first", "last");
        closed(MINUTE, "first");
        closed(MINUTE, "last");
    }

    @Test
    final void the_first_closed_counter_says_how_long_to_wait() {
        for (int i = 0; i < 3; i++) paid("early");
        clock.advance(Duration.ofSeconds(20));
        for (int i = 0; i < 3; i++) paid("late");
        closed(MINUTE, "late", "early");
        closed(Duration.ofSeconds(40), "early", "late");
    }

    @Test
    final void a_refund_gives_one_attempt_back() {
        for (int i = 0; i < 3; i++) paid("a", "b");
        refund("a");
        closed(MINUTE, "b");
        paid("a");
        closed(MINUTE, "a");
        refund("a", "b");
        paid("a", "b");
        closed(MINUTE, "a");
    }

    @Test
    final void a_refund_leaves_the_beginning_as_it_was() {
        paid("a");
        clock.advance(Duration.ofMinutes(59));
        paid("a");
        refund("a");
        clock.advance(MINUTE);
        for (int i = 0; i < 3; i++) paid("a");
        closed(MINUTE, "a");
    }

    @Test
    final void there_is_nothing_to_give_back_to_what_is_not_counted() {
        refund("a");
        paid("a");
        refund("a", "b");
        refund("a");
        for (int i = 0; i < 3; i++) paid("a");
        closed(MINUTE, "a");
    }

    @Test
    final void what_is_cleared_is_forgotten() {
        for (int i = 0; i < 3; i++) paid("a", "b");
        store.clear(key("a"));
        store.clear(key("never counted"));
        closed(MINUTE, "b");
        for (int i = 0; i < 3; i++) paid("a");
        closed(MINUTE, "a");
    }

    @Test
    final void issuers_and_kinds_count_for_themselves() {
        for (int i = 0; i < 3; i++) paid("a");
        Charge otherIssuer = new Charge(GrantKey.of("https://other.example", GUESS, "a"), THREE);
        Charge otherKind = new Charge(GrantKey.of(ISSUER, new Kind("sending"), "a"), THREE);
        assertEquals(Optional.empty(), store.charge(List.of(otherIssuer, otherKind)));
        closed(MINUTE, "a");
    }

    @Test
    final void no_counters_are_charged_for_nothing() {
        assertEquals(Optional.empty(), store.charge(List.of()));
        store.refund(List.of());
    }

    @Test
    final void a_full_store_refuses_new_counters_and_forgets_none() {
        if (!isBounded()) return;
        store = store(clock, 3);
        paid("a");
        paid("b", "c");
        assertThrows(StoreException.class, () -> charge(THREE, "d"));
        assertThrows(StoreException.class, () -> charge(THREE, "a", "d"));
        paid("a", "b", "c");
        paid("a", "b", "c");
        closed(MINUTE, "a");
        closed(MINUTE, "a", "new");
        store.clear(key("a"));
        paid("d");
        closed(MINUTE, "b");
    }

    @Test
    final void what_would_not_fit_is_refused_whole() {
        if (!isBounded()) return;
        store = store(clock, 2);
        paid("a");
        assertThrows(StoreException.class, () -> charge(THREE, "b", "c"));
        paid("b");
    }

    @Test
    final void counters_that_ended_make_room() {
        if (!isBounded()) return;
        store = store(clock, 2);
        paid("a", "b");
        clock.advance(Duration.ofHours(1).minus(MILLI));
        assertThrows(StoreException.class, () -> charge(THREE, "c"));
        clock.advance(MILLI);
        paid("c", "d");
    }

    @Test
    final void as_many_of_those_who_charge_at_once_are_let_in_as_the_limit_says() throws InterruptedException {
        Limit five = new Limit(5, Duration.ofHours(1), MINUTE);
        try (Race race = new Race()) {
            for (int round = 0; round < rounds(); round++) {
                String one = "one " + round;
                String mine = "of one's own " + round + " ";
                List<Optional<Duration>> waits = race.run(i -> () -> charge(five, one, mine + i));
                assertEquals(5, Collections.frequency(waits, Optional.empty()), waits::toString);
                for (Optional<Duration> wait : waits)
                    assertTrue(wait.isEmpty() || wait.get().equals(MINUTE));
                for (int i = 0; i < Race.THREADS; i++) {
                    int left = waits.get(i).isEmpty() ? 4 : 5;
                    for (int j = 0; j < left; j++) assertEquals(Optional.empty(), charge(five, mine + i));
                    assertEquals(Optional.of(MINUTE), charge(five, mine + i));
                }
            }
        }
    }

    @Test
    final void refunds_and_charges_at_once_lose_nothing() throws InterruptedException {
        Limit many = new Limit(Race.THREADS + 1, Duration.ofHours(1), MINUTE);
        try (Race race = new Race()) {
            for (int round = 0; round < rounds(); round++) {
                String one = "one " + round;
                charge(many, one);
                race.run(i -> () -> {
                    assertEquals(Optional.empty(), charge(many, one));
                    refund(one);
                    return i;
                });
                for (int i = 0; i < Race.THREADS; i++) assertEquals(Optional.empty(), charge(many, one));
                assertEquals(Optional.of(MINUTE), charge(many, one));
            }
        }
    }

    private void paid(String... handles) {
        assertEquals(Optional.empty(), charge(THREE, handles));
    }

    private void closed(Duration wait, String... handles) {
        assertEquals(Optional.of(wait), charge(THREE, handles));
    }

    private Optional<Duration> charge(Limit limit, String... handles) {
        List<Charge> charges = new ArrayList<>();
        for (String handle : handles) charges.add(new Charge(key(handle), limit));
        return store.charge(charges);
    }

    private void refund(String... handles) {
        List<GrantKey> keys = new ArrayList<>();
        for (String handle : handles) keys.add(key(handle));
        store.refund(keys);
    }

    private static GrantKey key(String handle) {
        return GrantKey.of(ISSUER, GUESS, handle);
    }
}
