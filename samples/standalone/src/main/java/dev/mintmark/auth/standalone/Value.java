package dev.mintmark.auth.standalone;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What stands at one place of a file. Reading it as something that it is not is a fault, and gives nothing. */
final class Value {
    /** What YAML calls the three kinds of node; a plain scalar is one without quotes, an unknown one awaits a variable. */
    private enum Shape {
        PLAIN,
        QUOTED,
        UNKNOWN,
        LIST,
        MAP
    }

    private final Shape shape;
    private final int line;
    private final String path;
    private final Faults faults;
    private final String text;
    private final List<Value> items;
    private final Map<String, Value> members;

    private Value(
            Shape shape,
            int line,
            String path,
            Faults faults,
            String text,
            List<Value> items,
            Map<String, Value> members) {
        this.shape = shape;
        this.line = line;
        this.path = path;
        this.faults = faults;
        this.text = text;
        this.items = items;
        this.members = members;
    }

    static Value scalar(int line, String path, Faults faults, String text, boolean plain) {
        return new Value(plain ? Shape.PLAIN : Shape.QUOTED, line, path, faults, text, List.of(), Map.of());
    }

    /** A scalar whose variable is not set: that has been said, and nothing else can be said of it. */
    static Value unknown(int line, String path, Faults faults) {
        return new Value(Shape.UNKNOWN, line, path, faults, "", List.of(), Map.of());
    }

    static Value list(int line, String path, Faults faults, List<Value> items) {
        return new Value(Shape.LIST, line, path, faults, "", items, Map.of());
    }

    static Value map(int line, String path, Faults faults, Map<String, Value> members) {
        return new Value(Shape.MAP, line, path, faults, "", List.of(), members);
    }

    String path() {
        return path;
    }

    void fault(String words) {
        faults.add(line, path, words);
    }

    void note(String words) {
        faults.note(line, path, words);
    }

    /** A fault at a key below, which is not written. */
    void faultBelow(String key, String words) {
        faults.add(line, path.isEmpty() ? key : path + "." + key, words);
    }

    Faults faults() {
        return faults;
    }

    boolean isMap() {
        return shape == Shape.MAP;
    }

    boolean isList() {
        return shape == Shape.LIST;
    }

    /** Whether a variable is missing, here or anywhere below. */
    boolean isUnknown() {
        return shape == Shape.UNKNOWN
                || items.stream().anyMatch(Value::isUnknown)
                || members.values().stream().anyMatch(Value::isUnknown);
    }

    boolean isNull() {
        return shape == Shape.PLAIN && (text.isEmpty() || text.equals("~") || text.equals("null"));
    }

    Map<String, Value> members() {
        return members;
    }

    /** What stands below at a key, without asking for it. */
    Optional<Value> member(String key) {
        return Optional.ofNullable(members.get(key));
    }

    List<Value> items() {
        return items;
    }

    Optional<Section> section() {
        return isMap() ? Optional.of(new Section(this)) : wrong("must be a map of keys");
    }

    Optional<List<Value>> list() {
        return isList() ? Optional.of(items) : wrong("must be a list");
    }

    /** A string, or a number as written; never empty. */
    Optional<String> text() {
        if (shape == Shape.QUOTED && text.isEmpty()) return wrong("must not be empty");
        boolean text = shape == Shape.QUOTED || (shape == Shape.PLAIN && !isNull() && !(scalar() instanceof Boolean));
        return text ? Optional.of(this.text) : wrong("must be text");
    }

    /** Text that something else reads; what it throws is a fault. */
    <T> Optional<T> as(Function<String, T> reader) {
        return text().flatMap(t -> {
            try {
                return Optional.of(reader.apply(t));
            } catch (IllegalArgumentException e) {
                return wrong(String.valueOf(e.getMessage()));
            }
        });
    }

    /** One of a few words. */
    Optional<String> oneOf(List<String> words) {
        return text().flatMap(
                        t -> words.contains(t) ? Optional.of(t) : wrong("must be one of " + String.join(", ", words)));
    }

    Optional<Integer> integer(int least, int most) {
        try {
            int number = Integer.parseInt(isScalar() ? text : "");
            if (number >= least && number <= most) return Optional.of(number);
        } catch (NumberFormatException e) {
            // said below
        }
        return wrong("must be a whole number from " + least + " to " + most);
    }

    Optional<Boolean> bool() {
        return scalar() instanceof Boolean b ? Optional.of(b) : wrong("must be true or false");
    }

    /** Seconds, or ISO 8601. */
    Optional<Duration> duration() {
        try {
            if (isScalar()) {
                return Optional.of(
                        text.matches("[0-9]{1,10}") ? Duration.ofSeconds(Long.parseLong(text)) : Duration.parse(text));
            }
        } catch (DateTimeException e) {
            // said below
        }
        return wrong("must be seconds, or a duration such as PT15M or P30D");
    }

    Optional<URI> uri() {
        return text().flatMap(t -> {
            try {
                return Optional.of(new URI(t));
            } catch (URISyntaxException e) {
                return wrong("is not a URI");
            }
        });
    }

    /** Each item read; those that cannot be are left out. */
    <T> List<T> each(Function<Value, Optional<T>> reader) {
        return list().orElse(List.of()).stream()
                .flatMap(item -> reader.apply(item).stream())
                .toList();
    }

    /** The value as JSON has it: text, number, boolean, list or map; members without a value are left out. */
    Optional<Object> json() {
        if (isNull() || shape == Shape.UNKNOWN) return Optional.empty();
        return Optional.of(
                switch (shape) {
                    case LIST -> {
                        List<Object> out = new ArrayList<>();
                        items.forEach(item -> item.json().ifPresent(out::add));
                        yield out;
                    }
                    case MAP -> {
                        Map<String, Object> out = new LinkedHashMap<>();
                        members.forEach((key, member) -> member.json().ifPresent(j -> out.put(key, j)));
                        yield out;
                    }
                    default -> scalar();
                });
    }

    private boolean isScalar() {
        return shape == Shape.PLAIN || shape == Shape.QUOTED;
    }

    private Object scalar() {
        if (shape != Shape.PLAIN) return text;
        if (text.equals("true") || text.equals("false")) return Boolean.valueOf(text);
        if (text.matches("0|-?[1-9][0-9]{0,17}")) return Long.valueOf(text);
        if (text.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]{1,3})?")) return Double.valueOf(text);
        return text;
    }

    private <T> Optional<T> wrong(String words) {
        if (shape != Shape.UNKNOWN) fault(isNull() ? "has no value" : words);
        return Optional.empty();
    }
}
