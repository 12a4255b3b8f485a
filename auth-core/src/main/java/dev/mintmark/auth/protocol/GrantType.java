package dev.mintmark.auth.protocol;

/**
 * A grant type: the value of the {@code grant_type} parameter (RFC 6749 sections 4 and 4.5).
 *
 * <p>An open set: extension grants bring their own absolute URI. Immutable.
 *
 * @param value the value on the wire
 */
public record GrantType(String value) {
    /** RFC 6749 section 4.1. */
    public static final GrantType AUTHORIZATION_CODE = new GrantType("authorization_code");

    /** RFC 6749 section 4.4. */
    public static final GrantType CLIENT_CREDENTIALS = new GrantType("client_credentials");

    /** RFC 6749 section 6. */
    public static final GrantType REFRESH_TOKEN = new GrantType("refresh_token");

    /**
     * Makes a grant type.
     *
     * @param value the value
     * @throws IllegalArgumentException if the value is empty
     */
    public GrantType {
        if (value.isEmpty()) throw new IllegalArgumentException("a grant type needs a value");
    }

    @Override
    public String toString() {
        return value;
    }
}
