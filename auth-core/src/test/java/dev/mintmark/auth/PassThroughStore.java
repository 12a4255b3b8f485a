package dev.mintmark.auth;

import dev.mintmark.auth.store.Change;
import dev.mintmark.auth.store.Cursor;
import dev.mintmark.auth.store.GrantKey;
import dev.mintmark.auth.store.GrantStore;
import dev.mintmark.auth.store.InMemoryGrantStore;
import dev.mintmark.auth.store.Kind;
import dev.mintmark.auth.store.Lineage;
import dev.mintmark.auth.store.Selector;
import dev.mintmark.auth.store.Stored;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A store that counts what it is asked and does it; tests override what they want otherwise. */
public class PassThroughStore implements GrantStore {
    public final AtomicInteger reads = new AtomicInteger();
    public final AtomicInteger writes = new AtomicInteger();
    private final GrantStore memory;

    public PassThroughStore(Clock clock) {
        this(new InMemoryGrantStore(clock, 10_000));
    }

    public PassThroughStore(GrantStore memory) {
        this.memory = memory;
    }

    @Override
    public Outcome apply(Change change) {
        writes.incrementAndGet();
        return memory.apply(change);
    }

    @Override
    public Optional<Stored> find(GrantKey key) {
        reads.incrementAndGet();
        return memory.find(key);
    }

    @Override
    public boolean revoked(Lineage lineage) {
        reads.incrementAndGet();
        return memory.revoked(lineage);
    }

    @Override
    public List<Stored> list(Selector by, Kind kind, Optional<Cursor> after, int atMost) {
        return memory.list(by, kind, after, atMost);
    }

    @Override
    public void revoke(Selector what, Instant bornUntil, Instant until) {
        writes.incrementAndGet();
        memory.revoke(what, bornUntil, until);
    }

    @Override
    public int purge(int atMost) {
        return memory.purge(atMost);
    }
}
