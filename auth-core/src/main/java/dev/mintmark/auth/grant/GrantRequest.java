package dev.mintmark.auth.grant;

import dev.mintmark.auth.protocol.Refused;
import dev.mintmark.auth.protocol.Scopes;
import dev.mintmark.auth.protocol.User;
import dev.mintmark.auth.store.Kind;
import dev.mintmark.auth.user.People;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A token request as a grant sees it: the client may use this grant, the requested scope and resources are well-formed and
 * within what the client may ask for. Only the engine makes one; it will grow by methods.
 */
public interface GrantRequest extends ClientCall {
    /**
     * The time of the request.
     *
     * @return the server's clock
     */
    Instant now();

    /**
     * The scope asked for.
     *
     * @return empty if none was
     */
    Optional<Scopes> requested();

    /**
     * The scope asked for, or the client's parameterless defaults: for grants that start an authorization.
     *
     * @return the scopes
     */
    Scopes scopeOrDefault();

    /**
     * The same as far as it is a person's to give: for grants that have just recognised someone, and do not grant at once.
     *
     * @param user the person
     * @return the scopes
     * @throws Refused {@code invalid_scope} if one was asked for that is not the person's
     */
    Scopes scopeOrDefault(User user);

    /**
     * The resources asked for (RFC 8707).
     *
     * @return absolute URIs, empty if none were
     */
    List<URI> resources();

    /**
     * Takes up what a handle names. Whether it exists, has expired, was revoked, belongs to this client and is bound to this
     * sender is checked here, once for every grant; whether it was used before is checked when the grant approves, so that only
     * who has everything right can set off the answer to a replay. That answer is to revoke the family for
     * {@link Kind#CODE} and {@link Kind#FAMILY}, and no more than a refusal for every other kind.
     *
     * @param kind what the handle names
     * @param parameter the parameter that holds it
     * @return what is remembered
     * @throws Refused {@code invalid_request} if the parameter is missing, {@code invalid_grant} if a check fails
     */
    Redeemed redeem(Kind kind, String parameter);

    /**
     * The people, for grants that recognise them.
     *
     * @return who recognises people by password and second factor
     */
    People people();

    /**
     * The memory, for writes that ride in the decision.
     *
     * @return the engine's memory
     */
    Memory memory();
}
