package dev.mintmark.auth.user;

import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.Scope;
import dev.mintmark.auth.protocol.User;

/**
 * What of a scope is a person's to give, beyond what the client may ask for: asked for each scope at each answer, refreshes
 * included. Thread-safe.
 */
@FunctionalInterface
public interface UserScopePolicy {
    /** A scope with a parameter must be the person's own; one without is anyone's. */
    UserScopePolicy OWN_PARAMETERS = (client, user, scope, parameterised) ->
            !parameterised || user.scope().admits(scope);

    /**
     * Whether a client may have a scope for a person.
     *
     * @param client who asks
     * @param user for whom
     * @param scope one scope that the client may ask for
     * @param parameterised whether the server knows it as a pattern's value, such as {@code customer.42}
     * @return whether it may
     */
    boolean admits(Client client, User user, Scope scope, boolean parameterised);
}
