package dev.mintmark.auth.protocol;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes JSON (RFC 8259). By hand, because every token passes here and the library's writer costs more than the MAC. */
final class Json {
    private static final String HEX = "0123456789abcdef";

    private Json() {}

    static void write(StringBuilder out, @Nullable Object value) {
        if (value instanceof String s) string(out, s);
        else if (value instanceof Boolean || value instanceof Long || value instanceof Integer) out.append(value);
        else if (value instanceof Claims claims) {
            Separator next = new Separator(out, '{');
            claims.forEach((name, member) -> member(next.step(), name, member));
            out.append(next.empty() ? "{}" : "}");
        } else if (value instanceof Map<?, ?> map) {
            Separator next = new Separator(out, '{');
            map.forEach((name, member) -> member(next.step(), String.valueOf(name), member));
            out.append(next.empty() ? "{}" : "}");
        } else if (value instanceof Iterable<?> list) {
            Separator next = new Separator(out, '[');
            list.forEach(element -> write(next.step(), element));
            out.append(next.empty() ? "[]" : "]");
        } else if (value instanceof Number n) number(out, n);
        else if (value == null) out.append("null");
        else
            throw new IllegalArgumentException(
                    "not a JSON value: " + value.getClass().getName());
    }

    private static void member(StringBuilder out, String name, @Nullable Object value) {
        string(out, name);
        write(out.append(':'), value);
    }

    private static void number(StringBuilder out, Number n) {
        if (!Double.isFinite(n.doubleValue())) throw new IllegalArgumentException("not a JSON number: " + n);
        out.append(n);
    }

    private static void string(StringBuilder out, String s) {
        out.append('"');
        int plain = 0;
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            if (c >= 0x20 && c != '"' && c != '\\' && !Character.isSurrogate(c)) continue;
            if (Character.isHighSurrogate(c) && i + 1 < s.length() && Character.isLowSurrogate(s.charAt(i + 1))) {
                i++;
                continue;
            }
            out.append(s, plain, i);
            escape(out, c);
            plain = i + 1;
        }
        out.append(s, plain, s.length()).append('"');
    }

    private static void escape(StringBuilder out, char c) {
        switch (c) {
            case '"', '\\' -> out.append('\\').append(c);
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default ->
                out.append("\\u")
                        .append(HEX.charAt(c >> 12))
                        .append(HEX.charAt((c >> 8) & 15))
                        .append(HEX.charAt((c >> 4) & 15))
                        .append(HEX.charAt(c & 15));
        }
    }

    /** Writes the opening bracket before the first element and a comma before each later one. */
    private static final class Separator {
        private final StringBuilder out;
        private final char opening;
        private boolean started;

        Separator(StringBuilder out, char opening) {
            this.out = out;
            this.opening = opening;
        }

        StringBuilder step() {
            out.append(started ? ',' : opening);
            started = true;
            return out;
        }

        boolean empty() {
            return !started;
        }
    }
}
