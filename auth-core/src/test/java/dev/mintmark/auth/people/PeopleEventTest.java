package dev.mintmark.auth.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.AuthEvent;
import dev.mintmark.auth.Reply;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.token.TokenFormat;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a listener is told of people who sign in. */
class PeopleEventTest {
    @Test
    void each_success_and_each_refusal_is_told_once() {
        Town town = Town.standard();
        town.signIn("alice", Town.PASSWORD).send().issued();
        String challenge = town.challenge("max");
        Reply sending =
                town.send(challenge).with("challenge_type", "oob").send().issued();
        town.oob(challenge, sending, town.sent.getLast().code()).send().issued();
        town.signIn("alice", "wrong").send().refused("invalid_grant");
        town.otp(town.challenge("tom"), "wrong").send().refused("invalid_grant");

        assertThat(town.server.eventTypes())
                .containsExactly(
                        AuthEvent.Type.ISSUED,
                        AuthEvent.Type.CHALLENGED,
                        AuthEvent.Type.CALLED,
                        AuthEvent.Type.ISSUED,
                        AuthEvent.Type.REFUSED,
                        AuthEvent.Type.CHALLENGED,
                        AuthEvent.Type.REFUSED);
        List<AuthEvent> events = new ArrayList<>(town.server.events);
        assertThat(events).allSatisfy(event -> assertThat(event.client()).contains("app"));
        assertThat(events.get(0).grant()).contains(GrantType.PASSWORD);
        assertThat(events.get(0).subject()).contains("alice");
        assertThat(events.get(1).error()).contains(ErrorCode.MFA_REQUIRED);
        assertThat(events.get(2).endpoint()).contains("mfa_challenge");
        assertThat(events.get(3).grant()).contains(GrantType.MFA_OOB);
        assertThat(events.get(3).subject()).contains("max");
    }

    @ParameterizedTest
    @EnumSource(TokenFormat.class)
    void nothing_secret_is_told(TokenFormat format) {
        Town town = Town.of(b -> b.mfaTokens(format));
        List<String> secrets = new ArrayList<>(List.of(Town.PASSWORD, Town.RECOVERY, Town.HASHED.stored(), "hunter2"));
        Reply challenge = town.signIn("max", Town.PASSWORD).send();
        String token = challenge.string("mfa_token");
        secrets.add(token);
        Reply sending = town.send(token).with("challenge_type", "oob").send().issued();
        secrets.add(sending.string("oob_code"));
        secrets.add(town.sent.getLast().code());
        town.oob(token, sending, "hunter2").send().refused("invalid_grant");
        Reply tokens = town.oob(token, sending, town.sent.getLast().code())
                .with("remember_device", "true")
                .send()
                .issued();
        secrets.addAll(List.of(tokens.access(), tokens.refresh(), tokens.string("device_token")));
        Reply recovered =
                town.recovery(town.challenge("max"), Town.RECOVERY).send().issued();
        secrets.add(recovered.string("recovery_code"));
        secrets.add(town.code());
        town.otp(town.challenge("max"), town.code()).send().issued();
        town.otp(town.challenge("max"), town.code()).send().refused("invalid_grant");
        for (int i = 0; i < 7; i++) town.signIn("alice", "hunter2").send();
        town.signIn("tom", Town.PASSWORD)
                .with("device_token", tokens.string("device_token"))
                .send();
        town.senderDown.set(true);
        String unsent = town.challenge("emma");
        secrets.add(unsent);
        town.send(unsent).send().refused(503, "temporarily_unavailable");
        town.userInfo(tokens.access()).send().issued();
        town.userInfo("hunter2").send().refused(401, "invalid_token");

        for (AuthEvent event : town.server.events) assertThat(told(event)).doesNotContain(secrets);
    }

    private static String told(AuthEvent event) {
        StringWriter out = new StringWriter();
        out.append(event.toString())
                .append(event.reason().orElse(""))
                .append(event.scope().orElse(""));
        event.cause().ifPresent(cause -> cause.printStackTrace(new PrintWriter(out, true)));
        return out.toString();
    }
}
