package dev.mintmark.auth;

import dev.mintmark.auth.grant.ClientCall;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.MfaFactor;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.protocol.User;
import dev.mintmark.auth.store.Change;
import dev.mintmark.auth.store.GrantStore;
import dev.mintmark.auth.store.Kind;
import dev.mintmark.auth.user.People;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Chooses the second factor of a challenge, and sends its code where one has to be sent; as Auth0 and Okta have it, for there is
 * no RFC. Parameters: {@code mfa_token}; {@code challenge_type}, what the client can handle of {@code otp} and {@code oob};
 * {@code authenticator_id}, a factor's type. Asked again, it sends a new code, and the one before is void.
 */
final class MfaChallengeEndpoint implements ClientEndpoint {
    private static final int ATTEMPTS = 3;

    private final GrantCall.Parts parts;

    MfaChallengeEndpoint(GrantCall.Parts parts) {
        this.parts = parts;
    }

    @Override
    public Claims call(ClientCall call) {
        Held challenge = waiting(call);
        User user = parts.people().standing(challenge.authorization().subject());
        String type = chosen(parts.people().usable(user), call.params());
        if (type.equals("otp")) return Claims.of("challenge_type", "otp");

        String name = challenge.details().string(Challenges.NAME).orElseThrow();
        People.Sent sent = parts.people().newCode(user, name, type);
        String handle = parts.memory().newHandle();
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Held found = waiting(call);
            Claims details = found.details().with("oob_code", handle).with("sent", sent.toClaims());
            Change change = parts.memory().rewrite(found, found.authorization(), details);
            if (parts.memory().apply(change) != GrantStore.Outcome.DONE) continue;
            // Only now: a code that came before it was valid would be a wrong one.
            Duration left = Duration.between(found.now(), found.expires());
            parts.people().send(user, sent, left.plusMillis(999).truncatedTo(ChronoUnit.SECONDS));
            return Claims.of("challenge_type", "oob")
                    .with("oob_code", handle)
                    .with("oob_channel", type)
                    .with("binding_method", "prompt");
        }
        throw Refusal.of(ErrorCode.TEMPORARILY_UNAVAILABLE, "lost " + ATTEMPTS + " races")
                .retryAfter(Duration.ofSeconds(1))
                .thrown();
    }

    private Held waiting(ClientCall call) {
        Held challenge = parts.held(Kind.CHALLENGE, call.params(), "mfa_token", call.client(), call.binding());
        if (challenge.usable()) return challenge;
        throw Refusal.of(ErrorCode.INVALID_GRANT, "the challenge was passed before")
                .about("mfa_token")
                .thrown();
    }

    private static String chosen(List<MfaFactor> usable, Params params) {
        List<String> handled =
                List.of(params.get("challenge_type").orElse("otp oob").split(" ", -1));
        Optional<String> wanted = params.get("authenticator_id");
        return usable.stream()
                .map(MfaFactor::type)
                .filter(type -> !type.equals("recovery-code"))
                .filter(type -> handled.contains(type.equals("otp") ? "otp" : "oob"))
                .filter(type -> wanted.isEmpty() || wanted.get().equals(type))
                .findFirst()
                .orElseThrow(() -> Refusal.of(ErrorCode.UNSUPPORTED_CHALLENGE_TYPE, "no such factor")
                        .saying("no second factor of this type")
                        .thrown());
    }
}
