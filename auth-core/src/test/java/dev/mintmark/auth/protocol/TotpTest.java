package dev.mintmark.auth.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintmark.auth.protocol.Totp.Algorithm;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TotpTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final long STEP = NOON.getEpochSecond() / 30;
    private static final Totp TOTP = Totp.of("JBSWY3DPEHPK3PXP");

    @ParameterizedTest
    @CsvSource({
        "59, 94287082, 46119246, 90693936",
        "1111111109, 07081804, 68084774, 25091201",
        "1111111111, 14050471, 67062674, 99943326",
        "1234567890, 89005924, 91819424, 93441116",
        "2000000000, 69279037, 90698825, 38618901",
        "20000000000, 65353130, 77737706, 47863826",
    })
    void codes_are_those_of_rfc_6238_appendix_b(long seconds, String sha1, String sha256, String sha512) {
        Instant at = Instant.ofEpochSecond(seconds);

        assertThat(seed(20, Algorithm.SHA1).code(at)).isEqualTo(sha1);
        assertThat(seed(32, Algorithm.SHA256).code(at)).isEqualTo(sha256);
        assertThat(seed(64, Algorithm.SHA512).code(at)).isEqualTo(sha512);
        assertThat(seed(64, Algorithm.SHA512).step(sha512, at, 0)).hasValue(seconds / 30);
    }

    /** The appendix's own program has a seed as long as each hash; its table alone would have one. */
    private static Totp seed(int length, Algorithm algorithm) {
        return Totp.of(ascii("1234567890".repeat(7).substring(0, length)), algorithm, 8);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 755224", "1, 287082", "2, 359152", "3, 969429", "4, 338314",
        "5, 254676", "6, 287922", "7, 162583", "8, 399871", "9, 520489",
    })
    void codes_are_those_of_rfc_4226_appendix_d(long count, String code) {
        Totp hotp = Totp.of(ascii("12345678901234567890"), Algorithm.SHA1, 6);

        assertThat(hotp.code(Instant.ofEpochSecond(count * 30))).isEqualTo(code);
        assertThat(hotp.code(Instant.ofEpochSecond(count * 30 + 29))).isEqualTo(code);
    }

    @Test
    void one_step_before_and_after_now_is_let_pass_and_no_more() {
        assertThat(at(-2)).isEmpty();
        assertThat(at(-1)).hasValue(STEP - 1);
        assertThat(at(0)).hasValue(STEP);
        assertThat(at(1)).hasValue(STEP + 1);
        assertThat(at(2)).isEmpty();
    }

    private static OptionalLong at(int offset) {
        return TOTP.step(TOTP.code(NOON.plusSeconds(30L * offset)), NOON, 0);
    }

    @Test
    void only_steps_after_the_last_one_used_count() {
        String before = TOTP.code(NOON.minusSeconds(30));
        String now = TOTP.code(NOON);

        assertThat(TOTP.step(now, NOON, STEP - 1)).hasValue(STEP);
        assertThat(TOTP.step(now, NOON, STEP)).isEmpty();
        assertThat(TOTP.step(now, NOON, STEP + 1)).isEmpty();
        assertThat(TOTP.step(before, NOON, STEP)).isEmpty();
        assertThat(TOTP.step(TOTP.code(NOON.plusSeconds(30)), NOON, STEP)).hasValue(STEP + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "12345", "1234567", "abcdef", "١٢٣٤٥٦"})
    void what_is_no_code_is_wrong(String code) {
        assertThat(TOTP.step(code, NOON, 0)).isEmpty();
    }

    @Test
    void a_code_has_as_many_digits_as_it_should_and_no_fewer() {
        Totp eight = Totp.of(ascii("12345678901234567890"), Algorithm.SHA1, 8);
        String code = eight.code(NOON);

        assertThat(eight.step(code.substring(2), NOON, 0)).isEmpty();
        assertThat(Totp.of(ascii("12345678901234567890"), Algorithm.SHA1, 7).code(NOON))
                .isEqualTo(code.substring(1));
    }

    /** RFC 4648 section 10 and what people copy by hand: each is the key of ten or more bytes in another spelling. */
    @ParameterizedTest
    @ValueSource(strings = {"jbswy3dpehpk3pxp", "JBSW Y3DP EHPK 3PXP", "JBSWY3DPEHPK3PXP======", "jBsWy3DpEhPk3pXp"})
    void a_key_is_the_same_in_any_case_with_spaces_and_padding(String spelling) {
        assertThat(Totp.of(spelling).code(NOON)).isEqualTo(TOTP.code(NOON));
    }

    @Test
    void base32_gives_the_bytes_it_stands_for() {
        byte[] key = ascii("12345678901234567890");
        assertThat(Totp.of("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").code(NOON))
                .isEqualTo(Totp.of(key, Algorithm.SHA1, 6).code(NOON));
        // RFC 4648 section 6: 11 bytes are 18 characters, and the last two bits mean nothing
        assertThat(Totp.of("GEZDGNBVGY3TQOJQGE").code(NOON))
                .isEqualTo(Totp.of(ascii("12345678901"), Algorithm.SHA1, 6).code(NOON));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "JBSWY3DPEHPK3PX",
                "JBSWY3DPEHPK3PX1",
                "JBSWY3DPEHPK3PX!",
                "JBSWY3DP-EHPK-3PXP",
                "JBSWY3DPEHPK3PXé"
            })
    void what_is_no_base32_or_too_short_is_refused_and_not_repeated(String text) {
        assertThatThrownBy(() -> Totp.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("JBSW");
    }

    @ParameterizedTest
    @CsvSource({"9, 6", "20, 5", "20, 9"})
    void short_keys_and_codes_are_refused(int length, int digits) {
        byte[] key = new byte[length];
        assertThatThrownBy(() -> Totp.of(key, Algorithm.SHA1, digits)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_fingerprint_changes_with_the_factor_and_holds_neither_key_nor_code() {
        byte[] key = ascii("12345678901234567890");
        assertThat(Totp.of(key, Algorithm.SHA1, 6).fingerprint())
                .isEqualTo(Totp.of(key, Algorithm.SHA1, 6).fingerprint())
                .isNotEqualTo(Totp.of(key, Algorithm.SHA256, 6).fingerprint())
                .isNotEqualTo(Totp.of(key, Algorithm.SHA1, 7).fingerprint())
                .isNotEqualTo(TOTP.fingerprint());
        assertThat(TOTP.fingerprint()).doesNotContain("JBSWY3DPEHPK3PXP");
        assertThat(TOTP).hasToString("Totp");
    }

    @Test
    void a_key_that_is_changed_afterwards_is_not_the_factor_s() {
        byte[] key = ascii("12345678901234567890");
        Totp totp = Totp.of(key, Algorithm.SHA1, 6);
        String code = totp.code(NOON);
        key[0]++;

        assertThat(totp.code(NOON)).isEqualTo(code);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
