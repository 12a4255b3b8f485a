package dev.mintmark.auth.protocol;

import java.util.Arrays;
import java.util.Optional;

/** The algorithms that tokens are signed with (RFC 7518 section 3.1, RFC 8037). There is no {@code none}. */
public enum SigningAlgorithm {
    /** HMAC with SHA-256: only the issuer can verify. */
    HS256("SHA-256"),
    /** RSASSA-PKCS1-v1_5 with SHA-256. */
    RS256("SHA-256"),
    /** RSASSA-PSS with SHA-256. */
    PS256("SHA-256"),
    /** ECDSA on P-256 with SHA-256. */
    ES256("SHA-256"),
    /** ECDSA on P-384 with SHA-384. */
    ES384("SHA-384"),
    /** Ed25519. */
    EDDSA("SHA-512");

    private final String digest;

    SigningAlgorithm(String digest) {
        this.digest = digest;
    }

    /**
     * The value of the {@code alg} header.
     *
     * @return the registered name
     */
    public String alg() {
        return this == EDDSA ? "EdDSA" : name();
    }

    /**
     * The hash that goes with it, as {@code at_hash} wants it (OpenID Connect Core section 3.1.3.6).
     *
     * @return a JCA digest name
     */
    public String digest() {
        return digest;
    }

    /**
     * Whether anyone can verify with a published key.
     *
     * @return false for HMAC
     */
    public boolean isPublic() {
        return this != HS256;
    }

    /**
     * Reads the value of an {@code alg} header or metadata member.
     *
     * @param alg the registered name
     * @return the algorithm, if it is one of these
     */
    public static Optional<SigningAlgorithm> of(String alg) {
        return Arrays.stream(values()).filter(a -> a.alg().equals(alg)).findFirst();
    }
}
