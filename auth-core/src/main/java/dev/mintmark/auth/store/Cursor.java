package dev.mintmark.auth.store;

import java.time.Instant;

/**
 * A place in a {@linkplain GrantStore#list list}: between the row that it was made of and the next. It stays good when that row
 * changes or goes.
 *
 * @param born the birth of the row before
 * @param hash the hash in that row's key
 */
public record Cursor(Instant born, String hash) {
    /**
     * The place after a row.
     *
     * @param row the last row of a page
     * @return where the next page begins
     */
    public static Cursor after(Stored row) {
        return new Cursor(row.lineage().born(), row.key().hash());
    }
}
