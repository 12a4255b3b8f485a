package dev.mintmark.auth.profile;

import dev.mintmark.auth.grant.Decision;
import dev.mintmark.auth.grant.Grant;
import dev.mintmark.auth.grant.GrantRequest;
import dev.mintmark.auth.grant.PasswordGrant;
import dev.mintmark.auth.protocol.Authentication;
import dev.mintmark.auth.protocol.Authorization;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Refusal;

/** The password grant, whose sign-ins belong to the person's current {@code token_version}. */
final class GeoLensGrant implements Grant {
    private final Grant passwords = new PasswordGrant();

    @Override
    public GrantType type() {
        return GrantType.PASSWORD;
    }

    @Override
    public Decision decide(GrantRequest request) {
        Decision decision = passwords.decide(request);
        if (decision instanceof Decision.Refuse refuse
                && refuse.refusal().code().equals(ErrorCode.MFA_REQUIRED)) {
            return Decision.refuse(
                    Refusal.of(ErrorCode.ACCESS_DENIED, "the person has a second factor, for which this API has no way")
                            .saying("Password login is disabled; sign in with your SSO provider"));
        }
        if (!(decision instanceof Decision.Approve approved)) return decision;
        Authorization granted = approved.authorization();
        Authentication signIn = granted.authentication().orElseThrow();
        String person = signIn.subject().value();
        long version = new GeoLensTokenVersions(request.memory()).current(person);
        return Decision.approve(granted.toBuilder()
                .authentication(signIn.withSession(GeoLensTokenVersions.session(person, version)))
                .build());
    }
}
