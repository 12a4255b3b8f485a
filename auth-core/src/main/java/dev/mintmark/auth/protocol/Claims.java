package dev.mintmark.auth.protocol;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object in order: the claims of a token, the body of a response, the details of a grant.
 *
 * <p>Values are strings, booleans, numbers, lists, maps and other {@code Claims}. A member whose value is JSON {@code null}
 * counts as absent. Immutable.
 */
public final class Claims {
    private static final Claims NONE = new Claims(Map.of());

    private final Map<String, Object> members;

    private Claims(Map<String, Object> members) {
        this.members = members;
    }

    /**
     * No member.
     *
     * @return the empty object
     */
    public static Claims none() {
        return NONE;
    }

    /**
     * One member.
     *
     * @param name its name
     * @param value its value
     * @return the object
     */
    public static Claims of(String name, Object value) {
        return builder().put(name, value).build();
    }

    /**
     * A place to gather members.
     *
     * @return an empty builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads a JSON object.
     *
     * @param json the text
     * @return its members
     * @throws IllegalArgumentException if the text is not one JSON object
     */
    public static Claims parse(String json) {
        // The parser takes null, and arrays of pairs, for objects.
        if (!json.stripLeading().startsWith("{")) throw new IllegalArgumentException("not a JSON object");
        try {
            return of(JSONObjectUtils.parse(json));
        } catch (ParseException e) {
            throw new IllegalArgumentException("not a JSON object", e);
        }
    }

    /**
     * Members from a map of JSON values.
     *
     * @param members names and values; null values are left out
     * @return the object
     */
    public static Claims of(Map<String, ? extends @Nullable Object> members) {
        Builder builder = builder();
        members.forEach((name, value) -> {
            if (value != null) builder.put(name, value);
        });
        return builder.build();
    }

    /**
     * This object with one member more, or replaced in its place.
     *
     * @param name its name
     * @param value its value
     * @return the new object
     */
    public Claims with(String name, Object value) {
        return toBuilder().put(name, value).build();
    }

    /**
     * This object with the members of another after its own; those of the same name are replaced in place.
     *
     * @param others the others
     * @return the new object
     */
    public Claims with(Claims others) {
        if (others.isEmpty()) return this;
        return isEmpty() ? others : toBuilder().putAll(others).build();
    }

    /**
     * This object without some members.
     *
     * @param names their names
     * @return the new object
     */
    public Claims without(String... names) {
        Map<String, Object> fewer = new LinkedHashMap<>(members);
        fewer.keySet().removeAll(Arrays.asList(names));
        return new Claims(fewer);
    }

    /**
     * One member's value.
     *
     * @param name its name
     * @return the value, if there is one
     */
    public Optional<Object> get(String name) {
        return Optional.ofNullable(members.get(name));
    }

    /**
     * One member's value, if it is a string.
     *
     * @param name its name
     * @return the string
     */
    public Optional<String> string(String name) {
        return members.get(name) instanceof String s ? Optional.of(s) : Optional.empty();
    }

    /**
     * One member's value, if it is a number.
     *
     * @param name its name
     * @return the number's whole part
     */
    public OptionalLong number(String name) {
        return members.get(name) instanceof Number n ? OptionalLong.of(n.longValue()) : OptionalLong.empty();
    }

    /**
     * One member's value, if it is an object.
     *
     * @param name its name
     * @return the object, empty if it is none
     */
    public Claims object(String name) {
        return asObject(members.get(name));
    }

    /**
     * The objects of a member that is a list.
     *
     * @param name its name
     * @return the objects, empty if there are none
     */
    public List<Claims> objects(String name) {
        return members.get(name) instanceof List<?> list
                ? list.stream().map(Claims::asObject).toList()
                : List.of();
    }

    private static Claims asObject(@Nullable Object value) {
        if (value instanceof Claims c) return c;
        if (!(value instanceof Map<?, ?> map)) return NONE;
        Builder builder = builder();
        map.forEach((key, member) -> {
            if (key instanceof String k && member != null) builder.put(k, member);
        });
        return builder.build();
    }

    /**
     * The strings of a member that is a list, or the one string of a member that is a string.
     *
     * @param name its name
     * @return the strings, empty if there are none
     */
    public List<String> strings(String name) {
        Object value = members.get(name);
        if (value instanceof String s) return List.of(s);
        if (!(value instanceof List<?> list)) return List.of();
        return list.stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .toList();
    }

    /**
     * Whether a member is there and is {@code true}.
     *
     * @param name its name
     * @return whether it is
     */
    public boolean isTrue(String name) {
        return Boolean.TRUE.equals(members.get(name));
    }

    /**
     * The names in order.
     *
     * @return an unmodifiable view
     */
    public Set<String> names() {
        return Collections.unmodifiableSet(members.keySet());
    }

    /**
     * Visits each member in order.
     *
     * @param visitor takes name and value
     */
    public void forEach(BiConsumer<String, Object> visitor) {
        members.forEach(visitor);
    }

    /**
     * Whether there is no member.
     *
     * @return whether the object is empty
     */
    public boolean isEmpty() {
        return members.isEmpty();
    }

    /**
     * The JSON text, without white space, in order.
     *
     * @return a JSON object
     */
    public String toJson() {
        StringBuilder out = new StringBuilder(256);
        Json.write(out, this);
        return out.toString();
    }

    private Builder toBuilder() {
        return new Builder().putAll(this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Claims that && members.equals(that.members);
    }

    @Override
    public int hashCode() {
        return members.hashCode();
    }

    /** The names only: values may be secrets. */
    @Override
    public String toString() {
        return members.keySet().toString();
    }

    /** Gathers members in order. Not thread-safe. */
    public static final class Builder {
        private Map<String, Object> members = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Adds a member, or replaces it in place.
         *
         * @param name its name
         * @param value its value
         * @return this
         */
        public Builder put(String name, Object value) {
            members.put(name, value);
            return this;
        }

        /**
         * Adds a member if there is a value.
         *
         * @param name its name
         * @param value its value, perhaps
         * @return this
         */
        public Builder put(String name, Optional<?> value) {
            value.ifPresent(v -> members.put(name, v));
            return this;
        }

        /**
         * Adds every member of another object.
         *
         * @param others the others
         * @return this
         */
        public Builder putAll(Claims others) {
            members.putAll(others.members);
            return this;
        }

        /**
         * The object. The builder starts afresh afterwards.
         *
         * @return the members gathered
         */
        public Claims build() {
            Claims claims = members.isEmpty() ? NONE : new Claims(members);
            members = new LinkedHashMap<>();
            return claims;
        }
    }
}
