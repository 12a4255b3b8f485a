package dev.mintmark.auth.profile;

import dev.mintmark.auth.AuthorizationServerBuilder;
import dev.mintmark.auth.Endpoint;
import dev.mintmark.auth.Profile;
import dev.mintmark.auth.client.ClientSecretBasic;
import dev.mintmark.auth.grant.AuthorizationCodeGrant;
import dev.mintmark.auth.grant.RefreshTokenGrant;
import dev.mintmark.auth.protocol.Authorization;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Scope;
import dev.mintmark.auth.protocol.SigningAlgorithm;
import dev.mintmark.auth.protocol.Subject;
import dev.mintmark.auth.protocol.TokenKind;
import dev.mintmark.auth.protocol.User;
import dev.mintmark.auth.token.TokenFormat;
import dev.mintmark.auth.token.TokenPlan;
import dev.mintmark.auth.token.TokenSpec;
import dev.mintmark.auth.token.TokenSpec.Stamp;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Screening Eagle ID ({@code /api/id/v1/auth/token}).
 *
 * <p>Documented: Basic; a form with {@code grant_type} client_credentials or authorization_code, and {@code scope}; the six members
 * of the answer; errors {@code {error,errorDescription}} of 400, 401, 403, 404 and 500. From the example's tokens: all three are
 * HS256 JWTs without {@code kid}, of the issuer "Screening Eagle ID"; the claims {@code scp}, {@code scopes}, {@code userID},
 * {@code userRegion}, {@code first_name}, {@code last_name}, {@code country_code}; 7 days, and 180 for the refresh token, whose
 * {@code scp} has the word {@code offline}. A client acts as a user there.
 *
 * <p>Choices: which user is in the client's metadata, as {@code acts_for} (taking it away ends
 * nothing that was issued: revoke the client, too); without it a number made of the client's identifier is
 * {@code sub} and {@code userID}, far above any real one. {@code userRegion} is the user's {@code country_code}. A refresh is
 * {@code grant_type=refresh_token} on the same path. A scope is required. {@code error} is the status's phrase; what a client may
 * not do is 403. A code is redeemed as RFC 6749 section 4.1.3 and RFC 7636 have it. The {@code jti} of a refresh token is its
 * handle.
 */
public final class ScreeningEagleProfile implements Profile {
    /** The member of a client's metadata that says which user the client acts for: a {@code sub}. */
    public static final String ACTS_FOR = "acts_for";

    /** Those made up begin here: no table counts that far. */
    private static final BigInteger MADE_UP = BigInteger.TEN.pow(12);

    /** The profile. */
    public ScreeningEagleProfile() {}

    @Override
    public void configure(AuthorizationServerBuilder builder) {
        builder.issuer("Screening Eagle ID")
                .clientAuthMethods(new ClientSecretBasic())
                .grants(new ScreeningEagleGrant(), new AuthorizationCodeGrant(), new RefreshTokenGrant())
                .scopes("openid email profile inspect")
                .scopeRequired()
                .signing(TokenKind.ACCESS, SigningAlgorithm.HS256)
                .signing(TokenKind.ID, SigningAlgorithm.HS256)
                .signing(TokenKind.REFRESH, SigningAlgorithm.HS256)
                .accessTokenLifetime(Duration.ofDays(7))
                .idTokenLifetime(Duration.ofDays(7))
                .refreshTokenLifetime(Duration.ofDays(180), Duration.ofDays(180))
                .tokens(ScreeningEagleProfile::plan)
                .dialect(new ScreeningEagleDialect())
                .withoutRoutes()
                .route(Endpoint.TOKEN, "/api/id/v1/auth/token");
    }

    private static TokenPlan plan(
            GrantType by, Client client, Authorization authorization, Optional<User> user, TokenPlan standard) {
        Claims common = Claims.of("aud", client.clientId())
                .with("iss", "Screening Eagle ID")
                .with("sub", subject(authorization));
        Claims known = user.map(User::claims).orElse(Claims.none());
        return standard.access(token -> plain(token)
                        .claims(common.with(access(authorization, known)))
                        .stamped(Stamp.EXPIRES, Stamp.ID, Stamp.ISSUED_AT))
                .id(token -> plain(token)
                        .claims(common.with(id(known)))
                        .stamped(Stamp.EXPIRES, Stamp.ISSUED_AT)
                        .issued(authorization.scope().contains(Scope.OPENID)))
                .refresh(token -> plain(token)
                        .claims(common.with("scp", (authorization.scope() + " offline").strip()))
                        .stamped(Stamp.EXPIRES, Stamp.ID, Stamp.ISSUED_AT)
                        .issued(true));
    }

    private static TokenSpec plain(TokenSpec token) {
        return token.format(TokenFormat.JWT).typ(Optional.of("JWT")).keyNamed(false);
    }

    private static Claims access(Authorization authorization, Claims known) {
        String subject = subject(authorization);
        Claims.Builder claims =
                Claims.builder().put("scp", authorization.scope().toString()).put("scopes", List.of("user"));
        if (subject.matches("[0-9]{1,18}")) claims.put("userID", Long.parseLong(subject));
        return claims.put("userRegion", known.string("country_code")).build();
    }

    private static Claims id(Claims known) {
        return Claims.builder()
                .put("email", known.get("email"))
                .put("email_verified", known.get("email_verified"))
                .put("name", known.get("name"))
                .put("first_name", known.get("given_name"))
                .put("last_name", known.get("family_name"))
                .put("country_code", known.get("country_code"))
                .put("picture", known.get("picture"))
                .put("updated_at", known.get("updated_at"))
                .build();
    }

    private static String subject(Authorization authorization) {
        return authorization.subject() instanceof Subject.OfUser user ? user.value() : madeUp(authorization.client());
    }

    private static String madeUp(String client) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(client.getBytes(StandardCharsets.UTF_8));
            return MADE_UP.add(new BigInteger(1, Arrays.copyOf(hash, 8)).mod(MADE_UP))
                    .toString();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
