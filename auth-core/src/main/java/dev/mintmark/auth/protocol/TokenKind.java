package dev.mintmark.auth.protocol;

/** The kinds of token a server strikes. Each has keys of its own: a key never vouches for two kinds. */
public enum TokenKind {
    /** RFC 6749 section 1.4. */
    ACCESS,
    /** OpenID Connect Core section 2. */
    ID,
    /** RFC 6749 section 1.5. */
    REFRESH
}
