package dev.mintmark.auth.fuzz;

import dev.mintmark.auth.protocol.Claims;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One change to a JSON object: to its members, or to its text. */
final class JsonMutations {
    /** Values of every wrong type, and texts that only look like values. */
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-0",
            "1.5",
            "1e400",
            "-1e-400",
            "9".repeat(400),
            "1e999999999",
            "[]",
            "{}",
            "[[[\"x\"]]]",
            "{\"a\":{\"a\":1}}",
            "[1,\"x\",null]",
            "\"\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"\\u00zz\"",
            "\"\\x\"",
            "\"\n\"",
            "'x'",
            "x",
            "NaN",
            "01",
            "+1",
            ".5",
            "1.",
            "\"\\u0022\"");

    private static final List<String> TAILS = List.of("x", "{}", ",", "]", "}", "\0", " \n", "//", "\u00a0", "\u00ff");

    private JsonMutations() {}

    static Sent mutate(Sent sent, Material with) {
        String text = sent.body();
        return switch (with.below(14)) {
            case 0 -> sent.withBody(text + with.one(TAILS));
            case 1 -> sent.withBody("\u00ef\u00bb\u00bf" + text);
            case 2 -> sent.withBody(text.substring(0, with.below(text.length())));
            case 3 -> sent.withBody(Mutations.garbled(text, with));
            case 4 -> sent.withBody("[" + text + "]");
            case 5 -> sent.withBody(nested(text, 1 + with.below(10_000)));
            case 6 -> sent.withBody(text.replaceFirst("\\{", "{" + "\"x\":1,".repeat(with.below(8000))));
            case 7 -> sent.with("Content-Type", "application/x-www-form-urlencoded");
            default -> members(sent, with);
        };
    }

    private static Sent members(Sent sent, Material with) {
        Map<String, String> members = new LinkedHashMap<>();
        try {
            Claims.parse(sent.body()).forEach((name, value) -> members.put(quoted(name), json(value)));
        } catch (IllegalArgumentException e) {
            return sent.withBody(Mutations.garbled(sent.body(), with));
        }
        List<String> names = new ArrayList<>(members.keySet());
        if (names.isEmpty()) names.add(quoted(with.name()));
        String name = with.one(names);
        StringBuilder more = new StringBuilder();
        switch (with.below(7)) {
            case 0 -> members.remove(name);
            case 1 -> members.put(name, with.one(VALUES));
            case 2 -> members.put(name, quoted(with.value()));
            case 3 -> rename(members, name, quoted(with.name()));
            case 4 -> more.append(name).append(':').append(members.getOrDefault(name, "1"));
            case 5 -> more.append(name).append(':').append(with.one(VALUES));
            default -> members.put(quoted(with.name()), with.one(VALUES));
        }
        members.forEach((member, value) -> more.append(more.length() == 0 ? "" : ",")
                .append(member)
                .append(':')
                .append(value));
        return sent.withText("{" + more + "}");
    }

    private static void rename(Map<String, String> members, String from, String to) {
        String value = members.remove(from);
        members.put(to, value == null ? "1" : value);
    }

    private static String nested(String text, int depth) {
        return text.replaceFirst("\\{", "{\"deep\":" + "[".repeat(depth) + "]".repeat(depth) + ",");
    }

    private static String quoted(String text) {
        return json(text);
    }

    private static String json(Object value) {
        String object = Claims.of("v", value).toJson();
        return object.substring(5, object.length() - 1);
    }
}
