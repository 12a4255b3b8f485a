package dev.mintmark.auth.pages;

import dev.mintmark.auth.prompt.Interaction;
import dev.mintmark.auth.prompt.Prompt;
import dev.mintmark.auth.wire.WireRequest;
import dev.mintmark.auth.wire.WireResponse;
import java.net.URI;
import java.util.Map;

/**
 * HTML pages for every prompt of the engine, in English and German. They work without scripts, from 320 pixels of width, in light
 * and dark, and carry a Content-Security-Policy without {@code unsafe-inline}. Immutable.
 *
 * <pre>{@code
 * Pages pages = Pages.standard()
 *         .withName("Orders Ltd.")
 *         .withAccent("#0b6e4f", "#7fd8b4")
 *         .withTexts("en", Map.of("scope.orders:read", "see your orders"));
 * }</pre>
 *
 * <p>An application that draws some prompts itself leaves the others to them:
 *
 * <pre>{@code
 * Interaction mine = pages.with(Prompt.SignIn.class, (login, request) -> myLogin(login));
 * }</pre>
 */
public final class Pages implements Interaction {
    private final Languages languages;
    private final Look look;

    private Pages(Languages languages, Look look) {
        this.languages = languages;
        this.look = look;
    }

    /**
     * The pages as they come.
     *
     * @return pages, for {@code AuthorizationServer.Builder.interaction}
     */
    public static Pages standard() {
        return new Pages(Languages.standard(), Look.standard());
    }

    /**
     * With the name of the service, at the top of each page and in its title.
     *
     * @param service a name for people, of 1 to 80 characters
     * @return new pages
     * @throws IllegalArgumentException if it is empty, too long, or has control characters in it
     */
    public Pages withName(String service) {
        return new Pages(languages, look.withName(service));
    }

    /**
     * With a logo at the top of each page, beside the name. Browsers get it from this server.
     *
     * @param svg an SVG document
     * @return new pages, with an asset {@code logo.svg}
     * @throws IllegalArgumentException if it begins like none
     */
    public Pages withLogo(String svg) {
        return new Pages(languages, look.withLogo(svg));
    }

    /**
     * With a logo at the top of each page, beside the name. Browsers get it from elsewhere, and whoever serves it sees who signs in
     * when.
     *
     * @param https where it stands
     * @return new pages, whose policy allows pictures from there
     * @throws IllegalArgumentException if it is no https URI, or has a user name in it
     */
    public Pages withLogo(URI https) {
        return new Pages(languages, look.withLogo(https));
    }

    /**
     * With another colour for buttons, links and what has the focus.
     *
     * @param light the colour in the light, such as {@code #1d4ed8}: dark enough for white text on it
     * @param dark the colour in the dark, such as {@code #9dbaff}: bright enough for black text on it
     * @return new pages
     * @throws IllegalArgumentException if one is not a {@code #} and six hexadecimal digits, or its contrast is below 4.5 (WCAG 2.2,
     *     level AA), with the contrast that it has
     */
    public Pages withAccent(String light, String dark) {
        return new Pages(languages, look.withAccent(light, dark));
    }

    /**
     * With other words, or with another language. The words of a region, such as {@code de-CH}, build on those of its language; a
     * language that is new needs every text.
     *
     * <p>The words for a scope are called {@code scope.orders:read}. Those for a scope with parameters are called by its pattern,
     * {@code scope.customer.{customer_id}}, and have {@code %s} for the value of each parameter.
     *
     * @param language a language tag (BCP 47)
     * @param texts texts by their names in {@code texts_en.properties}, in plain text
     * @return new pages
     * @throws IllegalArgumentException with the text that is at fault: there is none of that name, one is missing, or stands without
     *     the values that belong into it
     */
    public Pages withTexts(String language, Map<String, String> texts) {
        return new Pages(languages.with(language, texts), look);
    }

    /**
     * With a style sheet after that of the pages.
     *
     * @param css what it says; it may load nothing but assets of this server
     * @return new pages, with an asset {@code own.css}
     */
    public Pages withStyle(String css) {
        return new Pages(languages, look.withStyle(css));
    }

    /**
     * Draws a prompt.
     *
     * @param prompt what is asked
     * @param request for its {@code Accept-Language}, where the client wants no language that these pages have
     * @return the page, always with status 200
     * @throws IllegalArgumentException if the prompt is of a kind that these pages do not know
     */
    @Override
    public WireResponse ask(Prompt prompt, WireRequest request) {
        return new Drawing(languages.of(prompt, request), look).of(prompt);
    }

    @Override
    public Map<String, WireResponse> assets() {
        return look.assets().all();
    }
}
