package dev.mintmark.auth.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The memory of a server: codes, families, opaque tokens, challenges, keys, all in one shape. Thread-safe.
 *
 * <p>A store keeps bytes and compares versions; it decides nothing. Every method may throw {@link StoreException}, and has then
 * done nothing, or, where the answer was lost on its way, everything. A store that tries again by itself, after a deadlock for
 * instance, does so only when it knows that nothing was done: it would else find its own first try, and call the change lost.
 *
 * <p><b>Time</b> is the store's own, at the moment of the call: one clock for all nodes. It says what has expired, and dates what
 * is written. The moments that a store is given ({@code born}, {@code expires}, {@code bornUntil}, {@code until}) have
 * milliseconds and come back as they were; those that it gives itself ({@code changed}, {@code now}) may be finer.
 *
 * <p><b>What has expired</b> counts for as long as it is there. A store may forget it at any time once its own time is past the
 * moment, asked to or not; a row always before the revocations that cover it.
 *
 * <p><b>Texts</b> (issuers, and every value in a {@link Lineage}) have up to 255 characters of any script, without NUL and without
 * unpaired surrogates; of a {@link Selector}'s value twice that. They come back as they were, and two are the same only if every
 * character is: neither case, nor accents, nor trailing blanks are passed over. Payloads have up to 64 KiB.
 */
public interface GrantStore {
    /** What became of a change. */
    enum Outcome {
        /** Everything is written. */
        DONE,
        /** A row had another version than was read, or existed already: nothing is written. Read again and decide again. */
        LOST,
        /** Something revoked was read, or was to be written: nothing is written. */
        REVOKED
    }

    /**
     * Writes everything, or nothing. The answer is REVOKED if a revocation covers what a write {@linkplain Change.Write#before
     * found} or {@linkplain Change.Write#lineage would leave}, and else LOST if a row has another version than the write has;
     * so an insert over a row is LOST, whatever became of that row, unless what would be inserted is itself revoked. A row that
     * has expired counts until it is forgotten.
     *
     * <p>A revocation that {@linkplain #revoke returned} before this was called is seen. Of two calls at the same time either may
     * be the first; so DONE is no promise that nothing is revoked by now. That is harmless because no row says of itself
     * whether it is revoked: it is asked anew whenever the row is found.
     *
     * @param change the writes
     * @return what became of them; REVOKED goes before LOST
     */
    Outcome apply(Change change);

    /**
     * One row.
     *
     * @param key its key
     * @return the row, perhaps spent, perhaps expired, and revoked if a revocation covers it now; empty if there is none
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
     * Rows of one kind that have something in common, page by page. Spent and revoked rows are among them, expired ones are not.
     *
     * <p>They come by birth, the oldest first, and those of one birth by the hash of their key, in whatever order the store
     * gives to hashes, as long as it is always the same. A page begins after a place, not after a row: what was rewritten
     * since may come twice or not at all, the rest comes once.
     *
     * @param by what they have in common
     * @param kind what they remember
     * @param after where to begin, {@link Cursor#after after} the last row of the page before; empty for the first page
     * @param atMost how many rows at the most
     * @return rows; fewer than {@code atMost} if there are no more
     */
    List<Stored> list(Selector by, Kind kind, Optional<Cursor> after, int atMost);

    /**
     * Revokes what was born until a moment, durably: rows now in the store, rows about to be written, tokens in flight. Whatever
     * is asked once this has returned, {@link #find} and {@link #apply} included, knows of it.
     *
     * @param what what they have in common
     * @param bornUntil the youngest birth that is covered; a later revocation of the same widens it and never narrows it
     * @param until when the revocation may be forgotten: not before everything it covers has expired. A later revocation of the
     *     same puts it off and never brings it forward
     */
    void revoke(Selector what, Instant bornUntil, Instant until);

    /**
     * Forgets rows and revocations that expired before now, by the store's time.
     *
     * @param atMost how many at the most
     * @return how many were forgotten. Fewer than {@code atMost} does not mean that none is left on a shared store: others may
     *     be at the same rows
     */
    int purge(int atMost);
}
