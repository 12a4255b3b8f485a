package dev.mintmark.auth.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.MfaFactor.SentCode;
import dev.mintmark.auth.protocol.MfaFactor.SentCode.Channel;
import dev.mintmark.auth.protocol.TokenKind;
import dev.mintmark.auth.store.ClientStore;
import dev.mintmark.auth.token.TokenFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A sign-in that waits for a second factor, as Auth0 and Okta have it. */
class ChallengeTest {
    private final Town town = Town.standard();

    @Test
    void a_right_password_of_someone_with_a_second_factor_is_told_what_it_takes() {
        Reply reply = town.signIn("max", Town.PASSWORD).send().refused(403, "mfa_required");

        assertThat(reply.json().names())
                .containsExactlyInAnyOrder(
                        "error", "error_description", "mfa_token", "mfa_requirements", "supported_challenge_types");
        assertThat(reply.response().text())
                .contains("\"mfa_requirements\":{\"challenge\":"
                        + "[{\"type\":\"otp\"},{\"type\":\"email\"},{\"type\":\"recovery-code\"}]}");
        assertThat(reply.string("supported_challenge_types"))
                .isEqualTo("http://auth0.com/oauth/grant-type/mfa-otp http://auth0.com/oauth/grant-type/mfa-oob"
                        + " http://auth0.com/oauth/grant-type/mfa-recovery-code");
        assertThat(reply.string("mfa_token")).hasSize(43);
        assertThat(reply.header("Cache-Control")).contains("no-store");
    }

    @Test
    void a_wrong_password_is_told_nothing_of_second_factors() {
        town.signIn("max", "wrong").send().refused("invalid_grant");
    }

    @Test
    void a_factor_that_cannot_be_used_is_not_offered() {
        Town senderless = Town.withoutSender();
        senderless.folk.put(Folk.person("ed", new SentCode(Channel.EMAIL, "ed@example.com"), Town.TOTP));
        Reply reply = senderless.signIn("ed", Town.PASSWORD).send().refused(403, "mfa_required");
        assertThat(reply.response().text()).contains("{\"challenge\":[{\"type\":\"otp\"}]}");
        assertThat(senderless.send(reply.string("mfa_token")).send().issued().string("challenge_type"))
                .isEqualTo("otp");
    }

    @Test
    void a_person_whose_factors_all_need_a_sender_that_is_missing_is_a_fault_that_the_log_explains() {
        Town senderless = Town.withoutSender();

        senderless.signIn("emma", Town.PASSWORD).send().refused(500, "server_error");
        assertThat(senderless.server.lastEvent().cause().orElseThrow()).hasMessageContaining("OtpSender");
    }

    @Test
    void the_second_factor_gets_what_waited() throws Exception {
        String challenge = town.challenge("tom");
        town.clock.advance(Duration.ofMinutes(1));
        Reply reply = town.otp(challenge, town.code()).send().issued();

        assertThat(reply.accessClaims().getSubject()).isEqualTo("tom");
        assertThat(reply.string("scope")).isEqualTo(Town.SCOPE);
        assertThat(reply.idClaims().getStringListClaim("amr")).containsExactly("pwd", "otp", "mfa");
        assertThat(town.refresh(reply).send().issued().idClaims().getStringListClaim("amr"))
                .containsExactly("pwd", "otp", "mfa");
    }

    @Test
    void it_is_passed_by_its_own_client_only_and_not_spent_by_another() {
        String challenge = town.challenge("tom");

        town.otp("other", challenge, town.code()).send().refused("invalid_grant");
        town.as("other", town.server.call("POST", "/mfa/challenge"))
                .with("mfa_token", challenge)
                .send()
                .refused("invalid_grant");
        for (int i = 0; i < 10; i++)
            town.otp("other", challenge, town.wrongCode()).send().refused("invalid_grant");
        town.otp(challenge, town.code()).send().issued();
    }

    @Test
    void it_is_passed_once() {
        String challenge = town.challenge("tom");
        Reply tokens = town.otp(challenge, town.code()).send().issued();
        town.clock.advance(Duration.ofSeconds(60));

        town.otp(challenge, town.code()).send().refused("invalid_grant");
        assertThat(town.server.lastEvent().reason()).contains("the challenge was passed before");
        town.send(challenge).send().refused("invalid_grant");
        town.refresh(tokens).send().issued();
    }

    @Test
    void it_ends_with_its_lifetime() {
        String challenge = town.challenge("tom");
        String tooLate = town.challenge("tom");
        town.clock.advance(Duration.ofMinutes(5).minusMillis(1));
        town.otp(challenge, town.code()).send().issued();
        town.clock.advance(Duration.ofMillis(1));

        town.otp(tooLate, town.code()).send().refused("invalid_grant");
        town.send(tooLate).send().refused("invalid_grant");
    }

    @Test
    void it_does_not_outlive_a_sign_out_everywhere() {
        String challenge = town.challenge("tom");
        town.server.server.revokeSubject("tom");

        town.otp(challenge, town.code()).send().refused("invalid_grant");
        town.send(challenge).send().refused("invalid_grant");
        town.clock.advance(Duration.ofSeconds(1));
        town.otp(town.challenge("tom"), town.code()).send().issued();
    }

    @Test
    void it_is_not_passed_by_who_is_disabled_or_gone_meanwhile() {
        String challenge = town.challenge("tom");
        town.folk.change("tom", user -> user.withActive(false));
        town.otp(challenge, town.code()).send().refused("invalid_grant");
        town.send(challenge).send().refused("invalid_grant");

        town.folk.remove("tom");
        town.otp(challenge, town.code()).send().refused("invalid_grant");
    }

    @Test
    void factors_are_those_of_the_moment_they_are_brought() {
        String challenge = town.challenge("tom");
        town.folk.change("tom", user -> user.withFactors(new SentCode(Channel.EMAIL, "tom@example.com")));

        town.otp(challenge, town.code()).send().refused("unsupported_challenge_type");
    }

    @Test
    void unknown_challenges_and_missing_codes_are_refused_and_cost_nothing() {
        town.otp("unknown", town.code()).send().refused("invalid_grant");
        String challenge = town.challenge("max");
        for (int i = 0; i < 10; i++) {
            for (GrantType grant : List.of(GrantType.MFA_OTP, GrantType.MFA_OOB, GrantType.MFA_RECOVERY_CODE)) {
                town.token("app", grant).with("mfa_token", challenge).send().refused("invalid_request");
                town.token("app", grant)
                        .with("otp", "1")
                        .with("oob_code", "1")
                        .with("binding_code", "1")
                        .with("recovery_code", "1")
                        .send()
                        .refused("invalid_request");
            }
        }
        town.otp(challenge, town.code()).send().issued();
    }

    @Test
    void a_client_that_may_not_begin_may_not_go_on() {
        town.otp("web", town.challenge("tom"), town.code()).send().refused("unauthorized_client");
    }

    @Test
    void a_client_may_be_registered_for_going_on_alone() {
        Town strict = Town.of(b -> b.clients(ClientStore.of(Town.app("app")
                .grantTypes(GrantType.PASSWORD, GrantType.MFA_RECOVERY_CODE)
                .build())));
        strict.otp(strict.challenge("tom"), strict.code()).send().issued();
    }

    @Test
    void it_can_be_chosen_by_form_and_by_json() {
        String challenge = town.challenge("max");
        assertThat(town.send(challenge).send().issued().json()).isEqualTo(Claims.of("challenge_type", "otp"));
        assertThat(town.send(challenge)
                        .with("challenge_type", "oob")
                        .send()
                        .issued()
                        .string("oob_channel"))
                .isEqualTo("email");

        Reply json = town.as("app", town.server.call("POST", "/mfa/challenge"))
                .contentType("application/json")
                .raw(Claims.of("mfa_token", challenge)
                        .with("authenticator_id", "email")
                        .toJson())
                .send()
                .issued();
        assertThat(json.json().names())
                .containsExactlyInAnyOrder("challenge_type", "oob_code", "oob_channel", "binding_method");
        assertThat(json.string("challenge_type")).isEqualTo("oob");
        assertThat(json.string("binding_method")).isEqualTo("prompt");
        town.oob(challenge, json, town.sent.getLast().code()).send().issued();
    }

    @Test
    void what_the_person_does_not_have_cannot_be_chosen() {
        String challenge = town.challenge("tom");
        town.send(challenge).with("challenge_type", "oob").send().refused("unsupported_challenge_type");
        town.send(challenge).with("authenticator_id", "email").send().refused("unsupported_challenge_type");
        town.send(challenge).with("authenticator_id", "recovery-code").send().refused("unsupported_challenge_type");
        town.send("unknown").send().refused("invalid_grant");
        town.as("app", town.server.call("POST", "/mfa/challenge")).send().refused("invalid_request");
        town.server
                .call("POST", "/mfa/challenge")
                .with("mfa_token", challenge)
                .send()
                .refused(401, "invalid_client");
    }

    @Test
    void the_endpoint_is_there_with_its_grants_only() {
        String listed = "mfa_challenge_endpoint";
        assertThat(town.server.server.metadata().string(listed)).contains(TestServer.ISSUER + "/mfa/challenge");
        TestServer without = TestServer.standard();
        assertThat(without.server.metadata().names()).doesNotContain(listed, "userinfo_endpoint");
        assertThat(without.call("POST", "/mfa/challenge").offered()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(TokenFormat.class)
    void it_is_named_by_either_form_of_token_and_by_no_other_text(TokenFormat format) {
        Town either = Town.of(b -> b.mfaTokens(format));
        String challenge = either.challenge("tom");
        String expired = either.challenge("tom");

        either.otp(challenge + "x", either.code()).send().refused("invalid_grant");
        either.otp(flipped(challenge), either.code()).send().refused("invalid_grant");
        either.otp(challenge, either.code()).send().issued();
        either.otp(challenge, either.code()).send().refused("invalid_grant");
        either.clock.advance(Duration.ofMinutes(5));
        either.otp(expired, either.code()).send().refused("invalid_grant");
    }

    private static String flipped(String text) {
        int middle = text.length() / 2;
        char other = text.charAt(middle) == 'A' ? 'B' : 'A';
        return text.substring(0, middle) + other + text.substring(middle + 1);
    }

    @Test
    void a_jwt_says_no_more_than_its_name_and_how_long_it_lives() throws Exception {
        Town jwt = Town.of(b -> b.mfaTokens(TokenFormat.JWT));
        String challenge = jwt.challenge("tom");
        var claims = Reply.claims(challenge);

        assertThat(claims.getClaims()).containsOnlyKeys("jti", "iat", "exp");
        assertThat(claims.getExpirationTime().toInstant())
                .isEqualTo(jwt.clock.instant().plusSeconds(300));
        jwt.otp(claims.getJWTID(), jwt.code()).send().refused("invalid_grant");
        String unsigned = part("{\"alg\":\"none\"}") + '.' + challenge.split("\\.", -1)[1] + '.';
        jwt.otp(unsigned, jwt.code()).send().refused("invalid_grant");
        assertThat(jwt.server.server.verify(TokenKind.ACCESS, challenge)).isEmpty();
        jwt.otp(challenge, jwt.code()).send().issued();
    }

    @Test
    void a_jwt_of_another_issuer_names_nothing_though_both_have_one_secret() {
        Town one = Town.of(b -> b.mfaTokens(TokenFormat.JWT).serverSecret(new byte[32]));
        Town two = Town.of(
                b -> b.mfaTokens(TokenFormat.JWT).serverSecret(new byte[32]).issuer("https://other.example"));

        two.otp(one.challenge("tom"), two.code()).send().refused("invalid_grant");
    }

    private static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
