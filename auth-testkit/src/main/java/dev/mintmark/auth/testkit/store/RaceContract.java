package dev.mintmark.auth.testkit.store;

import static dev.mintmark.auth.store.GrantStore.Outcome.DONE;
import static dev.mintmark.auth.store.GrantStore.Outcome.LOST;
import static dev.mintmark.auth.store.GrantStore.Outcome.REVOKED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mintmark.auth.store.Change;
import dev.mintmark.auth.store.GrantStore.Outcome;
import dev.mintmark.auth.store.Lineage;
import dev.mintmark.auth.store.Selector;
import dev.mintmark.auth.store.Stored;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Races: eight threads that start together, for many rounds. */
abstract class RaceContract extends NameContract {
    private final Race race = new Race();

    @AfterEach
    final void stopRacing() {
        race.close();
    }

    @Test
    void one_of_many_compare_and_sets_wins() throws InterruptedException {
        for (int round = 0; round < rounds(); round++) {
            String row = "row " + round;
            write(insert(row));
            Stored found = found(row);
            List<Outcome> outcomes = race.run(i -> () -> store.apply(
                    Change.of(Change.Write.update(found, found.lineage(), found.expires(), bytes("by " + i)))));
            assertEquals(1, Collections.frequency(outcomes, DONE), outcomes::toString);
            assertEquals(Race.THREADS - 1, Collections.frequency(outcomes, LOST), outcomes::toString);
            assertEquals(2, found(row).version());
            assertEquals("by " + outcomes.indexOf(DONE), text(found(row)));
        }
    }

    @Test
    void one_of_many_inserts_wins() throws InterruptedException {
        for (int round = 0; round < rounds(); round++) {
            String row = "row " + round;
            List<Outcome> outcomes = race.run(i -> () -> store.apply(
                    Change.of(Change.Write.insert(key(row), lineage(), start.plus(DAY), bytes("by " + i)))));
            assertEquals(1, Collections.frequency(outcomes, DONE), outcomes::toString);
            assertEquals(Race.THREADS - 1, Collections.frequency(outcomes, LOST), outcomes::toString);
            assertEquals(1, found(row).version());
            assertEquals("by " + outcomes.indexOf(DONE), text(found(row)));
        }
    }

    @Test
    void no_update_is_ever_overwritten_unseen() throws InterruptedException {
        write(insert("counter"));
        int each = Math.max(1, rounds() / Race.THREADS);
        race.run(i -> () -> {
            for (int done = 0; done < each; ) {
                if (store.apply(Change.of(update(found("counter")))) == DONE) done++;
            }
            return each;
        });
        assertEquals(1 + (long) each * Race.THREADS, found("counter").version());
        assertEquals("version " + found("counter").version(), text(found("counter")));
    }

    @Test
    void overlapping_updates_are_never_half_applied() throws InterruptedException {
        int rows = 4;
        for (int round = 0; round < rounds(); round++) {
            String prefix = "round " + round + " row ";
            for (int row = 0; row < rows; row++) write(insert(prefix + row));
            Stored[] found = new Stored[rows];
            for (int row = 0; row < rows; row++) found[row] = found(prefix + row);
            List<Outcome> outcomes = race.run(i -> {
                // A ring, walked in both directions: in the order given, they would wait for each other in a circle.
                int first = i < rows ? i : (i + 1) % rows;
                int second = i < rows ? (i + 1) % rows : i % rows;
                Change change = change(by(i, found[first]), by(i, found[second]), insert(prefix + "of " + i));
                return () -> store.apply(change);
            });
            assertTrue(outcomes.contains(DONE), outcomes::toString);
            int written = 0;
            for (int i = 0; i < Race.THREADS; i++) {
                int rowsOfMine = 0;
                for (int row = 0; row < rows; row++) {
                    if (text(found(prefix + row)).equals("by " + i)) rowsOfMine++;
                }
                assertEquals(outcomes.get(i) == DONE ? 2 : 0, rowsOfMine, outcomes::toString);
                assertEquals(outcomes.get(i) == DONE, isThere(prefix + "of " + i), outcomes::toString);
                assertNotEquals(REVOKED, outcomes.get(i));
                written += rowsOfMine;
            }
            for (int row = 0; row < rows; row++)
                written -= (int) found(prefix + row).version() - 1;
            assertEquals(0, written);
        }
    }

    private static Change.Write by(int thread, Stored found) {
        return Change.Write.update(found, found.lineage(), found.expires(), bytes("by " + thread));
    }

    @Test
    void overlapping_inserts_are_never_half_applied() throws InterruptedException {
        for (int round = 0; round < rounds(); round++) {
            String a = "a " + round;
            String b = "b " + round;
            String own = "own " + round + " of ";
            List<Outcome> outcomes = race.run(i -> {
                Change change = i % 2 == 0
                        ? change(insert(a), insert(own + i), insert(b))
                        : change(insert(b), insert(own + i), insert(a));
                return () -> store.apply(change);
            });
            assertEquals(1, Collections.frequency(outcomes, DONE), outcomes::toString);
            assertTrue(isThere(a) && isThere(b));
            for (int i = 0; i < Race.THREADS; i++) assertEquals(outcomes.get(i) == DONE, isThere(own + i));
        }
    }

    @Test
    void whatever_was_done_before_or_after_a_revocation_is_revoked() throws InterruptedException {
        for (int round = 0; round < rounds(); round++) {
            int family = round;
            Selector selector = by(Selector.By.FAMILY, "family " + family);
            Lineage lineage = only(selector, start);
            String row = "row " + family + " of ";
            for (int i = 1; i < Race.THREADS; i += 2) write(insert(row + i, lineage));
            AtomicBoolean revoked = new AtomicBoolean();
            List<Boolean> done = race.run(i -> () -> {
                if (i == 0) {
                    store.revoke(selector, start, start.plus(DAY));
                    revoked.set(true);
                    return false;
                }
                Change.Write write = i % 2 == 0 ? insert(row + i, lineage) : update(found(row + i));
                boolean before = revoked.get();
                Outcome outcome = store.apply(Change.of(write));
                assertNotEquals(LOST, outcome);
                if (before) assertEquals(REVOKED, outcome, "a revocation that was finished before is seen");
                return outcome == DONE;
            });
            for (int i = 1; i < Race.THREADS; i++) {
                if (i % 2 == 1) assertEquals(done.get(i) ? 2 : 1, found(row + i).version());
                assertEquals(i % 2 == 1 || done.get(i), isThere(row + i));
                store.find(key(row + i)).ifPresent(found -> assertTrue(found.revoked()));
                refused(REVOKED, insert(row + i, lineage));
            }
        }
    }

    @Test
    void what_was_seen_revoked_is_never_seen_otherwise_again() throws InterruptedException {
        for (int round = 0; round < rounds(); round++) {
            Selector selector = by(Selector.By.SUBJECT, "subject " + round);
            Lineage lineage = only(selector, start);
            String row = "row " + round;
            write(insert(row, lineage));
            race.run(i -> () -> {
                if (i == 0) store.revoke(selector, start, start.plus(DAY));
                if (i == 1) store.apply(Change.of(update(found(row))));
                boolean seen = false;
                for (int look = 0; look < 5; look++) {
                    boolean now = look % 2 == 0 ? found(row).revoked() : store.revoked(lineage);
                    assertTrue(now || !seen, "revoked, and then not");
                    seen = now;
                }
                return seen;
            });
            assertTrue(found(row).revoked());
        }
    }

    @Test
    void revocations_of_the_same_add_up() throws InterruptedException {
        Instant then = beginningOf(DAY);
        for (int round = 0; round < rounds(); round++) {
            Selector selector = by(Selector.By.CLIENT, "client " + round);
            race.run(i -> () -> {
                store.revoke(selector, then.plus(MILLI.multipliedBy(i)), then.plus(HOUR.multipliedBy(40L - i)));
                return i;
            });
            assertTrue(store.revoked(only(selector, then.plus(MILLI.multipliedBy(Race.THREADS - 1)))));
            assertFalse(store.revoked(only(selector, then.plus(MILLI.multipliedBy(Race.THREADS)))));
        }
        reachEndOf(DAY);
        purgeEverythingExpired();
        for (int round = 0; round < rounds(); round++) {
            Selector selector = by(Selector.By.CLIENT, "client " + round);
            assertTrue(store.revoked(only(selector, then.plus(MILLI.multipliedBy(Race.THREADS - 1)))));
        }
    }

    @Test
    void a_purge_takes_neither_what_is_written_nor_what_is_extended_meanwhile() throws InterruptedException {
        for (int round = 0; round < rounds(); round++) {
            String row = "row " + round + " of ";
            Selector selector = by(Selector.By.TOKEN, "token " + round);
            Instant expired = start.minus(MILLI);
            Instant alive = start.plus(DAY);
            for (int i = 1; i < 4; i++) {
                write(Change.Write.insert(key(row + i), lineage(), alive, bytes("alive")));
                write(Change.Write.update(found(row + i), lineage(), expired, bytes("expired")));
            }
            store.revoke(selector, start, expired);
            Stored[] found = new Stored[4];
            for (int i = 1; i < 4; i++) found[i] = store.find(key(row + i)).orElse(null);
            List<Outcome> outcomes = race.run(i -> () -> {
                if (i == 0) store.revoke(selector, start, alive);
                if (i == 4 || i == 5) return store.apply(Change.of(insert(row + i)));
                if (i == 0 || i > 5) purgeAll(1);
                if (i == 0 || i > 5 || found[i] == null) return LOST;
                return store.apply(Change.of(Change.Write.update(found[i], lineage(), alive, bytes("extended"))));
            });
            for (int i = 1; i < 6; i++) {
                if (i > 3) assertEquals(DONE, outcomes.get(i));
                assertEquals(outcomes.get(i) == DONE, isThere(row + i), outcomes::toString);
            }
            assertTrue(store.revoked(only(selector, start)), "the wider revocation is purged with the narrower");
        }
    }

    @Test
    void purges_at_once_count_each_row_once() throws InterruptedException {
        Instant then = beginningOf(HOUR);
        int rows = 100;
        Change expired = Change.none();
        for (int i = 0; i < rows; i++) {
            expired = expired.and(
                    Change.of(Change.Write.insert(key("row " + i), lineage(), then.plus(MILLI), bytes("row"))));
        }
        assertEquals(DONE, store.apply(expired));
        reachEndOf(HOUR);
        Callable<Integer> purging = () -> {
            int purged = 0;
            for (int batch = store.purge(7); batch > 0; batch = store.purge(7)) purged += batch;
            return purged;
        };
        List<Integer> counts = race.run(i -> purging);
        assertEquals(rows, counts.stream().mapToInt(Integer::intValue).sum() + store.purge(rows));
    }

    @Test
    void a_reader_never_sees_half_a_row() throws InterruptedException {
        write(insert("row"));
        write(update(found("row")));
        race.run(i -> () -> {
            for (int look = 0; look < rounds(); look++) {
                Stored found = found("row");
                long version = found.version();
                assertEquals("version " + version, text(found));
                if (version > 2)
                    assertEquals("client " + version, found.lineage().client().orElseThrow());
                if (i > 1) continue;
                Lineage next = lineage(ISSUER, start, " " + (version + 1));
                store.apply(Change.of(
                        Change.Write.update(found, next, start.plus(DAY), bytes("version " + (version + 1)))));
            }
            return i;
        });
    }

    private static String text(Stored found) {
        return new String(found.payload(), StandardCharsets.UTF_8);
    }
}
