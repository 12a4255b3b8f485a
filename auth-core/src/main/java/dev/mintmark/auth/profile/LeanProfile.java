package dev.mintmark.auth.profile;

import dev.mintmark.auth.AuthorizationServerBuilder;
import dev.mintmark.auth.Endpoint;
import dev.mintmark.auth.Place;
import dev.mintmark.auth.Profile;
import dev.mintmark.auth.client.ClientSecretBasic;
import dev.mintmark.auth.client.ClientSecretPost;
import dev.mintmark.auth.protocol.Authorization;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.SigningAlgorithm;
import dev.mintmark.auth.protocol.TokenKind;
import dev.mintmark.auth.protocol.User;
import dev.mintmark.auth.token.TokenPlan;
import dev.mintmark.auth.token.TokenSpec;
import dev.mintmark.auth.token.TokenSpec.Stamp;
import java.time.Duration;
import java.util.Optional;

/**
 * Lean's authorization server (auth.leantech.me): {@code scope=api} for a backend, {@code scope=customer.<customer_id>} for its
 * LinkSDK.
 *
 * <p>Documented: {@code POST /oauth2/token} with {@code client_id}, {@code client_secret}, {@code grant_type} and
 * {@code scope}, all required, in a form; the four members of its answer; 400 and 401. Its live metadata names the other paths
 * and Basic beside the form, and has the mark of Spring Authorization Server, whose behaviour is followed where Lean's own is
 * not known: members and their order, {@code expires_in} a second short, claims ({@code aud} and {@code sub} the client,
 * {@code scope} an array, {@code nbf}), header without {@code typ}, RS256, errors.
 *
 * <p>Choices: the lifetime of an hour; a refused request without a scope; the claim {@code customer_id}; {@code fid} and
 * {@code sid} in a person's tokens, by which they are known to be revoked; a key of its own for each kind of token.
 */
public final class LeanProfile implements Profile {
    /** The profile. */
    public LeanProfile() {}

    @Override
    public void configure(AuthorizationServerBuilder builder) {
        builder.clientAuthMethods(new ClientSecretBasic(), new ClientSecretPost())
                .scopes("openid api customer.{customer_id}")
                .scopeRequired()
                .signing(TokenKind.ACCESS, SigningAlgorithm.RS256)
                .signing(TokenKind.ID, SigningAlgorithm.RS256)
                .accessTokenLifetime(Duration.ofHours(1))
                .tokens(LeanProfile::plan)
                .dialect(LeanDialect.TOKEN)
                .withoutRoutes()
                .route(Endpoint.TOKEN, "/oauth2/token")
                .route(Endpoint.INTROSPECTION, Place.at("/oauth2/introspect").speaking(LeanDialect.INTROSPECTION))
                .route(Endpoint.REVOCATION, Place.at("/oauth2/revoke").speaking(LeanDialect.REVOCATION))
                .route(Endpoint.METADATA, Endpoint.METADATA.path())
                .route(Endpoint.USERINFO, Endpoint.USERINFO.path())
                .route(Endpoint.JWKS, "/oauth2/jwks");
    }

    private static TokenPlan plan(
            GrantType by, Client client, Authorization authorization, Optional<User> user, TokenPlan standard) {
        return standard.access(token -> access(token, client, authorization))
                .id(token -> token.typ(Optional.empty()).claim("azp", client.clientId()));
    }

    private static TokenSpec access(TokenSpec token, Client client, Authorization authorization) {
        return token.typ(Optional.empty())
                .without("client_id", "auth_time", "acr", "amr")
                .claim("aud", client.clientId())
                .claim("scope", authorization.scope().values())
                .stamped(Stamp.NOT_BEFORE, Stamp.ISSUED_AT, Stamp.EXPIRES, Stamp.ID);
    }
}
