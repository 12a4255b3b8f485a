package dev.mintmark.auth.pages;

import dev.mintmark.auth.protocol.Refused;
import dev.mintmark.auth.wire.WireRequest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A language that a browser would take (RFC 9110 section 12.5.4).
 *
 * @param tag a language tag
 * @param quality how much it is wanted, in thousandths
 */
record Accepted(String tag, int quality) {
    private static final int MOST = 16;
    private static final int LONGEST = 1024;
    private static final Pattern RANGE = Pattern.compile("[ \\t]*([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8}){0,7})[ \\t]*"
            + "(?:;[ \\t]*[qQ]=(?:(0(?:\\.[0-9]{0,3})?)|1(?:\\.0{0,3})?)[ \\t]*)?");

    /** Those of a request, the most wanted first. What is no language, or too much of them, is passed over. */
    static List<String> tags(WireRequest request) {
        return header(request).filter(value -> value.length() <= LONGEST).stream()
                .flatMap(value -> Arrays.stream(value.split(",", MOST + 1)).limit(MOST))
                .flatMap(range -> of(range).stream())
                .filter(accepted -> accepted.quality() > 0)
                .sorted(Comparator.comparingInt(Accepted::quality).reversed())
                .map(Accepted::tag)
                .toList();
    }

    private static Optional<String> header(WireRequest request) {
        try {
            return request.header("Accept-Language");
        } catch (Refused repeated) {
            return Optional.empty();
        }
    }

    private static Optional<Accepted> of(String range) {
        Matcher matcher = RANGE.matcher(range);
        if (!matcher.matches()) return Optional.empty();
        String less = matcher.group(2);
        return Optional.of(new Accepted(matcher.group(1), less == null ? 1000 : thousandths(less)));
    }

    private static int thousandths(String zeroPoint) {
        String digits = (zeroPoint + (zeroPoint.contains(".") ? "" : ".") + "000").substring(2, 5);
        return Integer.parseInt(digits);
    }
}
