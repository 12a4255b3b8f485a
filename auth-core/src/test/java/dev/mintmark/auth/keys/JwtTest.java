package dev.mintmark.auth.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.SigningAlgorithm;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwtTest {
    private static final byte[] SHARED = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final Map<SigningAlgorithm, JWK> JWKS = jwks();
    private static final Claims CLAIMS = Claims.of("sub", "alice \u00e9\ud83d\ude00 \"x\"")
            .with("exp", 1_300_819_380L)
            .with("aud", List.of("a", "b"));

    private static Map<SigningAlgorithm, JWK> jwks() {
        Map<SigningAlgorithm, JWK> jwks = new EnumMap<>(SigningAlgorithm.class);
        for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
            if (algorithm.isPublic()) jwks.put(algorithm, SigningKey.generate(algorithm, new SecureRandom()));
        }
        return jwks;
    }

    private static SigningKey key(SigningAlgorithm algorithm) {
        return algorithm == SigningAlgorithm.HS256
                ? SigningKey.hmac("shared", SHARED)
                : key(JWKS.get(algorithm), algorithm);
    }

    private static SigningKey key(JWK jwk, SigningAlgorithm algorithm) {
        return SigningKey.of(jwk, algorithm, new SecureRandom(), Optional.empty());
    }

    private static String sign(SigningKey key) {
        return Jwt.sign(key, Optional.of("at+jwt"), true, CLAIMS);
    }

    @ParameterizedTest
    @EnumSource(SigningAlgorithm.class)
    void what_we_sign_we_verify(SigningAlgorithm algorithm) {
        assertThat(Jwt.verify(sign(key(algorithm)), List.of(key(algorithm)))).hasValue(CLAIMS);
    }

    @ParameterizedTest
    @EnumSource(value = SigningAlgorithm.class, names = "EDDSA", mode = EnumSource.Mode.EXCLUDE)
    void what_we_sign_nimbus_verifies(SigningAlgorithm algorithm) throws Exception {
        SigningKey key = key(algorithm);
        JWSObject jws = JWSObject.parse(sign(key));
        JWSVerifier verifier = switch (algorithm) {
            case HS256 -> new MACVerifier(SHARED);
            case RS256, PS256 ->
                new RSASSAVerifier(key.publicJwk().orElseThrow().toRSAKey());
            default -> new ECDSAVerifier(key.publicJwk().orElseThrow().toECKey());
        };

        assertThat(jws.verify(verifier)).isTrue();
        assertThat(jws.getHeader().getAlgorithm().getName()).isEqualTo(algorithm.alg());
        assertThat(jws.getHeader().getKeyID()).isEqualTo(key.kid());
        assertThat(jws.getHeader().getType()).isEqualTo(new JOSEObjectType("at+jwt"));
        assertThat(jws.getPayload().toJSONObject())
                .containsEntry("sub", CLAIMS.string("sub").orElseThrow());
    }

    @ParameterizedTest
    @EnumSource(value = SigningAlgorithm.class, names = "EDDSA", mode = EnumSource.Mode.EXCLUDE)
    void what_nimbus_signs_we_verify(SigningAlgorithm algorithm) throws Exception {
        JWK jwk = JWKS.get(algorithm);
        JWSSigner signer = switch (algorithm) {
            case HS256 -> new MACSigner(SHARED);
            case RS256, PS256 -> new RSASSASigner(jwk.toRSAKey());
            default -> new ECDSASigner(jwk.toECKey());
        };
        JWSObject jws = new JWSObject(
                new JWSHeader.Builder(JWSAlgorithm.parse(algorithm.alg())).build(), new Payload(CLAIMS.toJson()));
        jws.sign(signer);

        assertThat(Jwt.verify(jws.serialize(), List.of(key(algorithm)))).hasValue(CLAIMS);
    }

    @Test
    void ed25519_agrees_with_the_jdk_both_ways() throws Exception {
        // Nimbus' own Ed25519 needs Tink, so the JDK is the other side here.
        byte[] input = "x".getBytes(StandardCharsets.US_ASCII);
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] spki = pair.getPublic().getEncoded();
        byte[] pkcs8 = pair.getPrivate().getEncoded();
        JWK jwk = new OctetKeyPair.Builder(
                        Curve.Ed25519, Base64URL.encode(Arrays.copyOfRange(spki, spki.length - 32, spki.length)))
                .d(Base64URL.encode(Arrays.copyOfRange(pkcs8, pkcs8.length - 32, pkcs8.length)))
                .build();
        SigningKey ours = key(jwk, SigningAlgorithm.EDDSA);
        Signature theirs = Signature.getInstance("Ed25519");

        theirs.initVerify(pair.getPublic());
        theirs.update(input);
        assertThat(theirs.verify(ours.sign(input))).isTrue();
        theirs.initSign(pair.getPrivate());
        theirs.update(input);
        assertThat(ours.verify(input, theirs.sign())).isTrue();
    }

    @ParameterizedTest
    @EnumSource(SigningAlgorithm.class)
    void a_single_flipped_bit_anywhere_is_refused(SigningAlgorithm algorithm) {
        SigningKey key = key(algorithm);
        String[] parts = sign(key).split("\\.", -1);

        for (int part = 0; part < 3; part++) {
            byte[] bytes = new Base64URL(parts[part]).decode();
            for (int at : new int[] {0, bytes.length / 2, bytes.length - 1}) {
                byte[] flipped = bytes.clone();
                flipped[at] ^= 1;
                String[] forged = parts.clone();
                forged[part] = Base64URL.encode(flipped).toString();
                assertThat(Jwt.verify(String.join(".", forged), List.of(key)))
                        .as("part %s, byte %s", part, at)
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(SigningAlgorithm.class)
    void a_signature_of_another_length_is_refused(SigningAlgorithm algorithm) {
        SigningKey key = key(algorithm);
        byte[] input = "x".getBytes(StandardCharsets.US_ASCII);
        byte[] signature = key.sign(input);

        assertThat(key.verify(input, signature)).isTrue();
        assertThat(key.verify(input, Arrays.copyOf(signature, signature.length - 1)))
                .isFalse();
        assertThat(key.verify(input, Arrays.copyOf(signature, signature.length + 1)))
                .isFalse();
        assertThat(key.verify(input, new byte[0])).isFalse();
        assertThat(key.verify(input, new byte[signature.length])).isFalse();
    }

    @Test
    void ecdsa_in_der_is_refused() throws Exception {
        // RFC 7518 section 3.4: the JCA's own encoding is not that of JWS
        Signature der = Signature.getInstance("SHA256withECDSA");
        der.initSign(JWKS.get(SigningAlgorithm.ES256).toECKey().toECPrivateKey());
        byte[] input = "x".getBytes(StandardCharsets.US_ASCII);
        der.update(input);

        assertThat(key(SigningAlgorithm.ES256).verify(input, der.sign())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE", "", "RS256", "ES384", "HS256", "es256", "ES256 "})
    void a_header_that_names_another_algorithm_is_refused(String alg) {
        SigningKey key = key(SigningAlgorithm.ES256);

        assertThat(Jwt.verify(forge(key, Claims.of("alg", alg).with("kid", key.kid())), List.of(key)))
                .isEmpty();
        assertThat(Jwt.verify(forge(key, Claims.of("kid", key.kid())), List.of(key)))
                .isEmpty();
        assertThat(Jwt.verify(forge(key, Claims.of("alg", "ES256")), List.of(key)))
                .isPresent();
    }

    @Test
    void a_token_without_a_signature_is_refused() {
        SigningKey key = key(SigningAlgorithm.ES256);
        String none = encode("{\"alg\":\"none\"}") + "." + encode(CLAIMS.toJson()) + ".";
        String[] signed = sign(key).split("\\.", -1);

        assertThat(Jwt.verify(none, List.of(key))).isEmpty();
        assertThat(Jwt.verify(none + "AA", List.of(key))).isEmpty();
        assertThat(Jwt.verify(signed[0] + "." + signed[1] + ".", List.of(key))).isEmpty();
        assertThat(Jwt.verify(signed[0] + "." + signed[1], List.of(key))).isEmpty();
    }

    @Test
    void a_public_key_is_never_taken_for_an_hmac_secret() throws Exception {
        SigningKey rsa = key(SigningAlgorithm.RS256);
        JWK open = rsa.publicJwk().orElseThrow();
        for (byte[] guess : List.of(
                open.toRSAKey().toRSAPublicKey().getEncoded(),
                open.toJSONString().getBytes(StandardCharsets.UTF_8),
                open.toRSAKey().getModulus().decode())) {
            SigningKey attacker = SigningKey.hmac(rsa.kid(), guess);
            assertThat(Jwt.verify(sign(attacker), List.of(rsa, key(SigningAlgorithm.HS256))))
                    .isEmpty();
        }
    }

    @Test
    void a_header_with_crit_is_refused() {
        SigningKey key = key(SigningAlgorithm.ES256);
        Claims header = Claims.of("alg", "ES256").with("kid", key.kid());

        assertThat(Jwt.verify(forge(key, header.with("crit", List.of("exp")).with("exp", 1)), List.of(key)))
                .isEmpty();
        assertThat(Jwt.verify(forge(key, header.with("crit", List.of("b64")).with("b64", false)), List.of(key)))
                .isEmpty();
        assertThat(Jwt.verify(forge(key, header.with("crit", List.of())), List.of(key)))
                .isEmpty();
    }

    @Test
    void a_kid_leads_to_its_own_key_alone() {
        SigningKey one = key(SigningAlgorithm.ES256);
        SigningKey two = key(SigningKey.generate(SigningAlgorithm.ES256, new SecureRandom()), SigningAlgorithm.ES256);

        assertThat(Jwt.verify(forge(one, Claims.of("alg", "ES256").with("kid", two.kid())), List.of(one, two)))
                .isEmpty();
        assertThat(Jwt.verify(forge(one, Claims.of("alg", "ES256").with("kid", "unknown")), List.of(one, two)))
                .isEmpty();
        assertThat(Jwt.verify(sign(one), List.of(two, one))).isPresent();
    }

    @Test
    void a_key_of_another_kind_of_token_is_refused() {
        SigningKey access = key(SigningAlgorithm.ES256);
        SigningKey id = key(SigningKey.generate(SigningAlgorithm.ES256, new SecureRandom()), SigningAlgorithm.ES256);

        assertThat(Jwt.verify(sign(id), List.of(access))).isEmpty();
        assertThat(Jwt.verify(sign(access), List.of())).isEmpty();
    }

    @Test
    void keys_that_the_token_brings_along_are_ignored() {
        SigningKey ours = key(SigningAlgorithm.ES256);
        SigningKey theirs =
                key(SigningKey.generate(SigningAlgorithm.ES256, new SecureRandom()), SigningAlgorithm.ES256);
        Map<String, Object> jwk = theirs.publicJwk().orElseThrow().toJSONObject();

        assertThat(Jwt.verify(forge(theirs, Claims.of("alg", "ES256").with("jwk", jwk)), List.of(ours)))
                .isEmpty();
        assertThat(Jwt.verify(
                        forge(theirs, Claims.of("alg", "ES256").with("jku", "https://evil.example/jwks")),
                        List.of(ours)))
                .isEmpty();
    }

    @Test
    void a_header_with_a_name_twice_is_refused() {
        // RFC 7515 section 4: the header parameter names MUST be unique
        SigningKey key = key(SigningAlgorithm.HS256);
        String input = encode("{\"alg\":\"HS256\",\"alg\":\"HS256\"}") + "." + encode(CLAIMS.toJson());
        String signature = Base64URL.encode(key.sign(input.getBytes(StandardCharsets.US_ASCII)))
                .toString();

        assertThat(Jwt.verify(input + "." + signature, List.of(key))).isEmpty();
    }

    @Test
    void a_signature_has_one_spelling_only() {
        // RFC 4648 section 3.5: the last character of 32 or 64 bytes has bits that mean nothing
        for (SigningAlgorithm algorithm :
                List.of(SigningAlgorithm.HS256, SigningAlgorithm.ES256, SigningAlgorithm.EDDSA)) {
            SigningKey key = key(algorithm);
            String token = sign(key);
            char last = token.charAt(token.length() - 1);
            String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
            String other = token.substring(0, token.length() - 1) + alphabet.charAt(alphabet.indexOf(last) + 1);

            assertThat(new Base64URL(other.substring(other.lastIndexOf('.') + 1)).decode())
                    .isEqualTo(new Base64URL(token.substring(token.lastIndexOf('.') + 1)).decode());
            assertThat(Jwt.verify(other, List.of(key))).as(algorithm.alg()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "a.b.c",
                "eyJ.eyJ",
                "eyJhbGciOiJub25lIn0..",
                "eyJa.eyJb.c\n",
                "eyJa.b.c.d",
                "eyJ\u00e9.b.c"
            })
    void what_is_no_jwt_is_refused(String token) {
        assertThat(Jwt.verify(token, List.of(key(SigningAlgorithm.HS256)))).isEmpty();
    }

    @Test
    void the_kid_is_left_out_where_it_is_not_wanted() throws Exception {
        SigningKey key = key(SigningAlgorithm.ES256);
        String token = Jwt.sign(key, Optional.empty(), false, CLAIMS);

        assertThat(JWSObject.parse(token).getHeader().toJSONObject()).containsOnlyKeys("alg");
        assertThat(Jwt.verify(token, List.of(key))).hasValue(CLAIMS);
    }

    @ParameterizedTest
    @EnumSource(value = SigningAlgorithm.class, names = "HS256", mode = EnumSource.Mode.EXCLUDE)
    void what_is_published_has_no_private_part_and_says_what_it_is_for(SigningAlgorithm algorithm) throws Exception {
        SigningKey key = key(algorithm);
        JWK open = key.publicJwk().orElseThrow();

        assertThat(open.isPrivate()).isFalse();
        assertThat(open.getKeyID())
                .isEqualTo(key.kid())
                .isEqualTo(open.computeThumbprint().toString());
        assertThat(open.getAlgorithm().getName()).isEqualTo(algorithm.alg());
        assertThat(open.getKeyUse().identifier()).isEqualTo("sig");
    }

    @Test
    void an_hmac_key_is_never_published_and_never_short() {
        assertThat(key(SigningAlgorithm.HS256).publicJwk()).isEmpty();
        assertThatThrownBy(() -> SigningKey.hmac("k", new byte[31])).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource(value = SigningAlgorithm.class, names = "HS256", mode = EnumSource.Mode.EXCLUDE)
    void a_key_is_of_its_algorithm_and_private_or_refused(SigningAlgorithm algorithm) {
        JWKS.forEach((other, jwk) -> {
            boolean fits = other == algorithm
                    || (other.alg().endsWith("S256")
                            && !other.alg().startsWith("E")
                            && algorithm.alg().endsWith("S256")
                            && !algorithm.alg().startsWith("E"));
            if (!fits) {
                assertThatThrownBy(() -> key(jwk, algorithm)).isInstanceOf(IllegalArgumentException.class);
            }
        });
        assertThatThrownBy(() -> key(JWKS.get(algorithm).toPublicJWK(), algorithm))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String forge(SigningKey key, Claims header) {
        String input = encode(header.toJson()) + "." + encode(CLAIMS.toJson());
        return input + "." + Base64URL.encode(key.sign(input.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String encode(String text) {
        return Base64URL.encode(text).toString();
    }
}
