package dev.mintmark.auth.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code application/x-www-form-urlencoded}, RFC 6749 appendix B. */
class FormReaderTest {
    @Test
    void the_example_of_the_rfc_is_read() {
        // RFC 6749 appendix B: SP % & + POUND-SIGN EURO-SIGN
        assertThat(read("v=+%25%26%2B%C2%A3%E2%82%AC").get("v")).hasValue(" %&+\u00a3\u20ac");
    }

    @Test
    void escapes_are_read_in_either_case_and_in_names() {
        assertThat(read("c%6Fde=%c3%A9").get("code")).hasValue("\u00e9");
    }

    @Test
    void an_equals_sign_in_a_value_belongs_to_it() {
        assertThat(read("a=b=c==").get("a")).hasValue("b=c==");
    }

    @Test
    void what_says_nothing_is_passed_over() {
        Params params = read("&&a=1&&b&c=&");

        assertThat(params.names()).containsExactly("a");
        assertThat(read("").names()).isEmpty();
    }

    @Test
    void an_escaped_divider_is_no_divider() {
        Params params = read("a=1%26b%3D2");

        assertThat(params.names()).containsExactly("a");
        assertThat(params.get("a")).hasValue("1&b=2");
    }

    @Test
    void a_semicolon_is_text() {
        assertThat(read("a=1;b=2").get("a")).hasValue("1;b=2");
    }

    @Test
    void a_name_spelt_in_two_ways_is_still_repeated() {
        Refused refused = catchThrowableOfType(Refused.class, () -> read("scope=a&sc%6Fpe=b"));

        assertThat(refused.refusal().description()).hasValue("scope: is repeated");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=%",
                "a=%4",
                "a=%4&b=1",
                "a=%zz",
                "a=%4g",
                "a=%-1",
                "a=%+1",
                "a=% 1",
                "a=%u0041",
                "%=1",
                "a%4=1",
                // broken UTF-8: a lone continuation, a cut sequence, bytes that never stand
                "a=%80",
                "a=%C3",
                "a=%E2%82",
                "a=%C3&b=%A9",
                "a=%FF",
                "a=%FE",
                "a=%C3%28",
                // overlong: a slash in two, three and four bytes, a NUL in two
                "a=%C0%AF",
                "a=%E0%80%AF",
                "a=%F0%80%80%AF",
                "a=%C0%80",
                // a surrogate in UTF-8, and beyond Unicode
                "a=%ED%A0%80",
                "a=%F4%90%80%80"
            })
    void a_malformed_form_is_refused_without_repeating_it(String form) {
        Refused refused = catchThrowableOfType(Refused.class, () -> read(form));

        assertThat(refused.refusal().code()).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(refused.refusal().description()).hasValue("the form is malformed");
    }

    @Test
    void an_escape_does_not_reach_over_the_end_of_its_value() {
        assertThat(catchThrowableOfType(Refused.class, () -> read("a=1%&41=2"))).isNotNull();
    }

    @Test
    void escaped_control_characters_are_refused() {
        assertThat(catchThrowableOfType(Refused.class, () -> read("state=a%00b"))
                        .refusal()
                        .parameter())
                .hasValue("state");
        assertThat(catchThrowableOfType(Refused.class, () -> read("state=a%0d%0ab")))
                .isNotNull();
    }

    @Test
    void raw_bytes_that_are_no_utf_8_are_refused() {
        byte[] form = {'a', '=', (byte) 0xE9};

        assertThat(catchThrowableOfType(Refused.class, () -> FormReader.read(form)))
                .isNotNull();
    }

    private static Params read(String form) {
        return FormReader.read(form.getBytes(StandardCharsets.UTF_8));
    }
}
