package dev.mintmark.auth.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import dev.mintmark.auth.protocol.SigningAlgorithm;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;

/** RSA by the JCA, from a provider the embedder may name. */
final class RsaSigningKey implements SigningKey {
    private static final int BITS = 2048;

    private final RSAKey publicKey;
    private final SigningAlgorithm algorithm;
    private final SecureRandom random;
    private final Optional<Provider> provider;
    private final PrivateKey signing;
    private final PublicKey verifying;

    RsaSigningKey(RSAKey key, SigningAlgorithm algorithm, SecureRandom random, Optional<Provider> provider)
            throws JOSEException {
        if (!key.isPrivate() || key.size() < BITS) {
            throw new IllegalArgumentException("not a private key of " + BITS + " bits for " + algorithm.alg());
        }
        this.publicKey = key.toPublicJWK();
        this.algorithm = algorithm;
        this.random = random;
        this.provider = provider;
        try {
            // A native provider handed the JDK's key object would convert it anew at every signature.
            KeyFactory factory = provider.isPresent()
                    ? KeyFactory.getInstance("RSA", provider.get())
                    : KeyFactory.getInstance("RSA");
            this.signing = factory.generatePrivate(
                    new PKCS8EncodedKeySpec(key.toRSAPrivateKey().getEncoded()));
            this.verifying = factory.generatePublic(
                    new X509EncodedKeySpec(key.toRSAPublicKey().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the provider does not take the key", e);
        }
    }

    static JWK generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS, random);
            KeyPair pair = generator.generateKeyPair();
            return new RSAKey.Builder((RSAPublicKey) pair.getPublic())
                    .privateKey(pair.getPrivate())
                    .build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK makes RSA keys", e);
        }
    }

    @Override
    public byte[] sign(byte[] input) {
        try {
            Signature signature = signature();
            signature.initSign(signing, random);
            signature.update(input);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("RSA does not sign", e);
        }
    }

    @Override
    public boolean verify(byte[] input, byte[] signed) {
        try {
            Signature signature = signature();
            signature.initVerify(verifying);
            signature.update(input);
            return signature.verify(signed);
        } catch (SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("RSA does not verify", e);
        }
    }

    private Signature signature() throws GeneralSecurityException {
        String name = algorithm == SigningAlgorithm.PS256 ? "RSASSA-PSS" : "SHA256withRSA";
        Signature signature =
                provider.isPresent() ? Signature.getInstance(name, provider.get()) : Signature.getInstance(name);
        if (algorithm == SigningAlgorithm.PS256) {
            // RFC 7518 section 3.5: the salt is as long as the hash
            signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        }
        return signature;
    }

    @Override
    public String kid() {
        return publicKey.getKeyID();
    }

    @Override
    public SigningAlgorithm algorithm() {
        return algorithm;
    }

    @Override
    public Optional<JWK> publicJwk() {
        return Optional.of(publicKey);
    }
}
