package dev.mintmark.auth.protocol;

/**
 * Whom an authorization speaks for: a person, or the client itself. Its value is the {@code sub} claim. Immutable.
 *
 * <p>The two never mix, even where a person and a client have the same identifier.
 */
public sealed interface Subject {
    /**
     * The {@code sub} claim (RFC 7519 section 4.1.2).
     *
     * @return the identifier
     */
    String value();

    /**
     * A person.
     *
     * @param value the person's identifier at this issuer: stable, never reused
     */
    record OfUser(String value) implements Subject {
        /**
         * A person.
         *
         * @param value the person's identifier
         * @throws IllegalArgumentException if the identifier has not 1 to 255 characters, or control characters or unpaired
         *     surrogates among them
         */
        public OfUser {
            Text.checked("a subject", value);
        }
    }

    /**
     * The client on its own behalf (RFC 6749 section 4.4).
     *
     * @param value the client's identifier
     */
    record OfClient(String value) implements Subject {}
}
