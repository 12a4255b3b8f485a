package dev.mintmark.auth.browser;

import static dev.mintmark.auth.browser.House.link;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jwt.SignedJWT;
import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.people.Town;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.SigningAlgorithm;
import dev.mintmark.auth.protocol.TokenKind;
import dev.mintmark.auth.store.ClientStore;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How ID tokens are signed (OpenID Connect Core sections 2, 3.1.3.6, 10.1 and 15.1; RFC 7518). */
class IdTokenAlgorithmsTest {
    private static House house(Client shop) {
        return House.of(b -> b.signing(
                        TokenKind.ID,
                        SigningAlgorithm.RS256,
                        SigningAlgorithm.PS256,
                        SigningAlgorithm.ES256,
                        SigningAlgorithm.ES384,
                        SigningAlgorithm.EDDSA)
                .clients(ClientStore.of(shop)));
    }

    private static Reply tokens(House house) {
        Page page = house.browser().open(link("shop")).signIn("alice", Town.PASSWORD);
        return house.tokens("shop", page);
    }

    private static SignedJWT id(Reply tokens) throws Exception {
        return SignedJWT.parse(tokens.string("id_token"));
    }

    /** Section 3.1.3.6: the left half of the hash that goes with the algorithm. */
    private static String half(String text, String digest) throws Exception {
        byte[] hash = MessageDigest.getInstance(digest).digest(text.getBytes(StandardCharsets.US_ASCII));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, hash.length / 2));
    }

    @ParameterizedTest
    @EnumSource(
            value = SigningAlgorithm.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"HS256"})
    void a_client_gets_the_algorithm_it_is_registered_for(SigningAlgorithm algorithm) throws Exception {
        House house = house(House.shop().idTokenSignedResponseAlg(algorithm).build());

        Reply tokens = tokens(house);

        SignedJWT id = id(tokens);
        assertThat(id.getHeader().getAlgorithm().getName()).isEqualTo(algorithm.alg());
        JWK key = house.server.server.jwks().getKeyByKeyId(id.getHeader().getKeyID());
        assertThat(verifies(id, key)).isTrue();
        String digest = algorithm == SigningAlgorithm.EDDSA
                ? "SHA-512"
                : algorithm == SigningAlgorithm.ES384 ? "SHA-384" : "SHA-256";
        assertThat(id.getJWTClaimsSet().getStringClaim("at_hash")).isEqualTo(half(tokens.access(), digest));
    }

    private static boolean verifies(SignedJWT id, JWK key) throws Exception {
        if (key instanceof OctetKeyPair edwards) {
            // RFC 8410 section 4: the key as SubjectPublicKeyInfo
            byte[] prefix = HexFormat.of().parseHex("302a300506032b6570032100");
            byte[] x = edwards.getDecodedX();
            byte[] encoded = Arrays.copyOf(prefix, prefix.length + x.length);
            System.arraycopy(x, 0, encoded, prefix.length, x.length);
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
            signature.update(id.getSigningInput());
            return signature.verify(id.getSignature().decode());
        }
        return id.verify(
                new DefaultJWSVerifierFactory().createJWSVerifier(id.getHeader(), ((AsymmetricJWK) key).toPublicKey()));
    }

    /** Section 2: the default is RS256, which section 15.1 makes mandatory. */
    @Test
    void without_a_registered_algorithm_it_is_rs256() throws Exception {
        SignedJWT id = id(tokens(House.standard()));

        assertThat(id.getHeader().getAlgorithm().getName()).isEqualTo("RS256");
    }

    @Test
    void hs256_is_verified_by_the_clients_secret_and_published_by_no_key() throws Exception {
        House house = house(House.shop()
                .idTokenSignedResponseAlg(SigningAlgorithm.HS256)
                .rawSecret(TestServer.SECRET)
                .build());

        Reply tokens = tokens(house);

        SignedJWT id = id(tokens);
        assertThat(id.getHeader().getAlgorithm().getName()).isEqualTo("HS256");
        assertThat(id.getHeader().getKeyID()).isNull();
        assertThat(id.verify(new MACVerifier(TestServer.SECRET.getBytes(StandardCharsets.UTF_8))))
                .isTrue();
        assertThat(id.verify(new MACVerifier("another-secret-of-at-least-32-bytes")))
                .isFalse();
        assertThat(id.getJWTClaimsSet().getStringClaim("at_hash")).isEqualTo(half(tokens.access(), "SHA-256"));
        assertThat(house.server.server.jwks().getKeys())
                .noneMatch(key -> key.getKeyType().getValue().equals("oct"));
    }

    @Test
    void hs256_needs_the_secret_and_a_long_one() {
        assertThatThrownBy(() -> House.shop()
                        .idTokenSignedResponseAlg(SigningAlgorithm.HS256)
                        .build())
                .hasMessageContaining("rawSecret");
        assertThatThrownBy(() -> House.shop()
                        .idTokenSignedResponseAlg(SigningAlgorithm.HS256)
                        .rawSecret("short")
                        .build())
                .hasMessageContaining("32 bytes");
    }

    @Test
    void none_is_no_algorithm_at_all() {
        assertThat(SigningAlgorithm.of("none")).isEmpty();
        assertThat(house(House.shop().build())
                        .server
                        .server
                        .metadata()
                        .strings("id_token_signing_alg_values_supported"))
                .containsExactlyInAnyOrder("RS256", "PS256", "ES256", "ES384", "EdDSA");
    }

    @Test
    void the_claims_are_those_that_are_required() throws Exception {
        Reply tokens = tokens(House.standard());

        var claims = id(tokens).getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo(TestServer.ISSUER);
        assertThat(claims.getSubject()).isEqualTo("alice");
        assertThat(claims.getAudience()).isEqualTo(List.of("shop"));
        assertThat(claims.getExpirationTime()).isAfter(claims.getIssueTime());
        assertThat(claims.getStringClaim("nonce")).isEqualTo("the nonce");
        assertThat(claims.getStringClaim("at_hash")).isEqualTo(half(tokens.access(), "SHA-256"));
        assertThat(tokens.string("token_type")).isEqualTo("Bearer");
        // Section 2: whole seconds
        assertThat(id(tokens).getPayload().toString())
                .matches(".*\"exp\":[0-9]+[,}].*")
                .matches(".*\"iat\":[0-9]+[,}].*")
                .matches(".*\"auth_time\":[0-9]+[,}].*");
    }

    @Test
    void without_a_nonce_there_is_none() {
        House house = House.standard();
        Page page = house.browser().open(link("shop", "nonce", "")).signIn("alice", Town.PASSWORD);

        assertThat(house.tokens("shop", page).idClaims().getClaims()).doesNotContainKey("nonce");
    }
}
