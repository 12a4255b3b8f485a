package dev.mintmark.auth.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * To whom a row or a token belongs, and since when: all that a revocation can name. Immutable.
 */
public final class Lineage {
    private final String issuer;
    private final Instant born;
    private final Optional<String> client;
    private final Optional<String> subject;
    private final Optional<String> session;
    private final boolean offline;
    private final Optional<String> family;
    private final Optional<String> token;

    private Lineage(
            String issuer,
            Instant born,
            Optional<String> client,
            Optional<String> subject,
            Optional<String> session,
            boolean offline,
            Optional<String> family,
            Optional<String> token) {
        this.issuer = issuer;
        this.born = born;
        this.client = client;
        this.subject = subject;
        this.session = session;
        this.offline = offline;
        this.family = family;
        this.token = token;
    }

    /**
     * Something of an issuer's, belonging to no one yet.
     *
     * @param issuer the issuer
     * @param born since when it is valid
     * @return the lineage
     */
    public static Lineage of(String issuer, Instant born) {
        return new Lineage(
                issuer,
                born,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty());
    }

    /**
     * The same, of a client.
     *
     * @param value {@code client_id}
     * @return the new lineage
     */
    public Lineage withClient(String value) {
        return new Lineage(issuer, born, Optional.of(value), subject, session, offline, family, token);
    }

    /**
     * The same, of a person.
     *
     * @param value the person's {@code sub}, if there is a person
     * @return the new lineage
     */
    public Lineage withSubject(Optional<String> value) {
        return new Lineage(issuer, born, client, value, session, offline, family, token);
    }

    /**
     * The same, of a session.
     *
     * @param value {@code sid}, if there is a session
     * @return the new lineage
     */
    public Lineage withSession(Optional<String> value) {
        return new Lineage(issuer, born, client, subject, value, offline, family, token);
    }

    /**
     * The same, outliving its session or not.
     *
     * @param value whether it stays when the person signs out
     * @return the new lineage
     */
    public Lineage withOffline(boolean value) {
        return new Lineage(issuer, born, client, subject, session, value, family, token);
    }

    /**
     * The same, of a family.
     *
     * @param value the family, if there is one
     * @return the new lineage
     */
    public Lineage withFamily(Optional<String> value) {
        return new Lineage(issuer, born, client, subject, session, offline, value, token);
    }

    /**
     * The same, of a single token.
     *
     * @param value {@code jti}, if the token has one
     * @return the new lineage
     */
    public Lineage withToken(Optional<String> value) {
        return new Lineage(issuer, born, client, subject, session, offline, family, value);
    }

    /**
     * The issuer.
     *
     * @return its identifier
     */
    public String issuer() {
        return issuer;
    }

    /**
     * Since when.
     *
     * @return the moment of the grant that this descends from
     */
    public Instant born() {
        return born;
    }

    /**
     * The client.
     *
     * @return {@code client_id}, if any
     */
    public Optional<String> client() {
        return client;
    }

    /**
     * The person.
     *
     * @return {@code sub}; empty for a client's own grants
     */
    public Optional<String> subject() {
        return subject;
    }

    /**
     * The session.
     *
     * @return {@code sid}, if any
     */
    public Optional<String> session() {
        return session;
    }

    /**
     * Whether it outlives its session.
     *
     * @return whether it stays when the person signs out
     */
    public boolean offline() {
        return offline;
    }

    /**
     * The family.
     *
     * @return its identifier, if any
     */
    public Optional<String> family() {
        return family;
    }

    /**
     * The single token.
     *
     * @return {@code jti}, if this is a token's
     */
    public Optional<String> token() {
        return token;
    }

    /**
     * Every selector that this lineage answers to.
     *
     * @return up to seven selectors
     */
    public List<Selector> selectors() {
        List<Selector> all = new ArrayList<>(7);
        client.ifPresent(v -> all.add(new Selector(issuer, Selector.By.CLIENT, v)));
        subject.ifPresent(v -> all.add(new Selector(issuer, Selector.By.SUBJECT, v)));
        if (client.isPresent() && subject.isPresent()) {
            all.add(Selector.ofSubjectAtClient(issuer, subject.get(), client.get()));
        }
        session.ifPresent(v -> all.add(new Selector(issuer, Selector.By.SESSION, v)));
        session.filter(v -> !offline).ifPresent(v -> all.add(new Selector(issuer, Selector.By.ONLINE, v)));
        family.ifPresent(v -> all.add(new Selector(issuer, Selector.By.FAMILY, v)));
        token.ifPresent(v -> all.add(new Selector(issuer, Selector.By.TOKEN, v)));
        return all;
    }
}
