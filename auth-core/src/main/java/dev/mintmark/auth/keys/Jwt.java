package dev.mintmark.auth.keys;

import dev.mintmark.auth.protocol.Claims;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Signed JWTs in compact form (RFC 7519, RFC 7515). By hand, because every token passes here. */
public final class Jwt {
    /** Three parts of base64url; nothing else is worth decoding. */
    private static final Pattern FORM =
            Pattern.compile("eyJ[A-Za-z0-9_-]{1,4096}\\.[A-Za-z0-9_-]{1,32768}\\.[A-Za-z0-9_-]{1,2048}");

    /** What is signed can be read again: header and claims together stay below what {@link #FORM} takes. */
    private static final int LONGEST = 32_768;

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    private Jwt() {}

    /**
     * Signs.
     *
     * @param key the key
     * @param typ the {@code typ} header, if there is to be one
     * @param named whether the header names the key
     * @param claims the claims
     * @return the compact form
     */
    public static String sign(SigningKey key, Optional<String> typ, boolean named, Claims claims) {
        Claims.Builder header = Claims.builder().put("alg", key.algorithm().alg());
        if (named) header.put("kid", key.kid());
        header.put("typ", typ);
        byte[] input = joined(encode(header.build()), encode(claims));
        if (input.length > LONGEST) throw new IllegalStateException("the claims are too large for a token");
        byte[] jwt = joined(input, ENCODER.encode(key.sign(input)));
        return new String(jwt, StandardCharsets.ISO_8859_1);
    }

    private static byte[] joined(byte[] left, byte[] right) {
        byte[] joined = Arrays.copyOf(left, left.length + 1 + right.length);
        joined[left.length] = '.';
        System.arraycopy(right, 0, joined, left.length + 1, right.length);
        return joined;
    }

    /**
     * Whether a token looks like one of these.
     *
     * @param token any text
     * @return whether it may be a JWT
     */
    public static boolean looksLike(String token) {
        return FORM.matcher(token).matches();
    }

    /**
     * Verifies a signature: name to key, then that key's one algorithm, whatever else the header claims.
     *
     * @param token any text
     * @param keys the keys of the one kind of token that is expected
     * @return the claims, empty if no key made the signature; time is not looked at
     */
    public static Optional<Claims> verify(String token, List<SigningKey> keys) {
        if (!looksLike(token)) return Optional.empty();
        int first = token.indexOf('.');
        int last = token.lastIndexOf('.');
        try {
            Claims header = decode(token.substring(0, first));
            // RFC 7515 section 4.1.11: an extension that is not understood makes the JWS invalid; we use none
            if (header.names().contains("crit")) return Optional.empty();
            Optional<String> kid = header.string("kid");
            byte[] input = token.substring(0, last).getBytes(StandardCharsets.US_ASCII);
            byte[] signature = DECODER.decode(token.substring(last + 1));
            // RFC 4648 section 3.5: bits that mean nothing are zero, or one signature would have several spellings
            if (!token.endsWith('.' + ENCODER.encodeToString(signature))) return Optional.empty();
            for (SigningKey key : keys) {
                if (kid.isPresent() && !kid.get().equals(key.kid())) continue;
                if (!header.string("alg").equals(Optional.of(key.algorithm().alg()))) continue;
                if (key.verify(input, signature)) return Optional.of(decode(token.substring(first + 1, last)));
            }
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] encode(Claims claims) {
        return ENCODER.encode(claims.toJson().getBytes(StandardCharsets.UTF_8));
    }

    private static Claims decode(String part) {
        return Claims.parse(new String(DECODER.decode(part), StandardCharsets.UTF_8));
    }
}
