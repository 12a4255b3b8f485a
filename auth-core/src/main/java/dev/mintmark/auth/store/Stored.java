package dev.mintmark.auth.store;

import java.time.Instant;

/**
 * A row as found: what the engine remembers under one key, with the store's own view of time. Immutable, but for the payload's
 * bytes, which are not copied and not to be changed.
 */
public final class Stored {
    private final Change.Write written;
    private final Instant changed;
    private final boolean revoked;
    private final Instant now;

    /**
     * A row as found.
     *
     * @param written what was last written, the version being the row's current one
     * @param changed when it was last written, by the store's time
     * @param revoked whether a revocation covers it
     * @param now the store's time when it was found
     */
    public Stored(Change.Write written, Instant changed, boolean revoked, Instant now) {
        this.written = written;
        this.changed = changed;
        this.revoked = revoked;
        this.now = now;
    }

    /**
     * The key.
     *
     * @return issuer, kind, hash
     */
    public GrantKey key() {
        return written.key();
    }

    /**
     * How often the row was written.
     *
     * @return 1 after the insert
     */
    public long version() {
        return written.version();
    }

    /**
     * To whom it belongs.
     *
     * @return the lineage
     */
    public Lineage lineage() {
        return written.lineage();
    }

    /**
     * When the row may be forgotten.
     *
     * @return the moment of expiry
     */
    public Instant expires() {
        return written.expires();
    }

    /**
     * Whether the thing was used up.
     *
     * @return whether it is spent
     */
    public boolean spent() {
        return written.spent();
    }

    /**
     * The engine's own bytes.
     *
     * @return opaque to the store; not to be changed
     */
    public byte[] payload() {
        return written.payload();
    }

    /**
     * When the row was last written.
     *
     * @return by the store's time
     */
    public Instant changed() {
        return changed;
    }

    /**
     * Whether a revocation covers the row.
     *
     * @return whether it is revoked
     */
    public boolean revoked() {
        return revoked;
    }

    /**
     * The store's time when the row was found: by it expiry, grace and replay are judged, not by any node's clock.
     *
     * @return the moment
     */
    public Instant now() {
        return now;
    }

    /**
     * Whether the row has expired by the store's time.
     *
     * @return whether it has
     */
    public boolean expired() {
        return !now.isBefore(expires());
    }
}
