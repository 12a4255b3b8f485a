package dev.mintmark.auth.standalone;

import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces {@code ${NAME}} and {@code ${NAME:-default}}; as in a shell, an empty variable counts as unset for a default. */
final class Environment {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(?:([A-Za-z_][A-Za-z0-9_]*)(:-([^}]*))?\\})?");

    private final Map<String, String> variables;

    Environment(Map<String, String> variables) {
        this.variables = variables;
    }

    /** The text with its variables replaced; what cannot be replaced is a fault, and stays. */
    String replace(String text, Consumer<String> fault) {
        if (!text.contains("${")) return text;
        StringBuilder out = new StringBuilder();
        Matcher matcher = VARIABLE.matcher(text);
        while (matcher.find()) matcher.appendReplacement(out, Matcher.quoteReplacement(value(matcher, fault)));
        return matcher.appendTail(out).toString();
    }

    private String value(Matcher matcher, Consumer<String> fault) {
        String name = matcher.group(1);
        if (name == null) {
            fault.accept("has a malformed variable: write ${NAME} or ${NAME:-default}");
            return matcher.group();
        }
        String value = variables.getOrDefault(name, "");
        if (!value.isEmpty()) return value;
        if (matcher.group(2) != null) return matcher.group(3);
        if (variables.containsKey(name)) return value;
        fault.accept("the environment variable " + name + " is not set");
        return matcher.group();
    }
}
