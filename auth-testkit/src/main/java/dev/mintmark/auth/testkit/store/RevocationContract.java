package dev.mintmark.auth.testkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mintmark.auth.store.Change;
import dev.mintmark.auth.store.GrantStore.Outcome;
import dev.mintmark.auth.store.Lineage;
import dev.mintmark.auth.store.Selector;
import dev.mintmark.auth.store.Stored;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Revocations: whom they cover, and that nothing gets out of one. */
abstract class RevocationContract extends RowContract {
    private Instant until() {
        return start.plus(DAY.multipliedBy(2));
    }

    @Test
    void a_revocation_by_anything_covers_the_rows_that_are_there() {
        for (Selector.By by : Selector.By.values()) {
            Lineage covered = only(by(by, "revoked"), start);
            Lineage free = only(by(by, "another"), start);
            write(insert("covered " + by, covered), insert("free " + by, free));
            Stored before = found("covered " + by);
            store.revoke(by(by, "revoked"), start, until());

            assertTrue(found("covered " + by).revoked(), by::name);
            assertEquals(Facts.of(before), Facts.of(found("covered " + by)));
            refused(Outcome.REVOKED, update(found("covered " + by)));
            refused(Outcome.REVOKED, update(found("covered " + by)).spending());
            assertEquals(Facts.of(before), Facts.of(found("covered " + by)));
            assertFalse(found("free " + by).revoked(), by::name);
            write(update(found("free " + by)));
        }
    }

    @Test
    void a_session_takes_all_with_it_and_signing_out_leaves_what_is_offline() {
        Lineage online = Lineage.of(ISSUER, start).withSession(Optional.of("session"));
        write(insert("online", online), insert("offline", online.withOffline(true)));

        store.revoke(new Selector(ISSUER, Selector.By.ONLINE, "session"), start, until());
        assertTrue(found("online").revoked());
        assertFalse(found("offline").revoked());

        store.revoke(new Selector(ISSUER, Selector.By.SESSION, "session"), start, until());
        assertTrue(found("offline").revoked());
    }

    @Test
    void a_revocation_by_anything_covers_the_rows_that_are_still_to_come() {
        for (Selector.By by : Selector.By.values()) {
            store.revoke(by(by, "revoked"), start, until());
            refused(Outcome.REVOKED, insert("covered " + by, only(by(by, "revoked"), start)));
            assertFalse(isThere("covered " + by));
            write(insert("free " + by, only(by(by, "another"), start)));
        }
    }

    @Test
    void a_revocation_by_anything_covers_tokens_that_are_no_rows() {
        for (Selector.By by : Selector.By.values()) {
            assertFalse(store.revoked(only(by(by, "revoked"), start)));
            store.revoke(by(by, "revoked"), start, until());
            assertTrue(store.revoked(only(by(by, "revoked"), start)), by::name);
            assertTrue(store.revoked(only(by(by, "revoked"), start.minus(DAY))), by::name);
            assertFalse(store.revoked(only(by(by, "revoked"), start.plus(MILLI))), by::name);
            assertFalse(store.revoked(only(by(by, "another"), start)), by::name);
        }
        assertFalse(store.revoked(Lineage.of(ISSUER, start)));
    }

    @Test
    void one_revoked_selector_out_of_five_is_enough() {
        for (Selector.By by : Selector.By.values()) {
            Lineage lineage = lineage(ISSUER, start, " of " + by);
            write(insert("row " + by, lineage));
            List<Selector> one = lineage.selectors().stream()
                    .filter(selector -> selector.by() == by)
                    .toList();
            store.revoke(one.get(0), start, until());
            assertTrue(found("row " + by).revoked(), by::name);
            assertTrue(store.revoked(lineage), by::name);
            refused(Outcome.REVOKED, update(found("row " + by)));
        }
    }

    @Test
    void a_revocation_covers_births_up_to_its_moment_and_none_after() {
        Selector subject = by(Selector.By.SUBJECT, "subject");
        Change.Write older = insert("older", lineage(ISSUER, start.minus(DAY), ""));
        Change.Write last = insert("last", lineage(ISSUER, start, ""));
        Change.Write younger = insert("younger", lineage(ISSUER, start.plus(MILLI), ""));
        write(older, last, younger);
        store.revoke(subject, start, until());
        assertTrue(found("older").revoked());
        assertTrue(found("last").revoked());
        assertFalse(found("younger").revoked());
        write(update(found("younger")), insert("youngest", lineage(ISSUER, start.plus(MILLI), "")));
        refused(Outcome.REVOKED, insert("late but old", lineage(ISSUER, start, "")));
    }

    @Test
    void a_second_revocation_widens_the_first_and_never_narrows_it() {
        Selector client = by(Selector.By.CLIENT, "client");
        store.revoke(client, start, until());
        store.revoke(client, start.minus(DAY), until());
        assertTrue(store.revoked(only(client, start)));
        store.revoke(client, start.plus(HOUR), until());
        assertTrue(store.revoked(only(client, start.plus(HOUR))));
        assertFalse(store.revoked(only(client, start.plus(HOUR).plus(MILLI))));
        refused(Outcome.REVOKED, insert("row", only(client, start.plus(HOUR))));
    }

    @Test
    void a_second_revocation_never_ends_the_first_earlier() {
        Instant then = beginningOf(DAY);
        Selector family = by(Selector.By.FAMILY, "family");
        Selector session = by(Selector.By.SESSION, "session");
        Instant late = then.plus(DAY.multipliedBy(3));
        store.revoke(family, then, late);
        store.revoke(family, then.plus(HOUR), then.plus(HOUR));
        store.revoke(session, then.plus(HOUR), then.plus(HOUR));
        store.revoke(session, then, late);
        reachEndOf(DAY);
        purgeEverythingExpired();
        assertTrue(store.revoked(only(family, then.plus(HOUR))));
        assertTrue(store.revoked(only(session, then.plus(HOUR))));
    }

    @Test
    void revoking_again_what_is_revoked_changes_nothing() {
        write(insert("row"));
        for (int i = 0; i < 3; i++) {
            store.revoke(by(Selector.By.FAMILY, "family"), start, until());
            assertTrue(found("row").revoked());
            assertEquals(1, found("row").version());
        }
    }

    @Test
    void a_change_with_one_revoked_row_writes_nothing() {
        Lineage free = lineage(ISSUER, start, " free");
        write(insert("revoked"), insert("good", free));
        store.revoke(by(Selector.By.FAMILY, "family"), start, until());
        Change.Write revoked = update(found("revoked"));
        Change.Write good = update(found("good"));
        Change.Write fresh = insert("fresh", free);
        refused(Outcome.REVOKED, revoked, good, fresh);
        refused(Outcome.REVOKED, good, revoked, fresh);
        refused(Outcome.REVOKED, fresh, good, revoked);
        refused(Outcome.REVOKED, good, fresh, insert("also revoked"));
        assertEquals(1, found("revoked").version());
        assertEquals(1, found("good").version());
        assertFalse(isThere("fresh"));
        assertFalse(isThere("also revoked"));
        write(good, fresh);
    }

    @Test
    void revoked_goes_before_lost() {
        Lineage free = lineage(ISSUER, start, " free");
        write(insert("revoked"), insert("stale", free));
        Change.Write lostAndRevoked = update(found("revoked"));
        Change.Write lost = update(found("stale"));
        write(lostAndRevoked, lost);
        store.revoke(by(Selector.By.FAMILY, "family"), start, until());
        refused(Outcome.REVOKED, lostAndRevoked);
        refused(Outcome.REVOKED, insert("revoked"));
        refused(Outcome.REVOKED, lost, lostAndRevoked);
        refused(Outcome.REVOKED, lostAndRevoked, lost);
        refused(Outcome.REVOKED, lost, insert("new but revoked"));
        refused(Outcome.REVOKED, insert("new but revoked"), lost);
        refused(Outcome.REVOKED, insert("no such row").withVersion(3));
        refused(Outcome.LOST, lost);
    }

    @Test
    void a_write_is_judged_by_what_was_read_and_what_is_to_be_written() {
        Lineage free = lineage(ISSUER, start, " free");
        write(insert("row", free));
        Stored first = found("row");
        write(Change.Write.update(first, lineage(), start.plus(DAY), bytes("of someone else by now")));
        store.revoke(by(Selector.By.FAMILY, "family"), start, until());
        assertTrue(found("row").revoked());
        refused(Outcome.LOST, insert("row", free));
        refused(Outcome.LOST, Change.Write.update(first, free, start.plus(DAY), bytes("late")));
        refused(Outcome.REVOKED, Change.Write.update(found("row"), free, start.plus(DAY), bytes("out")));
        store.revoke(by(Selector.By.SESSION, "session free"), start, until());
        refused(Outcome.REVOKED, insert("row", free));
        refused(Outcome.REVOKED, Change.Write.update(first, Lineage.of(ISSUER, start), start.plus(DAY), bytes("late")));
        assertEquals(2, found("row").version());
    }

    @Test
    void a_row_cannot_be_rewritten_out_of_a_revocation() {
        write(insert("row"));
        store.revoke(by(Selector.By.FAMILY, "family"), start, until());
        Stored found = found("row");
        Lineage[] escapes = {
            Lineage.of(ISSUER, start), lineage(ISSUER, start, " free"), lineage(ISSUER, start.plus(HOUR), "")
        };
        for (Lineage escape : escapes) {
            refused(Outcome.REVOKED, Change.Write.update(found, escape, start.plus(DAY), bytes("out")));
        }
        assertTrue(found("row").revoked());
        assertEquals(1, found("row").version());
    }

    @Test
    void a_row_cannot_be_rewritten_into_a_revocation() {
        write(insert("row", lineage(ISSUER, start, " free")));
        store.revoke(by(Selector.By.FAMILY, "family"), start, until());
        refused(Outcome.REVOKED, Change.Write.update(found("row"), lineage(), start.plus(DAY), bytes("in")));
        assertFalse(found("row").revoked());
        assertEquals(1, found("row").version());
    }

    @Test
    void a_revocation_follows_what_a_row_belongs_to_now() {
        write(insert("row", lineage(ISSUER, start, " before")));
        write(Change.Write.update(found("row"), lineage(ISSUER, start, " after"), start.plus(DAY), bytes("moved")));
        store.revoke(by(Selector.By.FAMILY, "family before"), start, until());
        assertFalse(found("row").revoked());
        store.revoke(by(Selector.By.FAMILY, "family after"), start, until());
        assertTrue(found("row").revoked());
    }

    @Test
    void a_revocation_outlives_the_rows_that_it_covers() {
        Instant then = beginningOf(DAY);
        Lineage lineage = lineage(ISSUER, then, "");
        write(Change.Write.insert(key("row"), lineage, then.plus(HOUR), bytes("short-lived")));
        store.revoke(by(Selector.By.FAMILY, "family"), then, then.plus(DAY.multipliedBy(2)));
        reachEndOf(DAY);
        purgeEverythingExpired();
        assertFalse(isThere("row"));
        assertTrue(store.revoked(lineage));
        refused(Outcome.REVOKED, insert("row", lineage));
    }

    @Test
    void for_as_long_as_a_revoked_row_is_there_it_stays_revoked() {
        Instant then = beginningOf(DAY);
        Lineage lineage = lineage(ISSUER, then, "");
        for (int i = 0; i < 10; i++) {
            write(Change.Write.insert(key("row " + i), lineage, then.plus(HOUR), bytes("short-lived")));
        }
        for (Selector selector : lineage.selectors()) store.revoke(selector, then, then.plus(HOUR));
        reachEndOf(DAY);
        while (store.purge(1) > 0) {
            for (int i = 0; i < 10; i++) {
                store.find(key("row " + i)).ifPresent(found -> assertTrue(found.revoked(), "purged row by row"));
            }
        }
    }

    @Test
    void a_revocation_ends_when_it_is_purged() {
        Instant then = beginningOf(DAY);
        Selector token = by(Selector.By.TOKEN, "token");
        store.revoke(token, then, then.plus(HOUR));
        assertTrue(store.revoked(only(token, then)));
        reachEndOf(DAY);
        purgeEverythingExpired();
        assertFalse(store.revoked(only(token, then)));
        write(insert("row", only(token, then)));
    }
}
