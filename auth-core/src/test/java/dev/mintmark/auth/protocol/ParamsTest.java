package dev.mintmark.auth.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6749 section 3.2: no parameter twice; one without a value is as good as omitted. */
class ParamsTest {
    @Test
    void a_repeated_parameter_is_refused_by_name() {
        Refusal refusal = refused(() -> Params.of("scope", "a", "code", "1", "scope", "a"));

        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(refusal.parameter()).hasValue("scope");
        assertThat(refusal.description()).hasValue("scope: is repeated");
    }

    @Test
    void what_is_no_name_is_not_told_back() {
        Refusal refusal = refused(
                () -> Params.ofForm("{\"client_secret\":\"hunter2\"}&{\"client_secret\":\"hunter2\"}".getBytes(UTF_8)));

        assertThat(refusal.description()).hasValue("a parameter is repeated");
        assertThat(refusal.toString()).doesNotContain("hunter2");
        assertThat(refusal.parameter()).isEmpty();
    }

    @Test
    void a_repeated_parameter_is_refused_even_if_it_is_empty() {
        assertThat(refused(() -> Params.of("scope", "", "scope", "")).parameter())
                .hasValue("scope");
    }

    @Test
    void resource_and_audience_may_be_repeated() {
        Params params = Params.of("resource", "https://a", "resource", "", "audience", "x", "resource", "https://b");

        assertThat(params.all("resource")).containsExactly("https://a", "https://b");
        assertThat(params.all("audience")).containsExactly("x");
    }

    @Test
    void a_parameter_without_a_value_counts_as_omitted() {
        Params params = Params.of("scope", "", "code", "1");

        assertThat(params.get("scope")).isEmpty();
        assertThat(params.names()).containsExactly("code");
        assertThat(refused(() -> params.required("scope")).description()).hasValue("scope: is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "\n", "\r", "\u001f", "\u007f", "\u001b[31m"})
    void control_characters_are_refused_in_values_and_names(String control) {
        assertThat(refused(() -> Params.of("state", "a" + control)).parameter()).hasValue("state");
        assertThat(refused(() -> Params.of("st" + control, "a")).description())
                .hasValue("a parameter's name has control characters");
    }

    @Test
    void a_tab_and_any_letter_are_text() {
        assertThat(Params.of("state", "a\tb \u00e9\ud83d\ude00").get("state")).hasValue("a\tb \u00e9\ud83d\ude00");
    }

    @Test
    void a_hundred_parameters_are_enough() {
        assertThat(numbered(100).names()).hasSize(100);
        assertThat(refused(() -> numbered(101)).description()).hasValue("there are too many parameters");
    }

    @Test
    void values_are_not_shown() {
        assertThat(Params.of("client_secret", "hunter2")).hasToString("[client_secret]");
    }

    @Test
    void names_come_with_values() {
        assertThatThrownBy(() -> Params.of("scope")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void with_replaces_and_leaves_the_original_alone() {
        Params params = Params.of("scope", "a");

        assertThat(params.with("scope", "b").all("scope")).containsExactly("b");
        assertThat(params.get("scope")).hasValue("a");
    }

    @Test
    void what_is_built_does_not_change_with_its_builder() {
        Params.Builder builder = Params.builder().add("resource", "https://a");
        Params params = builder.build();

        builder.add("resource", "https://evil").add("scope", "admin");

        assertThat(params.all("resource")).containsExactly("https://a");
        assertThat(params.get("scope")).isEmpty();
    }

    @Test
    void the_values_handed_out_cannot_be_changed() {
        List<String> all = Params.of("resource", "https://a").all("resource");

        assertThatThrownBy(() -> all.add("https://evil")).isInstanceOf(UnsupportedOperationException.class);
    }

    private static Params numbered(int count) {
        Params.Builder builder = Params.builder();
        for (int i = 0; i < count; i++) builder.add("p" + i, "v");
        return builder.build();
    }

    private static Refusal refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(Refused.class, call).refusal();
    }
}
