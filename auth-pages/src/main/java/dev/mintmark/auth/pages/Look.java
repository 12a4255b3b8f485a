package dev.mintmark.auth.pages;

import dev.mintmark.auth.prompt.Prompt;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What makes the pages those of one service. Immutable.
 *
 * @param name of the service, if it is shown
 * @param picture a logo somewhere else
 * @param assets style sheets, scripts, and a logo of our own
 */
record Look(Optional<String> name, Optional<URI> picture, Assets assets) {
    private static final int LONGEST_NAME = 80;
    private static final String LOGO = "logo.svg";
    private static final String OWN_STYLE = "own.css";

    static Look standard() {
        return new Look(Optional.empty(), Optional.empty(), Assets.standard());
    }

    Look withName(String service) {
        String text = service.strip();
        if (text.isEmpty() || text.length() > LONGEST_NAME || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a name has 1 to " + LONGEST_NAME + " characters in one line");
        }
        return new Look(Optional.of(text), picture, assets);
    }

    Look withLogo(URI https) {
        if (!ClientCard.isHttps(https.toString())) {
            throw new IllegalArgumentException("a logo is an https URI without a user name: " + https);
        }
        return new Look(name, Optional.of(https), assets);
    }

    Look withLogo(String svg) {
        String text = svg.strip();
        if (!text.startsWith("<svg") && !text.startsWith("<?xml")) {
            throw new IllegalArgumentException("a logo is SVG, and begins with <svg or <?xml");
        }
        return new Look(
                name,
                Optional.empty(),
                assets.with(
                        LOGO,
                        // For whoever opens it as a page of its own: there it could run scripts.
                        Assets.asset("image/svg+xml", text)
                                .withHeader("Content-Security-Policy", "default-src 'none'; sandbox")));
    }

    /** The first accent stays in the sheet: the later one wins. */
    Look withAccent(String light, String dark) {
        String css = Assets.file(Assets.STYLE);
        String accented = css + "\n" + Palette.of(css).accented(light, dark);
        return new Look(name, picture, assets.with(Assets.STYLE, Assets.asset(Assets.CSS, accented)));
    }

    Look withStyle(String css) {
        return new Look(name, picture, assets.with(OWN_STYLE, Assets.asset(Assets.CSS, css)));
    }

    /** The page's title, and whose page it is. */
    String title(String page) {
        return name.map(service -> page + " \u2013 " + service).orElse(page);
    }

    Optional<String> logo(Prompt prompt) {
        if (picture.isPresent()) return picture.map(URI::toString);
        return assets.has(LOGO) ? Optional.of(assets.link(prompt, LOGO)) : Optional.empty();
    }

    List<String> styles(Prompt prompt) {
        return Stream.of(Assets.STYLE, OWN_STYLE)
                .filter(assets::has)
                .map(sheet -> assets.link(prompt, sheet))
                .toList();
    }

    /** Where pages may load a logo from. */
    Optional<String> origin() {
        return picture.map(uri -> "https://" + uri.getRawAuthority().toLowerCase(Locale.ROOT));
    }
}
