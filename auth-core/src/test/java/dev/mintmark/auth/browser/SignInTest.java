package dev.mintmark.auth.browser;

import static dev.mintmark.auth.browser.House.CALLBACK;
import static dev.mintmark.auth.browser.House.link;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.mintmark.auth.people.Town;
import dev.mintmark.auth.protocol.Params;
import org.junit.jupiter.api.Test;

class SignInTest {
    private final House house = House.standard();
    private final Browser browser = house.browser();

    @Test
    void a_person_signs_in_and_the_client_gets_tokens() throws Exception {
        Params answer =
                browser.open(link("shop")).signIn("alice", Town.PASSWORD).answer(CALLBACK);

        assertThat(answer.get("state")).contains("the state");
        assertThat(answer.get("iss")).contains("https://auth.example");
        JWTClaimsSet id = house.tokens("shop", answer).idClaims();
        assertThat(id.getSubject()).isEqualTo("alice");
        assertThat(id.getStringClaim("nonce")).isEqualTo("the nonce");
        assertThat(id.getStringClaim("acr")).isEqualTo("1");
        assertThat(id.getStringListClaim("amr")).containsExactly("pwd");
        assertThat(id.getStringClaim("sid")).isNotEmpty();
    }

    @Test
    void whoever_is_signed_in_is_not_asked_again() {
        browser.open(link("shop")).signIn("alice", Town.PASSWORD);

        browser.open(link("shop", "prompt", "none")).answer(CALLBACK);
        browser.open(link("page")).allow().answer(CALLBACK);
        browser.open(link("page", "prompt", "none")).answer(CALLBACK);
    }

    @Test
    void a_wrong_password_is_said_and_asked_again() {
        Page again = browser.open(link("shop")).signIn("alice", "wrong").shows("login");

        assertThat(again.json().string("problem")).contains("invalid_grant");
        assertThat(again.json().string("username")).contains("alice");
        again.signIn("alice", Town.PASSWORD).answer(CALLBACK);
    }

    @Test
    void whoever_has_a_second_factor_shows_it() throws Exception {
        Page mfa = browser.open(link("shop")).signIn("tom", Town.PASSWORD).shows("mfa");

        JWTClaimsSet id =
                house.tokens("shop", mfa.submit("otp", house.town.code())).idClaims();
        assertThat(id.getStringListClaim("amr")).containsExactly("pwd", "otp", "mfa");
        assertThat(id.getStringClaim("acr")).isEqualTo("2");
    }

    @Test
    void a_used_recovery_code_is_replaced_and_the_new_one_shown_once() {
        Page mfa = browser.open(link("shop")).signIn("rita", Town.PASSWORD).shows("mfa");
        Page fresh = browser.open(mfa.json().string("link").orElseThrow() + "recovery-code")
                .submit("recovery_code", Town.RECOVERY)
                .shows("recovery-code");

        assertThat(fresh.json().string("code")).isPresent();
        fresh.submit().answer(CALLBACK);
    }

    @Test
    void a_code_is_sent_to_whoever_has_no_other_factor() {
        Page mfa = browser.open(link("shop")).signIn("emma", Town.PASSWORD).shows("mfa");

        assertThat(mfa.json().string("sent_to")).contains("e***@example.com");
        mfa.submit("otp", house.town.sent.getLast().code()).answer(CALLBACK);
    }

    @Test
    void a_person_may_say_no() {
        Page consent =
                browser.open(link("partner")).signIn("alice", Town.PASSWORD).shows("consent");

        assertThat(consent.submit("decision", "deny").answer(CALLBACK).get("error"))
                .contains("access_denied");
    }
}
