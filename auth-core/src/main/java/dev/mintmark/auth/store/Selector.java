package dev.mintmark.auth.store;

/**
 * Names many grants at once, to list or to revoke them.
 *
 * <p>To a store a selector is an opaque value: it keeps {@link Lineage#selectors()} with each row and looks for equal ones, and
 * nothing in it hangs on which ones there are. {@link By} may grow: an upgrade that adds a way to name grants then asks for no
 * new column. But rows written before it are without the new selector until they are written again; so what is revoked by it
 * does not cover them, and a release that adds one says what to do until the last of them has expired. Nodes of both releases
 * may share a store meanwhile.
 *
 * @param issuer the issuer whose grants
 * @param by what they have in common
 * @param value the common value
 */
public record Selector(String issuer, By by, String value) {
    /** What grants may have in common. */
    public enum By {
        /** {@code client_id}. */
        CLIENT,
        /** A person's {@code sub}. */
        SUBJECT,
        /** {@code sid}. */
        SESSION,
        /** {@code sid}, of what ends when the person signs out: all of the session but what is {@linkplain Lineage#offline offline}. */
        ONLINE,
        /** A person's {@code sub} at one client; see {@link Selector#ofSubjectAtClient}. */
        SUBJECT_AT_CLIENT,
        /** The family. */
        FAMILY,
        /** {@code jti} of one token. */
        TOKEN
    }

    /**
     * A person's grants at one client.
     *
     * @param issuer the issuer whose grants
     * @param subject the person's {@code sub}
     * @param client {@code client_id}
     * @return the selector
     */
    public static Selector ofSubjectAtClient(String issuer, String subject, String client) {
        // No client_id has a line feed (RFC 6749 appendix A.1).
        return new Selector(issuer, By.SUBJECT_AT_CLIENT, client + '\n' + subject);
    }
}
