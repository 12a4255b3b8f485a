package dev.mintmark.auth.grant;

import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.GrantType;

/**
 * The second factor is a code that the person kept for when nothing else is at hand: {@code mfa_token} and
 * {@code recovery_code}. The answer holds a new {@code recovery_code} for the one that is used up.
 */
public final class MfaRecoveryCodeGrant implements Grant {
    /** The grant. */
    public MfaRecoveryCodeGrant() {}

    @Override
    public GrantType type() {
        return GrantType.MFA_RECOVERY_CODE;
    }

    @Override
    public boolean isOpenTo(Client client) {
        return SecondStep.isOpenTo(client, type());
    }

    @Override
    public Decision decide(GrantRequest request) {
        String code = request.params().required("recovery_code");
        SecondStep step = SecondStep.of(request);
        return step.passed(request, request.people().recoveryCode(step.user(), step.name(), code));
    }
}
