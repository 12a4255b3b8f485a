package dev.mintmark.auth.testkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mintmark.auth.store.Change;
import dev.mintmark.auth.store.Cursor;
import dev.mintmark.auth.store.GrantKey;
import dev.mintmark.auth.store.Kind;
import dev.mintmark.auth.store.Lineage;
import dev.mintmark.auth.store.Selector;
import dev.mintmark.auth.store.Stored;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rows in bulk: listed, and forgotten. */
abstract class HousekeepingContract extends RevocationContract {
    @Test
    void a_list_has_the_rows_of_a_selector_the_oldest_first() {
        int[] shuffled = {3, 0, 4, 1, 2};
        for (int age : shuffled) write(insert("row " + age, lineage(ISSUER, start.minus(HOUR.multipliedBy(age)), "")));
        write(insert("another's", lineage(ISSUER, start.minus(HOUR), " other")));
        write(insert("no one's", Lineage.of(ISSUER, start)));
        for (Selector selector : lineage().selectors()) {
            List<Stored> listed = listed(selector, 10);
            assertEquals(5, listed.size());
            for (int i = 0; i < 5; i++) {
                assertEquals(Facts.of(found("row " + (4 - i))), Facts.of(listed.get(i)), selector::toString);
            }
        }
        assertTrue(listed(by(Selector.By.SUBJECT, "nobody"), 10).isEmpty());
    }

    @Test
    void a_list_ends_at_its_limit_with_the_oldest_in_it() {
        for (int age = 0; age < 7; age++) {
            write(insert("row " + age, lineage(ISSUER, start.minus(HOUR.multipliedBy(age)), "")));
        }
        Selector subject = by(Selector.By.SUBJECT, "subject");
        assertEquals(
                List.of(key("row 6"), key("row 5"), key("row 4")),
                listed(subject, 3).stream().map(Stored::key).toList());
        assertEquals(7, listed(subject, 7).size());
        assertEquals(7, listed(subject, Integer.MAX_VALUE).size());
        assertTrue(listed(subject, 0).isEmpty());
    }

    @Test
    void a_list_has_the_rows_of_one_kind() {
        GrantKey family = GrantKey.of(ISSUER, Kind.FAMILY, "row");
        write(insert("row"), Change.Write.insert(family, lineage(), start.plus(DAY), bytes("a family")));
        for (Selector selector : lineage().selectors()) {
            assertEquals(List.of(key("row")), keys(listed(selector, 10)));
            assertEquals(List.of(family), keys(store.list(selector, Kind.FAMILY, Optional.empty(), 10)));
            assertTrue(store.list(selector, Kind.ACCESS_TOKEN, Optional.empty(), 10)
                    .isEmpty());
        }
    }

    @Test
    void pages_put_together_are_the_whole_list_whatever_their_size() {
        for (int i = 0; i < 20; i++) {
            // Five of each birth, so that pages end between rows of one.
            write(insert("row " + i, lineage(ISSUER, start.minus(HOUR.multipliedBy(i % 4)), "")));
            write(insert("another's " + i, lineage(ISSUER, start.minus(HOUR.multipliedBy(i % 4)), " other")));
        }
        Selector subject = by(Selector.By.SUBJECT, "subject");
        List<GrantKey> whole = keys(listed(subject, 100));
        assertEquals(20, whole.stream().distinct().count());
        for (int size : new int[] {1, 3, 5, 7, 19, 20, 21}) {
            List<Stored> all = new ArrayList<>();
            Optional<Cursor> after = Optional.empty();
            for (List<Stored> page = listed(subject, size); !page.isEmpty(); ) {
                assertEquals(Math.min(size, 20 - all.size()), page.size());
                all.addAll(page);
                after = Optional.of(Cursor.after(page.get(page.size() - 1)));
                page = store.list(subject, Kind.CODE, after, size);
            }
            assertEquals(whole, keys(all), () -> "pages of " + size);
            for (int i = 1; i < all.size(); i++) {
                assertFalse(all.get(i)
                        .lineage()
                        .born()
                        .isBefore(all.get(i - 1).lineage().born()));
            }
        }
    }

    @Test
    void a_page_begins_after_its_place_though_the_row_there_is_gone() {
        for (int i = 0; i < 6; i++) write(insert("row " + i));
        Selector subject = by(Selector.By.SUBJECT, "subject");
        List<GrantKey> whole = keys(listed(subject, 6));
        Stored third = listed(subject, 3).get(2);
        write(Change.Write.update(third, Lineage.of(ISSUER, start), start.plus(DAY), bytes("no one's")));
        List<Stored> rest = store.list(subject, Kind.CODE, Optional.of(Cursor.after(third)), 6);
        assertEquals(whole.subList(3, 6), keys(rest));
        Cursor end = Cursor.after(rest.get(2));
        assertTrue(store.list(subject, Kind.CODE, Optional.of(end), 6).isEmpty());
    }

    @Test
    void a_list_leaves_out_what_has_expired() {
        Instant then = beginningOf(HOUR);
        Lineage lineage = lineage(ISSUER, then, "");
        write(
                Change.Write.insert(key("at the end"), lineage, then.plus(HOUR), bytes("expired")),
                Change.Write.insert(key("before"), lineage, then.plus(HOUR).minus(MILLI), bytes("expired")),
                Change.Write.insert(key("after"), lineage, start.plus(DAY), bytes("alive")));
        reachEndOf(HOUR);
        List<Stored> listed = listed(by(Selector.By.SESSION, "session"), 10);
        assertEquals(List.of(key("after")), listed.stream().map(Stored::key).toList());
    }

    @Test
    void a_list_tells_what_is_spent_and_what_is_revoked() {
        write(insert("plain"), insert("spent").spending());
        write(insert("revoked", lineage().withFamily(Optional.of("revoked"))));
        store.revoke(by(Selector.By.FAMILY, "revoked"), start, start.plus(DAY));
        Instant before = time.instant();
        List<Stored> listed = listed(by(Selector.By.SUBJECT, "subject"), 10);
        assertEquals(3, listed.size());
        for (Stored row : listed) {
            assertEquals(row.key().equals(key("spent")), row.spent());
            assertEquals(row.key().equals(key("revoked")), row.revoked());
            assertEquals(found(row.key()).changed(), row.changed());
            assertWithin(before, row.now(), time.instant());
        }
    }

    @Test
    void a_list_knows_to_whom_a_row_belongs_now() {
        write(insert("row"));
        write(Change.Write.update(
                found("row"), lineage(ISSUER, start, " now"), start.plus(DAY), bytes("of someone else")));
        for (Selector selector : lineage().selectors()) {
            assertTrue(listed(selector, 10).isEmpty());
        }
        for (Selector selector : lineage(ISSUER, start, " now").selectors()) {
            assertEquals(1, listed(selector, 10).size());
        }
    }

    @Test
    void a_purge_takes_at_most_so_many_and_says_how_many() {
        Instant then = beginningOf(DAY);
        for (int i = 0; i < 10; i++) writeUntil("row " + i, then.plus(MILLI.multipliedBy(i)));
        reachEndOf(DAY);
        int left = remaining(10);
        for (int round = 0; round < 6; round++) {
            int purged = store.purge(4);
            assertEquals(Math.min(4, left), purged);
            left -= purged;
            assertEquals(left, remaining(10));
        }
        assertEquals(0, left);
    }

    @Test
    void a_purge_of_at_most_nothing_takes_nothing() {
        Instant then = beginningOf(DAY);
        writeUntil("row", then.plus(HOUR));
        reachEndOf(DAY);
        boolean before = isThere("row");
        assertEquals(0, store.purge(0));
        assertEquals(before, isThere("row"));
    }

    @Test
    void a_purge_counts_revocations_too() {
        Instant then = beginningOf(DAY);
        for (int i = 0; i < 5; i++) store.revoke(by(Selector.By.TOKEN, "token " + i), then, then.plus(HOUR));
        reachEndOf(DAY);
        assertEquals(3, store.purge(3));
        assertEquals(2, store.purge(3));
        assertEquals(0, store.purge(3));
    }

    @Test
    void a_purge_takes_what_expired_before_and_not_what_expires_at_its_moment() {
        Instant end = beginningOf(HOUR).plus(HOUR);
        Instant before = end.minus(MILLI);
        // A moment of a time that cannot be told is gone before it can be looked at.
        Instant at = timeIsTold() ? end : end.plus(HOUR);
        writeUntil("before", before);
        writeUntil("at", at);
        writeUntil("after", at.plus(MILLI));
        store.revoke(by(Selector.By.TOKEN, "before"), start, before);
        store.revoke(by(Selector.By.TOKEN, "at"), start, at);
        reachEndOf(HOUR);
        purgeAll(1);
        assertFalse(isThere("before"));
        assertFalse(store.revoked(only(by(Selector.By.TOKEN, "before"), start)));
        assertTrue(isThere("at"));
        assertTrue(isThere("after"));
        assertTrue(store.revoked(only(by(Selector.By.TOKEN, "at"), start)));
    }

    @Test
    void a_purge_never_takes_what_is_alive() {
        Instant then = beginningOf(DAY);
        write(insert("alive"), insert("alive and spent").spending());
        store.revoke(by(Selector.By.TOKEN, "revoked"), start, start.plus(DAY.multipliedBy(2)));
        for (int i = 0; i < 10; i++) writeUntil("row " + i, then.plus(HOUR));
        if (timeIsTold()) clock.advance(DAY.minus(MILLI));
        purgeAll(3);
        assertEquals(0, remaining(10));
        assertTrue(isThere("alive"));
        assertTrue(isThere("alive and spent"));
        assertTrue(store.revoked(only(by(Selector.By.TOKEN, "revoked"), start)));
    }

    @Test
    void a_purge_goes_by_the_expiry_that_was_written_last() {
        Instant then = beginningOf(DAY);
        Lineage lineage = lineage(ISSUER, then, "");
        writeUntil("extended", timeIsTold() ? then.plus(HOUR) : start.plus(HOUR));
        writeUntil("shortened", start.plus(DAY));
        write(
                Change.Write.update(found("extended"), lineage, start.plus(DAY.multipliedBy(2)), bytes("longer")),
                Change.Write.update(found("shortened"), lineage, then.plus(HOUR), bytes("shorter")));
        reachEndOf(DAY);
        purgeEverythingExpired();
        assertTrue(isThere("extended"));
        assertFalse(isThere("shortened"));
    }

    @Test
    void a_key_is_free_again_once_its_row_is_purged() {
        Instant then = beginningOf(DAY);
        writeUntil("row", then.plus(HOUR));
        reachEndOf(DAY);
        purgeEverythingExpired();
        write(insert("row"));
        assertEquals(1, found("row").version());
    }

    private void writeUntil(String handle, Instant expires) {
        write(Change.Write.insert(key(handle), lineage(), expires, bytes(handle)));
    }

    private static List<GrantKey> keys(List<Stored> rows) {
        return rows.stream().map(Stored::key).toList();
    }

    private int remaining(int rows) {
        int there = 0;
        for (int i = 0; i < rows; i++) if (isThere("row " + i)) there++;
        return there;
    }
}
