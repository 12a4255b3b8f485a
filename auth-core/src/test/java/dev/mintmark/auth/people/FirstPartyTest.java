package dev.mintmark.auth.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.mintmark.auth.Call;
import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Pkce;
import dev.mintmark.auth.store.ClientStore;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The authorization challenge endpoint of OAuth 2.0 for First-Party Applications. */
class FirstPartyTest {
    private static final Client APP = app("phone").firstParty().build();
    private static final Client OTHER = app("tablet").firstParty().build();
    private static final Client STRANGER = app("stranger").build();

    private final Town town = Town.of(b -> b.authorizationChallenge().clients(ClientStore.of(APP, OTHER, STRANGER)));

    private static Client.Builder app(String name) {
        return Client.of(name)
                .tokenEndpointAuthMethod("none")
                .grantTypes(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN)
                .redirectUris(java.net.URI.create("https://app.example/cb"))
                .scope("openid profile read");
    }

    private Call asking(String client) {
        return town.server
                .call("POST", "/authorize-challenge")
                .with("client_id", client)
                .with("response_type", "code")
                .with("scope", "openid")
                .with("code_challenge", Pkce.challenge(TestServer.VERIFIER))
                .with("code_challenge_method", "S256");
    }

    private Call goingOn(Reply before) {
        return goingOn("phone", before.string("auth_session"));
    }

    private Call goingOn(String client, String session) {
        return town.server
                .call("POST", "/authorize-challenge")
                .with("client_id", client)
                .with("auth_session", session);
    }

    private static Call as(Call call, String name) {
        return call.with("username", name).with("password", Town.PASSWORD);
    }

    private Reply redeemed(Reply answer) {
        return town.server
                .call("POST", "/token")
                .with("client_id", "phone")
                .with("grant_type", "authorization_code")
                .with("code", answer.string("authorization_code"))
                .with("code_verifier", TestServer.VERIFIER)
                .send()
                .issued();
    }

    private static Reply unfinished(Reply reply, String... types) {
        reply.refused(400, "insufficient_authorization");
        assertThat(reply.json().objects("challenge").stream()
                        .map(c -> c.string("type").orElseThrow()))
                .containsExactly(types);
        assertThat(reply.header("Cache-Control")).contains("no-store");
        return reply;
    }

    @Test
    void name_and_password_give_a_code_and_the_code_tokens() throws Exception {
        Reply answer = as(asking("phone"), "alice").send().issued();

        assertThat(answer.json().names()).containsExactly("authorization_code");
        JWTClaimsSet id = redeemed(answer).idClaims();
        assertThat(id.getSubject()).isEqualTo("alice");
        assertThat(id.getStringClaim("acr")).isEqualTo("1");
    }

    @Test
    void what_is_missing_is_said_and_asked_for_step_by_step() throws Exception {
        Reply begun = unfinished(asking("phone").send(), "password");
        Reply half = unfinished(as(goingOn(begun), "tom").send(), "otp");
        Reply answer = goingOn(half).with("otp", town.code()).send().issued();

        JWTClaimsSet id = redeemed(answer).idClaims();
        assertThat(id.getStringClaim("acr")).isEqualTo("2");
        assertThat(id.getStringListClaim("amr")).containsExactly("pwd", "otp", "mfa");
    }

    @Test
    void a_wrong_password_can_be_corrected_in_the_same_sign_in() {
        Reply begun = unfinished(asking("phone").send(), "password");
        Reply wrong = unfinished(
                goingOn(begun)
                        .with("username", "alice")
                        .with("password", "wrong")
                        .send(),
                "password");
        assertThat(wrong.string("error_description")).isEqualTo("the name or the password is wrong");

        redeemed(as(goingOn(wrong), "alice").send().issued());
    }

    @Test
    void each_answer_has_a_new_session_and_the_old_one_is_used_up() {
        Reply begun = unfinished(asking("phone").send(), "password");
        Reply half = unfinished(as(goingOn(begun), "tom").send(), "otp");

        assertThat(half.string("auth_session")).isNotEqualTo(begun.string("auth_session"));
        as(goingOn(begun), "tom").send().refused(400, "invalid_session");
        goingOn("tablet", half.string("auth_session")).send().refused(400, "invalid_session");
        goingOn("phone", "unknown").send().refused(400, "invalid_session");
        town.clock.advance(Duration.ofMinutes(5));
        goingOn(half).with("otp", town.code()).send().refused(400, "invalid_session");
    }

    @Test
    void a_code_is_sent_when_it_is_asked_for() {
        Reply half = unfinished(as(asking("phone"), "emma").send(), "email");
        Reply sent = unfinished(goingOn(half).with("send", "email").send(), "email");

        redeemed(goingOn(sent).with("otp", town.sent.getLast().code()).send().issued());
    }

    @Test
    void a_recovery_code_is_replaced_and_a_device_remembered() {
        Reply half = unfinished(as(asking("phone"), "rita").send(), "otp", "recovery-code");
        Reply answer = goingOn(half)
                .with("recovery_code", Town.RECOVERY)
                .with("remember_device", "true")
                .send()
                .issued();
        assertThat(answer.string("recovery_code")).isNotEmpty();

        as(asking("phone"), "rita")
                .with("device_token", answer.string("device_token"))
                .send()
                .issued();
        unfinished(
                as(asking("tablet"), "rita")
                        .with("device_token", answer.string("device_token"))
                        .send(),
                "otp",
                "recovery-code");
        unfinished(
                as(asking("phone"), "rita")
                        .with("device_token", answer.string("device_token"))
                        .with("acr_values", "2")
                        .send(),
                "otp",
                "recovery-code");
    }

    @Test
    void attempts_at_codes_end_the_sign_in() {
        Reply half = unfinished(as(asking("phone"), "tom").send(), "otp");
        for (int i = 0; i < 5; i++)
            half = unfinished(goingOn(half).with("otp", town.wrongCode()).send(), "otp");

        goingOn(half).with("otp", town.code()).send().refused(400, "invalid_session");
    }

    @Test
    void only_clients_of_the_same_house_may_ask() {
        as(asking("stranger"), "alice").send().refused(400, "unauthorized_client");
    }

    @Test
    void a_request_is_held_to_what_every_authorization_request_is() {
        as(
                        town.server
                                .call("POST", "/authorize-challenge")
                                .with("client_id", "phone")
                                .with("response_type", "code"),
                        "alice")
                .send()
                .refused(400, "invalid_request");
        as(asking("phone").with("resource", "https://unknown.example"), "alice")
                .send()
                .refused(400, "invalid_target");
    }

    @Test
    void what_cannot_be_shown_is_refused_if_it_is_essential() {
        Claims acr = Claims.of(
                "id_token", Claims.of("acr", Claims.of("essential", true).with("value", "2")));
        as(asking("phone").with("claims", acr.toJson()), "alice")
                .send()
                .refused(400, "unmet_authentication_requirements");
    }

    @Test
    void metadata_names_it_where_it_is() {
        assertThat(town.server.server.metadata().string("authorization_challenge_endpoint"))
                .contains("https://auth.example/authorize-challenge");
        assertThat(Town.standard().server.server.metadata().names()).doesNotContain("authorization_challenge_endpoint");
    }

    @Test
    void a_request_that_names_a_person_gives_no_code_for_another() {
        Claims sub = Claims.of("id_token", Claims.of("sub", Claims.of("value", "tom")));
        as(asking("phone").with("claims", sub.toJson()), "alice").send().refused(400, "login_required");
        as(asking("phone").with("id_token_hint", "rubbish"), "alice").send().refused(400, "invalid_request");
    }

    @Test
    void a_code_that_was_sent_does_not_shut_the_authenticator_out() {
        Reply half = unfinished(as(asking("phone"), "max").send(), "otp", "email", "recovery-code");
        Reply sent = unfinished(goingOn(half).with("send", "email").send(), "otp", "email", "recovery-code");

        redeemed(goingOn(sent)
                .with("factor", "otp")
                .with("otp", town.code())
                .send()
                .issued());
    }

    @Test
    void a_code_that_cannot_be_sent_ends_nothing_and_its_sender_s_words_are_in_no_event() {
        Reply half = unfinished(as(asking("phone"), "max").send(), "otp", "email", "recovery-code");
        town.senderDown.set(true);
        Reply away = goingOn(half).with("send", "email").send().refused(503, "temporarily_unavailable");

        assertThat(town.server.lastEvent().toString()).doesNotContain("gateway");
        redeemed(goingOn(away)
                .with("otp", town.code())
                .with("factor", "otp")
                .send()
                .issued());
    }
}
