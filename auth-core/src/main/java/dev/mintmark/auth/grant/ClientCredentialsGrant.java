package dev.mintmark.auth.grant;

import dev.mintmark.auth.protocol.Authorization;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Refusal;

/** The client acts for itself (RFC 6749 section 4.4). */
public final class ClientCredentialsGrant implements Grant {
    /** The grant. */
    public ClientCredentialsGrant() {}

    @Override
    public GrantType type() {
        return GrantType.CLIENT_CREDENTIALS;
    }

    @Override
    public Decision decide(GrantRequest request) {
        // RFC 6749 section 4.4: MUST only be used by confidential clients
        if (request.client().isPublic()) {
            return Decision.refuse(Refusal.of(ErrorCode.UNAUTHORIZED_CLIENT, "a public client acts for no one"));
        }
        return Decision.approve(Authorization.ofClient(request.client().clientId())
                .scope(request.scopeOrDefault())
                .resources(request.resources())
                .build());
    }
}
