package dev.mintmark.auth.protocol;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A secret as it is stored: never the secret itself, only what checks it. The stored form decides how.
 *
 * <ul>
 *   <li>{@code $sha256$..}: for 256 random bits, written by {@link #generate} alone. A check costs a fraction of a microsecond;
 *       there is nothing to guess, so a slow hash would protect nothing.
 *   <li>{@code $argon2id$..}, {@code $2b$..} (bcrypt), {@code $scrypt$..}, {@code $pbkdf2-sha256$..},
 *       {@code $pbkdf2-sha512$..}: for whatever a person chose or another system brought. A check costs tens of milliseconds.
 * </ul>
 *
 * Immutable and thread-safe; {@code toString} hides.
 */
public final class Secret {
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final String stored;
    private final SecretHash hash;

    private Secret(SecretHash hash) {
        this.stored = hash.toString();
        this.hash = hash;
    }

    /**
     * A secret just made: show it once, store its {@link #stored} form.
     *
     * @param plaintext 43 characters of base64url, 256 random bits
     * @param secret what to keep
     */
    public record Generated(String plaintext, Secret secret) {
        /** Hides the secret. */
        @Override
        public String toString() {
            return "a generated secret";
        }
    }

    /**
     * Makes a secret of 256 random bits.
     *
     * @param random where the bits come from
     * @return the secret and its stored form
     */
    public static Generated generate(SecureRandom random) {
        byte[] bits = new byte[32];
        random.nextBytes(bits);
        String plaintext = BASE64URL.encodeToString(bits);
        return new Generated(plaintext, new Secret(SecretHash.sha256(utf8(plaintext))));
    }

    /**
     * Hashes a secret that was chosen by a person or elsewhere, with Argon2id at OWASP's setting (19 MiB, two passes).
     *
     * @param plaintext the secret
     * @param random where the salt comes from
     * @return its stored form
     */
    public static Secret hash(String plaintext, SecureRandom random) {
        byte[] salt = new byte[16];
        random.nextBytes(salt);
        return new Secret(SecretHash.argon2id(utf8(plaintext), salt));
    }

    /**
     * Reads a stored form in PHC or crypt notation.
     *
     * @param stored one of the forms named above
     * @return the secret
     * @throws IllegalArgumentException if the form is unknown, malformed, or so costly that a check would be an attack; the
     *     message never repeats the text
     */
    public static Secret parse(String stored) {
        return new Secret(SecretHash.parse(stored));
    }

    /**
     * Checks what was presented, in time that does not depend on where it differs.
     *
     * @param presented the secret as presented
     * @return whether it is the one
     */
    public boolean matches(String presented) {
        return hash.matches(utf8(presented));
    }

    /**
     * Whether a check costs so little that it needs no bound.
     *
     * @return true for generated secrets
     */
    public boolean isCheap() {
        return hash instanceof SecretHash.Sha256;
    }

    /**
     * Whether the form is older or weaker than what {@link #hash} writes today: worth hashing anew when the secret is next at hand.
     *
     * @return false for generated secrets, and for Argon2id at today's cost or more
     */
    public boolean isOutdated() {
        return hash.isOutdated();
    }

    /**
     * What to store.
     *
     * @return PHC or crypt notation
     */
    public String stored() {
        return stored;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && stored.equals(that.stored);
    }

    @Override
    public int hashCode() {
        return stored.hashCode();
    }

    /** Hides what is stored. */
    @Override
    public String toString() {
        return "Secret";
    }
}
