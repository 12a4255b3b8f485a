package dev.mintmark.auth.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.claims.AccessTokenHash;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import dev.mintmark.auth.AuthorizationServer;
import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.protocol.Authentication;
import dev.mintmark.auth.protocol.SigningAlgorithm;
import dev.mintmark.auth.protocol.TokenKind;
import dev.mintmark.auth.store.ClientStore;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdTokenTest {
    private final TestServer server = TestServer.standard();

    @Test
    void it_says_who_signed_in_for_whom_when_and_how() throws Exception {
        Instant signedIn = server.clock.instant().minusSeconds(300);
        Authentication authentication = Authentication.of("alice", signedIn)
                .withAcr("urn:example:two-factors")
                .withAmr(List.of("pwd", "otp"))
                .withSession("the-session");
        Reply reply = signIn(server, authentication);
        JWTClaimsSet claims = reply.idClaims();

        assertThat(claims.getIssuer()).isEqualTo(TestServer.ISSUER);
        assertThat(claims.getSubject()).isEqualTo("alice");
        assertThat(claims.getAudience()).containsExactly("web");
        assertThat(claims.getStringClaim("nonce")).isEqualTo("the-nonce");
        assertThat(claims.getLongClaim("auth_time")).isEqualTo(signedIn.getEpochSecond());
        assertThat(claims.getStringClaim("acr")).isEqualTo("urn:example:two-factors");
        assertThat(claims.getStringListClaim("amr")).containsExactly("pwd", "otp");
        assertThat(claims.getStringClaim("sid")).isEqualTo("the-session");
        assertThat(claims.getIssueTime()).isEqualTo(server.clock.instant());
        assertThat(claims.getExpirationTime()).isEqualTo(server.clock.instant().plusSeconds(3600));
    }

    @Test
    void at_hash_is_the_left_half_of_the_access_token_s_digest() throws Exception {
        Reply reply = server.signIn("web");
        AccessTokenHash expected =
                AccessTokenHash.compute(new BearerAccessToken(reply.access()), JWSAlgorithm.RS256, null);

        assertThat(reply.idClaims().getStringClaim("at_hash")).isEqualTo(expected.getValue());
    }

    @Test
    void a_client_that_registered_another_algorithm_gets_it_with_its_own_digest() throws Exception {
        TestServer es384 = TestServer.of(b -> b.signing(TokenKind.ID, SigningAlgorithm.RS256, SigningAlgorithm.ES384)
                .clients(ClientStore.of(TestServer.web()
                        .idTokenSignedResponseAlg(SigningAlgorithm.ES384)
                        .build())));
        Reply reply = es384.signIn("web");
        AccessTokenHash expected =
                AccessTokenHash.compute(new BearerAccessToken(reply.access()), JWSAlgorithm.ES384, null);

        assertThat(SignedJWT.parse(reply.string("id_token")).getHeader().getAlgorithm())
                .isEqualTo(JWSAlgorithm.ES384);
        assertThat(reply.idClaims().getStringClaim("at_hash")).isEqualTo(expected.getValue());
    }

    @Test
    void nimbus_accepts_it() throws Exception {
        Reply reply = signIn(server, Authentication.of("alice", Instant.now()));
        var validator = new IDTokenValidator(
                new Issuer(TestServer.ISSUER),
                new ClientID("web"),
                new JWSVerificationKeySelector<SecurityContext>(
                        JWSAlgorithm.RS256, new ImmutableJWKSet<>(server.server.jwks())),
                null);
        validator.setMaxClockSkew(Integer.MAX_VALUE);

        assertThat(validator
                        .validate(SignedJWT.parse(reply.string("id_token")), new Nonce("the-nonce"))
                        .getSubject()
                        .getValue())
                .isEqualTo("alice");
    }

    @Test
    void after_a_refresh_it_has_no_nonce_and_the_sign_in_s_own_time() throws Exception {
        Authentication authentication =
                server.alice().withSession("the-session").withAmr(List.of("pwd"));
        Instant signedIn = server.clock.instant();
        Reply first = signIn(server, authentication);
        server.clock.advance(Duration.ofHours(3));
        Reply second = server.refresh("web", first.refresh()).send().issued();
        JWTClaimsSet claims = second.idClaims();

        assertThat(claims.getClaims()).doesNotContainKey("nonce");
        assertThat(claims.getLongClaim("auth_time")).isEqualTo(signedIn.getEpochSecond());
        assertThat(claims.getStringClaim("sid")).isEqualTo("the-session");
        assertThat(claims.getStringListClaim("amr")).containsExactly("pwd");
        assertThat(claims.getSubject()).isEqualTo("alice");
        assertThat(claims.getIssueTime()).isEqualTo(server.clock.instant());
        assertThat(claims.getStringClaim("at_hash"))
                .isEqualTo(AccessTokenHash.compute(new BearerAccessToken(second.access()), JWSAlgorithm.RS256, null)
                        .getValue());
    }

    @Test
    void without_the_scope_openid_there_is_none() {
        String code = server.server
                .approve(server.request("web").scope("read"), server.alice())
                .code();

        assertThat(server.redeem("web", code).send().issued().json().names()).doesNotContain("id_token");
    }

    @Test
    void a_refresh_narrowed_past_openid_gives_none() {
        Reply first = server.signIn("web");

        assertThat(server.refresh("web", first.refresh())
                        .with("scope", "read")
                        .send()
                        .issued()
                        .json()
                        .names())
                .doesNotContain("id_token");
    }

    @Test
    void an_id_token_is_no_access_token() {
        String id = server.signIn("web").string("id_token");

        assertThat(server.isActive("web", id)).isFalse();
        server.refresh("web", id).send().refused("invalid_grant");
    }

    @Test
    void keys_are_made_and_published_where_none_were_brought() throws Exception {
        AuthorizationServer own = AuthorizationServer.builder(URI.create(TestServer.ISSUER))
                .clients(ClientStore.of(TestServer.web().build()))
                .build();

        assertThat(own.jwks().getKeys())
                .extracting(key -> key.getAlgorithm().getName())
                .containsExactlyInAnyOrder("ES256", "RS256");
    }

    private static Reply signIn(TestServer server, Authentication authentication) {
        String code = server.server
                .approve(server.request("web").with("nonce", "the-nonce"), authentication)
                .code();
        return server.redeem("web", code).send().issued();
    }
}
