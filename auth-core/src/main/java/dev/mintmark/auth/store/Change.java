package dev.mintmark.auth.store;

import java.time.Instant;
import java.util.List;
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
     */
    public Change and(Change other) {
        if (other.writes.isEmpty()) return this;
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
        private final Lineage lineage;
        private final Instant expires;
        private final boolean spent;
        private final byte[] payload;

        private Write(GrantKey key, long version, Lineage lineage, Instant expires, boolean spent, byte[] payload) {
            this.key = key;
            this.version = version;
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
         */
        public static Write insert(GrantKey key, Lineage lineage, Instant expires, byte[] payload) {
            return new Write(key, 0, lineage, expires, false, payload);
        }

        /**
         * A row that must still have the version at which it was found.
         *
         * @param found the row as found
         * @param lineage to whom it belongs from now on
         * @param expires when it may be forgotten
         * @param payload the engine's bytes
         * @return the write
         */
        public static Write update(Stored found, Lineage lineage, Instant expires, byte[] payload) {
            return new Write(found.key(), found.version(), lineage, expires, found.spent(), payload);
        }

        /**
         * The same write, using the row up.
         *
         * @return the new write
         */
        public Write spending() {
            return new Write(key, version, lineage, expires, true, payload);
        }

        /**
         * The same write at another version: for stores, which hand out what they keep.
         *
         * @param value the version
         * @return the new write
         */
        public Write withVersion(long value) {
            return new Write(key, value, lineage, expires, spent, payload);
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
         * To whom it belongs.
         *
         * @return the lineage
         */
        public Lineage lineage() {
            return lineage;
        }

        /**
         * When the row may be forgotten.
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
