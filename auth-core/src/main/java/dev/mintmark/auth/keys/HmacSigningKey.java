package dev.mintmark.auth.keys;

import com.nimbusds.jose.jwk.JWK;
import dev.mintmark.auth.protocol.SigningAlgorithm;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC with SHA-256, under a key that only this issuer has and that stands for one kind of token. */
final class HmacSigningKey implements SigningKey {
    private final String kid;
    private final SecretKeySpec key;

    HmacSigningKey(String kid, byte[] key) {
        if (key.length < 32) throw new IllegalArgumentException("RFC 7518 section 3.2: a key of 256 bits or more");
        this.kid = kid;
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    @Override
    public byte[] sign(byte[] input) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    @Override
    public boolean verify(byte[] input, byte[] signature) {
        return ServerSecrets.equal(sign(input), signature);
    }

    @Override
    public String kid() {
        return kid;
    }

    @Override
    public SigningAlgorithm algorithm() {
        return SigningAlgorithm.HS256;
    }

    @Override
    public Optional<JWK> publicJwk() {
        return Optional.empty();
    }
}
