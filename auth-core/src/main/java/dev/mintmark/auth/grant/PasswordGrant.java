package dev.mintmark.auth.grant;

import dev.mintmark.auth.protocol.Authentication;
import dev.mintmark.auth.protocol.Authorization;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.protocol.User;
import dev.mintmark.auth.user.People;
import java.util.List;
import java.util.Optional;

/**
 * A person told the client name and password (RFC 6749 section 4.3). RFC 9700 section 2.4 says that it must not be used: the
 * client learns the password, and people learn to type it anywhere. It is there for APIs that have it.
 *
 * <p>A person with a second factor is refused with {@code mfa_required}, and told what it takes to go on; unless the request
 * brings the {@code device_token} of a device on which that person passed one before.
 */
public final class PasswordGrant implements Grant {
    /** The grant. */
    public PasswordGrant() {}

    @Override
    public GrantType type() {
        return GrantType.PASSWORD;
    }

    @Override
    public Decision decide(GrantRequest request) {
        Params params = request.params();
        String username = params.required("username");
        String password = params.required("password");
        request.scopeOrDefault(); // what the client may not have is refused before anyone is looked for
        Optional<String> device = params.get("device_token");

        User user = request.people().password(username, password, request.remoteAddress(), device);
        Authorization granted = Authorization.ofUser(
                        request.client().clientId(),
                        Authentication.of(user.subject().value(), request.now()).withAmr(List.of("pwd")))
                .scope(request.scopeOrDefault(user))
                .resources(request.resources())
                .binding(request.binding())
                .build();
        boolean known = device.filter(
                        token -> request.people().knows(token, request.client().clientId(), user))
                .isPresent();
        return user.factors().isEmpty() || known ? Decision.approve(granted) : stepUp(request, granted, user);
    }

    private static Decision stepUp(GrantRequest request, Authorization pending, User user) {
        People.Challenge challenge = request.people().challenge(pending, user);
        return Decision.refuse(Refusal.of(ErrorCode.MFA_REQUIRED, "a second factor is wanted")
                        .saying("a second factor is required")
                        .telling(challenge.told()))
                .also(challenge.change());
    }
}
