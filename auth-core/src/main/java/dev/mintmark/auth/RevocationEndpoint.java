package dev.mintmark.auth;

import dev.mintmark.auth.grant.ClientCall;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.store.Selector;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Token revocation (RFC 7009). A refresh token, spent ones included, takes its family with it; an access token goes alone. A
 * token that is not known, not valid any more or not a token at all is answered like one that was revoked.
 */
final class RevocationEndpoint implements ClientEndpoint {
    private final TokenReader tokens;
    private final Consumer<Selector> revoke;

    RevocationEndpoint(TokenReader tokens, Consumer<Selector> revoke) {
        this.tokens = tokens;
        this.revoke = revoke;
    }

    @Override
    public Claims call(ClientCall call) {
        Client client = call.client();
        Optional<TokenReader.Read> read = tokens.read(call.params().required("token"));
        if (read.isEmpty()) return Claims.none();
        // RFC 7009 section 2.1: issued to this client, or the request is refused and the client told
        if (!read.get().client().equals(client.clientId())) {
            throw Refusal.of(
                            ErrorCode.INVALID_GRANT,
                            client + " revokes a token of " + read.get().client())
                    .saying("the token was issued to another client")
                    .thrown();
        }
        read.get().revocation().ifPresent(revoke);
        return Claims.none();
    }
}
