package dev.mintmark.auth.protocol;

/**
 * One scope token (RFC 6749 section 3.3).
 *
 * @param value one or more of %x21 / %x23-5B / %x5D-7E
 */
public record Scope(String value) {
    /** OpenID Connect Core section 3.1.2.1. */
    public static final Scope OPENID = new Scope("openid");

    /** OpenID Connect Core section 11. */
    public static final Scope OFFLINE_ACCESS = new Scope("offline_access");

    /**
     * Makes a scope.
     *
     * @param value the value
     * @throws IllegalArgumentException if the value is not a scope token
     */
    public Scope {
        if (!wellFormed(value)) throw new IllegalArgumentException("not a scope token");
    }

    static boolean wellFormed(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < 0x21 || c > 0x7E || c == '"' || c == '\\') return false;
        }
        return !value.isEmpty();
    }

    @Override
    public String toString() {
        return value;
    }
}
