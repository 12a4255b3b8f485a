package dev.mintmark.auth.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import dev.mintmark.auth.protocol.SigningAlgorithm;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.Optional;

/** A key with its one algorithm. Thread-safe. */
public interface SigningKey {
    /**
     * The key's name.
     *
     * @return {@code kid}
     */
    String kid();

    /**
     * The key's one algorithm.
     *
     * @return the algorithm
     */
    SigningAlgorithm algorithm();

    /**
     * Signs.
     *
     * @param input the JWS signing input
     * @return the JWS signature
     */
    byte[] sign(byte[] input);

    /**
     * Verifies.
     *
     * @param input the JWS signing input
     * @param signature the JWS signature
     * @return whether this key made it
     */
    boolean verify(byte[] input, byte[] signature);

    /**
     * What may be published.
     *
     * @return the public key with {@code kid}, {@code alg} and {@code use}; empty for HMAC
     */
    Optional<JWK> publicJwk();

    /**
     * A key from its private JWK.
     *
     * @param jwk the key
     * @param algorithm its algorithm
     * @param random where a signature's randomness comes from
     * @param provider a JCA provider for RSA; the JDK's choice if empty
     * @return the key
     * @throws IllegalArgumentException if the JWK is not a private key for this algorithm
     */
    static SigningKey of(JWK jwk, SigningAlgorithm algorithm, SecureRandom random, Optional<Provider> provider) {
        try {
            return switch (algorithm) {
                case RS256, PS256 -> new RsaSigningKey(named(jwk.toRSAKey(), algorithm), algorithm, random, provider);
                case ES256, ES384 -> new EcSigningKey(named(jwk.toECKey(), algorithm), algorithm, random);
                case EDDSA -> new EdSigningKey(named(jwk.toOctetKeyPair(), algorithm));
                case HS256 -> throw new IllegalArgumentException("HMAC keys are derived, not read");
            };
        } catch (JOSEException | ClassCastException e) {
            throw new IllegalArgumentException("not a private key for " + algorithm.alg(), e);
        }
    }

    /**
     * A key for HS256.
     *
     * @param kid the key's name
     * @param key at least 32 bytes
     * @return the key
     */
    static SigningKey hmac(String kid, byte[] key) {
        return new HmacSigningKey(kid, key);
    }

    /**
     * Makes a key.
     *
     * @param algorithm a public-key algorithm
     * @param random where the key comes from
     * @return a private JWK
     */
    static JWK generate(SigningAlgorithm algorithm, SecureRandom random) {
        return switch (algorithm) {
            case RS256, PS256 -> RsaSigningKey.generate(random);
            case ES256 -> EcSigningKey.generate(Curve.P_256, random);
            case ES384 -> EcSigningKey.generate(Curve.P_384, random);
            case EDDSA -> EdSigningKey.generate(random);
            case HS256 -> throw new IllegalArgumentException("HMAC keys are derived, not made");
        };
    }

    /** RFC 7517 sections 4.2, 4.4 and 4.5; a key without a name is named by its thumbprint (RFC 7638). */
    private static RSAKey named(RSAKey key, SigningAlgorithm algorithm) throws JOSEException {
        return new RSAKey.Builder(key)
                .keyID(nameOf(key))
                .algorithm(JWSAlgorithm.parse(algorithm.alg()))
                .keyUse(KeyUse.SIGNATURE)
                .build();
    }

    private static ECKey named(ECKey key, SigningAlgorithm algorithm) throws JOSEException {
        return new ECKey.Builder(key)
                .keyID(nameOf(key))
                .algorithm(JWSAlgorithm.parse(algorithm.alg()))
                .keyUse(KeyUse.SIGNATURE)
                .build();
    }

    private static OctetKeyPair named(OctetKeyPair key, SigningAlgorithm algorithm) throws JOSEException {
        return new OctetKeyPair.Builder(key)
                .keyID(nameOf(key))
                .algorithm(JWSAlgorithm.parse(algorithm.alg()))
                .keyUse(KeyUse.SIGNATURE)
                .build();
    }

    private static String nameOf(JWK key) throws JOSEException {
        return key.getKeyID() != null ? key.getKeyID() : key.computeThumbprint().toString();
    }
}
