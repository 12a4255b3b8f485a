package dev.mintmark.auth.store;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;

/**
 * The key of a row: issuer, kind, and the hash of the handle. Whoever reads the store learns no handle.
 *
 * @param issuer the issuer the row belongs to: several share a store and never meet
 * @param kind what the row remembers
 * @param hash base64url SHA-256 of the handle, 43 characters
 */
public record GrantKey(String issuer, Kind kind, String hash) {
    /**
     * The key of a handle.
     *
     * @param issuer the issuer
     * @param kind what the handle names
     * @param handle the handle, a secret of at least 128 bits
     * @return the key
     */
    public static GrantKey of(String issuer, Kind kind, String handle) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(handle.getBytes(StandardCharsets.UTF_8));
            return new GrantKey(
                    issuer, kind, Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
