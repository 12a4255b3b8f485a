package dev.mintmark.auth.protocol;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Pattern;

/** Proof Key for Code Exchange (RFC 7636), method S256; {@code plain} does not exist here. */
public final class Pkce {
    private static final Pattern VERIFIER = Pattern.compile("[A-Za-z0-9._~-]{43,128}");
    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");

    private Pkce() {}

    /**
     * Whether a challenge has the form of S256: 32 bytes in base64url.
     *
     * @param challenge {@code code_challenge}
     * @return whether it has
     */
    public static boolean isChallenge(String challenge) {
        return CHALLENGE.matcher(challenge).matches();
    }

    /**
     * The challenge of a verifier (RFC 7636 section 4.2).
     *
     * @param verifier {@code code_verifier}
     * @return {@code code_challenge}
     */
    public static String challenge(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /**
     * Whether a verifier fits a challenge (RFC 7636 section 4.6).
     *
     * @param verifier {@code code_verifier}, any text
     * @param challenge {@code code_challenge}
     * @return whether the verifier is well-formed and fits
     */
    public static boolean s256(String verifier, String challenge) {
        return VERIFIER.matcher(verifier).matches()
                && MessageDigest.isEqual(
                        challenge(verifier).getBytes(StandardCharsets.US_ASCII),
                        challenge.getBytes(StandardCharsets.US_ASCII));
    }
}
