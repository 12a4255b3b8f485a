package dev.mintmark.auth;

import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.Refused;

/**
 * An endpoint that an authenticated client posts to, such as introspection; profiles and applications add their own with
 * {@link AuthorizationServerBuilder#endpoint}. Thread-safe.
 */
@FunctionalInterface
public interface ClientEndpoint {
    /**
     * Answers a client.
     *
     * @param client authenticated
     * @param params in RFC names
     * @return the members of the answer; none for an empty body
     * @throws Refused if the request is refused
     */
    Claims call(Client client, Params params);
}
