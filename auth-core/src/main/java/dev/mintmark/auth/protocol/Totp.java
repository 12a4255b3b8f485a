package dev.mintmark.auth.protocol;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An authenticator (RFC 6238): a key shared with the person's device, from which both compute a code every 30 seconds. */
public final class Totp implements MfaFactor {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int STEP = 30;

    /** RFC 6238 section 5.2: at most one step for delays of network and people; one ahead for clocks. */
    private static final int WINDOW = 1;

    /** Who makes a code. */
    public enum Algorithm {
        /** What every authenticator knows. */
        SHA1("HmacSHA1"),
        /** RFC 6238 section 1.2. */
        SHA256("HmacSHA256"),
        /** RFC 6238 section 1.2. */
        SHA512("HmacSHA512");

        private final String mac;

        Algorithm(String mac) {
            this.mac = mac;
        }
    }

    private final byte[] key;
    private final Algorithm algorithm;
    private final int digits;

    private Totp(byte[] key, Algorithm algorithm, int digits) {
        this.key = key;
        this.algorithm = algorithm;
        this.digits = digits;
    }

    /**
     * An authenticator of six digits and SHA-1, which every app takes.
     *
     * @param base32 the key (RFC 4648 section 6), in any case; spaces and padding are passed over
     * @return the factor
     * @throws IllegalArgumentException if that is no base32, or less than 80 bits
     */
    public static Totp of(String base32) {
        return of(decoded(base32), Algorithm.SHA1, 6);
    }

    /**
     * An authenticator.
     *
     * @param key at least 10 bytes
     * @param algorithm who makes a code
     * @param digits 6 to 8
     * @return the factor
     * @throws IllegalArgumentException if the key is too short, or a code would be
     */
    public static Totp of(byte[] key, Algorithm algorithm, int digits) {
        if (key.length < 10) throw new IllegalArgumentException("a TOTP key has at least 80 bits");
        if (digits < 6 || digits > 8) throw new IllegalArgumentException("a code has 6 to 8 digits");
        return new Totp(key.clone(), algorithm, digits);
    }

    /**
     * An authenticator with a new key of 160 bits, six digits and SHA-1.
     *
     * @param random a strong source
     * @return the factor
     */
    public static Totp generate(SecureRandom random) {
        byte[] key = new byte[20];
        random.nextBytes(key);
        return of(key, Algorithm.SHA1, 6);
    }

    /**
     * The key, to be typed into an app.
     *
     * @return base32 without padding; a secret
     */
    public String base32() {
        StringBuilder out = new StringBuilder();
        int bits = 0;
        int held = 0;
        for (byte b : key) {
            held = (held << 8 | (b & 0xFF)) & 0xFFFF;
            bits += 8;
            for (; bits >= 5; bits -= 5) out.append(ALPHABET.charAt((held >> (bits - 5)) & 31));
        }
        if (bits > 0) out.append(ALPHABET.charAt((held << (5 - bits)) & 31));
        return out.toString();
    }

    /**
     * The key and its settings as authenticator apps scan them.
     *
     * @param issuer who asks for the code: shown to the person
     * @param account whose it is: shown to the person
     * @return an {@code otpauth} URI; a secret
     */
    public String uri(String issuer, String account) {
        return "otpauth://totp/" + encode(issuer) + ':' + encode(account) + "?secret=" + base32() + "&issuer="
                + encode(issuer) + "&algorithm=" + algorithm.name() + "&digits=" + digits + "&period=" + STEP;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String type() {
        return "otp";
    }

    @Override
    public String fingerprint() {
        return "otp " + digits + ' ' + Base64.getEncoder().encodeToString(mac(utf8("fingerprint")));
    }

    /**
     * The code of a moment.
     *
     * @param at the moment
     * @return digits
     */
    public String code(Instant at) {
        return code(stepOf(at));
    }

    /**
     * Which time step a code belongs to, one step before and after now being let pass.
     *
     * @param code as typed
     * @param now the server's time
     * @param after the last step that was used: only later ones count (RFC 6238 section 5.2)
     * @return the step; empty if the code is wrong or was used
     */
    public OptionalLong step(String code, Instant now, long after) {
        OptionalLong found = OptionalLong.empty();
        long current = stepOf(now);
        // Every step is looked at, whichever the code belongs to: time tells nothing.
        for (long step = current + WINDOW; step >= current - WINDOW; step--) {
            boolean right = MessageDigest.isEqual(utf8(code(step)), utf8(code));
            if (right && step > after) found = OptionalLong.of(step);
        }
        return found;
    }

    private static long stepOf(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), (long) STEP);
    }

    /** RFC 4226 section 5.3. */
    private String code(long step) {
        byte[] hash = mac(ByteBuffer.allocate(8).putLong(step).array());
        int offset = hash[hash.length - 1] & 0xF;
        int truncated = ByteBuffer.wrap(hash).getInt(offset) & 0x7FFFFFFF;
        return String.format(Locale.ROOT, "%0" + digits + "d", truncated % (long) Math.pow(10, digits));
    }

    private byte[] mac(byte[] message) {
        try {
            Mac mac = Mac.getInstance(algorithm.mac);
            mac.init(new SecretKeySpec(key, algorithm.mac));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + algorithm.mac, e);
        }
    }

    private static byte[] decoded(String base32) {
        String text = base32.replaceAll("[ =]", "").toUpperCase(Locale.ROOT);
        byte[] bytes = new byte[text.length() * 5 / 8];
        int bits = 0;
        int held = 0;
        int next = 0;
        for (int i = 0; i < text.length(); i++) {
            int value = ALPHABET.indexOf(text.charAt(i));
            // The text is a secret: it is not told.
            if (value < 0) throw new IllegalArgumentException("a TOTP key is written in base32");
            held = (held << 5 | value) & 0xFFF;
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes[next++] = (byte) (held >> bits);
            }
        }
        return bytes;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Hides the key. */
    @Override
    public String toString() {
        return "Totp";
    }
}
