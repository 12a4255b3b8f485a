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

    /** RFC 8628 section 3.4. */
    public static final GrantType DEVICE_CODE = new GrantType("urn:ietf:params:oauth:grant-type:device_code");

    /** No grant: the application itself decided. No client can ask for it. */
    public static final GrantType NONE = new GrantType("none");

    /** RFC 6749 section 4.3; RFC 9700 section 2.4 advises against it. */
    public static final GrantType PASSWORD = new GrantType("password");

    /** A password's second factor: a code of the person's authenticator. The name is Auth0's, and Okta's too. */
    public static final GrantType MFA_OTP = new GrantType("http://auth0.com/oauth/grant-type/mfa-otp");

    /** A password's second factor: a code that was sent to the person. */
    public static final GrantType MFA_OOB = new GrantType("http://auth0.com/oauth/grant-type/mfa-oob");

    /** A password's second factor: one of the codes the person keeps for when nothing else is at hand. */
    public static final GrantType MFA_RECOVERY_CODE =
            new GrantType("http://auth0.com/oauth/grant-type/mfa-recovery-code");

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
