package dev.mintmark.auth.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.AuthEvent;
import dev.mintmark.auth.Reply;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.MfaFactor.SentCode;
import dev.mintmark.auth.protocol.MfaFactor.SentCode.Channel;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The second factor is a code that is sent. */
class SentCodeTest {
    private final Town town = Town.standard();

    @Test
    void a_code_by_e_mail_is_a_one_time_password() throws Exception {
        String challenge = town.challenge("emma");
        assertThat(town.sent).as("nothing is sent before it is asked for").isEmpty();
        Reply sending = town.send(challenge).send().issued();

        Town.Sending sent = town.sent.getLast();
        assertThat(sent.user().subject().value()).isEqualTo("emma");
        assertThat(sent.factor()).isEqualTo(new SentCode(Channel.EMAIL, "emma@example.com"));
        assertThat(sent.code()).matches("[0-9]{6}");
        assertThat(sending.string("oob_channel")).isEqualTo("email");
        assertThat(sending.response().text()).doesNotContain(sent.code());
        Reply tokens = town.oob(challenge, sending, sent.code()).send().issued();
        assertThat(tokens.idClaims().getStringListClaim("amr")).containsExactly("pwd", "otp", "mfa");
    }

    @Test
    void a_code_by_text_message_is_called_so() throws Exception {
        String challenge = town.challenge("sam");
        Reply sending =
                town.send(challenge).with("challenge_type", "oob").send().issued();
        assertThat(sending.string("oob_channel")).isEqualTo("sms");
        Reply tokens = town.oob(challenge, sending, ' ' + town.sent.getLast().code() + ' ')
                .send()
                .issued();
        assertThat(tokens.idClaims().getStringListClaim("amr")).containsExactly("pwd", "sms", "mfa");
    }

    @Test
    void a_code_lives_as_long_as_its_challenge_and_the_sender_is_told() {
        String challenge = town.challenge("emma");
        town.clock.advance(Duration.ofMinutes(4));
        Reply sending = town.send(challenge).send().issued();
        assertThat(town.sent.getLast().lifetime()).isEqualTo(Duration.ofMinutes(1));

        town.clock.advance(Duration.ofMinutes(1));
        town.oob(challenge, sending, town.sent.getLast().code()).send().refused("invalid_grant");
    }

    @Test
    void the_code_before_is_void_once_another_was_sent() {
        String challenge = town.challenge("emma");
        Reply first = town.send(challenge).send().issued();
        Reply second = town.send(challenge).send().issued();
        String firstCode = town.sent.removeFirst().code();
        String secondCode = town.sent.getLast().code();

        town.oob(challenge, first, firstCode).send().refused("invalid_grant");
        town.oob(challenge, first, secondCode).send().refused("invalid_grant");
        if (!firstCode.equals(secondCode))
            town.oob(challenge, second, firstCode).send().refused("invalid_grant");
        town.oob(challenge, second, secondCode).send().issued();
    }

    @Test
    void a_code_is_used_once_and_for_its_own_challenge() {
        String challenge = town.challenge("emma");
        Reply sending = town.send(challenge).send().issued();
        String code = town.sent.getLast().code();
        String other = town.challenge("emma");
        town.oob(other, sending, code).send().refused("invalid_grant");
        town.oob(challenge, sending, code).send().issued();

        town.oob(challenge, sending, code).send().refused("invalid_grant");
        town.oob(town.challenge("emma"), sending, code).send().refused("invalid_grant");
    }

    @Test
    void before_anything_was_sent_no_code_is_right() {
        String challenge = town.challenge("emma");
        for (String code : List.of("000000", "null", "-")) {
            town.token("app", GrantType.MFA_OOB)
                    .with("mfa_token", challenge)
                    .with("oob_code", "-")
                    .with("binding_code", code)
                    .send()
                    .refused("invalid_grant");
        }
    }

    @Test
    void a_code_for_a_factor_that_was_changed_meanwhile_is_wrong() {
        String challenge = town.challenge("emma");
        Reply sending = town.send(challenge).send().issued();
        town.folk.change("emma", user -> user.withFactors(new SentCode(Channel.EMAIL, "new@example.com")));

        town.oob(challenge, sending, town.sent.getLast().code()).send().refused("invalid_grant");
    }

    @Test
    void one_challenge_is_sent_so_many_codes() {
        String challenge = town.challenge("emma");
        for (int i = 0; i < 4; i++) town.send(challenge).send().issued();

        Reply refused = town.send(challenge).send().refused(429, "too_many_attempts");
        assertThat(refused.header("Retry-After")).contains("300");
        assertThat(town.sent).hasSize(4);
        town.clock.advance(Duration.ofMinutes(5).minusSeconds(1));
        town.send(challenge).send().refused(429, "too_many_attempts");
        town.send(town.challenge("emma")).send().issued();
    }

    @Test
    void one_person_is_sent_so_many_codes_whatever_challenges_are_begun() {
        for (int i = 0; i < 12; i++) town.send(town.challenge("emma")).send().issued();

        Reply refused = town.send(town.challenge("emma")).send().refused(429, "too_many_attempts");
        assertThat(refused.header("Retry-After")).contains("900");
        assertThat(town.sent).hasSize(12);
        town.send(town.challenge("sam")).send().issued();
    }

    @Test
    void a_sender_that_fails_is_503_and_the_next_try_works() {
        String challenge = town.challenge("emma");
        town.senderDown.set(true);
        Reply refused = town.send(challenge).send().refused(503, "temporarily_unavailable");
        assertThat(refused.header("Retry-After")).contains("1");
        assertThat(refused.response().text()).doesNotContain("gateway");
        assertThat(town.server.lastEvent().type()).isEqualTo(AuthEvent.Type.FAILED);
        assertThat(town.server.lastEvent().client()).contains("app");

        town.senderDown.set(false);
        Reply sending = town.send(challenge).send().issued();
        town.oob(challenge, sending, town.sent.getLast().code()).send().issued();
    }

    @Test
    void wrong_codes_use_up_the_challenge() {
        String challenge = town.challenge("emma");
        Reply sending = town.send(challenge).send().issued();
        for (int i = 0; i < 5; i++) {
            town.oob(challenge, sending, "wrong").send().refused("invalid_grant");
        }
        town.oob(challenge, sending, town.sent.getLast().code()).send().refused("invalid_grant");
    }
}
