package dev.mintmark.auth.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.grant.Decision;
import dev.mintmark.auth.grant.Grant;
import dev.mintmark.auth.grant.GrantRequest;
import dev.mintmark.auth.grant.Memory;
import dev.mintmark.auth.grant.Redeemed;
import dev.mintmark.auth.protocol.Authorization;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.protocol.Scopes;
import dev.mintmark.auth.store.ClientStore;
import dev.mintmark.auth.store.Kind;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An attempt that is counted in a refusal is paid for before it is answered, however many guess at once. */
class GuessingRaceTest {
    private static final GrantType PIN = new GrantType("urn:example:grant-type:pin");
    private static final Kind CHALLENGE = new Kind("challenge");
    private static final ErrorCode WRONG_PIN = new ErrorCode("wrong_pin");
    private static final int ATTEMPTS = 3;
    private static final int ROUNDS = 25;

    private final TestServer server = TestServer.of(b -> b.grant(new PinGrant())
            .clients(ClientStore.of(TestServer.web().grantTypes(PIN).build())));

    private static final class PinGrant implements Grant {
        @Override
        public GrantType type() {
            return PIN;
        }

        @Override
        public Decision decide(GrantRequest request) {
            Redeemed challenge = request.redeem(CHALLENGE, "challenge");
            Claims details = challenge.details();
            long attempts = details.number("attempts").orElse(0);
            if (attempts >= ATTEMPTS || !challenge.usable()) {
                return Decision.refuse(Refusal.of(ErrorCode.INVALID_GRANT, "no attempt is left"));
            }
            if (details.string("pin").equals(request.params().get("pin"))) {
                return Decision.approve(challenge.authorization()).redeeming(challenge);
            }
            Claims counted = details.with("attempts", attempts + 1);
            return Decision.refuse(Refusal.of(WRONG_PIN, "a wrong guess"))
                    .also(request.memory().rewrite(challenge, challenge.authorization(), counted));
        }
    }

    @Test
    void no_more_guesses_are_answered_than_attempts_are_allowed() throws Exception {
        try (Race race = new Race()) {
            String challenge = challenge();
            long answered = 0;
            for (int round = 0; round < ROUNDS; round++) {
                answered += race.run(() -> guess(challenge, "0000")).stream()
                        .filter(reply -> reply.json().string("error").equals(Optional.of(WRONG_PIN.value())))
                        .count();
            }
            assertThat(answered).isEqualTo(ATTEMPTS);
            guess(challenge, "1234").refused("invalid_grant");
        }
    }

    @Test
    void the_right_pin_within_the_attempts_gets_tokens() {
        String challenge = challenge();
        guess(challenge, "0000").refused("wrong_pin");
        guess(challenge, "1234").issued();
    }

    private Reply guess(String challenge, String pin) {
        return server.token("web", PIN.value())
                .with("challenge", challenge)
                .with("pin", pin)
                .send();
    }

    private String challenge() {
        Memory memory = server.server.memory();
        String handle = memory.newHandle();
        Authorization pending = Authorization.ofUser("web", server.alice())
                .scope(Scopes.of("read"))
                .build();
        server.server.apply(
                memory.remember(CHALLENGE, handle, pending, Claims.of("pin", "1234"), Duration.ofMinutes(5)));
        return handle;
    }
}
