package dev.mintmark.auth;

import dev.mintmark.auth.grant.ClientCall;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.protocol.Scopes;
import dev.mintmark.auth.protocol.Subject;
import java.util.Optional;

/**
 * Token introspection (RFC 7662). Any client that can prove who it is may ask about access tokens; about refresh tokens only
 * their own client. A {@code scope} parameter narrows the question: a token that lacks part of it counts as inactive.
 */
final class IntrospectionEndpoint implements ClientEndpoint {
    private static final Claims INACTIVE = Claims.of("active", false);

    private final TokenReader tokens;
    private final Subjects subjects;

    IntrospectionEndpoint(TokenReader tokens, Subjects subjects) {
        this.tokens = tokens;
        this.subjects = subjects;
    }

    @Override
    public Claims call(ClientCall call) {
        Client client = call.client();
        Params params = call.params();
        String token = params.required("token");
        // RFC 7662 section 2.1: MUST require authorization, or tokens could be guessed here
        if (client.isPublic()) {
            throw Refusal.of(ErrorCode.INVALID_CLIENT, client + " is public, and may not introspect")
                    .thrown();
        }
        Optional<Scopes> needed = params.get("scope").map(Scopes::parse);
        // RFC 7662 section 2.2: whatever the reason, an inactive token is told no more of
        return tokens.read(token)
                .filter(TokenReader.Read::active)
                .filter(read -> read.isAccess() || read.client().equals(client.clientId()))
                .filter(read -> needed.isEmpty() || read.scope().containsAll(needed.get()))
                .map(read -> active(read, client))
                .orElse(INACTIVE);
    }

    private Claims active(TokenReader.Read read, Client client) {
        Claims.Builder out = Claims.builder().put("active", true).putAll(read.claims());
        // An access token says itself what its client calls the person; of a refresh token its own client asks.
        if (!read.isAccess())
            out.put("sub", read.person().map(person -> subjects.of(client, new Subject.OfUser(person))));
        if (!read.client().isEmpty()) out.put("client_id", read.client());
        Scopes scope = read.scope();
        if (!scope.isEmpty()) out.put("scope", scope.toString());
        if (read.isAccess()) {
            boolean dpop = read.claims().object("cnf").string("jkt").isPresent();
            out.put("token_type", dpop ? "DPoP" : "Bearer");
        }
        return out.build();
    }
}
