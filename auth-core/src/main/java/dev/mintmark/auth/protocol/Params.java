package dev.mintmark.auth.protocol;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The parameters of a request, after the rules that hold for every OAuth endpoint: none twice, none empty, no control
 * characters, not too many (RFC 6749 sections 3.1 and 3.2). Immutable.
 */
public final class Params {
    /** More than any honest request has. */
    private static final int MOST = 100;

    /** Longer than any registered name. */
    private static final int LONGEST_NAME = 100;

    /** RFC 6749 section 8.2. Only such a name is told back: what is none may be a body of another kind, secrets included. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");

    /** RFC 8707 section 2 and RFC 8693 section 2.1 allow these more than once. */
    private static final Set<String> REPEATABLE = Set.of("resource", "audience");

    private static final Params NONE = new Params(Map.of());

    private final Map<String, List<String>> values;

    private Params(Map<String, List<String>> values) {
        this.values = values;
    }

    /**
     * No parameter.
     *
     * @return the empty set
     */
    public static Params none() {
        return NONE;
    }

    /**
     * Parameters from names and values in turn.
     *
     * @param namesAndValues name, value, name, value...
     * @return the parameters
     * @throws Refused {@code invalid_request} as for {@link Builder#build()}
     * @throws IllegalArgumentException if a value is missing
     */
    public static Params of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) throw new IllegalArgumentException("each name needs a value");
        Builder builder = builder();
        for (int i = 0; i < namesAndValues.length; i += 2) builder.add(namesAndValues[i], namesAndValues[i + 1]);
        return builder.build();
    }

    /**
     * Reads a form, or a query: {@code application/x-www-form-urlencoded} (RFC 6749 appendix B), strictly.
     *
     * @param form percent-encoded bytes
     * @return its parameters
     * @throws Refused {@code invalid_request} if an escape is broken, the text is no UTF-8, or as for {@link Builder#build()}
     */
    public static Params ofForm(byte[] form) {
        return FormReader.read(form);
    }

    /**
     * Reads some parameters of a form or query and passes over the rest: for what must be known of a request that is malformed
     * elsewhere.
     *
     * @param form percent-encoded bytes
     * @param names which
     * @return those parameters
     * @throws Refused {@code invalid_request} as for {@link #ofForm}, because of one of them
     */
    public static Params ofForm(byte[] form, Set<String> names) {
        return FormReader.read(form, names);
    }

    /**
     * A place to gather parameters.
     *
     * @return an empty builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * One parameter.
     *
     * @param name its name
     * @return its value; empty if it was absent, or sent without a value
     */
    public Optional<String> get(String name) {
        List<String> found = values.get(name);
        return found == null ? Optional.empty() : Optional.of(found.get(0));
    }

    /**
     * One parameter that must be there.
     *
     * @param name its name
     * @return its value
     * @throws Refused {@code invalid_request} naming the parameter if it is absent
     */
    public String required(String name) {
        return get(name)
                .orElseThrow(() -> Refusal.badParameter(name, "is missing").thrown());
    }

    /**
     * A parameter that may stand more than once.
     *
     * @param name its name
     * @return its values in order, empty if absent
     */
    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /**
     * The names in order.
     *
     * @return the names of parameters that have a value
     */
    public Set<String> names() {
        return Collections.unmodifiableSet(values.keySet());
    }

    /**
     * These parameters with another value for one.
     *
     * @param name its name
     * @param value its value
     * @return the new parameters
     */
    public Params with(String name, String value) {
        Map<String, List<String>> more = new LinkedHashMap<>(values);
        more.put(name, List.of(value));
        return new Params(more);
    }

    /** The names only: values may be secrets. */
    @Override
    public String toString() {
        return values.keySet().toString();
    }

    /** Gathers parameters as they come. Not thread-safe. */
    public static final class Builder {
        private final Map<String, List<String>> values = new LinkedHashMap<>();
        private int count;

        private Builder() {}

        /**
         * Adds a parameter as it stood in the request.
         *
         * @param name its decoded name
         * @param value its decoded value
         * @return this
         */
        public Builder add(String name, String value) {
            count++;
            if (count <= MOST)
                values.computeIfAbsent(name, n -> new ArrayList<>(1)).add(value);
            return this;
        }

        /**
         * The parameters.
         *
         * @return an immutable value
         * @throws Refused {@code invalid_request} if there are over 100, one stands twice, or one has a control character
         */
        public Params build() {
            if (count > MOST) throw malformed("there are too many parameters");
            values.forEach((name, all) -> {
                if (hasControl(name)) throw malformed("a parameter's name has control characters");
                if (name.length() > LONGEST_NAME) throw malformed("a parameter's name is too long");
                // RFC 6749 section 3.2: parameters MUST NOT be included more than once
                if (all.size() > 1 && !REPEATABLE.contains(name)) throw about(name, "is repeated");
                if (all.stream().anyMatch(Params::hasControl)) throw about(name, "has control characters");
            });
            // RFC 6749 section 3.2: parameters sent without a value MUST be treated as if they were omitted
            Map<String, List<String>> sent = new LinkedHashMap<>();
            values.forEach((name, all) -> {
                List<String> some = all.stream().filter(v -> !v.isEmpty()).toList();
                if (!some.isEmpty()) sent.put(name, some);
            });
            return new Params(sent);
        }

        private static Refused malformed(String how) {
            return Refusal.of(ErrorCode.INVALID_REQUEST, how).saying(how).thrown();
        }

        private static Refused about(String name, String how) {
            if (!NAME.matcher(name).matches()) return malformed("a parameter " + how);
            return Refusal.badParameter(name, how).thrown();
        }
    }

    /** RFC 6749 appendix A: even user names and passwords allow nothing below %x20 but the tab. */
    private static boolean hasControl(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < 0x20 && c != '\t') || c == 0x7F) return true;
        }
        return false;
    }
}
