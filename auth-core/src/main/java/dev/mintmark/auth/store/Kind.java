package dev.mintmark.auth.store;

/**
 * What sort of thing a row remembers. An open set: an extension grant brings its own.
 *
 * @param value a short lower-case word
 */
public record Kind(String value) {
    /** An authorization code (RFC 6749 section 4.1.2). */
    public static final Kind CODE = new Kind("code");

    /** A refresh family: one row for all its refresh tokens, whose version is the generation of the current one. */
    public static final Kind FAMILY = new Kind("family");

    /** An opaque access token. */
    public static final Kind ACCESS_TOKEN = new Kind("access");

    /** A sign-in that waits for a second factor. */
    public static final Kind CHALLENGE = new Kind("challenge");

    /** A device on which a person passed a second factor, and need not do so again. */
    public static final Kind DEVICE = new Kind("device");

    /** The last time step of a person's authenticator that was used. */
    public static final Kind TOTP = new Kind("totp");

    /** A recovery code: one that was used, or one that was given for it. */
    public static final Kind RECOVERY_CODE = new Kind("recovery");

    /** A browser's session: a person who signed in at the server itself. */
    public static final Kind SESSION = new Kind("session");

    /** What a person allowed a client, and need not be asked again. */
    public static final Kind CONSENT = new Kind("consent");

    /** An authorization request that waits for a person. */
    public static final Kind INTERACTION = new Kind("interaction");

    /** A sign-in in an application of the same house (OAuth 2.0 for First-Party Applications). */
    public static final Kind AUTH_SESSION = new Kind("auth_session");

    /** A device that waits for a person (RFC 8628). */
    public static final Kind DEVICE_CODE = new Kind("device_code");

    /** The code by which a person knows such a device. */
    public static final Kind USER_CODE = new Kind("user_code");

    /** An authorization request that was pushed (RFC 9126). */
    public static final Kind PUSHED = new Kind("pushed");

    /** A ring of signing keys. */
    public static final Kind KEY_RING = new Kind("keys");

    /**
     * Makes a kind.
     *
     * @param value the value
     * @throws IllegalArgumentException if the value is not 1 to 16 of a-z, 0-9, - and _
     */
    public Kind {
        if (!value.matches("[a-z0-9_-]{1,16}")) throw new IllegalArgumentException("not a kind: " + value);
    }

    @Override
    public String toString() {
        return value;
    }
}
