package dev.mintmark.auth.pages;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The colours of a style sheet by name, as it has them in the light and in the dark.
 *
 * @param light those of its first {@code :root}
 * @param dark those of its second
 */
record Palette(Map<String, Colour> light, Map<String, Colour> dark) {
    /** WCAG 2.2, 1.4.3: text. */
    static final double READABLE = 4.5;

    private static final Pattern ROOT = Pattern.compile(":root\\s*\\{([^}]*)}");
    private static final Pattern NAMED = Pattern.compile("--([a-z-]+):\\s*(#[0-9a-f]{6});");

    /** What the accent is written on, or is written on it. */
    private static final List<String> BESIDE_ACCENT = List.of("sheet", "ground", "on-accent");

    static Palette of(String css) {
        List<Map<String, Colour>> roots = ROOT.matcher(css)
                .results()
                .map(root -> NAMED.matcher(root.group(1))
                        .results()
                        .collect(Collectors.toUnmodifiableMap(c -> c.group(1), c -> Colour.parse(c.group(2)))))
                .toList();
        return new Palette(roots.get(0), roots.get(1));
    }

    /** The rules for other accents. */
    String accented(String inLight, String inDark) {
        return ":root {\n  --accent: " + readable(inLight, light, "light") + ";\n}\n\n"
                + "@media (prefers-color-scheme: dark) {\n  :root {\n    --accent: " + readable(inDark, dark, "dark")
                + ";\n  }\n}\n";
    }

    private static Colour readable(String text, Map<String, Colour> others, String where) {
        Colour accent = Colour.parse(text);
        for (String name : BESIDE_ACCENT) {
            Colour other = others.get(name);
            if (other == null) throw new IllegalStateException("no colour " + name);
            double contrast = accent.contrastTo(other);
            if (contrast < READABLE) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "%s cannot be read: its contrast to %s in the %s is %.2f, and must be %.1f",
                        accent,
                        other,
                        where,
                        Math.floor(contrast * 100) / 100,
                        READABLE));
            }
        }
        return accent;
    }
}
