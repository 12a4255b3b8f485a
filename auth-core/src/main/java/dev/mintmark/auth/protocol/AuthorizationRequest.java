package dev.mintmark.auth.protocol;

import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * What a client asks a person for (RFC 6749 section 4.1.1, OpenID Connect Core section 3.1.2.1), in the names of the RFCs.
 * Immutable.
 */
public final class AuthorizationRequest {
    private final Params params;

    private AuthorizationRequest(Params params) {
        this.params = params;
    }

    /**
     * A request for a code.
     *
     * @param clientId who asks
     * @return the request
     */
    public static AuthorizationRequest of(String clientId) {
        return of(Params.of("client_id", clientId, "response_type", "code"));
    }

    /**
     * A request as it stood in a query.
     *
     * @param query what followed the question mark, still percent-encoded
     * @return the request, not yet checked
     * @throws Refused {@code invalid_request} if it is malformed
     */
    public static AuthorizationRequest ofQuery(String query) {
        return of(Params.ofForm(query.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * A request from its parameters.
     *
     * @param params the parameters
     * @return the request, not yet checked
     */
    public static AuthorizationRequest of(Params params) {
        return new AuthorizationRequest(params);
    }

    /**
     * The same with another parameter.
     *
     * @param name its name
     * @param value its value
     * @return the new request
     */
    public AuthorizationRequest with(String name, String value) {
        return new AuthorizationRequest(params.with(name, value));
    }

    /**
     * The same, naming where the response is to go.
     *
     * @param uri one of the client's registered URIs
     * @return the new request
     */
    public AuthorizationRequest redirectUri(URI uri) {
        return with("redirect_uri", uri.toString());
    }

    /**
     * The same, asking for a scope.
     *
     * @param scope scope tokens with single spaces between them
     * @return the new request
     */
    public AuthorizationRequest scope(String scope) {
        return with("scope", scope);
    }

    /**
     * The same with a PKCE challenge (RFC 7636 section 4.3), method S256.
     *
     * @param challenge {@link Pkce#challenge} of the client's verifier
     * @return the new request
     */
    public AuthorizationRequest codeChallenge(String challenge) {
        return with("code_challenge", challenge).with("code_challenge_method", "S256");
    }

    /**
     * The parameters.
     *
     * @return in RFC names
     */
    public Params params() {
        return params;
    }
}
