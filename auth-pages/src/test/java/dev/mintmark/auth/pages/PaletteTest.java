package dev.mintmark.auth.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** WCAG 2.2, level AA, computed from the style sheet. */
class PaletteTest {
    private static final String CSS = Assets.file(Assets.STYLE);
    private static final double SEEN = 3;

    private final Palette palette = Palette.of(CSS);

    private Stream<Double> contrasts(String one, String other) {
        return Stream.of(palette.light(), palette.dark()).map(colours -> contrast(colours, one, other));
    }

    private static double contrast(Map<String, Colour> colours, String one, String other) {
        return colours.get(one).contrastTo(colours.get(other));
    }

    @ParameterizedTest
    @CsvSource({
        "ink, ground",
        "ink, sheet",
        "ink, well",
        "quiet, sheet",
        "quiet, well",
        "accent, sheet",
        "accent, ground",
        "on-accent, accent",
        "alarm, alarm-ground",
    })
    void text_can_be_read(String text, String ground) {
        assertThat(contrasts(text, ground)).allMatch(c -> c >= Palette.READABLE);
    }

    @ParameterizedTest
    @CsvSource({
        "edge, sheet",
        "alarm, sheet",
        "alarm, alarm-ground",
        "accent, sheet",
        "accent, ground",
    })
    void what_can_be_used_can_be_seen(String edge, String ground) {
        assertThat(contrasts(edge, ground)).allMatch(c -> c >= SEEN);
    }

    @Test
    void light_and_dark_have_the_same_names_and_each_is_used() {
        assertThat(palette.dark().keySet()).isEqualTo(palette.light().keySet());
        TreeSet<String> used = Pattern.compile("var\\(--([a-z-]+)\\)")
                .matcher(CSS)
                .results()
                .map(use -> use.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(used).isEqualTo(palette.light().keySet());
    }

    @Test
    void no_colour_stands_anywhere_else() {
        String rules = CSS.replaceAll(":root\\s*\\{[^}]*}", "");

        assertThat(Pattern.compile("#[0-9a-fA-F]{3,8}\\b|rgba?\\(|hsla?\\(|color-mix|opacity")
                        .matcher(rules)
                        .results()
                        .map(MatchResult::group))
                .isEmpty();
    }

    @Test
    void a_line_that_tells_nothing_may_be_faint_and_nothing_else_uses_it() {
        assertThat(Pattern.compile("[^{}]*\\{[^{}]*var\\(--line\\)[^{}]*}")
                        .matcher(CSS)
                        .results()
                        .map(rule -> rule.group()
                                .replaceAll("/\\*.*?\\*/", "")
                                .strip()
                                .lines()
                                .findFirst()
                                .orElseThrow()))
                .containsExactly("main {", ".entries {", ".entries > li + li {");
    }

    @ParameterizedTest
    @CsvSource({"#000000, #ffffff, 21.0", "#ffffff, #ffffff, 1.0", "#777777, #ffffff, 4.48", "#0000ff, #ffffff, 8.59"})
    void contrast_is_that_of_wcag(String one, String other, double contrast) {
        assertThat(Colour.parse(one).contrastTo(Colour.parse(other)))
                .isEqualTo(Colour.parse(other).contrastTo(Colour.parse(one)))
                .isCloseTo(contrast, org.assertj.core.data.Offset.offset(0.005));
    }
}
