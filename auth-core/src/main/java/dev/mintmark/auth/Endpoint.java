package dev.mintmark.auth;

import java.util.List;
import java.util.Locale;

/** What the engine itself can be asked over HTTP. What is given no path is not there, and is not in the metadata. */
public enum Endpoint {
    /** RFC 6749 section 3.1, where people are sent; there with pages. */
    AUTHORIZATION("/authorize", "authorization_endpoint", "GET POST", false),
    /** Where people answer what the server asks them; there with pages. */
    INTERACTION("/interaction", "", "GET POST", false),
    /** RFC 9126; there with pages. */
    PAR("/par", "pushed_authorization_request_endpoint", "POST", true),
    /** OAuth 2.0 for First-Party Applications; there if it is asked for. */
    AUTHORIZATION_CHALLENGE("/authorize-challenge", "authorization_challenge_endpoint", "POST", false),
    /** RFC 8628 section 3.1; there with pages and the device grant. */
    DEVICE_AUTHORIZATION("/device_authorization", "device_authorization_endpoint", "POST", true),
    /** RFC 8628 section 3.3, where people type the code of their device. */
    DEVICE("/device", "", "GET POST", false),
    /** Where people see and end their sign-ins and grants; there if it is asked for. */
    ACCOUNT("/account", "", "GET POST", false),
    /** Where people set up an authenticator; there if it is asked for. */
    ENROLMENT("/account/authenticator", "", "GET POST", false),
    /** OpenID Connect RP-Initiated Logout section 2; there with pages. */
    END_SESSION("/end_session", "end_session_endpoint", "GET POST", false),
    /** RFC 6749 section 3.2. */
    TOKEN("/token", "token_endpoint", "POST", true),
    /** RFC 7662. */
    INTROSPECTION("/introspect", "introspection_endpoint", "POST", false),
    /** RFC 7009. */
    REVOCATION("/revoke", "revocation_endpoint", "POST", true),
    /** Where a second factor is chosen, and a code sent; there with the grants that bring one. */
    MFA_CHALLENGE("/mfa/challenge", "mfa_challenge_endpoint", "POST", true),
    /** OpenID Connect Core section 5.3; there with a user store. */
    USERINFO("/userinfo", "userinfo_endpoint", "GET HEAD POST", true),
    /** RFC 7517 section 5. */
    JWKS("/jwks", "jwks_uri", "GET HEAD", true),
    /** RFC 8414. */
    METADATA("/.well-known/oauth-authorization-server", "", "GET HEAD", true),
    /** OpenID Connect Discovery section 4; there with an authorization endpoint. */
    OPENID_CONFIGURATION("/.well-known/openid-configuration", "", "GET HEAD", true);

    private final String path;
    private final String metadata;
    private final String methods;
    private final boolean crossOrigin;

    Endpoint(String path, String metadata, String methods, boolean crossOrigin) {
        this.path = path;
        this.metadata = metadata;
        this.methods = methods;
        this.crossOrigin = crossOrigin;
    }

    /**
     * Where it stands unless a profile says otherwise.
     *
     * @return a path below the base URI
     */
    public String path() {
        return path;
    }

    /**
     * What metadata calls it.
     *
     * @return a member of RFC 8414 section 2 or of OpenID Connect Discovery section 3, or one of our own; empty if it is not listed
     */
    public String metadata() {
        return metadata;
    }

    /** What events call it. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The methods it answers. */
    List<String> methods() {
        return List.of(methods.split(" ", -1));
    }

    /** Whether scripts of any origin may call it, without credentials of the browser. */
    boolean crossOrigin() {
        return crossOrigin;
    }
}
