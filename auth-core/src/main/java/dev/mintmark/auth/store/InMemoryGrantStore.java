package dev.mintmark.auth.store;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
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

    /** What is to be forgotten, in that order: at the same moment rows go first, so that none loses its revocation. */
    private record Due(Instant at, boolean revocation, long serial, Object what) implements Comparable<Due> {
        private static final Comparator<Due> ORDER =
                Comparator.comparing(Due::at).thenComparing(Due::revocation).thenComparing(Due::serial);

        @Override
        public int compareTo(Due other) {
            return ORDER.compare(this, other);
        }
    }

    private static final Comparator<Cursor> BY_BIRTH =
            Comparator.comparing(Cursor::born).thenComparing(Cursor::hash);

    private record Row(Change.Write written, Instant changed, Due due) {}

    private record Revocation(Instant bornUntil, Due due) {}

    private final Clock clock;
    private final int capacity;
    private final Map<GrantKey, Row> rows = new ConcurrentHashMap<>();
    private final Map<Selector, Revocation> revocations = new ConcurrentHashMap<>();

    /** Keys and selectors, the first to expire first. Guarded by this. */
    private final TreeSet<Due> byExpiry = new TreeSet<>();

    /** Tells those apart that expire together. Guarded by this. */
    private long serial;

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
     * @param capacity how many rows, and how many revocations, it holds at the most; half as many revocations of single tokens
     *     and of people at one client, and three quarters as many with those of families and sessions, which clients bring about
     */
    public InMemoryGrantStore(Clock clock, int capacity) {
        this.clock = clock;
        this.capacity = capacity;
    }

    @Override
    public synchronized Outcome apply(Change change) {
        Instant now = clock.instant();
        purge(now, PURGED_WITH_EACH_CHANGE + change.writes().size());
        int inserts = 0;
        boolean lost = false;
        for (Change.Write write : change.writes()) {
            Row row = rows.get(write.key());
            if (revoked(write.lineage()) || write.before().filter(this::revoked).isPresent()) return Outcome.REVOKED;
            if (write.version() != (row == null ? 0 : row.written().version())) lost = true;
            if (row == null) inserts++;
        }
        if (lost) return Outcome.LOST;
        if (inserts > 0 && rows.size() + inserts > capacity) throw new StoreException("the in-memory store is full");
        for (Change.Write write : change.writes()) {
            Due due = due(write.expires(), false, write.key());
            Row before = rows.put(write.key(), new Row(write.withVersion(write.version() + 1), now, due));
            if (before != null) byExpiry.remove(before.due());
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
    public List<Stored> list(Selector by, Kind kind, Optional<Cursor> after, int atMost) {
        return rows.values().stream()
                .filter(row -> row.written().key().kind().equals(kind))
                .filter(row -> row.written().lineage().selectors().contains(by))
                .map(this::asFound)
                .filter(found -> !found.expired())
                .filter(found -> after.isEmpty() || BY_BIRTH.compare(Cursor.after(found), after.get()) > 0)
                .sorted(Comparator.comparing(Cursor::after, BY_BIRTH))
                .limit(atMost)
                .toList();
    }

    @Override
    public synchronized void revoke(Selector what, Instant bornUntil, Instant until) {
        purge(clock.instant(), PURGED_WITH_EACH_CHANGE);
        Revocation before = revocations.get(what);
        if (before == null && revocations.size() >= room(what.by())) {
            throw new StoreException("the in-memory store is full of revocations");
        }
        if (before != null) byExpiry.remove(before.due());
        Instant lastBirth = before == null ? bornUntil : later(before.bornUntil(), bornUntil);
        Instant end = before == null ? until : later(before.due().at(), until);
        revocations.put(what, new Revocation(lastBirth, due(end, true, what)));
    }

    /** What clients bring about at will leaves room for logouts and replays, and these for what administrators need. */
    private int room(Selector.By by) {
        return switch (by) {
            case TOKEN, SUBJECT_AT_CLIENT -> (capacity + 1) / 2;
            case FAMILY, SESSION, ONLINE -> capacity - capacity / 4;
            case CLIENT, SUBJECT -> capacity;
        };
    }

    @Override
    public synchronized int purge(int atMost) {
        return purge(clock.instant(), atMost);
    }

    private int purge(Instant expiredBefore, int atMost) {
        int purged = 0;
        while (purged < atMost && !byExpiry.isEmpty() && byExpiry.first().at().isBefore(expiredBefore)) {
            Due due = byExpiry.pollFirst();
            (due.revocation() ? revocations : rows).remove(due.what());
            purged++;
        }
        return purged;
    }

    private Due due(Instant at, boolean revocation, Object what) {
        Due due = new Due(at, revocation, serial++, what);
        byExpiry.add(due);
        return due;
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
