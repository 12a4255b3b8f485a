package dev.mintmark.auth.protocol;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** One hash of a secret, in PHC string format or crypt notation, with upper bounds on what a check may cost. */
@SuppressWarnings("ArrayRecordComponent") // equality is that of the stored text, in Secret
sealed interface SecretHash {
    boolean matches(byte[] presented);

    /** Whether today's hash would be another, or stronger. */
    default boolean isOutdated() {
        return true;
    }

    static SecretHash sha256(byte[] plaintext) {
        return new Sha256(digest(plaintext));
    }

    static SecretHash argon2id(byte[] plaintext, byte[] salt) {
        Argon2id unfinished = new Argon2id(Argon2id.MEMORY, Argon2id.PASSES, 1, salt, new byte[32]);
        return new Argon2id(Argon2id.MEMORY, Argon2id.PASSES, 1, salt, unfinished.compute(plaintext));
    }

    static SecretHash parse(String stored) {
        try {
            if (Bcrypt.FORM.matcher(stored).matches()) return new Bcrypt(stored);
            String[] fields = stored.split("\\$", -1);
            return switch (fields.length > 1 ? fields[1] : "") {
                case "sha256" -> new Sha256(exactly(32, Base64.getUrlDecoder().decode(only(3, fields)[2])));
                case "argon2id" -> Argon2id.parse(only(6, fields));
                case "scrypt" -> Scrypt.parse(only(5, fields));
                case "pbkdf2-sha256", "pbkdf2-sha512" -> Pbkdf2.parse(only(5, fields));
                default -> throw new IllegalArgumentException();
            };
        } catch (IllegalArgumentException e) {
            // The cause would repeat the text.
            throw new IllegalArgumentException(
                    "not a stored secret: expected $sha256$, $argon2id$, $2b$, $scrypt$ or $pbkdf2-sha256$ in PHC or crypt"
                            + " notation, within bounds");
        }
    }

    /** 256 random bits, hashed once. */
    record Sha256(byte[] hash) implements SecretHash {
        @Override
        public boolean matches(byte[] presented) {
            return MessageDigest.isEqual(hash, digest(presented));
        }

        @Override
        public boolean isOutdated() {
            return false;
        }

        @Override
        public String toString() {
            return "$sha256$" + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        }
    }

    /** RFC 9106. */
    record Argon2id(int memory, int passes, int lanes, byte[] salt, byte[] hash) implements SecretHash {
        static final int MEMORY = 19456;
        static final int PASSES = 2;

        @Override
        public boolean isOutdated() {
            return memory < MEMORY || passes < PASSES;
        }

        static Argon2id parse(String[] fields) {
            if (!fields[2].equals("v=19")) throw new IllegalArgumentException();
            Map<String, Integer> costs = costs(fields[3]);
            return new Argon2id(
                    within(8, 1 << 20, costs.getOrDefault("m", -1)),
                    within(1, 64, costs.getOrDefault("t", -1)),
                    within(1, 16, costs.getOrDefault("p", -1)),
                    atLeast(8, base64(fields[4])),
                    atLeast(16, base64(fields[5])));
        }

        byte[] compute(byte[] presented) {
            Argon2BytesGenerator generator = new Argon2BytesGenerator();
            generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(memory)
                    .withIterations(passes)
                    .withParallelism(lanes)
                    .withSalt(salt)
                    .build());
            byte[] out = new byte[hash.length];
            generator.generateBytes(presented, out);
            return out;
        }

        @Override
        public boolean matches(byte[] presented) {
            return MessageDigest.isEqual(hash, compute(presented));
        }

        @Override
        public String toString() {
            return "$argon2id$v=19$m=" + memory + ",t=" + passes + ",p=" + lanes + "$" + base64(salt) + "$"
                    + base64(hash);
        }
    }

    /** Crypt notation, {@code $2a$}, {@code $2b$} or {@code $2y$}. */
    record Bcrypt(String text) implements SecretHash {
        /** bcrypt reads no byte past the 72nd. */
        static final int READ = 72;

        static final Pattern FORM = Pattern.compile("\\$2[aby]\\$(0[4-9]|1[0-6])\\$[./A-Za-z0-9]{53}");

        @Override
        public boolean matches(byte[] presented) {
            boolean same =
                    OpenBSDBCrypt.checkPassword(text, Arrays.copyOf(presented, Math.min(presented.length, READ)));
            // A longer secret could be any with the same beginning. It is looked at all the same: an answer that comes
            // at
            // once would tell whose hash is of this kind.
            return same && presented.length <= READ;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** RFC 7914. */
    record Scrypt(int logN, int blocks, int lanes, byte[] salt, byte[] hash) implements SecretHash {
        static Scrypt parse(String[] fields) {
            Map<String, Integer> costs = costs(fields[2]);
            int blocks = within(1, 32, costs.getOrDefault("r", -1));
            // RFC 7914 section 2: N is less than 2^(128 * r / 8); and 128 * r * N bytes are at most 1 GiB
            int most = Math.min(20, Math.min(16 * blocks - 1, 23 - log2(blocks)));
            return new Scrypt(
                    within(1, most, costs.getOrDefault("ln", -1)),
                    blocks,
                    within(1, 16, costs.getOrDefault("p", -1)),
                    atLeast(8, base64(fields[3])),
                    atLeast(16, base64(fields[4])));
        }

        @Override
        public boolean matches(byte[] presented) {
            return MessageDigest.isEqual(hash, SCrypt.generate(presented, salt, 1 << logN, blocks, lanes, hash.length));
        }

        @Override
        public String toString() {
            return "$scrypt$ln=" + logN + ",r=" + blocks + ",p=" + lanes + "$" + base64(salt) + "$" + base64(hash);
        }
    }

    /** RFC 8018 section 5.2; rounds as {@code i=29000}, or bare as passlib writes them. */
    record Pbkdf2(String name, String rounds, byte[] salt, byte[] hash) implements SecretHash {
        static Pbkdf2 parse(String[] fields) {
            rounds(fields[2]);
            return new Pbkdf2(fields[1], fields[2], atLeast(8, base64(fields[3])), atLeast(16, base64(fields[4])));
        }

        private static int rounds(String text) {
            return within(1000, 10_000_000, Integer.parseInt(text.startsWith("i=") ? text.substring(2) : text));
        }

        @Override
        public boolean matches(byte[] presented) {
            String algorithm = name.equals("pbkdf2-sha256") ? "PBKDF2WithHmacSHA256" : "PBKDF2WithHmacSHA512";
            char[] characters = new String(presented, StandardCharsets.UTF_8).toCharArray();
            if (characters.length == 0) return false;
            try {
                PBEKeySpec spec = new PBEKeySpec(characters, salt, rounds(rounds), hash.length * 8);
                byte[] computed = SecretKeyFactory.getInstance(algorithm)
                        .generateSecret(spec)
                        .getEncoded();
                return MessageDigest.isEqual(hash, computed);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every JDK has " + algorithm, e);
            }
        }

        @Override
        public String toString() {
            return "$" + name + "$" + rounds + "$" + base64(salt) + "$" + base64(hash);
        }
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static Map<String, Integer> costs(String text) {
        Map<String, Integer> costs = new HashMap<>();
        for (String cost : text.split(",", -1)) {
            String[] pair = cost.split("=", -1);
            if (pair.length != 2) throw new IllegalArgumentException();
            if (costs.put(pair[0], Integer.valueOf(pair[1])) != null) throw new IllegalArgumentException();
        }
        return costs;
    }

    /** Rounded up. */
    private static int log2(int value) {
        return 32 - Integer.numberOfLeadingZeros(value - 1);
    }

    private static int within(int least, int most, int value) {
        if (value < least || value > most) throw new IllegalArgumentException();
        return value;
    }

    private static byte[] atLeast(int length, byte[] bytes) {
        if (bytes.length < length || bytes.length > 128) throw new IllegalArgumentException();
        return bytes;
    }

    private static byte[] exactly(int length, byte[] bytes) {
        if (bytes.length != length) throw new IllegalArgumentException();
        return bytes;
    }

    private static String[] only(int count, String[] fields) {
        if (fields.length != count || !fields[0].isEmpty()) throw new IllegalArgumentException();
        return fields;
    }

    /** PHC's base64 has no padding; passlib's writes {@code .} for {@code +}. */
    private static byte[] base64(String text) {
        return Base64.getDecoder().decode(text.replace('.', '+'));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }
}
