package dev.mintmark.auth.store;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A grant store in this process's memory: gone with the process, known to no other node.
 *
 * <p>It holds a bounded number of rows and forgets what has expired as it goes. When it is full of live rows it refuses new
 * ones with a {@link StoreException} rather than forget one. Reads take no lock; writes take one, for less than a microsecond.
 * {@link #list} looks at every row. Thread-safe.
 */
public final class InMemoryGrantStore implements GrantStore {
    /** How many rows a store holds unless told otherwise. */
    public static final int DEFAULT_CAPACITY = 1_000_000;

    /** Each change clears away a little more than it can bring. */
    private static final int PURGED_WITH_EACH_CHANGE = 16;

    private record Row(Change.Write written, Instant changed) {}

    private record Revocation(Instant bornUntil, Instant until) {}

    private final Clock clock;
    private final int capacity;
    private final Map<GrantKey, Row> rows = new ConcurrentHashMap<>();
    private final Map<Selector, Revocation> revocations = new ConcurrentHashMap<>();

    /**
     * Keys and selectors by the minute in which they expire. Linked, because a purge begins at the front each time: a plain
     * set would have it step over the empty room that earlier purges left. Guarded by this.
     */
    private final TreeMap<Instant, Set<Object>> byExpiry = new TreeMap<>();

    /**
     * A store of the default capacity on the system's clock.
     */
    public InMemoryGrantStore() {
        this(Clock.systemUTC(), DEFAULT_CAPACITY);
    }

    /**
     * A store.
     *
     * @param clock the store's time
     * @param capacity how many rows, and how many revocations, it holds at the most
     */
    public InMemoryGrantStore(Clock clock, int capacity) {
        this.clock = clock;
        this.capacity = capacity;
    }

    @Override
    public synchronized Outcome apply(Change change) {
        Instant now = clock.instant();
        purge(now, PURGED_WITH_EACH_CHANGE);
        int inserts = 0;
        boolean lost = false;
        for (Change.Write write : change.writes()) {
            Row row = rows.get(write.key());
            if (revoked(write.lineage())
                    || (row != null && revoked(row.written().lineage()))) return Outcome.REVOKED;
            if (write.version() != (row == null ? 0 : row.written().version())) lost = true;
            if (row == null) inserts++;
        }
        if (lost) return Outcome.LOST;
        if (inserts > 0 && rows.size() + inserts > capacity) throw new StoreException("the in-memory store is full");
        for (Change.Write write : change.writes()) {
            Row before = rows.put(write.key(), new Row(write.withVersion(write.version() + 1), now));
            if (before != null)
                forgetExpiry(before.written().key(), before.written().expires());
            noteExpiry(write.key(), write.expires());
        }
        return Outcome.DONE;
    }

    @Override
    public Optional<Stored> find(GrantKey key) {
        return Optional.ofNullable(rows.get(key)).map(this::asFound);
    }

    private Stored asFound(Row row) {
        return new Stored(row.written(), row.changed(), revoked(row.written().lineage()), clock.instant());
    }

    @Override
    public boolean revoked(Lineage lineage) {
        if (revocations.isEmpty()) return false;
        for (Selector selector : lineage.selectors()) {
            Revocation revocation = revocations.get(selector);
            if (revocation != null && !lineage.born().isAfter(revocation.bornUntil())) return true;
        }
        return false;
    }

    @Override
    public List<Stored> list(Selector by, int atMost) {
        Instant now = clock.instant();
        return rows.values().stream()
                .filter(row -> row.written().expires().isAfter(now))
                .filter(row -> row.written().lineage().selectors().contains(by))
                .sorted(Comparator.comparing(
                        (Row row) -> row.written().lineage().born()))
                .limit(atMost)
                .map(this::asFound)
                .toList();
    }

    @Override
    public synchronized void revoke(Selector what, Instant bornUntil, Instant until) {
        purge(clock.instant(), PURGED_WITH_EACH_CHANGE);
        Revocation before = revocations.get(what);
        if (before == null && revocations.size() >= capacity) {
            throw new StoreException("the in-memory store is full of revocations");
        }
        if (before != null) forgetExpiry(what, before.until());
        Revocation after = before == null
                ? new Revocation(bornUntil, until)
                : new Revocation(later(before.bornUntil(), bornUntil), later(before.until(), until));
        revocations.put(what, after);
        noteExpiry(what, after.until());
    }

    @Override
    public synchronized int purge(Instant expiredBefore, int atMost) {
        int purged = 0;
        Iterator<Map.Entry<Instant, Set<Object>>> minutes = byExpiry.headMap(
                        expiredBefore.truncatedTo(ChronoUnit.MINUTES), true)
                .entrySet()
                .iterator();
        while (purged < atMost && minutes.hasNext()) {
            Set<Object> minute = minutes.next().getValue();
            Iterator<Object> entries = minute.iterator();
            while (purged < atMost && entries.hasNext()) {
                if (!forgotten(entries.next(), expiredBefore)) continue;
                entries.remove();
                purged++;
            }
            if (minute.isEmpty()) minutes.remove();
        }
        return purged;
    }

    private boolean forgotten(Object entry, Instant expiredBefore) {
        if (entry instanceof GrantKey key) {
            Row row = rows.get(key);
            return row == null || (row.written().expires().isBefore(expiredBefore) && rows.remove(key, row));
        }
        if (!(entry instanceof Selector selector)) return true;
        Revocation revocation = revocations.get(selector);
        return revocation == null
                || (revocation.until().isBefore(expiredBefore) && revocations.remove(selector, revocation));
    }

    private void noteExpiry(Object entry, Instant expires) {
        byExpiry.computeIfAbsent(expires.truncatedTo(ChronoUnit.MINUTES), minute -> new LinkedHashSet<>())
                .add(entry);
    }

    private void forgetExpiry(Object entry, Instant expires) {
        Instant minute = expires.truncatedTo(ChronoUnit.MINUTES);
        Set<Object> entries = byExpiry.get(minute);
        if (entries != null && entries.remove(entry) && entries.isEmpty()) byExpiry.remove(minute);
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    /**
     * How much the store remembers.
     *
     * @return the number of rows, expired ones not yet forgotten included
     */
    public int size() {
        return rows.size();
    }
}
