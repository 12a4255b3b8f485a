package dev.mintmark.auth.protocol;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How and when a person signed in (OpenID Connect Core section 2). Immutable.
 */
public final class Authentication {
    private final Subject.OfUser subject;
    private final Instant time;
    private final Optional<String> acr;
    private final List<String> amr;
    private final Optional<String> session;

    private Authentication(
            Subject.OfUser subject, Instant time, Optional<String> acr, List<String> amr, Optional<String> session) {
        this.subject = subject;
        this.time = time;
        this.acr = acr;
        this.amr = List.copyOf(amr);
        this.session = session;
    }

    /**
     * A person who signed in at a moment.
     *
     * @param user the person's identifier
     * @param time when
     * @return the authentication
     * @throws IllegalArgumentException if no {@link Subject.OfUser} can be called so
     */
    public static Authentication of(String user, Instant time) {
        return new Authentication(new Subject.OfUser(user), time, Optional.empty(), List.of(), Optional.empty());
    }

    /**
     * The same with a context class.
     *
     * @param value the {@code acr} claim
     * @return the new authentication
     */
    public Authentication withAcr(String value) {
        return new Authentication(subject, time, Optional.of(value), amr, session);
    }

    /**
     * The same with the methods used.
     *
     * @param values the {@code amr} claim, in the words of RFC 8176
     * @return the new authentication
     */
    public Authentication withAmr(List<String> values) {
        return new Authentication(subject, time, acr, values, session);
    }

    /**
     * The same as part of a session.
     *
     * @param id the {@code sid} claim: names the session, and is not its secret
     * @return the new authentication
     * @throws IllegalArgumentException if the name has not 1 to 255 characters, or control characters or unpaired surrogates
     *     among them
     */
    public Authentication withSession(String id) {
        return new Authentication(subject, time, acr, amr, Optional.of(Text.checked("a session", id)));
    }

    /**
     * The person.
     *
     * @return the subject
     */
    public Subject.OfUser subject() {
        return subject;
    }

    /**
     * When the person signed in: {@code auth_time}.
     *
     * @return the moment
     */
    public Instant time() {
        return time;
    }

    /**
     * The context class.
     *
     * @return {@code acr}, if known
     */
    public Optional<String> acr() {
        return acr;
    }

    /**
     * The methods used.
     *
     * @return {@code amr}, empty if unknown
     */
    public List<String> amr() {
        return amr;
    }

    /**
     * The session.
     *
     * @return {@code sid}, if the sign-in belongs to one
     */
    public Optional<String> session() {
        return session;
    }
}
