package dev.mintmark.auth.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is written by hand is read by Nimbus' parser, which knows nothing of the writer. */
class ClaimsProperties {
    @Property(seed = "20260101", tries = 500)
    void what_is_written_another_parser_reads(@ForAll("object") Map<String, Object> members) throws Exception {
        String json = Claims.of(members).toJson();

        assertThat(JSONObjectUtils.parse(json)).isEqualTo(members);
        assertThat(json.chars()).noneMatch(c -> c < 0x20);
    }

    @Property(seed = "20260101", tries = 500)
    void what_another_writer_wrote_reads_the_same(@ForAll("object") Map<String, Object> members) {
        Claims read = Claims.parse(JSONObjectUtils.toJSONString(members));

        assertThat(read).isEqualTo(Claims.of(members));
        assertThat(Claims.parse(read.toJson())).isEqualTo(read);
    }

    @Property(seed = "20260101", tries = 500)
    void text_survives_utf_8(@ForAll("text") String text) {
        byte[] bytes = Claims.of("t", text).toJson().getBytes(java.nio.charset.StandardCharsets.UTF_8);

        assertThat(Claims.parse(new String(bytes, java.nio.charset.StandardCharsets.UTF_8))
                        .string("t"))
                .hasValue(text);
    }

    @Provide
    Arbitrary<Map<String, Object>> object() {
        return Arbitraries.maps(text(), value(3)).ofMaxSize(5);
    }

    /** Any UTF-16, lone surrogates and control characters included, and more of these than chance would bring. */
    @Provide
    Arbitrary<String> text() {
        Arbitrary<Character> hard =
                Arbitraries.of('"', '\\', '/', '\0', '\n', '\u001f', '\u007f', '\u2028', '\ud83d', '\ude00');
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(10), hard.list().ofMaxSize(6).map(chars -> {
                    StringBuilder out = new StringBuilder();
                    chars.forEach(out::append);
                    return out.toString();
                }));
    }

    private Arbitrary<Object> value(int depth) {
        Arbitrary<Object> leaf = Arbitraries.oneOf(
                text().map(t -> (Object) t),
                Arbitraries.longs().map(n -> (Object) n),
                Arbitraries.of(true, false).map(b -> (Object) b));
        if (depth == 0) return leaf;
        Arbitrary<List<Object>> list = value(depth - 1).list().ofMaxSize(3);
        Arbitrary<Map<String, Object>> map =
                Arbitraries.maps(text(), value(depth - 1)).ofMaxSize(3);
        return Arbitraries.oneOf(leaf, list.map(l -> (Object) l), map.map(m -> (Object) m));
    }
}
