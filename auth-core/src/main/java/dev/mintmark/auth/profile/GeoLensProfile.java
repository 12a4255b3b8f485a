package dev.mintmark.auth.profile;

import dev.mintmark.auth.AuthorizationServer;
import dev.mintmark.auth.AuthorizationServerBuilder;
import dev.mintmark.auth.BearerCall;
import dev.mintmark.auth.Endpoint;
import dev.mintmark.auth.Place;
import dev.mintmark.auth.Profile;
import dev.mintmark.auth.VerifiedToken;
import dev.mintmark.auth.grant.RefreshTokenGrant;
import dev.mintmark.auth.protocol.Authorization;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.protocol.SigningAlgorithm;
import dev.mintmark.auth.protocol.TokenKind;
import dev.mintmark.auth.protocol.User;
import dev.mintmark.auth.token.TokenPlan;
import dev.mintmark.auth.token.TokenSpec;
import dev.mintmark.auth.token.TokenSpec.Stamp;
import dev.mintmark.auth.wire.WireRequest;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * GeoLens (geolens-io/geolens), whose login knows people and no clients.
 *
 * <p>From its documentation and source: {@code POST /auth/login} with a form of name and password, whatever else it brings;
 * {@code POST /auth/refresh/} and {@code POST /auth/logout/} in JSON, with and without the slash at the end; HS256 access tokens of
 * 15 minutes with six claims, opaque refresh tokens of 7 days that are rotated with a grace of 30 seconds; a {@code token_version}
 * that a logout raises, so that all of a person's tokens fail at once; names in any case; problem documents, 422 with the fields
 * at fault, 401 with {@code WWW-Authenticate: Bearer}.
 *
 * <p>Choices: a repeated parameter or broken escape is 400, where the framework takes what it finds; a refresh token is longer than
 * 43 characters, for it names a family; within the grace the same successor is told again; {@code GET /auth/me/} tells
 * {@code id}, {@code username} and {@code email} alone; a person with a second factor, for which the API has no way, is refused.
 * The version is looked at where this profile answers; a resource that verifies access tokens by itself compares it, too.
 * The mode with cookies is not built, nor are registration and the change of a password.
 */
public final class GeoLensProfile implements Profile {
    /** The profile. */
    public GeoLensProfile() {}

    @Override
    public void configure(AuthorizationServerBuilder builder) {
        builder.onlyClient(Client.of("geolens")
                        .tokenEndpointAuthMethod("none")
                        .grantTypes(GrantType.PASSWORD, GrantType.REFRESH_TOKEN)
                        .build())
                .grants(new GeoLensGrant(), new RefreshTokenGrant())
                .scopes("")
                .signing(TokenKind.ACCESS, SigningAlgorithm.HS256)
                .accessTokenLifetime(Duration.ofMinutes(15))
                .refreshTokenLifetime(Duration.ofDays(7), Duration.ofDays(7))
                .refreshGrace(Duration.ofSeconds(30))
                .tokens(GeoLensProfile::plan)
                .dialect(GeoLensDialect.API)
                .withoutRoutes()
                .route(
                        Endpoint.TOKEN,
                        Place.at("/auth/login").speaking(GeoLensDialect.LOGIN),
                        Place.at("/auth/login/").speaking(GeoLensDialect.LOGIN),
                        Place.at("/auth/refresh/").speaking(GeoLensDialect.REFRESH),
                        Place.at("/auth/refresh").speaking(GeoLensDialect.REFRESH));
        for (String slash : new String[] {"/", ""}) {
            builder.openEndpoint(
                            "logout",
                            Place.at("/auth/logout" + slash).speaking(GeoLensDialect.LOGOUT),
                            server -> request -> logout(request, server))
                    .bearerEndpoint("me", Place.at("/auth/me" + slash), server -> call -> me(call, server));
        }
    }

    private static TokenPlan plan(
            GrantType by, Client client, Authorization authorization, Optional<User> user, TokenPlan standard) {
        return standard.access(token -> access(token, authorization, user)).id(token -> token.issued(false));
    }

    private static TokenSpec access(TokenSpec token, Authorization authorization, Optional<User> user) {
        String subject = authorization.subject().value();
        return token.typ(Optional.of("JWT"))
                .keyNamed(false)
                .claims(Claims.of("sub", subject)
                        .with("username", user.flatMap(User::username).orElse(subject))
                        .with("token_version", GeoLensTokenVersions.of(authorization)))
                .stamped(Stamp.ID, Stamp.EXPIRES, Stamp.ISSUED_AT)
                .tokenId(id -> id.replace("-", "").toLowerCase(Locale.ROOT));
    }

    /** By an access token or a refresh token, whichever is good; a body that is no JSON is told so in any case. */
    private static Claims logout(WireRequest request, AuthorizationServer server) {
        Params params = GeoLensDialect.LOGOUT.params(request);
        Optional<VerifiedToken> token = bearer(request)
                .flatMap(access -> server.verify(TokenKind.ACCESS, access))
                .filter(access -> isCurrent(access, server))
                .or(() -> params.get("refresh_token").flatMap(refresh -> server.verify(TokenKind.REFRESH, refresh)));
        String person = token.flatMap(VerifiedToken::person)
                .orElseThrow(() -> Refusal.of(ErrorCode.INVALID_TOKEN, "neither token is good")
                        .about("refresh_token")
                        .thrown());
        new GeoLensTokenVersions(server.memory()).raise(person, server);
        return Claims.none();
    }

    private static Optional<String> bearer(WireRequest request) {
        return request.header("Authorization")
                .filter(header -> header.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(header -> header.substring(7).strip());
    }

    private static boolean isCurrent(VerifiedToken access, AuthorizationServer server) {
        long version = access.claims().number("token_version").orElse(0);
        return access.person()
                .filter(person -> new GeoLensTokenVersions(server.memory()).current(person) == version)
                .isPresent();
    }

    private static Claims me(BearerCall call, AuthorizationServer server) {
        if (!isCurrent(call.token(), server)) {
            throw Refusal.of(ErrorCode.INVALID_TOKEN, "the token is of an older version")
                    .thrown();
        }
        return Claims.builder()
                .put("id", call.token().person())
                .put("username", call.token().claims().string("username"))
                .put("email", call.user().flatMap(user -> user.claims().string("email")))
                .build();
    }
}
