package dev.mintmark.auth;

import dev.mintmark.auth.grant.GrantRequest;
import dev.mintmark.auth.grant.Memory;
import dev.mintmark.auth.grant.Redeemed;
import dev.mintmark.auth.protocol.Binding;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.protocol.Refused;
import dev.mintmark.auth.protocol.Scopes;
import dev.mintmark.auth.protocol.User;
import dev.mintmark.auth.store.Kind;
import dev.mintmark.auth.user.People;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A token request as a grant sees it. */
record GrantCall(
        Client client,
        Params params,
        Binding binding,
        Instant now,
        Optional<Scopes> requested,
        List<URI> resources,
        Optional<String> remoteAddress,
        Parts parts)
        implements GrantRequest {
    /** What of the engine a grant may reach. */
    record Parts(
            ScopeRules scopes, EngineMemory memory, Families families, Challenges challenges, EnginePeople people) {
        /** What a handle names, if it is this client's to take up now. */
        Held held(Kind kind, Params params, String parameter, Client client, Binding binding) {
            Held held = find(kind, params.required(parameter), client)
                    .orElseThrow(() -> wrong(kind + " is unknown", parameter));
            if (held.stored().revoked()) throw wrong(kind + " is revoked", parameter);
            if (held.stored().expired()) throw wrong(kind + " has expired", parameter);
            // RFC 6749 sections 4.1.3 and 6: issued to the authenticated client
            if (!held.authorization().client().equals(client.clientId()))
                throw wrong(kind + " is another client's", parameter);
            // RFC 9449 section 5, RFC 8705 section 4: bound to the key of the sender
            if (!held.authorization().binding().equals(Binding.NONE)
                    && !held.authorization().binding().equals(binding)) {
                throw wrong(kind + " is bound to another key", parameter);
            }
            return held;
        }

        private static Refused wrong(String reason, String parameter) {
            return GrantCall.wrong(reason).about(parameter).thrown();
        }

        private Optional<Held> find(Kind kind, String handle, Client client) {
            if (kind.equals(Kind.FAMILY)) return families.find(handle, Optional.of(client), memory.now());
            if (kind.equals(Kind.CHALLENGE)) return challenges.find(handle);
            return memory.find(memory.key(kind, handle));
        }
    }

    @Override
    public Scopes scopeOrDefault() {
        return parts.scopes().orDefault(requested, client);
    }

    @Override
    public Scopes scopeOrDefault(User user) {
        return parts.scopes().standing(scopeOrDefault(), requested, client, Optional.of(user));
    }

    @Override
    public People people() {
        return parts.people();
    }

    @Override
    public Memory memory() {
        return parts.memory();
    }

    @Override
    public Redeemed redeem(Kind kind, String parameter) {
        Held held = parts.held(kind, params, parameter, client, binding);
        if (held.isFamily() && held.use() == Held.Use.REPLAY) throw replay(held);
        return held;
    }

    /**
     * RFC 9700 section 4.14.2, RFC 6749 section 4.1.2: a use too many of a code or a refresh token revokes what the first one gave.
     * No RFC says so of other kinds, and two honest polls at once may well bring the same device code.
     */
    static Refused replay(Held held) {
        Kind kind = held.stored().key().kind();
        Refusal refusal = wrong(kind + " was used before");
        return held.authorization()
                .family()
                .filter(family -> kind.equals(Kind.CODE) || kind.equals(Kind.FAMILY))
                .map(refusal::revoking)
                .orElse(refusal)
                .thrown();
    }

    private static Refusal wrong(String reason) {
        return Refusal.of(ErrorCode.INVALID_GRANT, reason);
    }
}
