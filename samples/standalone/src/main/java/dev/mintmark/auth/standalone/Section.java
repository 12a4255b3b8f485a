package dev.mintmark.auth.standalone;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** A map of keys, which remembers the ones it was asked for: at its {@link #end} the others are unknown. */
final class Section {
    /** What is said of keys and values that mean nothing where an API has no pages. */
    static final String NO_PAGES = "is for browsers, and a profile has no pages";

    private final Value at;
    private final Set<String> asked = new HashSet<>();

    Section(Value at) {
        this.at = at;
    }

    /** Where the section stands. */
    Value at() {
        return at;
    }

    /** What a key has, if it is written. */
    Optional<Value> find(String key) {
        asked.add(key);
        return Optional.ofNullable(at.members().get(key));
    }

    /** What a key has, read. */
    <T> Optional<T> read(String key, Function<Value, Optional<T>> reader) {
        return find(key).flatMap(reader);
    }

    /** What a key has, read; a fault if it is not written. */
    <T> Optional<T> required(String key, Function<Value, Optional<T>> reader) {
        Optional<Value> value = find(key);
        if (value.isEmpty()) at.faultBelow(key, "is missing");
        return value.flatMap(reader);
    }

    /** Reads the map that a key has, to its end. */
    void within(String key, Consumer<Section> reader) {
        read(key, Value::section).ifPresent(section -> {
            reader.accept(section);
            section.end();
        });
    }

    /** Text items of a list. */
    List<String> texts(String key) {
        return find(key).map(value -> value.each(Value::text)).orElse(List.of());
    }

    /** Keys whose function does not exist yet: nothing is silently ignored. */
    void notBuilt(String... keys) {
        for (String key : keys) find(key).ifPresent(value -> value.fault("is not built yet"));
    }

    /** A key whose function does not exist yet, but for the value that asks for nothing. */
    void notBuiltUnless(String key, Object idle) {
        find(key)
                .filter(value -> !value.isUnknown() && !value.json().equals(Optional.of(idle)))
                .ifPresent(value -> value.fault("is not built yet: only " + idle + " is possible"));
    }

    /** Keys that mean nothing where an API has no pages. */
    void notForApi(String... keys) {
        for (String key : keys) find(key).ifPresent(value -> value.fault(NO_PAGES));
    }

    /** The same, but for the value that asks for nothing. */
    void notForApi(String key, Object idle) {
        find(key)
                .filter(value -> !value.isUnknown() && !value.json().equals(Optional.of(idle)))
                .ifPresent(value -> value.fault(NO_PAGES));
    }

    /** Complains of keys that no one asked for. */
    void end() {
        at.members().forEach((key, value) -> {
            if (!asked.contains(key)) value.fault("is an unknown key");
        });
    }
}
