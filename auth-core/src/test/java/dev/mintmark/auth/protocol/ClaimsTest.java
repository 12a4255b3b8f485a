package dev.mintmark.auth.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimsTest {
    @Test
    void members_are_written_in_order_and_without_space() {
        Claims claims = Claims.builder()
                .put("z", "1")
                .put("a", List.of(1, "b", true, Claims.of("c", 1.5)))
                .put("n", Map.of("k", Arrays.asList(null, false)))
                .put("d", new BigDecimal("1.10"))
                .put("e", Claims.none())
                .put("l", List.of())
                .build();

        assertThat(claims.toJson())
                .isEqualTo(
                        "{\"z\":\"1\",\"a\":[1,\"b\",true,{\"c\":1.5}],\"n\":{\"k\":[null,false]},\"d\":1.10,\"e\":{},\"l\":[]}");
        assertThat(Claims.none().toJson()).isEqualTo("{}");
    }

    @Test
    void every_control_character_is_escaped() {
        for (char c = 0; c < 0x20; c++) {
            String json = Claims.of("k" + c, "v" + c).toJson();

            assertThat(json.chars()).as("U+%04X", (int) c).allMatch(x -> x >= 0x20);
            assertThat(Claims.parse(json).string("k" + c)).hasValue("v" + c);
        }
    }

    @Test
    void surrogates_pair_up_or_are_escaped() {
        assertThat(Claims.of("s", "\ud83d\ude00").toJson()).isEqualTo("{\"s\":\"\ud83d\ude00\"}");
        assertThat(Claims.of("s", "a\ud83d").toJson()).isEqualTo("{\"s\":\"a\\ud83d\"}");
        assertThat(Claims.of("s", "\ude00\ud83d").toJson()).isEqualTo("{\"s\":\"\\ude00\\ud83d\"}");
        assertThat(Claims.of("s", "\ud83d\ud83d\ude00").toJson()).isEqualTo("{\"s\":\"\\ud83d\ud83d\ude00\"}");
    }

    @Test
    void numbers_that_json_lacks_are_refused() {
        assertThatThrownBy(() -> Claims.of("n", Double.NaN).toJson()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Claims.of("n", Float.NEGATIVE_INFINITY).toJson())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "1",
                "\"a\"",
                "{",
                "{\"a\":1",
                "{\"a\":1}x",
                "{\"a\":1}{}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":1,}",
                "{\"a\":NaN}",
                "{\"a\":01}",
                "{\"a\":tru}",
                "{\"a\"=1}",
                "{\"a\":\"\n\"}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1;\"b\":2}",
                "{/*c*/\"a\":1}",
                "{\"a\":\"\\x\"}"
            })
    void what_is_no_json_object_is_refused(String json) {
        assertThatThrownBy(() -> Claims.parse(json)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void very_deep_json_is_refused_before_it_exhausts_the_stack() {
        String deep = "{\"a\":".repeat(30_000) + "1" + "}".repeat(30_000);

        assertThatThrownBy(() -> Claims.parse(deep)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_null_member_counts_as_absent() {
        Claims claims = Claims.parse("{\"a\":null,\"b\":{\"c\":null,\"d\":1}}");

        assertThat(claims.names()).containsExactly("b");
        assertThat(claims.object("b").names()).containsExactly("d");
    }

    @Test
    void reading_a_member_of_another_type_finds_nothing() {
        Claims claims = Claims.parse(
                "{\"s\":\"1\",\"n\":1,\"t\":\"true\",\"l\":[\"a\",1],\"o\":{\"x\":1},\"m\":[{\"x\":1},2]}");

        assertThat(claims.string("n")).isEmpty();
        assertThat(claims.number("s")).isEmpty();
        assertThat(claims.number("n")).hasValue(1);
        assertThat(claims.isTrue("t")).isFalse();
        assertThat(claims.strings("l")).containsExactly("a");
        assertThat(claims.strings("s")).containsExactly("1");
        assertThat(claims.strings("n")).isEmpty();
        assertThat(claims.object("s").isEmpty()).isTrue();
        assertThat(claims.objects("m")).containsExactly(Claims.of("x", 1L), Claims.none());
        assertThat(claims.objects("o")).isEmpty();
    }

    @Test
    void a_change_leaves_the_original_alone() {
        Claims claims = Claims.of("a", "1").with("b", "2");

        assertThat(claims.without("a", "x").names()).containsExactly("b");
        assertThat(claims.with(Claims.of("a", "3")).string("a")).hasValue("3");
        assertThat(claims.string("a")).hasValue("1");
        assertThatThrownBy(() -> claims.names().remove("a")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void claims_do_not_change_with_what_they_were_made_of() {
        Claims.Builder builder = Claims.builder().put("a", "1");
        Claims built = builder.build();
        builder.put("a", "2");
        Map<String, Object> map = new HashMap<>(Map.of("a", "1"));
        Claims copied = Claims.of(map);
        map.put("a", "2");

        assertThat(built).isEqualTo(Claims.of("a", "1"));
        assertThat(copied).isEqualTo(Claims.of("a", "1"));
    }

    @Test
    void values_are_not_shown() {
        assertThat(Claims.of("password", "hunter2")).hasToString("[password]");
    }
}
