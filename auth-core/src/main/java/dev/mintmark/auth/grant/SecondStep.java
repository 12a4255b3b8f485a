package dev.mintmark.auth.grant;

import dev.mintmark.auth.protocol.Authentication;
import dev.mintmark.auth.protocol.Authorization;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.protocol.Refused;
import dev.mintmark.auth.protocol.User;
import dev.mintmark.auth.store.Kind;
import dev.mintmark.auth.user.People;
import java.util.ArrayList;
import java.util.List;

/**
 * A sign-in that waits for a second factor, and what the grants that bring one have in common.
 *
 * @param challenge what waits
 * @param user the person
 */
record SecondStep(Redeemed challenge, User user) {
    /** Whoever may begin may go on. */
    static boolean isOpenTo(Client client, GrantType type) {
        return client.grantTypes().contains(type) || client.grantTypes().contains(GrantType.PASSWORD);
    }

    static SecondStep of(GrantRequest request) {
        Redeemed challenge = request.redeem(Kind.CHALLENGE, "mfa_token");
        if (!challenge.usable()) throw used();
        return new SecondStep(
                challenge, request.people().standing(challenge.authorization().subject()));
    }

    private static Refused used() {
        return Refusal.of(ErrorCode.INVALID_GRANT, "the challenge was passed before")
                .about("mfa_token")
                .thrown();
    }

    /** The name to which attempts are charged. */
    String name() {
        return challenge.details().string("name").orElseThrow();
    }

    /** What waited is granted, with what proved it: challenge, code and all in one change. */
    Decision passed(GrantRequest request, People.Proven proven) {
        Authorization pending = challenge.authorization();
        Authentication first = pending.authentication().orElseThrow();
        List<String> amr = new ArrayList<>(first.amr());
        amr.addAll(proven.amr());
        amr.add("mfa");
        Authorization granted =
                pending.toBuilder().authentication(first.withAmr(amr)).build();
        Decision.Approve approved = Decision.approve(granted)
                .audience(Resources.narrowed(granted, request))
                .redeeming(challenge)
                .also(proven.change())
                .tell(proven.told());
        if (!request.params().get("remember_device").filter("true"::equals).isPresent()) return approved;
        People.Device device = request.people().remember(granted, user);
        return approved.also(device.change()).tell(Claims.of("device_token", device.token()));
    }
}
