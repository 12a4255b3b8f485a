package dev.mintmark.auth.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.MACVerifier;
import dev.mintmark.auth.keys.Jwt;
import dev.mintmark.auth.keys.SigningKey;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.SigningAlgorithm;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** {@link Jwt#verify} takes what its keys signed and nothing else, and reads it as Nimbus does. */
class JwtFuzzTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte[] SHARED = "a shared key of 32 or more bytes".getBytes(StandardCharsets.US_ASCII);
    private static final SigningKey HMAC = SigningKey.hmac("shared", SHARED);
    private static final SigningKey FOREIGN = SigningKey.hmac("shared", new byte[32]);
    private static final List<SigningKey> KEYS =
            List.of(HMAC, made(SigningAlgorithm.ES256), made(SigningAlgorithm.RS256), made(SigningAlgorithm.EDDSA));
    private static final Claims CLAIMS =
            Claims.of("sub", "alice").with("exp", 1_800_000_000L).with("scope", "read");
    private static final List<String> TOKENS = KEYS.stream()
            .map(key -> Jwt.sign(key, Optional.of("at+jwt"), true, CLAIMS))
            .toList();

    /** The first byte says what the rest is: a token, the header and claims of one, or changes to one of ours. */
    @FuzzTest
    void what_our_keys_did_not_sign_is_refused(byte[] input) {
        if (input.length < 4) return;
        byte[] rest = Arrays.copyOfRange(input, 1, input.length);
        switch (input[0] & 3) {
            case 0 -> refused(new String(rest, StandardCharsets.ISO_8859_1));
            case 1 -> signed(rest);
            case 2 -> refused(compact(rest, FOREIGN));
            default -> refused(changed(rest));
        }
    }

    private static void refused(String token) {
        Optional<Claims> read = Cost.within(2000, token.length(), () -> Jwt.verify(token, KEYS));
        assertThat(read.isPresent()).as(token).isEqualTo(TOKENS.contains(token));
    }

    /** Any header and any claims under a true signature. */
    private static void signed(byte[] parts) {
        String token = compact(parts, HMAC);
        Optional<Claims> read = Cost.within(2000, token.length(), () -> Jwt.verify(token, KEYS));
        if (read.isEmpty()) return;
        try {
            JWSObject jws = JWSObject.parse(token);
            // RFC 7797 section 6: without crit, b64 is a name like any other to whoever does not know it
            if (!jws.getHeader().isBase64URLEncodePayload()) return;
            assertThat(jws.verify(new MACVerifier(SHARED))).isTrue();
            assertThat(Claims.of(jws.getPayload().toJSONObject())).isEqualTo(read.get());
            assertThat(jws.getHeader().getAlgorithm().getName()).isEqualTo("HS256");
            assertThat(jws.getHeader().getCriticalParams()).isNull();
            assertThat(Optional.ofNullable(jws.getHeader().getKeyID()).orElse("shared"))
                    .isEqualTo("shared");
        } catch (ParseException e) {
            // It also looks at what a header says of keys, which is never used here.
        } catch (JOSEException e) {
            throw new AssertionError(token, e);
        }
    }

    /** Header and claims, a line break between them. */
    private static String compact(byte[] parts, SigningKey key) {
        int line = 0;
        while (line < parts.length && parts[line] != '\n') line++;
        byte[] claims = Arrays.copyOfRange(parts, Math.min(parts.length, line + 1), parts.length);
        String input = encoded(Arrays.copyOf(parts, line)) + "." + encoded(claims);
        return input + "." + encoded(key.sign(input.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Which token, then places and what is put there. */
    private static String changed(byte[] changes) {
        StringBuilder token = new StringBuilder(TOKENS.get((changes[0] & 0xFF) % TOKENS.size()));
        for (int i = 1; i + 2 < changes.length; i += 3) {
            int at = (((changes[i] & 0xFF) << 8) | (changes[i + 1] & 0xFF)) % token.length();
            token.setCharAt(at, (char) (changes[i + 2] & 0x7F));
        }
        return token.toString();
    }

    private static SigningKey made(SigningAlgorithm algorithm) {
        return SigningKey.of(SigningKey.generate(algorithm, RANDOM), algorithm, RANDOM, Optional.empty());
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
