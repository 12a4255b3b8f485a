package dev.mintmark.auth.testkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.mintmark.auth.store.Change;
import dev.mintmark.auth.store.GrantKey;
import dev.mintmark.auth.store.GrantStore;
import dev.mintmark.auth.store.GrantStore.Outcome;
import dev.mintmark.auth.store.Kind;
import dev.mintmark.auth.store.Lineage;
import dev.mintmark.auth.store.Selector;
import dev.mintmark.auth.store.Stored;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;

/** A fresh store, its time, and short words for what the tests write into it. */
abstract class StoreFixture {
    static final String ISSUER = "https://issuer.example";
    static final Duration MILLI = Duration.ofMillis(1);
    static final Duration HOUR = Duration.ofHours(1);
    static final Duration DAY = Duration.ofDays(1);

    /** The time of stores that can be told. */
    final ManualClock clock = new ManualClock(Instant.parse("2031-05-06T07:08:09.123Z"));

    /** The store under test. */
    GrantStore store;

    /** The store's time. */
    Clock time;

    /** The store's time when the test began, in the engine's precision. */
    Instant start;

    /** See {@link GrantStoreContract}. */
    abstract GrantStore store(Clock given);

    /** See {@link GrantStoreContract}. */
    abstract Clock timeOf(GrantStore made, Clock given);

    /** See {@link GrantStoreContract}. */
    abstract int rounds();

    @BeforeEach
    final void open() {
        store = store(clock);
        time = timeOf(store, clock);
        start = time.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Whether the store's time is the test's to move. */
    final boolean timeIsTold() {
        return time.equals(clock);
    }

    /** The beginning of a span at whose end {@link #reachEndOf} arrives: now, or, where time cannot be moved, so long ago. */
    final Instant beginningOf(Duration span) {
        return timeIsTold() ? start : start.minus(span);
    }

    final void reachEndOf(Duration span) {
        if (timeIsTold()) clock.advance(span);
    }

    static GrantKey key(String handle) {
        return GrantKey.of(ISSUER, Kind.CODE, handle);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The lineage of most rows here: it has everything that a lineage can have. */
    final Lineage lineage() {
        return lineage(ISSUER, start, "");
    }

    /** A lineage in which every value ends in a suffix. */
    static Lineage lineage(String issuer, Instant born, String suffix) {
        return Lineage.of(issuer, born)
                .withClient("client" + suffix)
                .withSubject(Optional.of("subject" + suffix))
                .withSession(Optional.of("session" + suffix))
                .withFamily(Optional.of("family" + suffix))
                .withToken(Optional.of("token" + suffix));
    }

    /** A lineage to which this selector applies, and no other that is tried with it. */
    static Lineage only(Selector selector, Instant born) {
        Lineage lineage = Lineage.of(selector.issuer(), born);
        Optional<String> value = Optional.of(selector.value());
        return switch (selector.by()) {
            case CLIENT -> lineage.withClient(selector.value());
            case SUBJECT -> lineage.withSubject(value);
            case SESSION -> lineage.withSession(value).withOffline(true);
            case ONLINE -> lineage.withSession(value);
            case FAMILY -> lineage.withFamily(value);
            case TOKEN -> lineage.withToken(value);
            case SUBJECT_AT_CLIENT -> {
                int end = selector.value().indexOf('\n');
                yield lineage.withClient(selector.value().substring(0, end))
                        .withSubject(Optional.of(selector.value().substring(end + 1)));
            }
        };
    }

    /** Names something by a value of one's own choice. */
    static Selector by(Selector.By what, String value) {
        return switch (what) {
            case SUBJECT_AT_CLIENT ->
                Selector.ofSubjectAtClient(ISSUER, value + " as a subject", value + " as a client");
            // What is online belongs to its session, too: another one, or the two would be one.
            case ONLINE -> new Selector(ISSUER, what, value + " online");
            default -> new Selector(ISSUER, what, value);
        };
    }

    final Change.Write insert(String handle) {
        return insert(handle, lineage());
    }

    final Change.Write insert(String handle, Lineage lineage) {
        return Change.Write.insert(key(handle), lineage, start.plus(DAY), bytes("first of " + handle));
    }

    static Change.Write update(Stored found) {
        return Change.Write.update(found, found.lineage(), found.expires(), bytes("version " + (found.version() + 1)));
    }

    static Change change(Change.Write... writes) {
        Change all = Change.none();
        for (Change.Write write : writes) all = all.and(Change.of(write));
        return all;
    }

    final void write(Change.Write... writes) {
        assertEquals(Outcome.DONE, store.apply(change(writes)));
    }

    final void refused(Outcome expected, Change.Write... writes) {
        assertEquals(expected, store.apply(change(writes)));
    }

    final Stored found(String handle) {
        return found(key(handle));
    }

    final Stored found(GrantKey key) {
        return store.find(key).orElseThrow(() -> new AssertionError("not found: " + key));
    }

    final boolean isThere(String handle) {
        return store.find(key(handle)).isPresent();
    }

    /** The first page of the rows that {@link #insert} makes. */
    final List<Stored> listed(Selector by, int atMost) {
        return store.list(by, Kind.CODE, Optional.empty(), atMost);
    }

    final void purgeEverythingExpired() {
        purgeAll(100);
    }

    final void purgeAll(int batch) {
        int purged = batch;
        while (purged > 0) purged = store.purge(batch);
    }

    /** That a moment is one the store lived through, give or take the engine's precision. */
    static void assertWithin(Instant earliest, Instant moment, Instant latest) {
        assertFalse(moment.isBefore(earliest.truncatedTo(ChronoUnit.MILLIS)), moment + " is before " + earliest);
        assertFalse(moment.isAfter(latest), moment + " is after " + latest);
    }
}
