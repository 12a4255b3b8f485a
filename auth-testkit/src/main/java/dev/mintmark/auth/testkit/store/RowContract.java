package dev.mintmark.auth.testkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mintmark.auth.store.Change;
import dev.mintmark.auth.store.GrantKey;
import dev.mintmark.auth.store.GrantStore.Outcome;
import dev.mintmark.auth.store.Kind;
import dev.mintmark.auth.store.Lineage;
import dev.mintmark.auth.store.Stored;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rows: written, found, compared and set. */
abstract class RowContract extends StoreFixture {
    @Test
    void a_row_is_found_as_it_was_written_whatever_its_lineage_lacks() {
        for (int absent = 0; absent < 64; absent++) {
            Change.Write row = insert("row " + absent, lineageWithout(absent));
            Instant before = time.instant();
            write(row);
            Stored found = found("row " + absent);
            assertEquals(Facts.after(row), Facts.of(found));
            assertEquals(1, found.version());
            assertFalse(found.spent());
            assertFalse(found.revoked());
            assertFalse(found.expired());
            assertWithin(before, found.changed(), time.instant());
            assertWithin(found.changed(), found.now(), time.instant());
        }
    }

    private Lineage lineageWithout(int absent) {
        Lineage full = lineage();
        Lineage part = Lineage.of(ISSUER, start);
        if ((absent & 1) == 0) part = part.withClient(full.client().orElseThrow());
        if ((absent & 2) == 0) part = part.withSubject(full.subject());
        if ((absent & 4) == 0) part = part.withSession(full.session());
        if ((absent & 8) == 0) part = part.withFamily(full.family());
        if ((absent & 32) == 0) part = part.withOffline(true);
        return (absent & 16) == 0 ? part.withToken(full.token()) : part;
    }

    @Test
    void an_unknown_key_finds_nothing() {
        write(insert("known"));
        assertTrue(store.find(key("unknown")).isEmpty());
        assertTrue(store.find(new GrantKey(ISSUER, Kind.FAMILY, key("known").hash()))
                .isEmpty());
    }

    @Test
    void the_same_handle_may_name_things_of_several_kinds() {
        GrantKey code = key("handle");
        GrantKey family = new GrantKey(ISSUER, Kind.FAMILY, code.hash());
        write(Change.Write.insert(code, lineage(), start.plus(DAY), bytes("a code")));
        write(Change.Write.insert(family, lineage(), start.plus(DAY), bytes("a family")));
        write(update(found(code)));
        assertEquals(2, found(code).version());
        assertEquals(1, found(family).version());
    }

    @Test
    void a_change_of_nothing_is_done() {
        refused(Outcome.DONE);
    }

    @Test
    void an_update_replaces_everything_but_the_key() {
        write(insert("row"));
        if (timeIsTold()) clock.advance(HOUR);
        Lineage moved = lineage(ISSUER, start.plus(MILLI), " moved");
        Change.Write update = Change.Write.update(found("row"), moved, start.plus(DAY.multipliedBy(2)), bytes("new"));
        Instant before = time.instant();
        write(update);
        assertEquals(Facts.after(update), Facts.of(found("row")));
        assertWithin(before, found("row").changed(), time.instant());
    }

    @Test
    void an_update_may_take_a_lineage_away() {
        write(insert("row"));
        write(Change.Write.update(found("row"), Lineage.of(ISSUER, start), start.plus(DAY), bytes("bare")));
        assertEquals(0, found("row").lineage().selectors().size());
    }

    @Test
    void versions_count_the_writes() {
        write(insert("row"));
        for (int version = 2; version <= 20; version++) {
            write(update(found("row")));
            assertEquals(version, found("row").version());
        }
    }

    @Test
    void finding_a_row_changes_nothing() {
        write(insert("row"));
        Stored first = found("row");
        if (timeIsTold()) clock.advance(HOUR);
        Stored second = found("row");
        assertEquals(Facts.of(first), Facts.of(second));
        assertEquals(first.changed(), second.changed());
        assertFalse(second.now().isBefore(first.now()));
        if (timeIsTold()) assertEquals(first.now().plus(HOUR), second.now());
    }

    @Test
    void a_lost_compare_and_set_writes_nothing() {
        write(insert("row"));
        Stored first = found("row");
        write(update(first));
        Stored second = found("row");
        if (timeIsTold()) clock.advance(HOUR);
        refused(Outcome.LOST, update(first));
        refused(Outcome.LOST, update(second).withVersion(3));
        refused(Outcome.LOST, update(second).withVersion(Long.MAX_VALUE - 1));
        assertEquals(Facts.of(second), Facts.of(found("row")));
        assertEquals(second.changed(), found("row").changed());
    }

    @Test
    void an_update_of_no_row_is_lost() {
        refused(Outcome.LOST, insert("row").withVersion(1));
        assertFalse(isThere("row"));
    }

    @Test
    void an_insert_over_a_row_is_lost() {
        write(insert("row"));
        Facts before = Facts.of(found("row"));
        refused(Outcome.LOST, Change.Write.insert(key("row"), lineage(), start.plus(HOUR), bytes("other")));
        assertEquals(before, Facts.of(found("row")));
    }

    @Test
    void an_expired_row_counts_for_as_long_as_it_is_there() {
        Instant then = beginningOf(HOUR);
        Lineage lineage = lineage(ISSUER, then, "");
        Change.Write row = Change.Write.insert(key("row"), lineage, then.plus(HOUR), bytes("old"));
        write(row);
        reachEndOf(HOUR);
        // At its very end nobody may have forgotten it yet: it is purged when it expired before, not when it expires
        // now.
        if (timeIsTold()) {
            assertTrue(found("row").expired());
            refused(Outcome.LOST, insert("row"));
            assertEquals(Facts.after(row), Facts.of(found("row")));
            clock.advance(HOUR);
        }
        Outcome second = store.apply(Change.of(insert("row")));
        if (second == Outcome.DONE) {
            assertEquals(Facts.after(insert("row")), Facts.of(found("row")));
        } else {
            assertEquals(Outcome.LOST, second);
            store.find(key("row")).ifPresent(found -> assertEquals(Facts.after(row), Facts.of(found)));
        }
    }

    @Test
    void a_change_of_many_rows_is_done_as_one() {
        write(insert("a"), insert("b"), insert("c"));
        write(update(found("a")).spending(), insert("d"), update(found("c")), insert("e"));
        assertEquals(2, found("a").version());
        assertTrue(found("a").spent());
        assertEquals(1, found("b").version());
        assertEquals(2, found("c").version());
        assertTrue(isThere("d") && isThere("e"));
    }

    @Test
    void a_lost_write_anywhere_in_a_change_leaves_nothing_of_it() {
        write(insert("good"), insert("stale"));
        Change.Write stale = update(found("stale"));
        write(stale);
        Change.Write good = update(found("good"));
        Change.Write fresh = insert("fresh");
        Change.Write[] losers = {stale, insert("stale"), insert("missing").withVersion(4)};
        for (Change.Write lost : losers) {
            refused(Outcome.LOST, lost, good, fresh);
            refused(Outcome.LOST, good, lost, fresh);
            refused(Outcome.LOST, fresh, lost, good);
            refused(Outcome.LOST, good, fresh, lost);
            refused(Outcome.LOST, fresh, good, lost);
            assertEquals(1, found("good").version());
            assertEquals(2, found("stale").version());
            assertFalse(isThere("fresh"));
            assertFalse(isThere("missing"));
        }
        write(fresh, good);
    }

    @Test
    void a_change_of_fifty_rows_is_done_or_lost_as_one() {
        Change.Write[] all = new Change.Write[50];
        for (int i = 0; i < all.length; i++) all[i] = insert("row " + i);
        write(all[31]);
        refused(Outcome.LOST, all);
        for (int i = 0; i < all.length; i++) assertEquals(i == 31, isThere("row " + i));
        all[31] = update(found("row 31"));
        write(all);
        for (int i = 0; i < all.length; i++)
            assertEquals(i == 31 ? 2 : 1, found("row " + i).version());
    }

    @Test
    void spending_uses_a_row_up_for_good() {
        write(insert("row"));
        write(update(found("row")).spending());
        assertTrue(found("row").spent());
        assertEquals(2, found("row").version());
        write(update(found("row")));
        assertTrue(found("row").spent());
        assertEquals(3, found("row").version());
    }

    @Test
    void a_row_may_be_spent_from_the_beginning() {
        write(insert("row").spending());
        assertTrue(found("row").spent());
    }

    @Test
    void payloads_come_back_byte_by_byte() {
        byte[] every = new byte[256];
        for (int i = 0; i < every.length; i++) every[i] = (byte) i;
        byte[] large = new byte[64 * 1024];
        new Random(42).nextBytes(large);
        for (byte[] payload : new byte[][] {{}, {0}, every, large}) {
            String handle = payload.length + " bytes";
            Change.Write row = Change.Write.insert(key(handle), lineage(), start.plus(DAY), payload);
            write(row);
            assertEquals(Facts.after(row), Facts.of(found(handle)));
            Change.Write update = Change.Write.update(found(handle), lineage(), start.plus(DAY), payload);
            write(update);
            assertEquals(Facts.after(update), Facts.of(found(handle)));
        }
    }

    @Test
    void moments_come_back_to_the_millisecond() {
        Instant[] moments = {
            Instant.EPOCH,
            Instant.parse("1999-12-31T23:59:59.999Z"),
            start,
            start.plus(MILLI),
            start.plus(DAY.multipliedBy(36500))
        };
        for (Instant born : moments) {
            Change.Write row = Change.Write.insert(
                    key("born " + born),
                    Lineage.of(ISSUER, born).withSession(Optional.of("session")),
                    start.plus(DAY.multipliedBy(36500)).plus(MILLI),
                    bytes("payload"));
            write(row);
            assertEquals(Facts.after(row), Facts.of(found("born " + born)));
        }
    }
}
