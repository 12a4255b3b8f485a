package dev.mintmark.auth.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintmark.auth.store.Change;
import dev.mintmark.auth.store.GrantStore;
import dev.mintmark.auth.store.GrantStore.Outcome;
import dev.mintmark.auth.store.InMemoryGrantStore;
import dev.mintmark.auth.store.Selector;
import dev.mintmark.auth.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InMemoryGrantStoreTest extends GrantStoreContract {

    @Override
    protected GrantStore store(Clock clock) {
        return new InMemoryGrantStore(clock, 100_000);
    }

    @Test
    void a_store_full_of_live_rows_refuses_new_ones_and_forgets_none() {
        store = new InMemoryGrantStore(clock, 10);
        for (int i = 0; i < 10; i++) write(insert("row " + i));
        assertThatThrownBy(() -> store.apply(Change.of(insert("row 10")))).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> store.apply(change(update(found("row 0")), insert("row 10"))))
                .isInstanceOf(StoreException.class);
        for (int i = 0; i < 10; i++) assertThat(found("row " + i).version()).isEqualTo(1);
        assertThat(isThere("row 10")).isFalse();
    }

    @Test
    void a_full_store_still_takes_updates_and_revocations() {
        store = new InMemoryGrantStore(clock, 10);
        for (int i = 0; i < 10; i++) write(insert("row " + i));
        write(update(found("row 0")), update(found("row 1")).spending());
        refused(Outcome.LOST, insert("row 2"));
        store.revoke(by(Selector.By.FAMILY, "family"), start, start.plus(DAY));
        assertThat(found("row 0").revoked()).isTrue();
    }

    @Test
    void a_change_that_would_not_fit_is_refused_whole() {
        store = new InMemoryGrantStore(clock, 10);
        for (int i = 0; i < 9; i++) write(insert("row " + i));
        assertThatThrownBy(() -> store.apply(change(insert("row 9"), insert("row 10"))))
                .isInstanceOf(StoreException.class);
        assertThat(isThere("row 9")).isFalse();
        write(insert("row 9"));
    }

    @Test
    void a_store_full_of_expired_rows_makes_room() {
        store = new InMemoryGrantStore(clock, 10);
        for (int i = 0; i < 10; i++) write(insert("row " + i));
        clock.advance(DAY.plus(MILLI));
        write(insertUntil("new", clock.instant().plus(DAY)));
        assertThat(isThere("new")).isTrue();
    }

    @Test
    void a_change_larger_than_usual_finds_the_room_that_expired_rows_take() {
        store = new InMemoryGrantStore(clock, 40);
        for (int i = 0; i < 40; i++) write(insert("row " + i));
        clock.advance(DAY.plus(MILLI));
        Change.Write[] all = new Change.Write[40];
        for (int i = 0; i < 40; i++)
            all[i] = insertUntil("new " + i, clock.instant().plus(DAY));
        write(all);
    }

    @Test
    void a_store_forgets_as_it_goes() {
        InMemoryGrantStore small = new InMemoryGrantStore(clock, 50);
        store = small;
        for (int i = 0; i < 5_000; i++) {
            write(insertUntil("row " + i, clock.instant().plus(Duration.ofSeconds(10))));
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(small.size()).isLessThan(50);
    }

    @Test
    void revocations_are_bounded_and_none_is_forgotten() {
        store = new InMemoryGrantStore(clock, 10);
        for (int i = 0; i < 10; i++) revoke(Selector.By.SUBJECT, i);
        isFullFor(Selector.By.SUBJECT);
        store.revoke(by(Selector.By.SUBJECT, "3"), start.plus(MILLI), start.plus(HOUR));
        for (int i = 0; i < 10; i++) {
            assertThat(store.revoked(only(by(Selector.By.SUBJECT, "" + i), start)))
                    .isTrue();
        }
        clock.advance(HOUR.plus(MILLI));
        revoke(Selector.By.SUBJECT, 10);
    }

    @ParameterizedTest
    @CsvSource({"TOKEN, 5", "SUBJECT_AT_CLIENT, 5", "FAMILY, 8", "SESSION, 8", "SUBJECT, 10", "CLIENT, 10"})
    void revocations_that_clients_bring_about_leave_room_for_others(Selector.By by, int most) {
        store = new InMemoryGrantStore(clock, 10);
        for (int i = 0; i < most; i++) revoke(by, i);
        isFullFor(by);
        for (int i = most; i < 10; i++) revoke(Selector.By.CLIENT, i);
        isFullFor(Selector.By.CLIENT);
    }

    @Test
    void revocations_of_tokens_leave_room_for_those_of_families() {
        store = new InMemoryGrantStore(clock, 10);
        for (int i = 0; i < 5; i++) revoke(Selector.By.TOKEN, i);
        for (int i = 0; i < 3; i++) revoke(Selector.By.FAMILY, i);
        isFullFor(Selector.By.SESSION);
    }

    private void revoke(Selector.By by, int which) {
        Selector one = by(by, "" + which);
        store.revoke(one, start, clock.instant().plus(HOUR));
        assertThat(store.revoked(only(one, start))).isTrue();
    }

    private void isFullFor(Selector.By by) {
        assertThatThrownBy(() -> store.revoke(by(by, "one too many"), start, start.plus(HOUR)))
                .isInstanceOf(StoreException.class);
    }

    private Change.Write insertUntil(String handle, Instant expires) {
        return Change.Write.insert(key(handle), lineage(), expires, bytes(handle));
    }
}
