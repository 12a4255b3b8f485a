package dev.mintmark.auth.protocol;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A person, as far as the engine needs to know one. Immutable; {@code toString} tells the identifier alone.
 */
public final class User {
    private final Subject.OfUser subject;
    private final Claims claims;
    private final boolean active;
    private final Optional<String> username;
    private final Optional<Secret> password;
    private final List<MfaFactor> factors;
    private final ScopePatterns scope;

    private User(
            Subject.OfUser subject,
            Claims claims,
            boolean active,
            Optional<String> username,
            Optional<Secret> password,
            List<MfaFactor> factors,
            ScopePatterns scope) {
        this.subject = subject;
        this.claims = claims;
        this.active = active;
        this.username = username;
        this.password = password;
        this.factors = factors;
        this.scope = scope;
    }

    /**
     * A person.
     *
     * @param subject the {@code sub} claim: stable, never reused
     * @return the user, active, and without anything else
     */
    public static User of(String subject) {
        return new User(
                new Subject.OfUser(subject),
                Claims.none(),
                true,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                ScopePatterns.none());
    }

    /**
     * What two spellings of one user name have in common: case and width do not count (RFC 8265 section 3.3, in the main).
     *
     * @param username a user name as typed
     * @return the name to compare; empty for what is longer than 255 characters, and so no one's
     */
    public static String canonical(String username) {
        if (username.length() > Text.LONGEST) return "";
        // Twice: in lower case some letters come apart, and what is wide may be a space.
        return compatible(compatible(username).toLowerCase(Locale.ROOT)).strip();
    }

    private static String compatible(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC);
    }

    /**
     * The same with claims.
     *
     * @param value members by the names of OpenID Connect Core section 5.1, or one's own
     * @return the new user
     */
    public User withClaims(Claims value) {
        return new User(subject, value, active, username, password, factors, scope);
    }

    /**
     * The same, active or not.
     *
     * @param value whether tokens may still be issued for the person
     * @return the new user
     */
    public User withActive(boolean value) {
        return new User(subject, claims, value, username, password, factors, scope);
    }

    /**
     * The same with a name to sign in by.
     *
     * @param value the user name, in any case
     * @return the new user
     * @throws IllegalArgumentException if it has not 1 to 255 characters, or control characters or unpaired surrogates among them
     */
    public User withUsername(String value) {
        Text.checked("a user name", value);
        return new User(subject, claims, active, Optional.of(value), password, factors, scope);
    }

    /**
     * The same with a password.
     *
     * @param value what checks it
     * @return the new user
     */
    public User withPassword(Secret value) {
        return new User(subject, claims, active, username, Optional.of(value), factors, scope);
    }

    /**
     * The same with these second factors: with any, a password alone does not sign the person in.
     *
     * @param values at most one of each type
     * @return the new user
     * @throws IllegalArgumentException if two are of one type
     */
    public User withFactors(MfaFactor... values) {
        List<MfaFactor> all = List.of(values);
        if (all.stream().map(MfaFactor::type).distinct().count() < all.size()) {
            throw new IllegalArgumentException("a person has one factor of each type");
        }
        return new User(subject, claims, active, username, password, all, scope);
    }

    /**
     * The same with the scopes with a parameter that are this person's own to give.
     *
     * @param patterns such as {@code customer.42} or {@code customer.*}, separated by spaces
     * @return the new user
     * @throws IllegalArgumentException if a pattern is malformed
     */
    public User withScope(String patterns) {
        return new User(subject, claims, active, username, password, factors, ScopePatterns.parse(patterns));
    }

    /**
     * The person's identifier.
     *
     * @return the subject
     */
    public Subject.OfUser subject() {
        return subject;
    }

    /**
     * What is known of the person.
     *
     * @return claims
     */
    public Claims claims() {
        return claims;
    }

    /**
     * Whether tokens may be issued for the person.
     *
     * @return false once disabled
     */
    public boolean active() {
        return active;
    }

    /**
     * The name the person signs in by.
     *
     * @return the name as it is registered, if there is one
     */
    public Optional<String> username() {
        return username;
    }

    /**
     * What checks the person's password.
     *
     * @return empty for those who sign in elsewhere
     */
    public Optional<Secret> password() {
        return password;
    }

    /**
     * The person's second factors.
     *
     * @return empty if the password alone is enough
     */
    public List<MfaFactor> factors() {
        return factors;
    }

    /**
     * The scopes with a parameter that are this person's own.
     *
     * @return patterns
     */
    public ScopePatterns scope() {
        return scope;
    }

    @Override
    public String toString() {
        return subject.value();
    }
}
