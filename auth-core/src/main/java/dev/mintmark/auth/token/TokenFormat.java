package dev.mintmark.auth.token;

/** The two forms a token comes in. */
public enum TokenFormat {
    /** A signed JWT, which carries its claims (RFC 9068, OpenID Connect Core section 2). */
    JWT,
    /** A handle without meaning, whose claims the server keeps. */
    OPAQUE
}
