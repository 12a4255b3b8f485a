package dev.mintmark.auth.profile;

import dev.mintmark.auth.grant.ClientCredentialsGrant;
import dev.mintmark.auth.grant.Decision;
import dev.mintmark.auth.grant.Grant;
import dev.mintmark.auth.grant.GrantRequest;
import dev.mintmark.auth.protocol.Authorization;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Subject;
import java.util.Optional;

/** client_credentials of a client that acts for a user, as its registration says. */
final class ScreeningEagleGrant implements Grant {
    private final Grant alone = new ClientCredentialsGrant();

    @Override
    public GrantType type() {
        return GrantType.CLIENT_CREDENTIALS;
    }

    @Override
    public Decision decide(GrantRequest request) {
        Optional<String> user = request.client().metadata().string(ScreeningEagleProfile.ACTS_FOR);
        if (user.isEmpty()) return alone.decide(request);
        Authorization.Builder granted =
                Authorization.ofUser(request.client().clientId(), new Subject.OfUser(user.get()));
        return Decision.approve(granted.scope(request.scopeOrDefault())
                .resources(request.resources())
                .build());
    }
}
