package dev.mintmark.auth.grant;

import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Refused;

/**
 * One grant (RFC 6749 sections 4 and 4.5). It answers one question: may this authenticated client have this authorization?
 *
 * <p>It only reads. Every write it needs rides in its decision, so that the engine can apply all of it at once; it may be
 * asked again when another request was faster. It never mints, never writes HTTP, never logs. An open set: register one's own
 * with the server's builder, and discovery, dialects, refresh tokens, ID tokens and events follow. Thread-safe.
 */
public interface Grant {
    /**
     * The grant's name on the wire.
     *
     * @return the value of {@code grant_type}
     */
    GrantType type();

    /**
     * Whether a client may use this grant.
     *
     * @param client the client, authenticated
     * @return whether it is registered for it
     */
    default boolean isOpenTo(Client client) {
        return client.grantTypes().contains(type());
    }

    /**
     * Decides a request.
     *
     * @param request the request; its client is authenticated and may use this grant
     * @return the decision
     * @throws Refused as a shorter way to say {@link Decision.Refuse}
     */
    Decision decide(GrantRequest request);
}
