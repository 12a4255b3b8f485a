package dev.mintmark.auth;

import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.User;
import java.util.Optional;

/** A request that brings an access token (RFC 6750). Only the engine makes one; it will grow by methods. */
public interface BearerCall {
    /**
     * The access token.
     *
     * @return a valid one
     */
    VerifiedToken token();

    /**
     * The person it speaks for.
     *
     * @return the person, active; empty for a client acting for itself, and on servers without a user store
     */
    Optional<User> user();

    /**
     * The parameters.
     *
     * @return in the names the dialect gives them; none for GET
     */
    Params params();
}
