package dev.mintmark.auth.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes that happen all together or not at all. Immutable.
 */
public final class Change {
    private static final Change NONE = new Change(List.of());

    private final List<Write> writes;

    private Change(List<Write> writes) {
        this.writes = writes;
    }

    /**
     * Nothing to write.
     *
     * @return the empty change
     */
    public static Change none() {
        return NONE;
    }

    /**
     * A change of one row.
     *
     * @param write the write
     * @return the change
     */
    public static Change of(Write write) {
        return new Change(List.of(write));
    }

    /**
     * This change and another, as one.
     *
     * @param other the other
     * @return both
     * @throws IllegalArgumentException if both write the same row
     */
    public Change and(Change other) {
        if (other.writes.isEmpty()) return this;
        for (Write write : other.writes) {
            if (writes.stream().anyMatch(earlier -> earlier.key.equals(write.key))) {
                throw new IllegalArgumentException("a change writes a row twice: " + write.key);
            }
        }
        return writes.isEmpty()
                ? other
                : new Change(
                        Stream.concat(writes.stream(), other.writes.stream()).toList());
    }

    /**
     * The writes in order.
     *
     * @return each with a key of its own
     */
    public List<Write> writes() {
        return writes;
    }

    /**
     * Whether there is nothing to write.
     *
     * @return whether the change is empty
     */
    public boolean isEmpty() {
        return writes.isEmpty();
    }

    /**
     * One row to be written, if it still has the version that was read: 0 means that it must not exist yet. Afterwards it
     * has the next version. Immutable, but for the payload's bytes, which are not copied and not to be changed.
     */
    public static final class Write {
        private final GrantKey key;
        private final long version;
        private final Optional<Lineage> before;
        private final Lineage lineage;
        private final Instant expires;
        private final boolean spent;
        private final byte[] payload;

        private Write(
                GrantKey key,
                long version,
                Optional<Lineage> before,
                Lineage lineage,
                Instant expires,
                boolean spent,
                byte[] payload) {
            if (!key.issuer().equals(lineage.issuer())) {
                throw new IllegalArgumentException(key + " cannot belong to " + lineage.issuer());
            }
            this.key = key;
            this.version = version;
            this.before = before;
            this.lineage = lineage;
            this.expires = expires;
            this.spent = spent;
            this.payload = payload;
        }

        /**
         * A row that must not exist yet.
         *
         * @param key its key
         * @param lineage to whom it belongs
         * @param expires when it may be forgotten
         * @param payload the engine's bytes
         * @return the write
         * @throws IllegalArgumentException if key and lineage name different issuers
         */
        public static Write insert(GrantKey key, Lineage lineage, Instant expires, byte[] payload) {
            return new Write(key, 0, Optional.empty(), lineage, expires, false, payload);
        }

        /**
         * A row that must still have the version at which it was found.
         *
         * @param found the row as found
         * @param lineage to whom it belongs from now on
         * @param expires when it may be forgotten
         * @param payload the engine's bytes
         * @return the write
         * @throws IllegalArgumentException if key and lineage name different issuers
         */
        public static Write update(Stored found, Lineage lineage, Instant expires, byte[] payload) {
            return new Write(
                    found.key(),
                    found.version(),
                    Optional.of(found.lineage()),
                    lineage,
                    expires,
                    found.spent(),
                    payload);
        }

        /**
         * The same write, using the row up.
         *
         * @return the new write
         */
        public Write spending() {
            return new Write(key, version, before, lineage, expires, true, payload);
        }

        /**
         * The same at another version, and with nothing {@linkplain #before before} it: for stores, which hand out what they
         * keep.
         *
         * @param value the version
         * @return the new write
         */
        public Write withVersion(long value) {
            return new Write(key, value, Optional.empty(), lineage, expires, spent, payload);
        }

        /**
         * The key.
         *
         * @return issuer, kind, hash
         */
        public GrantKey key() {
            return key;
        }

        /**
         * The version that the row must have.
         *
         * @return 0 if the row must not exist
         */
        public long version() {
            return version;
        }

        /**
         * To whom the row belonged when it was found. As long as the row has the {@linkplain #version version} that was read,
         * it still does: a store can ask for revocations by it without reading the row again.
         *
         * @return the lineage; empty for an insert
         */
        public Optional<Lineage> before() {
            return before;
        }

        /**
         * To whom it belongs afterwards.
         *
         * @return the lineage, of the key's issuer
         */
        public Lineage lineage() {
            return lineage;
        }

        /**
         * When the row may be forgotten: once the store's time is past it, a store may do so by itself. Until then the row
         * counts, expired or not. Where a caller is to be told that something has expired, and not that it is unknown, the
         * deadline belongs into the payload, and this is later.
         *
         * @return the moment of expiry
         */
        public Instant expires() {
            return expires;
        }

        /**
         * Whether this write uses the row up.
         *
         * @return whether it is spent afterwards
         */
        public boolean spent() {
            return spent;
        }

        /**
         * The engine's own bytes.
         *
         * @return opaque to the store; not to be changed
         */
        public byte[] payload() {
            return payload;
        }
    }
}
