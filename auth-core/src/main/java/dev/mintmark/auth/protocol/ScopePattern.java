package dev.mintmark.auth.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A scope that may carry parameters, such as <code>customer.{customer_id:uuid}</code>.
 *
 * <p>Segments are divided by {@code .}, {@code :} and {@code /}. A segment is literal text, a parameter
 * <code>{name}</code>, a typed parameter <code>{name:string}</code>, <code>{name:int}</code> or <code>{name:uuid}</code>,
 * or {@code *}, which stands for any one value. A parameter takes its segment whole, and its value is never empty. The
 * value reaches the token as a claim of the parameter's name: a number for {@code int}, a string otherwise. A pattern without
 * parameters is a plain scope. Immutable.
 */
public final class ScopePattern {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");
    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final Pattern INT = Pattern.compile("0|-?[1-9][0-9]{0,17}");

    /** Claims that the engine itself writes: a scope's value must never take their place. */
    private static final Set<String> RESERVED = Set.of(
            "iss",
            "sub",
            "aud",
            "exp",
            "nbf",
            "iat",
            "jti",
            "scope",
            "client_id",
            "azp",
            "act",
            "may_act",
            "cnf",
            "nonce",
            "auth_time",
            "acr",
            "amr",
            "at_hash",
            "c_hash",
            "s_hash",
            "sid",
            "fid",
            "active",
            "username",
            "token_type",
            "scp",
            "roles",
            "groups",
            "entitlements",
            "events",
            "_claim_names",
            "_claim_sources");

    private enum Type {
        STRING,
        INT,
        UUID;

        boolean takes(String value) {
            return switch (this) {
                case STRING -> value.indexOf('*') < 0 && value.indexOf('{') < 0 && value.indexOf('}') < 0;
                case INT -> ScopePattern.INT.matcher(value).matches();
                case UUID -> ScopePattern.UUID.matcher(value).matches();
            };
        }
    }

    /** A segment: literal text with its dividers, or a parameter; a nameless parameter was written {@code *}. */
    private record Part(String literal, String name, Type type) {
        boolean isLiteral() {
            return !literal.isEmpty();
        }
    }

    private final String text;
    private final List<Part> parts;

    private ScopePattern(String text, List<Part> parts) {
        this.text = text;
        this.parts = parts;
    }

    /**
     * Reads a pattern.
     *
     * @param text the pattern
     * @return the pattern
     * @throws IllegalArgumentException with the fault: characters no scope may have, a parameter that shares its segment, a
     *     name used twice or reserved for the engine's own claims, an unknown type
     */
    public static ScopePattern parse(String text) {
        if (!Scope.wellFormed(text)) throw new IllegalArgumentException("not a scope: " + text);
        List<Part> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        for (int from = 0; from <= text.length(); ) {
            int to = text.startsWith("{", from) ? afterBrace(text, from) : segmentEnd(text, from);
            String segment = text.substring(from, to);
            if (segment.equals("*") || segment.startsWith("{")) {
                if (literal.length() > 0) parts.add(new Part(literal.toString(), "", Type.STRING));
                literal.setLength(0);
                parts.add(parameter(text, segment, parts));
            } else if (!Type.STRING.takes(segment)) {
                throw new IllegalArgumentException("a parameter must fill its segment: " + text);
            } else {
                literal.append(segment);
            }
            if (to < text.length()) literal.append(text.charAt(to));
            from = to + 1;
        }
        if (literal.length() > 0) parts.add(new Part(literal.toString(), "", Type.STRING));
        return new ScopePattern(text, List.copyOf(parts));
    }

    private static int afterBrace(String text, int from) {
        int to = text.indexOf('}', from) + 1;
        if (to == 0 || (to < text.length() && !divides(text.charAt(to)))) {
            throw new IllegalArgumentException("a parameter must fill its segment: " + text);
        }
        return to;
    }

    private static int segmentEnd(String text, int from) {
        int to = from;
        while (to < text.length() && !divides(text.charAt(to))) to++;
        return to;
    }

    private static boolean divides(char c) {
        return c == '.' || c == ':' || c == '/';
    }

    private static Part parameter(String text, String segment, List<Part> earlier) {
        if (segment.equals("*")) return new Part("", "", Type.STRING);
        String inside = segment.substring(1, segment.length() - 1);
        int colon = inside.indexOf(':');
        String name = colon < 0 ? inside : inside.substring(0, colon);
        if (!NAME.matcher(name).matches()) throw new IllegalArgumentException("not a parameter name: " + text);
        if (RESERVED.contains(name)) {
            throw new IllegalArgumentException("parameter '" + name + "' would replace a claim of the engine: " + text);
        }
        if (earlier.stream().anyMatch(p -> p.name().equals(name))) {
            throw new IllegalArgumentException("parameter '" + name + "' stands twice: " + text);
        }
        Type type = switch (colon < 0 ? "string" : inside.substring(colon + 1)) {
            case "string" -> Type.STRING;
            case "int" -> Type.INT;
            case "uuid" -> Type.UUID;
            default -> throw new IllegalArgumentException("parameters are string, int or uuid: " + text);
        };
        return new Part("", name, type);
    }

    /**
     * Whether this is a plain scope.
     *
     * @return whether it has no parameter
     */
    public boolean isLiteral() {
        return parts.stream().allMatch(Part::isLiteral);
    }

    /**
     * Holds a scope against this pattern.
     *
     * @param scope the scope
     * @return the parameters as claims, empty if the scope does not match
     */
    public Optional<Claims> match(Scope scope) {
        String value = scope.value();
        Claims found = Claims.none();
        int at = 0;
        for (Part part : parts) {
            if (part.isLiteral()) {
                if (!value.startsWith(part.literal(), at)) return Optional.empty();
                at += part.literal().length();
                continue;
            }
            int end = segmentEnd(value, at);
            String taken = value.substring(at, end);
            if (taken.isEmpty() || !part.type().takes(taken)) return Optional.empty();
            if (!part.name().isEmpty()) {
                found = found.with(part.name(), part.type() == Type.INT ? (Object) Long.valueOf(taken) : taken);
            }
            at = end;
        }
        return at == value.length() ? Optional.of(found) : Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScopePattern that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The pattern as written. */
    @Override
    public String toString() {
        return text;
    }
}
