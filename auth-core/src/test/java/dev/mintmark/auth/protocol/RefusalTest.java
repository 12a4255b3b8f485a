package dev.mintmark.auth.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6749 section 5.2: {@code error} and {@code error_description} are %x20-21 / %x23-5B / %x5D-7E. */
class RefusalTest {
    private static final String ALLOWED = "[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]*";

    @Test
    void every_character_of_a_description_is_one_the_rfc_allows() {
        String everything =
                IntStream.rangeClosed(0, 0xFFFF).mapToObj(Character::toString).collect(Collectors.joining());

        String description = Refusal.of(ErrorCode.INVALID_REQUEST, "why")
                .saying(everything + "\ud83d\ude00")
                .description()
                .orElseThrow();

        assertThat(description).matches(ALLOWED).contains("ABC", "xyz", "~");
    }

    @Test
    void quotes_soften_and_the_rest_is_a_question_mark() {
        assertThat(Refusal.of(ErrorCode.INVALID_REQUEST, "why")
                        .saying("say \"a\\b\"\n\ud83d\ude00\u00e9")
                        .description())
                .hasValue("say 'a'b'???");
    }

    @Test
    void a_parameter_name_cannot_smuggle_characters_into_the_description() {
        Refusal refusal = Refusal.badParameter("st\"ate\u2028", "is missing");

        assertThat(refusal.description()).hasValue("st'ate?: is missing");
    }

    @Test
    void the_reason_is_not_the_description() {
        Refusal refusal = Refusal.of(ErrorCode.INVALID_GRANT, "family 7 was revoked");

        assertThat(refusal.description()).isEmpty();
        assertThat(refusal.thrown()).hasMessageStartingWith("invalid_grant");
        assertThat(refusal).hasToString("invalid_grant (family 7 was revoked)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\"b", "a\\b", "a\nb", "a\u007f", "\u00e9"})
    void an_error_code_outside_the_grammar_is_refused(String value) {
        assertThatThrownBy(() -> new ErrorCode(value)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_error_code_is_its_text() {
        assertThat(new ErrorCode("invalid_grant"))
                .isEqualTo(ErrorCode.INVALID_GRANT)
                .hasToString("invalid_grant");
        assertThat(new ErrorCode("urn:x:[a]~!#")).hasToString("urn:x:[a]~!#");
    }
}
