package dev.mintmark.auth;

import dev.mintmark.auth.grant.ClientCall;
import dev.mintmark.auth.protocol.Authorization;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.protocol.Refused;
import dev.mintmark.auth.store.GrantStore;
import dev.mintmark.auth.store.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Authorization requests that clients push beforehand (RFC 9126): checked when they come, and used once. */
final class PushedRequests implements ClientEndpoint {
    private static final String PREFIX = "urn:ietf:params:oauth:request_uri:";
    private static final String PARAMS = "params";

    /** RFC 9126 section 2.2: between 5 and 600 seconds. */
    private static final Duration LIFETIME = Duration.ofSeconds(90);

    /** What proves the client is for this request alone. */
    private static final Set<String> PROOFS = Set.of("client_secret", "client_assertion", "client_assertion_type");

    private final AuthorizationRules rules;
    private final EngineMemory memory;
    private final EnginePeople people;

    PushedRequests(AuthorizationRules rules, EngineMemory memory, EnginePeople people) {
        this.rules = rules;
        this.memory = memory;
        this.people = people;
    }

    @Override
    public Claims call(ClientCall call) {
        // RFC 9126 section 2.1: MUST NOT be provided
        if (call.params().get("request_uri").isPresent()) {
            throw Refusal.badParameter("request_uri", "must not be pushed").thrown();
        }
        Client client = call.client();
        Params params = Visits.params(Visits.claims(call.params(), PROOFS).with("client_id", client.clientId()));
        rules.wanted(rules.target(params), params);
        // Anyone can say to be a public client.
        if (client.isPublic()) people.visited(call.remoteAddress());
        String handle = memory.newHandle();
        Authorization asking = Authorization.ofClient(client.clientId()).build();
        Claims details = Claims.of(PARAMS, Visits.claims(params, Set.of()));
        if (memory.apply(memory.remember(Kind.PUSHED, handle, asking, details, LIFETIME)) != GrantStore.Outcome.DONE) {
            throw Refusal.of(ErrorCode.ACCESS_DENIED, "revoked meanwhile").thrown();
        }
        return Claims.of("request_uri", PREFIX + handle).with("expires_in", LIFETIME.toSeconds());
    }

    /** Uses a pushed request up, if one is named; a request_uri of another kind is for others to refuse. */
    Optional<Params> take(Params deciding) {
        Optional<String> name = deciding.get("request_uri").filter(uri -> uri.startsWith(PREFIX));
        if (name.isEmpty()) return Optional.empty();
        Held held = memory.find(memory.key(Kind.PUSHED, name.get().substring(PREFIX.length())))
                .orElseThrow(() -> refused("is unknown, or has expired"));
        if (held.stored().expired()) throw refused("has expired");
        if (!held.usable()) throw refused("was used");
        // RFC 9126 section 4: bound to the client that pushed it
        if (!deciding.required("client_id").equals(held.authorization().client())) throw refused("is another client's");
        // RFC 9126 section 7.3: once
        if (memory.apply(memory.spend(held)) != GrantStore.Outcome.DONE) throw refused("was used");
        return Optional.of(Visits.params(held.details().object(PARAMS)));
    }

    private static Refused refused(String how) {
        return Refusal.of(ErrorCode.INVALID_REQUEST_URI, "request_uri " + how)
                .about("request_uri")
                .saying("request_uri " + how)
                .thrown();
    }
}
