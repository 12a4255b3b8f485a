package dev.mintmark.auth.protocol;

/**
 * Why a request was refused, as one word. Equality is the code.
 *
 * <p>An open set: an extension grant may bring its own. Those whose comment says so are Mintmark's own names for what the
 * transport calls a status; the standard dialect writes most of them as {@code invalid_request} with that status.
 *
 * @param value the code, in the characters RFC 6749 section 5.2 allows
 */
public record ErrorCode(String value) {
    /** RFC 6749 section 5.2. */
    public static final ErrorCode INVALID_REQUEST = new ErrorCode("invalid_request");

    /** RFC 6749 section 5.2: the client is unknown, or did not prove who it is. */
    public static final ErrorCode INVALID_CLIENT = new ErrorCode("invalid_client");

    /** RFC 6749 section 5.2: the code or token is wrong, expired, revoked, spent or another client's. */
    public static final ErrorCode INVALID_GRANT = new ErrorCode("invalid_grant");

    /** RFC 6749 section 5.2: this client may not use this grant type. */
    public static final ErrorCode UNAUTHORIZED_CLIENT = new ErrorCode("unauthorized_client");

    /** RFC 6749 section 5.2. */
    public static final ErrorCode UNSUPPORTED_GRANT_TYPE = new ErrorCode("unsupported_grant_type");

    /** RFC 6749 section 5.2. */
    public static final ErrorCode INVALID_SCOPE = new ErrorCode("invalid_scope");

    /** RFC 8707 section 2: the resource is malformed, unknown, or not for this client. */
    public static final ErrorCode INVALID_TARGET = new ErrorCode("invalid_target");

    /** RFC 6749 section 4.1.2.1. */
    public static final ErrorCode ACCESS_DENIED = new ErrorCode("access_denied");

    /** RFC 6749 section 4.1.2.1. */
    public static final ErrorCode UNSUPPORTED_RESPONSE_TYPE = new ErrorCode("unsupported_response_type");

    /** OpenID Connect Core section 3.1.2.6: somebody has to sign in, and nobody may be asked. */
    public static final ErrorCode LOGIN_REQUIRED = new ErrorCode("login_required");

    /** OpenID Connect Core section 3.1.2.6: somebody has to allow it, and nobody may be asked. */
    public static final ErrorCode CONSENT_REQUIRED = new ErrorCode("consent_required");

    /** OpenID Connect Core Error Code unmet_authentication_requirements: nobody can sign in as strongly as is demanded. */
    public static final ErrorCode UNMET_AUTHENTICATION_REQUIREMENTS =
            new ErrorCode("unmet_authentication_requirements");

    /** OpenID Connect Core section 3.1.2.6. */
    public static final ErrorCode REQUEST_NOT_SUPPORTED = new ErrorCode("request_not_supported");

    /** OpenID Connect Core section 3.1.2.6. */
    public static final ErrorCode REQUEST_URI_NOT_SUPPORTED = new ErrorCode("request_uri_not_supported");

    /** RFC 9101 section 7: the pushed request is unknown, used, expired or another client's. */
    public static final ErrorCode INVALID_REQUEST_URI = new ErrorCode("invalid_request_uri");

    /** RFC 8628 section 3.5: nobody has answered yet. */
    public static final ErrorCode AUTHORIZATION_PENDING = new ErrorCode("authorization_pending");

    /** RFC 8628 section 3.5: the device asks too often. */
    public static final ErrorCode SLOW_DOWN = new ErrorCode("slow_down");

    /** RFC 8628 section 3.5: nobody has answered in time. */
    public static final ErrorCode EXPIRED_TOKEN = new ErrorCode("expired_token");

    /** OAuth 2.0 for First-Party Applications: something is still to be shown; the answer says what. */
    public static final ErrorCode INSUFFICIENT_AUTHORIZATION = new ErrorCode("insufficient_authorization");

    /** OAuth 2.0 for First-Party Applications: the auth_session is unknown, used, expired or another client's. */
    public static final ErrorCode INVALID_SESSION = new ErrorCode("invalid_session");

    /** RFC 7009 section 2.2.1. */
    public static final ErrorCode UNSUPPORTED_TOKEN_TYPE = new ErrorCode("unsupported_token_type");

    /** RFC 6749 section 4.1.2.1, used at every endpoint. */
    public static final ErrorCode SERVER_ERROR = new ErrorCode("server_error");

    /** RFC 6749 section 4.1.2.1, used at every endpoint. */
    public static final ErrorCode TEMPORARILY_UNAVAILABLE = new ErrorCode("temporarily_unavailable");

    /** RFC 6750 section 3.1: the access token is missing, malformed, expired, revoked or not for this use. */
    public static final ErrorCode INVALID_TOKEN = new ErrorCode("invalid_token");

    /** RFC 6750 section 3.1: the access token does not allow this. */
    public static final ErrorCode INSUFFICIENT_SCOPE = new ErrorCode("insufficient_scope");

    /** No RFC's, but what providers agree on: the password was right, and a second factor is wanted. */
    public static final ErrorCode MFA_REQUIRED = new ErrorCode("mfa_required");

    /** No RFC's, but what providers agree on: the challenge cannot be answered in the way that was asked for. */
    public static final ErrorCode UNSUPPORTED_CHALLENGE_TYPE = new ErrorCode("unsupported_challenge_type");

    /** No RFC's, but what providers agree on: too many wrong guesses (429). */
    public static final ErrorCode TOO_MANY_ATTEMPTS = new ErrorCode("too_many_attempts");

    /** Mintmark's own: nothing stands at this path (404). */
    public static final ErrorCode NOT_FOUND = new ErrorCode("not_found");

    /** Mintmark's own: the path exists, the method does not (405). */
    public static final ErrorCode METHOD_NOT_ALLOWED = new ErrorCode("method_not_allowed");

    /** Mintmark's own: the body is larger than the server reads (413). */
    public static final ErrorCode BODY_TOO_LARGE = new ErrorCode("body_too_large");

    /** Mintmark's own: the body is not of the media type the endpoint reads (415). */
    public static final ErrorCode UNSUPPORTED_MEDIA_TYPE = new ErrorCode("unsupported_media_type");

    /**
     * Makes an error code.
     *
     * @param value the value
     * @throws IllegalArgumentException if it is empty or has a character outside %x20-21 / %x23-5B / %x5D-7E
     */
    public ErrorCode {
        if (value.isEmpty() || !value.chars().allMatch(c -> c >= 0x20 && c <= 0x7E && c != '"' && c != '\\')) {
            throw new IllegalArgumentException("not an error code: " + value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
