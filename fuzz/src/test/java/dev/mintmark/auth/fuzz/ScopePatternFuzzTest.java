package dev.mintmark.auth.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Scope;
import dev.mintmark.auth.protocol.ScopePattern;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@link ScopePattern} takes the scopes that a regular expression for the same pattern takes, and gives their parameters. */
class ScopePatternFuzzTest {
    private static final Pattern PARAMETER = Pattern.compile("\\*|\\{([A-Za-z_]\\w*)(?::(string|int|uuid))?}");

    /** Bytes for each byte, Jazzer's own share in following regular expressions included. */
    private static final int REGEX = 10_000;

    /** A pattern, a space, a scope. */
    @FuzzTest
    void a_pattern_takes_what_its_regular_expression_takes(byte[] input) {
        String[] texts = new String(input, StandardCharsets.ISO_8859_1).split(" ", 2);
        ScopePattern pattern;
        try {
            pattern = Cost.within(REGEX, input.length, () -> ScopePattern.parse(texts[0]));
        } catch (IllegalArgumentException e) {
            return;
        }
        assertThat(pattern).hasToString(texts[0]).isEqualTo(ScopePattern.parse(pattern.toString()));
        if (pattern.isLiteral()) assertThat(pattern.match(new Scope(texts[0]))).hasValue(Claims.none());
        if (texts.length < 2) return;
        Scope scope;
        try {
            scope = new Scope(texts[1]);
        } catch (IllegalArgumentException e) {
            return;
        }
        Optional<Claims> found = Cost.within(REGEX, input.length, () -> pattern.match(scope));
        assertThat(found).isEqualTo(byExpression(texts[0], texts[1]));
    }

    private static Optional<Claims> byExpression(String pattern, String scope) {
        StringBuilder expression = new StringBuilder();
        Matcher parameters = PARAMETER.matcher(pattern);
        int from = 0;
        while (parameters.find()) {
            expression.append(Pattern.quote(pattern.substring(from, parameters.start())));
            expression.append('(').append(form(parameters.group(2))).append(')');
            from = parameters.end();
        }
        expression.append(Pattern.quote(pattern.substring(from)));
        Matcher matcher = Pattern.compile(expression.toString()).matcher(scope);
        if (!matcher.matches()) return Optional.empty();
        Claims.Builder claims = Claims.builder();
        parameters.reset();
        for (int group = 1; parameters.find(); group++) {
            if (parameters.group(1) == null) continue;
            String value = matcher.group(group);
            claims.put(parameters.group(1), "int".equals(parameters.group(2)) ? (Object) Long.valueOf(value) : value);
        }
        return Optional.of(claims.build());
    }

    private static String form(String type) {
        return switch (type == null ? "string" : type) {
            case "int" -> "0|-?[1-9][0-9]{0,17}";
            case "uuid" -> "(?:[0-9a-fA-F]{4}){2}(?:-[0-9a-fA-F]{4}){3}-(?:[0-9a-fA-F]{4}){3}";
            default -> "[^.:/*{}]+";
        };
    }
}
