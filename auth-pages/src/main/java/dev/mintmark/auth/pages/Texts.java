package dev.mintmark.auth.pages;

import dev.mintmark.auth.protocol.ErrorCode;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * What the pages say in one language: a file beside this class. Not a {@code ResourceBundle}, which would fall back to whatever
 * language the machine has.
 */
final class Texts {
    private static final Duration SECONDS = Duration.ofSeconds(90);
    private static final Duration MINUTES = Duration.ofMinutes(90);

    private final Properties words = new Properties();

    private Texts(Reader file) throws IOException {
        words.load(file);
    }

    static Texts english() {
        try (Reader file = new InputStreamReader(Assets.open("texts_en.properties"), StandardCharsets.UTF_8)) {
            return new Texts(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean has(String key) {
        return words.containsKey(key);
    }

    String of(String key) {
        String text = words.getProperty(key);
        if (text == null) throw new IllegalArgumentException("no text for " + key);
        return text;
    }

    /** The text for a factor, or the general one with its name for a factor that has none. */
    String factor(String key, String factor) {
        String own = key + "." + factor;
        return has(own) ? of(own) : String.format(Locale.ROOT, of(key), factor);
    }

    Access scope(String scope) {
        return access("scope." + scope, scope);
    }

    Access claim(String claim) {
        return access("claim." + claim, claim);
    }

    /** A scope, or a claim for which no scope is called so. */
    Access allowed(String what) {
        if (has("scope." + what) || !has("claim." + what)) return scope(what);
        return new Access(String.format(Locale.ROOT, of("account.claim"), of("claim." + what)), true);
    }

    private Access access(String key, String name) {
        return has(key) ? new Access(of(key), true) : new Access(name, false);
    }

    String time(Instant time) {
        Locale language = Locale.forLanguageTag(of("lang"));
        return DateTimeFormatter.ofPattern(of("time"), language).format(time.atOffset(ZoneOffset.UTC));
    }

    /** The page's own words for a problem, or those of all pages, or those for any problem. */
    String problem(String page, ErrorCode code) {
        return Stream.of("problem." + page + "." + code, "problem." + code, "problem")
                .filter(this::has)
                .map(this::of)
                .findFirst()
                .orElseThrow();
    }

    /** How long to wait, never less than it takes. */
    String retry(Duration time) {
        if (time.compareTo(SECONDS) <= 0) return counted("wait.second", Math.max(1, ceil(time, Duration.ofSeconds(1))));
        if (time.compareTo(MINUTES) <= 0) return counted("wait.minute", ceil(time, Duration.ofMinutes(1)));
        return counted("wait.hour", ceil(time, Duration.ofHours(1)));
    }

    private static long ceil(Duration time, Duration unit) {
        return time.plus(unit).minusNanos(1).dividedBy(unit);
    }

    private String counted(String unit, long count) {
        return count == 1 ? of(unit) : String.format(Locale.ROOT, of(unit + "s"), count);
    }
}
