package dev.mintmark.auth.testkit.store;

import dev.mintmark.auth.store.Change;
import dev.mintmark.auth.store.GrantKey;
import dev.mintmark.auth.store.GrantStore.Outcome;
import dev.mintmark.auth.store.Lineage;
import dev.mintmark.auth.store.Selector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a store should do, said as plainly as can be: for one thread, and never fast. */
final class GrantStoreModel {
    /** A row, its version being the current one. */
    record Row(Change.Write written, Instant changed) {}

    private record Revocation(Selector what, Instant bornUntil, Instant until) {}

    private final Map<GrantKey, Row> rows = new HashMap<>();
    private final List<Revocation> revocations = new ArrayList<>();
    private final boolean forgetsAsItGoes;

    GrantStoreModel(boolean forgetsAsItGoes) {
        this.forgetsAsItGoes = forgetsAsItGoes;
    }

    Map<GrantKey, Row> rows() {
        return rows;
    }

    Outcome apply(Change change, Instant now) {
        if (forgetsAsItGoes) forgetExpired(now);
        if (change.writes().stream().anyMatch(this::touchesRevoked)) return Outcome.REVOKED;
        if (change.writes().stream().anyMatch(write -> write.version() != version(write.key()))) return Outcome.LOST;
        for (Change.Write write : change.writes()) {
            rows.put(write.key(), new Row(write.withVersion(write.version() + 1), now));
        }
        return Outcome.DONE;
    }

    private boolean touchesRevoked(Change.Write write) {
        return revoked(write.lineage()) || write.before().filter(this::revoked).isPresent();
    }

    private long version(GrantKey key) {
        return rows.containsKey(key) ? rows.get(key).written().version() : 0;
    }

    boolean revoked(Lineage lineage) {
        return revocations.stream()
                .anyMatch(revocation -> lineage.selectors().contains(revocation.what())
                        && lineage.born().compareTo(revocation.bornUntil()) <= 0);
    }

    void revoke(Selector what, Instant bornUntil, Instant until, Instant now) {
        if (forgetsAsItGoes) forgetExpired(now);
        revocations.add(new Revocation(what, bornUntil, until));
    }

    List<Row> list(Selector by, Instant now) {
        return rows.values().stream()
                .filter(row -> row.written().expires().isAfter(now))
                .filter(row -> row.written().lineage().selectors().contains(by))
                .sorted(Comparator.comparing(
                        (Row row) -> row.written().lineage().born()))
                .toList();
    }

    Set<GrantKey> expiredRows(Instant before) {
        return rows.values().stream()
                .map(Row::written)
                .filter(written -> written.expires().isBefore(before))
                .map(Change.Write::key)
                .collect(Collectors.toSet());
    }

    /** What is revoked, but until before a moment: the longest revocation of the same counts. */
    Set<Selector> expiredRevocations(Instant before) {
        Set<Selector> lasting = revocations.stream()
                .filter(revocation -> !revocation.until().isBefore(before))
                .map(Revocation::what)
                .collect(Collectors.toSet());
        return revocations.stream()
                .map(Revocation::what)
                .filter(what -> !lasting.contains(what))
                .collect(Collectors.toSet());
    }

    void forget(GrantKey key) {
        rows.remove(key);
    }

    void forget(Selector what) {
        revocations.removeIf(revocation -> revocation.what().equals(what));
    }

    private void forgetExpired(Instant now) {
        expiredRows(now).forEach(this::forget);
        expiredRevocations(now).forEach(this::forget);
    }
}
