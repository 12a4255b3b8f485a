package dev.mintmark.auth;

import dev.mintmark.auth.grant.ClientCall;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Refused;

/**
 * An endpoint that an authenticated client posts to, such as introspection; profiles and applications add their own with
 * {@link AuthorizationServerBuilder#clientEndpoint}. Thread-safe.
 */
@FunctionalInterface
public interface ClientEndpoint {
    /**
     * Answers a client.
     *
     * @param call who asks, and what
     * @return the members of the answer; none for an empty body
     * @throws Refused if the request is refused
     */
    Claims call(ClientCall call);
}
