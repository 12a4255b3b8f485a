package dev.mintmark.auth.grant;

import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.GrantType;

/**
 * The second factor is a code of the person's authenticator: {@code mfa_token} and {@code otp}. With
 * {@code remember_device=true} the answer holds a {@code device_token}.
 */
public final class MfaOtpGrant implements Grant {
    /** The grant. */
    public MfaOtpGrant() {}

    @Override
    public GrantType type() {
        return GrantType.MFA_OTP;
    }

    @Override
    public boolean isOpenTo(Client client) {
        return SecondStep.isOpenTo(client, type());
    }

    @Override
    public Decision decide(GrantRequest request) {
        String code = request.params().required("otp");
        SecondStep step = SecondStep.of(request);
        return step.passed(request, request.people().otp(step.user(), step.name(), code));
    }
}
