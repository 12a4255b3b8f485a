package dev.mintmark.auth.protocol;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A set of scope patterns: what a server knows, what a client may ask for, what a user may be given. The same grammar
 * serves all three: {@code openid} is a plain scope, <code>customer.{customer_id}</code> names a parameter,
 * {@code customer.*} grants its every value and {@code customer.42} a single one. Immutable.
 */
public final class ScopePatterns {
    private static final ScopePatterns NONE = new ScopePatterns(List.of());

    private final List<ScopePattern> all;
    private final Set<Scope> literals;
    private final List<ScopePattern> parameterised;

    private ScopePatterns(List<ScopePattern> all) {
        this.all = List.copyOf(all);
        this.literals = new LinkedHashSet<>();
        this.parameterised = new ArrayList<>();
        for (ScopePattern pattern : all) {
            if (pattern.isLiteral()) literals.add(new Scope(pattern.toString()));
            else parameterised.add(pattern);
        }
    }

    /**
     * No pattern: admits nothing.
     *
     * @return the empty set
     */
    public static ScopePatterns none() {
        return NONE;
    }

    /**
     * Patterns from a list.
     *
     * @param patterns the patterns
     * @return the set
     */
    public static ScopePatterns of(List<ScopePattern> patterns) {
        return new ScopePatterns(patterns);
    }

    /**
     * Reads patterns with spaces between them, as client metadata writes them (RFC 7591 section 2, {@code scope}).
     *
     * @param text patterns separated by white space; may be empty
     * @return the set
     * @throws IllegalArgumentException with the fault of the first bad pattern
     */
    public static ScopePatterns parse(String text) {
        String trimmed = text.strip();
        if (trimmed.isEmpty()) return NONE;
        List<ScopePattern> patterns = new ArrayList<>();
        for (String one : trimmed.split("\\s+", -1)) patterns.add(ScopePattern.parse(one));
        return new ScopePatterns(patterns);
    }

    /**
     * Whether a scope matches one of the patterns.
     *
     * @param scope the scope
     * @return whether it does
     */
    public boolean admits(Scope scope) {
        return match(scope).isPresent();
    }

    /**
     * Holds a scope against the patterns.
     *
     * @param scope the scope
     * @return the parameters of every pattern that matches, as claims; empty if none does
     */
    public Optional<Claims> match(Scope scope) {
        Optional<Claims> found = literals.contains(scope) ? Optional.of(Claims.none()) : Optional.empty();
        for (ScopePattern pattern : parameterised) {
            Optional<Claims> more = pattern.match(scope);
            if (more.isPresent())
                found = Optional.of(found.orElse(Claims.none()).with(more.get()));
        }
        return found;
    }

    /**
     * The parameters that these scopes carry.
     *
     * @param scopes scopes, those that match no pattern being passed over
     * @return one claim a parameter
     * @throws Refused {@code invalid_scope} if two scopes give one parameter different values
     */
    public Claims parameters(Scopes scopes) {
        if (parameterised.isEmpty()) return Claims.none();
        Claims all = Claims.none();
        for (Scope scope : scopes) {
            Claims found = match(scope).orElse(Claims.none());
            for (String name : found.names()) {
                Object value = found.get(name).orElseThrow();
                if (all.get(name).filter(other -> !other.equals(value)).isPresent()) {
                    throw Refusal.of(ErrorCode.INVALID_SCOPE, "two values for " + name)
                            .about("scope")
                            .saying("scope names two different values of " + name)
                            .thrown();
                }
                all = all.with(name, value);
            }
        }
        return all;
    }

    /**
     * The plain scopes among the patterns, in order.
     *
     * @return those without a parameter
     */
    public Scopes literals() {
        return Scopes.of(literals);
    }

    /**
     * Whether there is no pattern.
     *
     * @return whether the set is empty
     */
    public boolean isEmpty() {
        return all.isEmpty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScopePatterns that && all.equals(that.all);
    }

    @Override
    public int hashCode() {
        return all.hashCode();
    }

    /** The patterns with single spaces between them. */
    @Override
    public String toString() {
        return String.join(" ", all.stream().map(ScopePattern::toString).toList());
    }
}
