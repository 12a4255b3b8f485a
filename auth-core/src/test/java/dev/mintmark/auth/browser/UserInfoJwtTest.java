package dev.mintmark.auth.browser;

import static dev.mintmark.auth.browser.House.link;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.people.Town;
import dev.mintmark.auth.protocol.SigningAlgorithm;
import dev.mintmark.auth.protocol.TokenKind;
import dev.mintmark.auth.store.ClientStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** UserInfo that is signed (OpenID Connect Core section 5.3.2). */
class UserInfoJwtTest {
    private static House house(SigningAlgorithm algorithm) {
        return House.of(b -> b.signing(TokenKind.ID, SigningAlgorithm.RS256, SigningAlgorithm.ES256)
                .clients(ClientStore.of(
                        House.shop()
                                .userinfoSignedResponseAlg(algorithm)
                                .rawSecret(TestServer.SECRET)
                                .build(),
                        House.partner().requireConsent(false).build())));
    }

    private static Reply tokens(House house, String client) {
        Page page = house.browser()
                .open(link(client, "scope", "openid email", "claims", "{\"userinfo\":{\"name\":null}}"))
                .signIn("alice", Town.PASSWORD);
        return house.tokens(client, page);
    }

    @ParameterizedTest
    @EnumSource(
            value = SigningAlgorithm.class,
            names = {"RS256", "ES256"})
    void it_is_a_jwt_of_the_issuer_for_the_client_that_the_published_keys_verify(SigningAlgorithm algorithm)
            throws Exception {
        House house = house(algorithm);
        Reply tokens = tokens(house, "shop");

        Reply reply = house.town.userInfo(tokens.access()).send();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).contains("application/jwt");
        assertThat(reply.header("Cache-Control")).contains("no-store");
        SignedJWT jwt = SignedJWT.parse(reply.response().text());
        assertThat(jwt.getHeader().getAlgorithm().getName()).isEqualTo(algorithm.alg());
        AsymmetricJWK key = (AsymmetricJWK)
                house.server.server.jwks().getKeyByKeyId(jwt.getHeader().getKeyID());
        assertThat(jwt.verify(new DefaultJWSVerifierFactory().createJWSVerifier(jwt.getHeader(), key.toPublicKey())))
                .isTrue();
        JWTClaimsSet claims = jwt.getJWTClaimsSet();
        // Section 5.3.2: iss and aud SHOULD be members
        assertThat(claims.getIssuer()).isEqualTo(TestServer.ISSUER);
        assertThat(claims.getAudience()).containsExactly("shop");
        assertThat(claims.getSubject()).isEqualTo(tokens.idClaims().getSubject());
        assertThat(claims.getStringClaim("email")).isEqualTo("alice@example.com");
        assertThat(claims.getStringClaim("name")).isEqualTo("The one called alice");
    }

    @Test
    void it_may_be_signed_with_the_clients_secret() throws Exception {
        House house = house(SigningAlgorithm.HS256);

        String text = house.town
                .userInfo(tokens(house, "shop").access())
                .send()
                .response()
                .text();

        JWSObject jws = JWSObject.parse(text);
        assertThat(jws.getHeader().getAlgorithm().getName()).isEqualTo("HS256");
        assertThat(jws.verify(new MACVerifier(TestServer.SECRET.getBytes(StandardCharsets.UTF_8))))
                .isTrue();
    }

    @Test
    void whoever_is_not_registered_for_it_gets_json() {
        House house = house(SigningAlgorithm.RS256);

        Reply reply =
                house.town.userInfo(tokens(house, "partner").access()).send().issued();

        assertThat(reply.header("Content-Type").orElseThrow()).startsWith("application/json");
        assertThat(reply.string("sub")).isEqualTo("alice");
    }

    @Test
    void refusals_are_not_signed() {
        House house = house(SigningAlgorithm.RS256);
        String access = tokens(house, "shop").access();
        house.clock.advance(Duration.ofHours(2));

        house.town.userInfo(access).send().refused(401, "invalid_token");
    }

    @Test
    void it_is_posted_for_as_well() {
        House house = house(SigningAlgorithm.RS256);

        Reply reply = house.server
                .call("POST", "/userinfo")
                .with("access_token", tokens(house, "shop").access())
                .send();

        assertThat(reply.header("Content-Type")).contains("application/jwt");
    }

    @Test
    void it_is_neither_an_access_token_nor_an_id_token() {
        House house = house(SigningAlgorithm.RS256);
        String jwt = house.town
                .userInfo(tokens(house, "shop").access())
                .send()
                .response()
                .text();

        house.town.userInfo(jwt).send().refused(401, "invalid_token");
        assertThat(house.server.isActive("shop", jwt)).isFalse();
        assertThat(Reply.claims(jwt).getClaims()).doesNotContainKeys("exp", "nonce", "auth_time");
    }

    @Test
    void what_the_person_is_called_cannot_be_written_over_by_a_claim() {
        House house = house(SigningAlgorithm.RS256);
        house.town.folk.change(
                "alice",
                user -> user.withClaims(
                        user.claims().with("sub", "bob").with("iss", "evil").with("aud", "evil")));

        JWTClaimsSet claims = Reply.claims(house.town
                .userInfo(tokens(house, "shop").access())
                .send()
                .response()
                .text());

        assertThat(claims.getSubject()).isEqualTo("alice");
        assertThat(claims.getIssuer()).isEqualTo(TestServer.ISSUER);
        assertThat(claims.getAudience()).containsExactly("shop");
    }
}
