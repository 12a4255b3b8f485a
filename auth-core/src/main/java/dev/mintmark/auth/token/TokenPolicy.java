package dev.mintmark.auth.token;

import dev.mintmark.auth.protocol.Authorization;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.TokenKind;
import dev.mintmark.auth.protocol.User;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Decides which tokens an answer holds: formats, lifetimes, audiences, claims. Thread-safe.
 *
 * <p>Policies stack: each is handed what the one before it planned, the first what the RFCs plan.
 */
@FunctionalInterface
public interface TokenPolicy {
    /**
     * Changes a plan.
     *
     * @param by the grant that led here
     * @param client who asked
     * @param authorization what was authorized; its scope is that of the token to be struck
     * @param user the person, if there is one and the server has a user store
     * @param standard the plan so far
     * @return the plan to follow
     */
    TokenPlan plan(GrantType by, Client client, Authorization authorization, Optional<User> user, TokenPlan standard);

    /**
     * A policy that adds claims to one kind of token, by client and authorization.
     *
     * @param kind the kind of token
     * @param claims the claims to add
     * @return the policy
     */
    static TokenPolicy claims(TokenKind kind, BiFunction<Client, Authorization, Claims> claims) {
        return (by, client, authorization, user, plan) -> {
            Claims more = claims.apply(client, authorization);
            return switch (kind) {
                case ACCESS -> plan.access(t -> t.claims(t.claims().with(more)));
                case ID -> plan.id(t -> t.claims(t.claims().with(more)));
                case REFRESH -> plan.refresh(t -> t.claims(t.claims().with(more)));
            };
        };
    }

    /**
     * This policy, and then another.
     *
     * @param next is handed what this one planned
     * @return both
     */
    default TokenPolicy then(TokenPolicy next) {
        return (by, client, authorization, user, plan) ->
                next.plan(by, client, authorization, user, plan(by, client, authorization, user, plan));
    }
}
