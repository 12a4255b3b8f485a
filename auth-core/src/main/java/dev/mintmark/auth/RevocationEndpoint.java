package dev.mintmark.auth;

import dev.mintmark.auth.grant.ClientCall;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.protocol.TokenKind;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Token revocation (RFC 7009). A refresh token, spent ones included, takes its family with it; an access token goes alone. A
 * token that is not known, not valid any more or not a token at all is answered like one that was revoked.
 */
final class RevocationEndpoint implements ClientEndpoint {
    private final TokenReader tokens;
    private final Consumer<TokenReader.Read> end;

    RevocationEndpoint(TokenReader tokens, Consumer<TokenReader.Read> end) {
        this.tokens = tokens;
        this.end = end;
    }

    @Override
    public Claims call(ClientCall call) {
        Client client = call.client();
        Optional<TokenReader.Read> read = tokens.read(call.params().required("token"));
        if (read.isEmpty()) return Claims.none();
        boolean own = read.get().client().equals(client.clientId());
        // Whoever only says who it is learns nothing of others' tokens.
        if (!own && client.isPublic()) return Claims.none();
        // RFC 7009 section 2.1: issued to this client, or the request is refused and the client told
        if (!own) {
            throw Refusal.of(
                            ErrorCode.INVALID_GRANT,
                            client + " revokes a token of " + read.get().client())
                    .saying("the token was issued to another client")
                    .thrown();
        }
        // What has ended needs no remembering; a spent refresh token still ends its family.
        if (!read.get().active() && read.get().kind() != TokenKind.REFRESH) return Claims.none();
        // RFC 7009 section 2.2.1: better told than passed over
        if (read.get().revocation().isEmpty()) {
            throw Refusal.of(ErrorCode.UNSUPPORTED_TOKEN_TYPE, "the token has no jti to be revoked by")
                    .saying("this token cannot be revoked alone")
                    .thrown();
        }
        end.accept(read.get());
        return Claims.none();
    }
}
