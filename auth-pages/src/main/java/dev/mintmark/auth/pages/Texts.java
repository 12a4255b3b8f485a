package dev.mintmark.auth.pages;

import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.Scope;
import dev.mintmark.auth.protocol.ScopePattern;
import java.text.Bidi;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the pages say in one language. Immutable. */
final class Texts {
    private static final Duration SECONDS = Duration.ofSeconds(90);
    private static final Duration MINUTES = Duration.ofMinutes(90);

    private final String tag;
    private final Map<String, String> words;
    private final Map<ScopePattern, String> patterns;
    private final DateTimeFormatter time;

    private Texts(String tag, Map<String, String> words) {
        this.tag = tag;
        this.words = words;
        this.patterns = new LinkedHashMap<>();
        new TreeMap<>(words).forEach((key, text) -> {
            if (Wording.isPattern(key)) patterns.put(Wording.pattern(key), text);
        });
        this.time = DateTimeFormatter.ofPattern(of("time"), Locale.forLanguageTag(tag));
    }

    static Texts of(String tag, Map<String, String> words) {
        return new Texts(tag, Map.copyOf(words));
    }

    Texts with(String language, Map<String, String> others) {
        Map<String, String> all = new HashMap<>(words);
        all.putAll(others);
        return of(language, all);
    }

    /** For {@code lang}. */
    String language() {
        return tag;
    }

    boolean rightToLeft() {
        return !new Bidi(of("login.title"), Bidi.DIRECTION_DEFAULT_LEFT_TO_RIGHT).baseIsLeftToRight();
    }

    boolean has(String key) {
        return words.containsKey(key);
    }

    String of(String key) {
        String text = words.get(key);
        if (text == null) throw new IllegalArgumentException("no text for " + key);
        return text;
    }

    private String filled(String key, Object... values) {
        return String.format(Locale.ROOT, of(key), values);
    }

    /** The text for a factor, or the general one with its name for a factor that has none. */
    String factor(String key, String factor) {
        String own = key + "." + factor;
        return has(own) ? of(own) : filled(key, factor);
    }

    /** The words for a scope: its own, or those of the first pattern that it matches, or the scope itself. */
    Access scope(String scope) {
        return words(Wording.SCOPE + scope).or(() -> matching(scope)).orElseGet(() -> Access.asItIs(scope));
    }

    Access claim(String claim) {
        return words("claim." + claim).orElseGet(() -> Access.asItIs(claim));
    }

    /** A scope, or a claim for which no scope is called so. */
    Access allowed(String what) {
        return words(Wording.SCOPE + what)
                .or(() -> matching(what))
                .or(() -> words("claim." + what).map(claim -> new Access(filled("account.claim", claim.text()), true)))
                .orElseGet(() -> Access.asItIs(what));
    }

    private Optional<Access> words(String key) {
        return Optional.ofNullable(words.get(key)).map(text -> new Access(text, true));
    }

    private Optional<Access> matching(String scope) {
        return patterns.entrySet().stream()
                .flatMap(entry -> match(entry.getKey(), scope).stream()
                        .map(values -> new Access(filled(entry.getValue(), values), true)))
                .findFirst();
    }

    /** What is listed may also be a claim, and claims are called whatever they like. */
    private static Optional<Claims> match(ScopePattern pattern, String text) {
        try {
            return pattern.match(new Scope(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String filled(String text, Claims values) {
        Object[] inOrder = values.names().stream()
                .map(name -> values.get(name).orElseThrow())
                .toArray();
        return String.format(Locale.ROOT, text, inOrder);
    }

    /** The words of the very place for a problem, else of what it is part of, else those of all pages, or those for any problem. */
    String problem(String place, ErrorCode code) {
        for (String of = place; ; of = of.substring(0, of.lastIndexOf('.'))) {
            String key = "problem." + of + "." + code;
            if (has(key)) return of(key);
            if (of.lastIndexOf('.') < 0) break;
        }
        return has("problem." + code) ? of("problem." + code) : of("problem");
    }

    /** What to do after an error. */
    String advice(ErrorCode code) {
        return has("error.text." + code) ? of("error.text." + code) : of("error.text");
    }

    /** In UTC, and says so. */
    String time(Instant instant) {
        return time.format(instant.atOffset(ZoneOffset.UTC));
    }

    /** How long to wait, never less than it takes. */
    String retry(Duration wait) {
        if (wait.compareTo(SECONDS) <= 0) return counted("wait.second", Math.max(1, ceil(wait, Duration.ofSeconds(1))));
        if (wait.compareTo(MINUTES) <= 0) return counted("wait.minute", ceil(wait, Duration.ofMinutes(1)));
        return counted("wait.hour", ceil(wait, Duration.ofHours(1)));
    }

    private static long ceil(Duration time, Duration unit) {
        return time.plus(unit).minusNanos(1).dividedBy(unit);
    }

    private String counted(String unit, long count) {
        return count == 1 ? of(unit) : filled(unit + "s", count);
    }
}
