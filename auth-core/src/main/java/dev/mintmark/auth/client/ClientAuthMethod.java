package dev.mintmark.auth.client;

import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.ClientRequest;
import dev.mintmark.auth.protocol.Refused;
import java.util.Optional;

/**
 * One way for a client to prove who it is: a value of {@code token_endpoint_auth_method}. An open set: register one's own
 * with the server's builder. Thread-safe.
 */
public interface ClientAuthMethod {
    /**
     * The method's registered name (RFC 7591 section 2).
     *
     * @return a value of {@code token_endpoint_auth_method}
     */
    String name();

    /**
     * Looks for this method's credentials in a request.
     *
     * @param request the request
     * @return the credentials as presented; empty if the request has none of this kind
     * @throws Refused if they are there, but malformed
     */
    Optional<Presented> find(ClientRequest request);

    /** Credentials as presented: whose they say they are, and whether that is so. */
    interface Presented {
        /**
         * Whose credentials these claim to be.
         *
         * @return a client identifier, not yet proven
         */
        String clientId();

        /**
         * Whether the client is proven.
         *
         * @param client the client so called, which is registered for this method
         * @param check what the engine lends to check it
         * @return whether the proof holds
         * @throws Refused {@code temporarily_unavailable} if the proof cannot be checked now
         */
        boolean proves(Client client, ProofCheck check);
    }
}
