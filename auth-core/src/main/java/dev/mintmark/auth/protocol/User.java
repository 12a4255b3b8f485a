package dev.mintmark.auth.protocol;

/**
 * A person, as far as the engine needs to know one. Immutable.
 */
public final class User {
    private final Subject.OfUser subject;
    private final Claims claims;
    private final boolean active;

    private User(Subject.OfUser subject, Claims claims, boolean active) {
        this.subject = subject;
        this.claims = claims;
        this.active = active;
    }

    /**
     * A person.
     *
     * @param subject the {@code sub} claim: stable, never reused
     * @return the user, active and without claims
     */
    public static User of(String subject) {
        return new User(new Subject.OfUser(subject), Claims.none(), true);
    }

    /**
     * The same with claims.
     *
     * @param value members by the names of OpenID Connect Core section 5.1, or one's own
     * @return the new user
     */
    public User withClaims(Claims value) {
        return new User(subject, value, active);
    }

    /**
     * The same, active or not.
     *
     * @param value whether tokens may still be issued for the person
     * @return the new user
     */
    public User withActive(boolean value) {
        return new User(subject, claims, value);
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
}
