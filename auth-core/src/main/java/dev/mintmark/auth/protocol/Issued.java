package dev.mintmark.auth.protocol;

import java.time.Duration;
import java.util.Optional;

/**
 * Tokens as issued, in RFC 6749 section 5.1's terms. Immutable; {@code toString} hides every token.
 */
public final class Issued implements TokenResult {
    private final String accessToken;
    private final String tokenType;
    private final Duration expiresIn;
    private final Authorization authorization;
    private final Scopes scope;
    private final Optional<String> refreshToken;
    private final Optional<String> idToken;
    private final Claims extra;

    private Issued(
            String accessToken,
            String tokenType,
            Duration expiresIn,
            Authorization authorization,
            Scopes scope,
            Optional<String> refreshToken,
            Optional<String> idToken,
            Claims extra) {
        this.accessToken = accessToken;
        this.tokenType = tokenType;
        this.expiresIn = expiresIn;
        this.authorization = authorization;
        this.scope = scope;
        this.refreshToken = refreshToken;
        this.idToken = idToken;
        this.extra = extra;
    }

    /**
     * An access token.
     *
     * @param accessToken the token
     * @param expiresIn its lifetime
     * @param authorization what it was struck from; its binding decides {@code token_type}
     * @param scope the token's own scope, which may be less than the authorization's
     * @return the answer, without other tokens
     */
    public static Issued of(String accessToken, Duration expiresIn, Authorization authorization, Scopes scope) {
        // RFC 9449 section 5: token_type is DPoP for a bound token; RFC 8705 leaves it Bearer
        String type = authorization.binding() instanceof Binding.Dpop ? "DPoP" : "Bearer";
        return new Issued(
                accessToken, type, expiresIn, authorization, scope, Optional.empty(), Optional.empty(), Claims.none());
    }

    /**
     * The same with a refresh token.
     *
     * @param token the token, if there is one
     * @return the new answer
     */
    public Issued withRefreshToken(Optional<String> token) {
        return new Issued(accessToken, tokenType, expiresIn, authorization, scope, token, idToken, extra);
    }

    /**
     * The same with an ID token.
     *
     * @param token the token, if there is one
     * @return the new answer
     */
    public Issued withIdToken(Optional<String> token) {
        return new Issued(accessToken, tokenType, expiresIn, authorization, scope, refreshToken, token, extra);
    }

    /**
     * The same with further members.
     *
     * @param members beside those of the RFC
     * @return the new answer
     */
    public Issued withExtra(Claims members) {
        return new Issued(accessToken, tokenType, expiresIn, authorization, scope, refreshToken, idToken, members);
    }

    /**
     * The access token.
     *
     * @return {@code access_token}
     */
    public String accessToken() {
        return accessToken;
    }

    /**
     * How the token is used.
     *
     * @return {@code token_type}: Bearer or DPoP
     */
    public String tokenType() {
        return tokenType;
    }

    /**
     * How long the token lives.
     *
     * @return {@code expires_in}
     */
    public Duration expiresIn() {
        return expiresIn;
    }

    /**
     * What the tokens were struck from.
     *
     * @return the authorization, with the scope of its whole family
     */
    public Authorization authorization() {
        return authorization;
    }

    /**
     * The scope of the access token.
     *
     * @return {@code scope}
     */
    public Scopes scope() {
        return scope;
    }

    /**
     * The refresh token.
     *
     * @return {@code refresh_token}, if one was issued
     */
    public Optional<String> refreshToken() {
        return refreshToken;
    }

    /**
     * The ID token.
     *
     * @return {@code id_token}, if one was issued
     */
    public Optional<String> idToken() {
        return idToken;
    }

    /**
     * Further members of the answer.
     *
     * @return members beside those of the RFC
     */
    public Claims extra() {
        return extra;
    }

    @Override
    public String toString() {
        return tokenType + " token for " + authorization.client() + ", scope '" + scope + "'";
    }
}
