package dev.mintmark.auth.browser;

import static dev.mintmark.auth.browser.House.CALLBACK;
import static dev.mintmark.auth.browser.House.link;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.AuthEvent;
import dev.mintmark.auth.Call;
import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.people.Town;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Pkce;
import dev.mintmark.auth.store.ClientStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What strangers try at the endpoints for browsers. */
class AttackTest {
    private static final Client TELEVISION = Client.of("television")
            .tokenEndpointAuthMethod("none")
            .grantTypes(GrantType.DEVICE_CODE)
            .scope("openid")
            .build();

    /** Where 400 sign-ins are begun from one network before it is too many. */
    private final House house = House.of(b -> b.deviceGrant(Duration.ofMinutes(10))
            .accountPage()
            .authorizationChallenge()
            .loginAttempts(1, Duration.ofMinutes(15), Duration.ofMinutes(15))
            .clients(ClientStore.of(
                    House.shop().build(),
                    House.partner().build(),
                    House.page().firstParty().build(),
                    TELEVISION)));

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"alg\":\"HS256\"}|{\"aud\":[null]}",
                "{\"alg\":\"HS256\"}|{\"aud\":[null,\"shop\"]}",
                "{\"alg\":\"HS256\"}|{\"aud\":null}",
                "{\"alg\":\"HS256\"}|{\"aud\":[]}",
                "{\"alg\":\"HS256\"}|{\"aud\":[\"\"]}",
                "{\"alg\":\"HS256\"}|{\"aud\":[1]}",
                "{\"alg\":\"HS256\"}|{\"aud\":{}}",
                "{\"alg\":\"HS256\"}|{\"exp\":\"x\"}",
                "{\"alg\":\"HS256\"}|{\"exp\":1e300}",
                "{\"alg\":\"HS256\"}|{\"aud\":\"shop\",\"sub\":7}",
                "{\"alg\":\"none\"}|{\"aud\":\"shop\"}",
                "{\"alg\":null}|{\"aud\":\"shop\"}",
                "{\"alg\":\"\"}|{\"aud\":\"shop\"}",
                "{\"alg\":\"HS256\",\"b64\":false,\"crit\":[\"b64\"]}|{\"aud\":\"shop\"}",
                "{\"alg\":\"HS256\",\"crit\":[\"alg\"]}|{\"aud\":\"shop\"}",
                "{\"alg\":\"HS256\",\"crit\":[]}|{\"aud\":\"shop\"}",
                "{\"alg\":\"HS256\",\"crit\":[null]}|{\"aud\":\"shop\"}",
                "{\"alg\":\"HS256\",\"jwk\":{\"kty\":\"oct\",\"k\":\"AAAA\"}}|{\"aud\":\"shop\"}",
                "{\"alg\":\"HS256\",\"x5c\":[null]}|{\"aud\":\"shop\"}",
                "{\"alg\":\"HS256\",\"x5u\":\":\"}|{\"aud\":\"shop\"}",
                "{\"alg\":\"HS256\",\"enc\":\"A\"}|{\"aud\":\"shop\"}",
                "{\"alg\":\"dir\"}|{\"aud\":\"shop\"}",
                "{\"alg\":\"HS256\",\"typ\":7}|[]",
                "{\"alg\":\"HS256\",\"typ\":null,\"cty\":null,\"kid\":null}|null",
            })
    void a_hint_is_bad_however_it_is_written(String header, String claims) {
        String hint = base64(header) + '.' + base64(claims) + '.' + base64("a signature");

        house.browser().open(link("shop", "id_token_hint", hint)).refused(CALLBACK, "invalid_request");
        house.browser()
                .open("/end_session?id_token_hint=" + Browser.encode(hint))
                .failed(400, "invalid_request");
        assertThat(house.server.events).noneMatch(event -> event.type() == AuthEvent.Type.FAILED);
    }

    private Call pushed() {
        Call call = house.server.call("POST", "/par").from("203.0.113.9");
        House.request("page").forEach(call::with);
        return call;
    }

    private Call device() {
        return house.server
                .call("POST", "/device_authorization")
                .from("203.0.113.9")
                .with("client_id", "television");
    }

    @Test
    void strangers_cannot_push_requests_without_a_bound() {
        for (int i = 0; i < 400; i++) assertThat(pushed().send().status()).isEqualTo(201);
        pushed().send().refused(429, "too_many_attempts");
    }

    @Test
    void strangers_cannot_ask_for_devices_without_a_bound() {
        for (int i = 0; i < 400; i++) device().send().issued();
        device().send().refused(429, "too_many_attempts");
    }

    private Call challenge() {
        return house.server
                .call("POST", "/authorize-challenge")
                .from("203.0.113.9")
                .with("client_id", "page");
    }

    private Call begun() {
        return challenge()
                .with("response_type", "code")
                .with("scope", "openid")
                .with("code_challenge", Pkce.challenge(TestServer.VERIFIER))
                .with("code_challenge_method", "S256");
    }

    private Reply goingOn(Reply before) {
        return challenge().with("auth_session", before.string("auth_session")).send();
    }

    @Test
    void one_challenge_does_not_go_on_without_a_bound() {
        Reply reply = begun().send().refused("insufficient_authorization");
        for (int i = 1; i < 400; i++) reply = goingOn(reply).refused("insufficient_authorization");
        goingOn(reply).refused(429, "too_many_attempts");
    }

    @Test
    void a_password_does_not_wait_longer_for_its_second_factor_because_somebody_asks() {
        Reply reply = begun().with("username", "tom")
                .with("password", Town.PASSWORD)
                .send()
                .refused("insufficient_authorization");
        assertThat(reply.json().number("expires_in")).hasValue(300);
        house.clock.advance(Duration.ofMinutes(4));
        reply = goingOn(reply).refused("insufficient_authorization");
        assertThat(reply.json().number("expires_in")).hasValue(60);
        house.clock.advance(Duration.ofMinutes(1));

        goingOn(reply).refused("invalid_session");
    }

    @Test
    void another_site_cannot_type_a_code_for_the_person() {
        String code = device().send().issued().string("user_code");
        Browser browser = house.signedIn("alice");
        Map<String, String> before = Map.copyOf(browser.cookies());

        Page page = browser.followed(browser.postFromElsewhere("/device", Map.of("user_code", code)));

        page.shows("device");
        assertThat(page.json().string("user_code")).contains(code);
        assertThat(browser.cookies()).isEqualTo(before);
    }

    @Test
    void another_site_cannot_end_what_a_person_has_begun() {
        Browser browser = house.browser();
        Page login = browser.open(link("shop"));
        browser.followed(browser.postFromElsewhere("/account", Map.of()));
        browser.followed(browser.postFromElsewhere("/device", Map.of("user_code", "BCDF-BCDF")));

        login.signIn("alice", Town.PASSWORD).answer(CALLBACK);
    }

    @Test
    void nobody_hides_behind_many_sign_ins() {
        Browser intruder = house.browser();
        for (int i = 0; i <= 1000; i++) {
            house.clock.advance(Duration.ofMillis(1));
            intruder.open(link("shop", "prompt", "login")).signIn("alice", Town.PASSWORD);
        }

        assertThat(house.server.server.sessions("alice")).hasSize(1);
    }

    @Test
    void however_often_a_person_is_asked_what_was_allowed_is_listed() {
        Browser browser = house.signedIn("alice");
        for (int i = 0; i <= 1000; i++) {
            house.clock.advance(Duration.ofMillis(1));
            browser.open(link("partner", "prompt", "consent")).allow();
        }

        assertThat(house.server.server.consents("alice")).hasSize(1);
    }

    @Test
    void a_new_recovery_code_is_shown_to_its_person_alone() {
        Browser browser = house.browser();
        Page shown = browser.open(link("shop"))
                .signIn("rita", Town.PASSWORD)
                .shows("mfa")
                .submit("factor", "recovery-code", "recovery_code", Town.RECOVERY)
                .shows("recovery-code");
        String visit = shown.json().object("hidden").string("interaction").orElseThrow();
        browser.open("/end_session").submit("decision", "allow").shows("signed-out");

        browser.open("/interaction?interaction=" + visit)
                .signIn("alice", Town.PASSWORD)
                .answer(CALLBACK);
    }

    @Test
    void whoever_has_not_seen_the_new_recovery_code_and_signs_in_again_is_shown_it() {
        Browser browser = house.browser();
        Page shown = browser.open(link("shop"))
                .signIn("rita", Town.PASSWORD)
                .submit("factor", "recovery-code", "recovery_code", Town.RECOVERY)
                .shows("recovery-code");
        String visit = shown.json().object("hidden").string("interaction").orElseThrow();
        browser.open("/end_session").submit("decision", "allow").shows("signed-out");

        Page again = browser.open("/interaction?interaction=" + visit)
                .signIn("rita", Town.PASSWORD)
                .submit("otp", house.town.code())
                .shows("recovery-code");
        assertThat(again.json().string("code")).isEqualTo(shown.json().string("code"));
        again.submit().answer(CALLBACK);
    }
}
