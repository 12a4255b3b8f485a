package dev.mintmark.auth.profile;

import dev.mintmark.auth.AuthorizationServer;
import dev.mintmark.auth.AuthorizationServerBuilder;
import dev.mintmark.auth.BearerCall;
import dev.mintmark.auth.ClientEndpoint;
import dev.mintmark.auth.Endpoint;
import dev.mintmark.auth.Place;
import dev.mintmark.auth.Profile;
import dev.mintmark.auth.protocol.Authorization;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.protocol.Scope;
import dev.mintmark.auth.protocol.SigningAlgorithm;
import dev.mintmark.auth.protocol.Subject;
import dev.mintmark.auth.protocol.TokenKind;
import dev.mintmark.auth.protocol.User;
import dev.mintmark.auth.token.TokenFormat;
import dev.mintmark.auth.token.TokenPlan;
import dev.mintmark.auth.token.TokenSpec.Stamp;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/**
 * SlashID's OAuth 2 endpoints (api.slashid.com).
 *
 * <p>Documented: {@code POST /oauth2/tokens} by Basic or with the secret in the form; client_credentials, authorization_code,
 * refresh_token; opaque access tokens of a day, refresh tokens of ten, ID tokens as JWTs; a refresh token only with
 * {@code offline_access}, an ID token only with {@code openid}; {@code token_type} {@code bearer}, {@code expires_in} a second
 * short; introspection (its five members, its {@code scope} filter), revocation, {@code revoke-all}; errors of 400 and 403 in
 * an envelope of its own. Alphabetical members and other details have the mark of Ory Fosite, which is followed where
 * SlashID's own behaviour is not known.
 *
 * <p>{@code POST /oauth2/tokens/mint} is there for an {@linkplain #of organisation} with a key: tokens for a person without a code.
 * Custom claims go into the ID token, and are left out of those struck at a refresh.
 *
 * <p>Choices: which refusal is 403 (a client that does not prove who it is) and which 400 (all others); the messages, one
 * for each code; no {@code meta}; {@code revoke-all} ends what the person has granted to the calling client;
 * {@code code_challenge} at the token endpoint, which its page lists, is no proof of anything and not looked at; the members of
 * the ID token.
 */
public final class SlashIdProfile implements Profile {
    private final Optional<SlashIdOrganization> organization;

    /** The profile without an organisation: nothing can be minted, and userinfo names none. */
    public SlashIdProfile() {
        this.organization = Optional.empty();
    }

    private SlashIdProfile(SlashIdOrganization organization) {
        this.organization = Optional.of(organization);
    }

    /**
     * The profile of an organisation. Whoever has its key can have tokens for anyone.
     *
     * @param id what {@code SlashID-OrgID} must be
     * @param apiKey what {@code SlashID-API-Key} must be: at least 20 characters, generated
     * @return the profile
     * @throws IllegalArgumentException if the key is shorter
     */
    public static SlashIdProfile of(String id, String apiKey) {
        return new SlashIdProfile(new SlashIdOrganization(id, apiKey));
    }

    @Override
    public void configure(AuthorizationServerBuilder builder) {
        builder.secretInHeaderOrBody()
                .scopes("openid offline_access email phone username")
                .defaultScopes("")
                .accessTokens(TokenFormat.OPAQUE)
                .signing(TokenKind.ACCESS, SigningAlgorithm.HS256)
                .signing(TokenKind.ID, SigningAlgorithm.RS256)
                .accessTokenLifetime(Duration.ofDays(1))
                .idTokenLifetime(Duration.ofDays(1))
                .refreshTokenLifetime(Duration.ofDays(10), Duration.ofDays(10))
                .tokens(SlashIdProfile::plan)
                .dialect(SlashIdDialect.TOKEN)
                .withoutRoutes()
                .route(Endpoint.TOKEN, "/oauth2/tokens")
                .route(Endpoint.INTROSPECTION, "/oauth2/tokens/introspect")
                .route(Endpoint.REVOCATION, Place.at("/oauth2/tokens/revoke").speaking(SlashIdDialect.REVOCATION))
                .route(Endpoint.METADATA, Endpoint.METADATA.path())
                .route(Endpoint.JWKS, "/.well-known/jwks.json")
                .clientEndpoint("revoke-all", Place.at("/oauth2/tokens/revoke-all"), SlashIdProfile::revokeAll)
                .bearerEndpoint(
                        "userinfo",
                        Place.at("/oauth2/userinfo")
                                .speaking(SlashIdDialect.USERINFO)
                                .answering("GET", "POST"),
                        server -> call -> userInfo(call, server.issuer()));
        organization.ifPresent(of -> builder.openEndpoint(
                "mint",
                Place.at("/oauth2/tokens/mint").speaking(SlashIdDialect.MINT),
                server -> request -> of.mint(request, server)));
    }

    /** Alphabetical, as everything here; email, phone and user name each by its scope. */
    private Claims userInfo(BearerCall call, String issuer) {
        if (call.token().person().isEmpty() || !call.token().scope().contains(Scope.OPENID)) {
            throw Refusal.of(ErrorCode.INSUFFICIENT_SCOPE, "the token is no person's, or lacks openid")
                    .thrown();
        }
        Claims known = call.user().map(User::claims).orElse(Claims.none());
        Claims.Builder out = Claims.builder().put("aud", call.token().client());
        if (has(call, "email")) out.put("email", known.get("email")).put("email_verified", known.get("email_verified"));
        out.put("iss", issuer).put("org_id", organization.map(SlashIdOrganization::id));
        if (has(call, "phone")) {
            out.put("phone_number", known.get("phone_number"))
                    .put("phone_number_verified", known.get("phone_number_verified"));
        }
        out.put("sub", call.token().person());
        if (has(call, "username")) out.put("username", call.user().flatMap(User::username));
        return out.build();
    }

    private static boolean has(BearerCall call, String scope) {
        return call.token().scope().contains(new Scope(scope));
    }

    private static TokenPlan plan(
            GrantType by, Client client, Authorization authorization, Optional<User> user, TokenPlan standard) {
        boolean offline = authorization.scope().contains(Scope.OFFLINE_ACCESS);
        return standard.id(token -> token.typ(Optional.empty())
                        .lifetime(standard.access().lifetime())
                        .claim("aud", List.of(client.clientId()))
                        .stamped(Stamp.ISSUED_AT, Stamp.EXPIRES, Stamp.ID, Stamp.ACCESS_TOKEN_HASH))
                .refresh(token -> token.issued(token.issued() && offline));
    }

    private static ClientEndpoint revokeAll(AuthorizationServer server) {
        return call -> {
            Client client = call.client();
            if (client.isPublic()) {
                throw Refusal.of(ErrorCode.INVALID_CLIENT, client + " is public, and may not revoke all")
                        .thrown();
            }
            String person = person(call.params());
            Optional<Instant> until = until(call.params());
            if (until.isPresent()) server.revokeSubjectAtClient(person, client.clientId(), until.get());
            else server.revokeSubjectAtClient(person, client.clientId());
            return Claims.none();
        };
    }

    private static String person(Params params) {
        try {
            return new Subject.OfUser(params.required("person_id")).value();
        } catch (IllegalArgumentException e) {
            throw Refusal.badParameter("person_id", "is no person's").thrown();
        }
    }

    private static Optional<Instant> until(Params params) {
        try {
            return params.get("until").map(text -> OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            throw Refusal.badParameter("until", "is no date-time").thrown();
        }
    }
}
