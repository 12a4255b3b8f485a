package dev.mintmark.auth.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FormReaderProperties {
    @Property(seed = "20260101", tries = 500)
    void what_the_jdk_encodes_is_read(@ForAll("members") Map<String, String> members) {
        String form = members.entrySet().stream()
                .map(e -> encode(e.getKey()) + "=" + encode(e.getValue()))
                .collect(Collectors.joining("&"));

        Params params = FormReader.read(form.getBytes(StandardCharsets.US_ASCII));

        assertThat(params.names()).isEqualTo(members.keySet());
        members.forEach((name, value) -> assertThat(params.get(name)).hasValue(value));
    }

    @Property(seed = "20260101", tries = 500)
    void what_is_escaped_byte_by_byte_is_read(@ForAll("text") String text) {
        StringBuilder form = new StringBuilder("v=");
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) form.append(String.format("%%%02x", b));

        assertThat(FormReader.read(form.toString().getBytes(StandardCharsets.US_ASCII))
                        .get("v"))
                .hasValue(text);
    }

    @Property(seed = "20260101", tries = 1000)
    void any_bytes_are_read_or_refused_and_nothing_else(@ForAll("bytes") byte[] bytes) {
        try {
            Params params = FormReader.read(bytes);
            for (String name : params.names()) {
                assertThat(params.get(name).orElseThrow()).isNotEmpty().doesNotContain("\ufffd");
            }
        } catch (Refused e) {
            assertThat(e.refusal().code().value()).isEqualTo("invalid_request");
        }
    }

    @Provide
    Arbitrary<byte[]> bytes() {
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(1, Arbitraries.bytes()),
                        net.jqwik.api.Tuple.of(
                                2,
                                Arbitraries.of(
                                        (byte) '%', (byte) '=', (byte) '&', (byte) '+', (byte) 'C', (byte) '3', (byte)
                                                'a')))
                .array(byte[].class)
                .ofMaxSize(40);
    }

    @Provide
    Arbitrary<Map<String, String>> members() {
        return Arbitraries.maps(text(), text()).ofMaxSize(10);
    }

    /** Any scalar values but control characters, which parameters must not have. */
    @Provide
    Arbitrary<String> text() {
        return Arbitraries.oneOf(
                        Arbitraries.chars().range(' ', '~'),
                        Arbitraries.of('%', '&', '=', '+', ' ', '\t', ';'),
                        Arbitraries.chars().range('\u00a0', '\ud7ff'),
                        Arbitraries.chars().range('\ue000', '\uffef'))
                .map(String::valueOf)
                .list()
                .ofMinSize(1)
                .ofMaxSize(12)
                .map(characters -> String.join("", characters) + (characters.size() % 3 == 0 ? "\ud83d\ude00" : ""));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
