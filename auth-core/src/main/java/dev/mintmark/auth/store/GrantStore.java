package dev.mintmark.auth.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The memory of a server: codes, families, opaque tokens, challenges, keys, all in one shape. Thread-safe.
 *
 * <p>A store keeps bytes and compares versions; it decides nothing. Every method may throw {@link StoreException}, and has then
 * done nothing, or, where the answer was lost on its way, everything.
 */
public interface GrantStore {
    /** What became of a change. */
    enum Outcome {
        /** Everything is written. */
        DONE,
        /** A row had another version than was read, or existed already: nothing is written. Read again and decide again. */
        LOST,
        /** A row belongs to something revoked: nothing is written. */
        REVOKED
    }

    /**
     * Writes everything, or nothing. A row that exists counts even if it has expired. A revocation that was
     * {@linkplain #revoke begun} before is seen.
     *
     * @param change the writes
     * @return what became of them; REVOKED goes before LOST
     */
    Outcome apply(Change change);

    /**
     * One row.
     *
     * @param key its key
     * @return the row, perhaps spent, revoked or expired; empty if there is none
     */
    Optional<Stored> find(GrantKey key);

    /**
     * Whether a revocation covers something that is not a row: a token that carries its own claims.
     *
     * @param lineage to whom it belongs
     * @return whether one of its selectors was revoked at or after its birth
     */
    boolean revoked(Lineage lineage);

    /**
     * Rows that have something in common, the oldest first.
     *
     * @param by what they have in common
     * @param atMost how many rows at the most
     * @return rows that have not expired
     */
    List<Stored> list(Selector by, int atMost);

    /**
     * Revokes what was born until a moment, durably: rows now in the store, rows about to be written, tokens in flight.
     *
     * @param what what they have in common
     * @param bornUntil the youngest birth that is covered; a later revocation of the same widens it
     * @param until when the revocation may be forgotten: not before everything it covers has expired
     */
    void revoke(Selector what, Instant bornUntil, Instant until);

    /**
     * Forgets rows and revocations that have expired.
     *
     * @param expiredBefore the moment
     * @param atMost how many at the most
     * @return how many were forgotten; fewer than {@code atMost} means that none is left
     */
    int purge(Instant expiredBefore, int atMost);
}
