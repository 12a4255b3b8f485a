package dev.mintmark.auth.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.Reply;
import dev.mintmark.auth.protocol.MfaFactor.SentCode;
import dev.mintmark.auth.protocol.MfaFactor.SentCode.Channel;
import dev.mintmark.auth.protocol.Secret;
import dev.mintmark.auth.protocol.TokenKind;
import dev.mintmark.auth.protocol.Totp;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A device on which a second factor was passed. */
class DeviceTest {
    private final Town town = Town.standard();
    private String device = "";

    @BeforeEach
    void remember() {
        town.folk.change("tom", user -> user.withPassword(Town.HASHED));
        device = remembered("app");
    }

    private String remembered(String client) {
        String token = town.otp(client, town.challenge(client, "tom"), town.code())
                .with("remember_device", "true")
                .send()
                .issued()
                .string("device_token");
        town.clock.advance(Duration.ofSeconds(30));
        return token;
    }

    private Reply again(String client, String name) {
        return town.signIn(client, name, Town.PASSWORD)
                .with("device_token", device)
                .send();
    }

    @Test
    void it_spares_the_second_factor_and_claims_no_more_than_a_password() throws Exception {
        assertThat(device).hasSize(43);
        Reply reply = again("app", "tom").issued();

        assertThat(reply.idClaims().getStringListClaim("amr")).containsExactly("pwd");
        assertThat(reply.json().names()).doesNotContain("device_token");
        again("app", "tom").issued();
        town.signIn("tom", "wrong").with("device_token", device).send().refused("invalid_grant");
    }

    @Test
    void it_is_remembered_only_when_that_is_asked_for() {
        for (String no : new String[] {"false", "1", "TRUE"}) {
            Reply reply = town.otp(town.challenge("tom"), town.code())
                    .with("remember_device", no)
                    .send()
                    .issued();
            assertThat(reply.json().names()).doesNotContain("device_token");
            town.clock.advance(Duration.ofSeconds(30));
        }
    }

    @Test
    void it_is_its_person_s_at_its_client_and_no_other_s() {
        again("other", "tom").refused(403, "mfa_required");
        again("app", "rita").refused(403, "mfa_required");
        town.signIn("tom", Town.PASSWORD).with("device_token", "unknown").send().refused(403, "mfa_required");
    }

    @Test
    void it_dies_when_the_password_changes() {
        town.folk.change(
                "tom",
                user -> user.withPassword(Secret.generate(new SecureRandom()).secret()));
        again("app", "tom").refused(403, "mfa_required");
    }

    @Test
    void it_dies_when_a_factor_changes() {
        town.folk.change("tom", user -> user.withFactors(Totp.of("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")));
        again("app", "tom").refused(403, "mfa_required");
    }

    @Test
    void it_dies_when_a_factor_is_added() {
        town.folk.change(
                "tom", user -> user.withFactors(Town.TOTP, new SentCode(Channel.EMAIL, "someone@example.com")));
        again("app", "tom").refused(403, "mfa_required");
    }

    @Test
    void it_ends_after_a_month_or_as_the_builder_says() {
        town.clock.advance(Duration.ofDays(30).minusSeconds(31));
        again("app", "tom").issued();
        town.clock.advance(Duration.ofSeconds(1));
        again("app", "tom").refused(403, "mfa_required");

        Town brief = Town.of(b -> b.rememberDevices(Duration.ofHours(1)));
        String token = brief.otp(brief.challenge("tom"), brief.code())
                .with("remember_device", "true")
                .send()
                .issued()
                .string("device_token");
        brief.clock.advance(Duration.ofHours(1));
        brief.signIn("tom", Town.PASSWORD).with("device_token", token).send().refused(403, "mfa_required");
    }

    @Test
    void it_is_forgotten_with_a_sign_out_everywhere_and_with_its_client() {
        town.server.server.revokeSubject("tom");
        again("app", "tom").refused(403, "mfa_required");

        town.clock.advance(Duration.ofSeconds(1));
        device = remembered("app");
        again("app", "tom").issued();
        town.server.server.revokeSubjectAtClient("tom", "app");
        again("app", "tom").refused(403, "mfa_required");
    }

    @Test
    void it_is_no_token_of_any_other_kind() {
        assertThat(town.server.server.verify(TokenKind.ACCESS, device)).isEmpty();
        town.otp(device, town.code()).send().refused("invalid_grant");
        town.userInfo(device).send().refused(401, "invalid_token");
    }
}
