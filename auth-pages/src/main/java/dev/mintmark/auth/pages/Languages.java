package dev.mintmark.auth.pages;

import dev.mintmark.auth.prompt.Prompt;
import dev.mintmark.auth.wire.WireRequest;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Texts by language. Immutable. */
final class Languages {
    private static final int MOST = 16;
    private static final String ENGLISH = "en";

    private final Map<String, Texts> all;

    private Languages(Map<String, Texts> all) {
        this.all = all;
    }

    /** Those that come with the pages. */
    static Languages standard() {
        Map<String, Texts> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String tag : List.of(ENGLISH, "de")) all.put(tag, Texts.of(tag, Wording.file(tag)));
        return new Languages(all);
    }

    /** What the client asks for, else what the browser prefers, else English. */
    Texts of(Prompt prompt, WireRequest request) {
        return Stream.concat(prompt.locales().stream().limit(MOST), Accepted.tags(request).stream())
                .flatMap(tag -> nearest(tag).stream())
                .findFirst()
                .orElseGet(() -> english());
    }

    private Texts english() {
        return nearest(ENGLISH).orElseThrow();
    }

    /** RFC 4647 section 3.4: for de-CH-1996 also de-CH, and de. */
    private Optional<Texts> nearest(String tag) {
        for (String shorter = tag; ; shorter = shorter.substring(0, shorter.lastIndexOf('-'))) {
            Texts found = all.get(shorter);
            if (found != null) return Optional.of(found);
            if (shorter.lastIndexOf('-') < 0) return Optional.empty();
        }
    }

    /** With other words; those of a new language must be complete, those of a region build on its language. */
    Languages with(String language, Map<String, String> words) {
        String tag = wellFormed(language);
        Wording.check(tag, words);
        Optional<Texts> base = nearest(tag);
        if (base.isEmpty()) {
            TreeSet<String> missing = new TreeSet<>(Wording.keys());
            missing.removeAll(words.keySet());
            if (!missing.isEmpty()) throw new IllegalArgumentException("texts of " + tag + " lack " + missing);
        }
        Map<String, Texts> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(all);
        more.put(tag, base.map(texts -> texts.with(tag, words)).orElseGet(() -> Texts.of(tag, words)));
        return new Languages(more);
    }

    private static String wellFormed(String language) {
        try {
            String tag = new Locale.Builder().setLanguageTag(language).build().toLanguageTag();
            if (!tag.equals("und")) return tag;
        } catch (IllformedLocaleException e) {
            throw new IllegalArgumentException("not a language tag: " + language, e);
        }
        throw new IllegalArgumentException("not a language tag: " + language);
    }
}
