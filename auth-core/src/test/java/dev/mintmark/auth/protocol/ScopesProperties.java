package dev.mintmark.auth.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashSet;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class ScopesProperties {
    @Property(seed = "20260101", tries = 300)
    void what_is_written_is_read_again(@ForAll @Size(max = 20) List<@net.jqwik.api.From("token") String> tokens) {
        Scopes scopes = Scopes.of(tokens.toArray(String[]::new));

        assertThat(Scopes.parse(scopes.toString())).isEqualTo(scopes);
        assertThat(Scopes.parse(String.join(" ", tokens)).values())
                .containsExactlyElementsOf(new LinkedHashSet<>(tokens));
    }

    @Property(seed = "20260101", tries = 1000)
    void one_forbidden_character_spoils_a_scope(
            @ForAll("token") String before, @ForAll("forbidden") char forbidden, @ForAll("token") String after) {
        String text = before + forbidden + after;

        assertThatThrownBy(() -> Scopes.parse(text)).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> new Scope(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a scope token");
    }

    @Provide
    Arbitrary<String> token() {
        // NQCHAR, RFC 6749 appendix A: %x21 / %x23-5B / %x5D-7E
        return Arbitraries.strings()
                .withChars('!')
                .withCharRange('#', '[')
                .withCharRange(']', '~')
                .ofMinLength(1)
                .ofMaxLength(12);
    }

    @Provide
    Arbitrary<Character> forbidden() {
        return Arbitraries.oneOf(
                Arbitraries.chars().range('\0', '\u001f'),
                Arbitraries.of('"', '\\', '\u007f'),
                Arbitraries.chars().range('\u0080', '\uffff'));
    }
}
