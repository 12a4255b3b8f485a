package dev.mintmark.auth;

import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Refused;
import dev.mintmark.auth.wire.WireRequest;

/**
 * An endpoint of one's own that anyone may call: the engine verifies nobody, it only bounds, words and tells. For APIs with
 * credentials of their own kind, which the endpoint must check itself. Thread-safe.
 */
@FunctionalInterface
public interface OpenEndpoint {
    /**
     * Answers.
     *
     * @param request the request, whose body is the endpoint's to read
     * @return the members of the answer; none for an empty body
     * @throws Refused if the request is refused
     */
    Claims call(WireRequest request);
}
