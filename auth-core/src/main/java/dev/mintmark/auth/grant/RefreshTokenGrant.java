package dev.mintmark.auth.grant;

import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.protocol.Scopes;
import dev.mintmark.auth.store.Kind;

/** The client goes on with what it has (RFC 6749 section 6). The engine rotates the token and answers replays. */
public final class RefreshTokenGrant implements Grant {
    /** The grant. */
    public RefreshTokenGrant() {}

    @Override
    public GrantType type() {
        return GrantType.REFRESH_TOKEN;
    }

    @Override
    public Decision decide(GrantRequest request) {
        Redeemed family = request.redeem(Kind.FAMILY, "refresh_token");
        Scopes granted = family.authorization().scope();
        Scopes issued = request.requested().orElse(granted);
        // RFC 6749 section 6: MUST NOT include any scope not originally granted
        if (!granted.containsAll(issued)) {
            return Decision.refuse(Refusal.of(ErrorCode.INVALID_SCOPE, "more than was granted")
                    .about("scope")
                    .saying("scope exceeds what was granted"));
        }
        return Decision.approve(family.authorization())
                .issuing(issued)
                .audience(Resources.narrowed(family.authorization(), request))
                .redeeming(family);
    }
}
