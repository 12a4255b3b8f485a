package dev.mintmark.auth;

import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Refused;

/** An endpoint of one's own for whoever brings an access token of this server. The engine verifies it; for
 * which resource it is ({@code aud}) is for the endpoint to see, where clients may name several. Thread-safe. */
@FunctionalInterface
public interface BearerEndpoint {
    /**
     * Answers.
     *
     * @param call whose token, and what is asked
     * @return the members of the answer; none for an empty body
     * @throws Refused if the request is refused
     */
    Claims call(BearerCall call);
}
