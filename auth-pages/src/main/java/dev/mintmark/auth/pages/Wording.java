package dev.mintmark.auth.pages;

import dev.mintmark.auth.protocol.ScopePattern;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which texts there are, and what has to stand in them. English says it. */
final class Wording {
    static final String SCOPE = "scope.";

    /** There may be more of these than the pages bring along. */
    private static final List<String> OPEN = List.of(
            SCOPE, "claim.", "amr.", "problem.", "error.text.", "mfa.ask.", "mfa.way.", "mfa.again.", "mfa.send.");

    private static final Pattern PLACE = Pattern.compile("%(.?)", Pattern.DOTALL);
    private static final String VALUE = "%s";
    private static final String PERCENT = "%%";
    private static final Map<String, String> ENGLISH = file("en");

    private Wording() {}

    /** A file beside this class. Not a {@code ResourceBundle}, which would fall back to whatever language the machine has. */
    static Map<String, String> file(String tag) {
        Properties words = new Properties();
        try (Reader file = new InputStreamReader(Assets.open("texts_" + tag + ".properties"), StandardCharsets.UTF_8)) {
            words.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return words.stringPropertyNames().stream().collect(Collectors.toUnmodifiableMap(k -> k, words::getProperty));
    }

    static Set<String> keys() {
        return ENGLISH.keySet();
    }

    static void check(String tag, Map<String, String> words) {
        words.forEach((key, text) -> {
            try {
                check(key, text);
            } catch (IllegalArgumentException | DateTimeException e) {
                throw new IllegalArgumentException("text " + key + " of " + tag + ": " + e.getMessage(), e);
            }
        });
    }

    private static void check(String key, String text) {
        String english = ENGLISH.get(key);
        if (english == null && OPEN.stream().noneMatch(key::startsWith)) {
            throw new IllegalArgumentException("there is no such text");
        }
        if (text.isBlank()) throw new IllegalArgumentException("it is empty");
        if (key.equals("time")) checkTime(text);
        if (isPattern(key)) checkScope(key, text);
        if (english == null) return;
        List<String> wanted = places(english);
        if (!wanted.isEmpty() && !places(text).equals(wanted)) {
            throw new IllegalArgumentException("it must have " + wanted + ", and " + PERCENT + " for a percent sign");
        }
    }

    private static void checkTime(String pattern) {
        String sample = DateTimeFormatter.ofPattern(pattern).format(Instant.EPOCH.atOffset(ZoneOffset.UTC));
        if (!sample.contains("UTC")) throw new IllegalArgumentException("it must say that times are UTC");
    }

    private static void checkScope(String key, String text) {
        ScopePattern pattern = pattern(key);
        List<String> places = places(text);
        long values = pattern.toString().chars().filter(c -> c == '{').count();
        if (places.size() > values || !places.stream().allMatch(VALUE::equals)) {
            throw new IllegalArgumentException("it may have " + VALUE + " for each parameter of the scope, and "
                    + PERCENT + " for a percent sign");
        }
    }

    static boolean isPattern(String key) {
        return key.startsWith(SCOPE) && !pattern(key).isLiteral();
    }

    static ScopePattern pattern(String key) {
        return ScopePattern.parse(key.substring(SCOPE.length()));
    }

    /** What stands for values, in order: {@code %s}, {@code %d}, and whatever else begins with a percent sign. */
    static List<String> places(String text) {
        List<String> found = new ArrayList<>();
        Matcher matcher = PLACE.matcher(text);
        while (matcher.find()) {
            if (!matcher.group(1).equals("%")) found.add(matcher.group());
        }
        return found;
    }
}
