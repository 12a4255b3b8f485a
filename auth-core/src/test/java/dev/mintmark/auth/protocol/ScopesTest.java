package dev.mintmark.auth.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6749 section 3.3: {@code scope = scope-token *( SP scope-token )}. */
class ScopesTest {
    @Test
    void tokens_keep_their_order_and_stand_once() {
        Scopes scopes = Scopes.parse("write read write admin");

        assertThat(scopes.values()).containsExactly("write", "read", "admin");
        assertThat(scopes).hasToString("write read admin");
    }

    @Test
    void order_does_not_matter_to_equality() {
        assertThat(Scopes.parse("a b")).isEqualTo(Scopes.parse("b a")).hasSameHashCodeAs(Scopes.parse("b a"));
        assertThat(Scopes.parse("a b")).isNotEqualTo(Scopes.parse("a"));
    }

    @Test
    void scope_is_case_sensitive() {
        assertThat(Scopes.of("Read").contains(new Scope("read"))).isFalse();
    }

    @Test
    void nothing_is_no_scope() {
        assertThat(Scopes.parse("")).isEqualTo(Scopes.none()).hasToString("");
        assertThat(Scopes.parse("").isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {" ", " a", "a ", "a  b", "a\tb", "a\nb", "a\u00a0b", "a,\"b\"", "a\\b", "\u00e9", "a\u007f"})
    void text_outside_the_grammar_is_an_invalid_scope(String text) {
        Refused refused = catchThrowableOfType(Refused.class, () -> Scopes.parse(text));

        assertThat(refused.refusal().code()).isEqualTo(ErrorCode.INVALID_SCOPE);
        assertThat(refused.refusal().parameter()).hasValue("scope");
        assertThat(refused.refusal().description()).hasValue("scope is malformed");
    }

    @Test
    void a_hundred_and_twenty_eight_tokens_are_enough() {
        assertThat(Scopes.parse(numbered(128)).values()).hasSize(128);
        assertThatThrownBy(() -> Scopes.parse(numbered(129)))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.refusal().description()).hasValue("scope has too many values"));
    }

    @Test
    void containment_is_that_of_sets() {
        Scopes all = Scopes.parse("a b c");

        assertThat(all.containsAll(Scopes.parse("c a"))).isTrue();
        assertThat(all.containsAll(Scopes.none())).isTrue();
        assertThat(all.containsAll(Scopes.parse("a d"))).isFalse();
        assertThat(all.only(scope -> !scope.value().equals("b"))).hasToString("a c");
    }

    private static String numbered(int count) {
        return IntStream.range(0, count).mapToObj(i -> "s" + i).collect(Collectors.joining(" "));
    }
}
