package dev.mintmark.auth.pages;

import dev.mintmark.auth.prompt.Prompt;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a page may load, and where its forms may lead (Content Security Policy Level 3). Whatever is not named here is forbidden.
 *
 * @param pictures where pictures come from
 * @param scripts where scripts come from; empty for nowhere
 * @param forms where forms go, and where the browser may be sent from there
 */
record ContentPolicy(String pictures, Optional<String> scripts, String forms) {
    /** An origin, or a scheme with its colon; nothing that could end the directive, or be a keyword or a wildcard in it. */
    private static final Pattern SOURCE = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:(//[A-Za-z0-9._:\\[\\]-]+)?");

    private static final String SELF = "'self'";
    private static final String NONE = "'none'";

    /** For a page without a form. */
    static ContentPolicy text() {
        return new ContentPolicy(SELF, Optional.empty(), NONE);
    }

    /** For a page with a script of our own, and without a form. */
    static ContentPolicy script() {
        return new ContentPolicy(SELF, Optional.of(SELF), NONE);
    }

    static ContentPolicy form(Prompt.Form form) {
        String forms =
                Stream.concat(Stream.of(SELF), source(form.leadsTo()).stream()).collect(Collectors.joining(" "));
        return new ContentPolicy(SELF, Optional.empty(), forms);
    }

    static ContentPolicy post(Prompt.FormPost post) {
        return new ContentPolicy(
                SELF, Optional.of(SELF), source(Optional.of(post.leadsTo())).orElse(NONE));
    }

    private static Optional<String> source(Optional<String> leadsTo) {
        return leadsTo.filter(s -> SOURCE.matcher(s).matches());
    }

    /** With pictures from anywhere: a logo may be moved, and redirected. */
    ContentPolicy withPictures() {
        return new ContentPolicy(SELF + " https:", scripts, forms);
    }

    /** With pictures from one more place, unless they come from anywhere. */
    ContentPolicy withPicturesOf(String origin) {
        boolean anywhere = !pictures.equals(SELF) || !SOURCE.matcher(origin).matches();
        return anywhere ? this : new ContentPolicy(pictures + " " + origin, scripts, forms);
    }

    /** The header's value. */
    @Override
    public String toString() {
        return "default-src 'none'; style-src 'self'; img-src " + pictures
                + scripts.map(s -> "; script-src " + s).orElse("")
                + "; form-action " + forms + "; base-uri 'none'; frame-ancestors 'none'";
    }
}
