package dev.mintmark.auth.profile;

import dev.mintmark.auth.AuthorizationServer;
import dev.mintmark.auth.AuthorizationServerBuilder;
import dev.mintmark.auth.BearerCall;
import dev.mintmark.auth.Endpoint;
import dev.mintmark.auth.Place;
import dev.mintmark.auth.Profile;
import dev.mintmark.auth.client.ClientSecretPost;
import dev.mintmark.auth.grant.MfaOobGrant;
import dev.mintmark.auth.protocol.Authorization;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.protocol.SigningAlgorithm;
import dev.mintmark.auth.protocol.TokenKind;
import dev.mintmark.auth.protocol.User;
import dev.mintmark.auth.token.TokenFormat;
import dev.mintmark.auth.token.TokenPlan;
import dev.mintmark.auth.token.TokenSpec;
import dev.mintmark.auth.token.TokenSpec.Stamp;
import dev.mintmark.auth.wire.WireRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Lerian's Access Manager (auth.sandbox.lerian.net), which stands before Casdoor.
 *
 * <p>Documented: JSON in camel case; {@code POST /v1/login/oauth/access_token} with a user's name and password or a client's
 * identifier and secret; the six members of its answer, or an {@code mfaToken}; {@code /v1/login/oauth/refresh_token},
 * {@code /v1/login/mfa/challenge}, {@code /v1/login/mfa/verify}, {@code /v1/logout} (a form), {@code /v1/userinfo},
 * {@code /v1/permissions}, {@code /v1/authorize}; errors {@code {code,title,message}}; access tokens of an hour and refresh tokens
 * of a day. Casdoor's behaviour: RS256, the claims of its custom JWTs, and an {@code idToken} that is the access token once more.
 *
 * <p>Choices: which code has which status, and codes of our own where none is known (AUT-1006 to 1008, 0429, 0503);
 * {@code mfaRequired} and {@code mfaTypes} beside {@code mfaToken}; {@code deviceToken} for a remembered device; a refresh token
 * for client_credentials, as the schema demands and the example shows; the key's thumbprint as {@code kid}; {@code fid} and the
 * handle as {@code jti} of refresh tokens. Password logins without a client are a built-in public client's. What was begun with
 * client credentials goes on without, for the documented bodies of refresh and verify have none; those that are sent to refresh
 * must be right. Permissions are the user's claim
 * {@code permissions}, a list of actions for each resource; a question about anyone else is answered with no.
 */
public final class LerianProfile implements Profile {
    private static final String SCOPE = "openid profile email";

    /** The profile. */
    public LerianProfile() {}

    @Override
    public void configure(AuthorizationServerBuilder builder) {
        builder.clientAuthMethods(new ClientSecretPost())
                .anonymousClient(Client.of("lerian-login")
                        .tokenEndpointAuthMethod("none")
                        .grantTypes(GrantType.PASSWORD, GrantType.REFRESH_TOKEN)
                        .scope(SCOPE)
                        .build())
                .allowContinuingWithoutClientProof()
                .passwordGrant()
                .grant(MfaOobGrant.ofTheLatest())
                .mfaTokens(TokenFormat.JWT)
                .scopes(SCOPE)
                .signing(TokenKind.ACCESS, SigningAlgorithm.RS256)
                .signing(TokenKind.REFRESH, SigningAlgorithm.RS256)
                .accessTokenLifetime(Duration.ofHours(1))
                .refreshTokenLifetime(Duration.ofDays(1), Duration.ofDays(1))
                .tokens(LerianProfile::plan)
                .dialect(LerianDialect.API)
                .withoutRoutes()
                .route(
                        Endpoint.TOKEN,
                        Place.at("/v1/login/oauth/access_token").speaking(LerianDialect.LOGIN),
                        Place.at("/v1/login/oauth/refresh_token").speaking(LerianDialect.REFRESH),
                        Place.at("/v1/login/mfa/verify").speaking(LerianDialect.MFA_VERIFY))
                .route(
                        Endpoint.MFA_CHALLENGE,
                        Place.at("/v1/login/mfa/challenge").speaking(LerianDialect.MFA_CHALLENGE))
                .route(Endpoint.JWKS, "/.well-known/jwks")
                .openEndpoint(
                        "logout",
                        Place.at("/v1/logout").speaking(LerianDialect.LOGOUT),
                        server -> request -> logout(request, server))
                .bearerEndpoint("userinfo", Place.at("/v1/userinfo"), server -> LerianProfile::userInfo)
                .bearerEndpoint("permissions", Place.at("/v1/permissions"), server -> LerianProfile::permissions)
                .bearerEndpoint(
                        "authorize",
                        Place.at("/v1/authorize").answering("POST").speaking(LerianDialect.AUTHORIZE),
                        server -> call -> authorize(call, server));
    }

    private static TokenPlan plan(
            GrantType by, Client client, Authorization authorization, Optional<User> user, TokenPlan standard) {
        return standard.access(token -> access(token, client, authorization, user))
                .refresh(token -> refresh(token, client))
                .insecurelyRepeatAccessTokenAsIdToken();
    }

    private static TokenSpec access(TokenSpec token, Client client, Authorization authorization, Optional<User> user) {
        String name =
                user.flatMap(User::username).orElse(authorization.subject().value());
        return token.typ(Optional.of("JWT"))
                .without("client_id", "auth_time", "acr", "amr", "customer_id")
                .claim("aud", List.of(client.clientId()))
                .claim("azp", client.clientId())
                .claim("tokenType", "access-token")
                .claim("nonce", authorization.nonce().orElse(""))
                .claim("scope", authorization.scope().toString())
                .claim("owner", user.flatMap(of -> of.claims().string("owner")).orElse("admin"))
                .claim("type", user.isPresent() ? "normal-user" : "application")
                .claim("name", name)
                .claim(
                        "displayName",
                        user.flatMap(of -> of.claims().string("name")).orElse(name))
                .stamped(Stamp.EXPIRES, Stamp.NOT_BEFORE, Stamp.ISSUED_AT, Stamp.ID)
                .tokenId(id -> "admin/" + id);
    }

    private static TokenSpec refresh(TokenSpec token, Client client) {
        return token.issued(true)
                .format(TokenFormat.JWT)
                .typ(Optional.of("JWT"))
                .keyNamed(false)
                .without("client_id")
                .claim("aud", List.of(client.clientId()))
                .claim("azp", client.clientId())
                .claim("tokenType", "refresh-token")
                .stamped(Stamp.EXPIRES, Stamp.NOT_BEFORE, Stamp.ISSUED_AT, Stamp.ID);
    }

    private static Claims logout(WireRequest request, AuthorizationServer server) {
        String hint = LerianDialect.LOGOUT.params(request).required("id_token_hint");
        if (server.revokeFamilyOf(hint)) return Claims.none();
        throw Refusal.of(ErrorCode.INVALID_TOKEN, "the hint is no token of this server")
                .thrown();
    }

    private static Claims userInfo(BearerCall call) {
        Claims known = call.user().map(User::claims).orElse(Claims.none());
        return Claims.builder()
                .put("email", known.get("email"))
                .put("emailVerified", known.get("email_verified"))
                .put("name", known.get("name"))
                .put("picture", known.get("picture"))
                .put("preferredUsername", known.get("preferred_username"))
                .put("profile", known.get("profile"))
                .put("sub", call.token().claims().string("sub"))
                .build();
    }

    private static Claims permissions(BearerCall call) {
        return call.user().map(user -> user.claims().object("permissions")).orElse(Claims.none());
    }

    private static Claims authorize(BearerCall call, AuthorizationServer server) {
        boolean own = call.params()
                .get("sub")
                .filter(sub -> !call.token().person().equals(Optional.of(sub)))
                .isEmpty();
        List<String> actions = permissions(call).strings(call.params().required("resource"));
        return Claims.of("authorized", own && actions.contains(call.params().required("action")))
                .with("timestamp", Long.toString(server.now().getEpochSecond()));
    }
}
