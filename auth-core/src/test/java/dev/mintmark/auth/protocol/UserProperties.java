package dev.mintmark.auth.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class UserProperties {
    @Property(seed = "20260101", tries = 3000)
    void a_canonical_name_is_its_own(@ForAll("names") String name) {
        String canonical = User.canonical(name);
        assertThat(User.canonical(canonical)).isEqualTo(canonical);
    }

    @Property(seed = "20260101", tries = 1000)
    void case_does_not_count(@ForAll("names") String name) {
        String canonical = User.canonical(name);
        assertThat(User.canonical(canonical.toLowerCase(Locale.ROOT))).isEqualTo(canonical);
        assertThat(User.canonical(' ' + name + '\u00a0')).isEqualTo(canonical);
    }

    /** Letters that change with case, width and composition, and spaces of all sorts. */
    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings()
                .withChars("aAzZjJ\u030céÉİıſßΣσςǅﬁＡ①ⅣK\u0345\u0301\u0323\u00a0\u2003\u3000 \t")
                .withChars('\u0370', '\u03ff')
                .withChars('\u1e00', '\u1fff')
                .ofMaxLength(6);
    }
}
