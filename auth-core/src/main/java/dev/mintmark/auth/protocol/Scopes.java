package dev.mintmark.auth.protocol;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A set of scopes in the order they were given (RFC 6749 section 3.3). Immutable; equality ignores order.
 */
public final class Scopes implements Iterable<Scope> {
    /** More tokens, and more text, than any honest request has; what is granted is kept. */
    private static final int MOST = 128;

    private static final int LONGEST = 4096;

    private static final Scopes NONE = new Scopes(Set.of());

    private final Set<Scope> scopes;

    private Scopes(Set<Scope> scopes) {
        this.scopes = scopes;
    }

    /**
     * No scope at all.
     *
     * @return the empty set
     */
    public static Scopes none() {
        return NONE;
    }

    /**
     * Scopes from their values.
     *
     * @param values scope tokens
     * @return the set
     * @throws IllegalArgumentException if one is not a scope token
     */
    public static Scopes of(String... values) {
        return of(Arrays.stream(values).map(Scope::new).toList());
    }

    /**
     * Scopes from a collection, in its order.
     *
     * @param scopes the scopes
     * @return the set
     */
    public static Scopes of(Collection<Scope> scopes) {
        return scopes.isEmpty() ? NONE : new Scopes(new LinkedHashSet<>(scopes));
    }

    /**
     * Reads a {@code scope} parameter: scope tokens with single spaces between them.
     *
     * @param text the parameter's value
     * @return the set; a repeated token counts once
     * @throws Refused {@code invalid_scope} if the text is not RFC 6749's grammar, or has more than 128 tokens or 4,096 characters
     */
    public static Scopes parse(String text) {
        if (text.isEmpty()) return NONE;
        if (text.length() > LONGEST) throw malformed("is too long");
        Set<Scope> scopes = new LinkedHashSet<>();
        for (int from = 0; from <= text.length(); ) {
            int space = text.indexOf(' ', from);
            int to = space < 0 ? text.length() : space;
            String token = text.substring(from, to);
            if (!Scope.wellFormed(token)) throw malformed("is malformed");
            if (scopes.size() == MOST) throw malformed("has too many values");
            scopes.add(new Scope(token));
            from = to + 1;
        }
        return new Scopes(scopes);
    }

    private static Refused malformed(String how) {
        return Refusal.of(ErrorCode.INVALID_SCOPE, "scope " + how)
                .about("scope")
                .saying("scope " + how)
                .thrown();
    }

    /**
     * Whether a scope is in the set.
     *
     * @param scope the scope
     * @return whether it is
     */
    public boolean contains(Scope scope) {
        return scopes.contains(scope);
    }

    /**
     * Whether every one of these scopes is in the set.
     *
     * @param others the scopes
     * @return whether all are
     */
    public boolean containsAll(Scopes others) {
        return scopes.containsAll(others.scopes);
    }

    /**
     * Those scopes that pass a test.
     *
     * @param test the test
     * @return the smaller set
     */
    public Scopes only(Predicate<Scope> test) {
        Set<Scope> passed = new LinkedHashSet<>();
        for (Scope scope : scopes) if (test.test(scope)) passed.add(scope);
        if (passed.size() == scopes.size()) return this;
        return passed.isEmpty() ? NONE : new Scopes(passed);
    }

    /**
     * Whether there is no scope.
     *
     * @return whether the set is empty
     */
    public boolean isEmpty() {
        return scopes.isEmpty();
    }

    /**
     * The scopes in order.
     *
     * @return a stream
     */
    public Stream<Scope> stream() {
        return scopes.stream();
    }

    /**
     * The values in order.
     *
     * @return scope tokens
     */
    public List<String> values() {
        return scopes.stream().map(Scope::value).toList();
    }

    @Override
    public Iterator<Scope> iterator() {
        return Collections.unmodifiableSet(scopes).iterator();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Scopes that && scopes.equals(that.scopes);
    }

    @Override
    public int hashCode() {
        return scopes.hashCode();
    }

    /** The {@code scope} parameter: tokens with single spaces between them. */
    @Override
    public String toString() {
        StringJoiner values = new StringJoiner(" ");
        for (Scope scope : scopes) values.add(scope.value());
        return values.toString();
    }
}
