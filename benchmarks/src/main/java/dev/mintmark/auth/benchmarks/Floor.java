package dev.mintmark.auth.benchmarks;

import dev.mintmark.auth.protocol.SigningAlgorithm;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/**
 * What no server can do without: one signature, or one check of one, over an input as long as a token's, with nothing around it.
 * The libraries and the ways to call them are the server's own.
 */
final class Floor {
    /** As long as the signing input of the tokens that are measured. */
    private static final byte[] INPUT = "eyJ0eXAi".repeat(43).getBytes(StandardCharsets.US_ASCII);

    private Floor() {}

    static Supplier<Object> signature(SigningAlgorithm algorithm) throws GeneralSecurityException {
        SecureRandom random = new SecureRandom();
        return switch (algorithm) {
            case HS256 -> hmac(random);
            case ES256 -> new P256(random)::sign;
            case EDDSA -> {
                Ed25519PrivateKeyParameters key = new Ed25519PrivateKeyParameters(random);
                yield () -> sign(key);
            }
            case RS256 -> rsa(random);
            default -> throw new IllegalArgumentException("not measured: " + algorithm);
        };
    }

    static Supplier<Object> verification(SigningAlgorithm algorithm) throws GeneralSecurityException {
        SecureRandom random = new SecureRandom();
        return switch (algorithm) {
            case HS256 -> hmac(random);
            case ES256 -> new P256(random).verification();
            case EDDSA -> {
                Ed25519PrivateKeyParameters key = new Ed25519PrivateKeyParameters(random);
                Ed25519PublicKeyParameters open = key.generatePublicKey();
                byte[] signature = sign(key);
                yield () -> {
                    Ed25519Signer verifier = new Ed25519Signer();
                    verifier.init(false, open);
                    verifier.update(INPUT, 0, INPUT.length);
                    return verifier.verifySignature(signature);
                };
            }
            default -> throw new IllegalArgumentException("not measured: " + algorithm);
        };
    }

    private static Supplier<Object> hmac(SecureRandom random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        SecretKeySpec key = new SecretKeySpec(bytes, "HmacSHA256");
        return () -> {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(key);
                return mac.doFinal(INPUT);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every JDK has HmacSHA256", e);
            }
        };
    }

    private static byte[] sign(Ed25519PrivateKeyParameters key) {
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, key);
        signer.update(INPUT, 0, INPUT.length);
        return signer.generateSignature();
    }

    private static Supplier<Object> rsa(SecureRandom random) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048, random);
        KeyPair pair = generator.generateKeyPair();
        return () -> {
            try {
                Signature signature = Signature.getInstance("SHA256withRSA");
                signature.initSign(pair.getPrivate(), random);
                signature.update(INPUT);
                return signature.sign();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("RSA does not sign", e);
            }
        };
    }

    /** ECDSA on P-256 by Bouncy Castle, k drawn at random. */
    private static final class P256 {
        private final AsymmetricCipherKeyPair pair;
        private final SecureRandom random;

        P256(SecureRandom random) {
            ECKeyPairGenerator generator = new ECKeyPairGenerator();
            ECDomainParameters domain = new ECDomainParameters(CustomNamedCurves.getByName("P-256"));
            generator.init(new ECKeyGenerationParameters(domain, random));
            this.pair = generator.generateKeyPair();
            this.random = random;
        }

        BigInteger[] sign() {
            ECDSASigner signer = new ECDSASigner();
            signer.init(true, new ParametersWithRandom(pair.getPrivate(), random));
            return signer.generateSignature(digest());
        }

        Supplier<Object> verification() {
            BigInteger[] signature = sign();
            return () -> {
                ECDSASigner verifier = new ECDSASigner();
                verifier.init(false, pair.getPublic());
                return verifier.verifySignature(digest(), signature[0], signature[1]);
            };
        }

        private static byte[] digest() {
            try {
                return MessageDigest.getInstance("SHA-256").digest(INPUT);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        }
    }
}
