package dev.mintmark.auth;

import dev.mintmark.auth.protocol.Scopes;
import java.time.Instant;
import java.util.List;

/** What a person has allowed a client. Immutable. */
public final class Consent {
    private final Held held;

    Consent(Held held) {
        this.held = held;
    }

    /**
     * The client.
     *
     * @return {@code client_id}
     */
    public String client() {
        return held.authorization().client();
    }

    /**
     * What it may have.
     *
     * @return scopes, those with a parameter such as {@code customer.42} among them
     */
    public Scopes scope() {
        return held.authorization().scope();
    }

    /**
     * What it may know beside the scope.
     *
     * @return names of claims
     */
    public List<String> claims() {
        return held.details().strings(Consents.CLAIMS);
    }

    /**
     * Since when: the last time the person was asked.
     *
     * @return the moment
     */
    public Instant since() {
        return held.stored().lineage().born();
    }

    @Override
    public String toString() {
        return client() + ": " + scope();
    }
}
