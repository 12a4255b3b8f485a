package dev.mintmark.auth.browser;

import static dev.mintmark.auth.browser.House.CALLBACK;
import static dev.mintmark.auth.browser.House.link;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.AuthEvent;
import dev.mintmark.auth.AuthorizationServerBuilder;
import dev.mintmark.auth.people.Town;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Totp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** My sign-ins and grants, and setting up an authenticator. */
class AccountTest {
    private final House house = House.of(AuthorizationServerBuilder::accountPageWithEnrolment);
    private final Browser browser = house.browser();

    private Page account(String name) {
        return browser.open("/account").signIn(name, Town.PASSWORD).shows("account");
    }

    private static List<Claims> entries(Page page, String what) {
        return page.json().objects(what);
    }

    private static String name(Claims entry) {
        return entry.string("name").orElseThrow();
    }

    @Test
    void whoever_is_not_signed_in_signs_in_and_comes_back() {
        Page page = account("alice");

        assertThat(page.json().string("person")).contains("alice");
        assertThat(entries(page, "sessions")).hasSize(1);
        assertThat(entries(page, "sessions").get(0).isTrue("current")).isTrue();
        assertThat(entries(page, "clients")).isEmpty();
        browser.open("/account").shows("account");
    }

    @Test
    void a_session_elsewhere_is_ended_with_its_tokens() {
        Browser elsewhere = house.browser();
        String access = house.tokens("shop", elsewhere.open(link("shop")).signIn("alice", Town.PASSWORD))
                .access();
        Page page = account("alice");
        Claims other = entries(page, "sessions").stream()
                .filter(entry -> !entry.isTrue("current"))
                .findFirst()
                .orElseThrow();

        Page after = page.submit("end", name(other)).shows("account");
        assertThat(entries(after, "sessions")).hasSize(1);
        elsewhere.open(link("shop")).shows("login");
        assertThat(house.as("shop", house.server.call("POST", "/introspect"))
                        .with("token", access)
                        .send()
                        .json()
                        .isTrue("active"))
                .isFalse();
    }

    @Test
    void this_session_can_be_ended_too() {
        Page page = account("alice");
        page.submit("end", name(entries(page, "sessions").get(0))).shows("signed-out");
        browser.open("/account").shows("login");
    }

    @Test
    void what_a_client_was_allowed_is_taken_back_with_its_tokens() {
        String refresh = house.tokens(
                        "partner",
                        browser.open(link("partner", "scope", "openid profile offline_access"))
                                .signIn("alice", Town.PASSWORD)
                                .allow())
                .refresh();
        Page page = browser.open("/account").shows("account");
        Claims partner = entries(page, "clients").get(0);
        assertThat(partner.strings("details")).containsExactly("openid", "profile", "offline_access");

        assertThat(entries(page.submit("end", name(partner)).shows("account"), "clients"))
                .isEmpty();
        house.as("partner", house.server.call("POST", "/token"))
                .with("grant_type", "refresh_token")
                .with("refresh_token", refresh)
                .send()
                .refused("invalid_grant");
        house.clock.advance(Duration.ofSeconds(1));
        browser.open(link("partner")).shows("consent");
    }

    @Test
    void a_remembered_device_is_forgotten() {
        browser.open("/account")
                .signIn("tom", Town.PASSWORD)
                .shows("mfa")
                .submit("otp", house.town.code(), "remember_device", "true")
                .shows("account");
        Page page = browser.open("/account").shows("account");

        assertThat(entries(page.submit("end", name(entries(page, "devices").get(0))), "devices"))
                .isEmpty();
        browser.open(link("shop", "prompt", "login"))
                .signIn("tom", Town.PASSWORD)
                .shows("mfa");
    }

    @Test
    void nobody_ends_what_is_not_theirs_and_no_other_site_can_ask_for_it() {
        Browser tom = house.browser();
        tom.open("/account").signIn("tom", Town.PASSWORD).submit("otp", house.town.code());
        Claims toms = entries(tom.open("/account"), "sessions").get(0);
        Page page = account("alice");

        page.submit("end", name(toms)).shows("account");
        tom.open("/account").shows("account");
        browser.submit("/account", Map.of("end", name(entries(page, "sessions").get(0))))
                .shows("account");
        browser.submit(
                        "/account",
                        Map.of(
                                "account",
                                "x",
                                "end",
                                name(entries(page, "sessions").get(0))))
                .shows("account");
    }

    @Test
    void an_authenticator_is_set_up_and_asked_for_from_then_on() {
        account("alice");
        Page page = browser.open("/account/authenticator").shows("enrolment");
        Totp totp = Totp.of(page.json().string("key").orElseThrow());
        assertThat(page.json().string("uri").orElseThrow())
                .startsWith("otpauth://totp/auth.example:alice?secret=")
                .contains("issuer=auth.example");

        Page again = page.submit("otp", "000000").shows("enrolment");
        assertThat(again.json().string("problem")).contains("invalid_grant");
        assertThat(again.json().string("key")).isEqualTo(page.json().string("key"));
        Page done = again.submit("otp", totp.code(house.clock.instant())).shows("recovery-codes");
        List<String> codes = done.json().strings("codes");
        assertThat(codes).hasSize(8).doesNotHaveDuplicates().allMatch(code -> code.length() == 19);
        assertThat(house.server.eventTypes()).contains(AuthEvent.Type.FACTORS_CHANGED);
        assertThat(browser.open("/account").json().isTrue("has_authenticator")).isTrue();

        Browser later = house.browser();
        Page mfa = later.open(link("shop")).signIn("alice", Town.PASSWORD).shows("mfa");
        assertThat(mfa.submit("otp", totp.code(house.clock.instant())).json().string("problem"))
                .contains("invalid_grant");
        house.clock.advance(Duration.ofSeconds(30));
        mfa.submit("otp", totp.code(house.clock.instant())).answer(CALLBACK).required("code");
        Page second = house.browser().open(link("shop")).signIn("alice", Town.PASSWORD);
        second.browser()
                .open(second.json().string("link").orElseThrow() + "recovery-code")
                .submit("recovery_code", codes.get(3))
                .shows("recovery-code")
                .submit()
                .answer(CALLBACK)
                .required("code");
    }

    @Test
    void an_old_sign_in_is_not_enough_to_set_one_up() {
        account("alice");
        house.clock.advance(Duration.ofMinutes(6));
        browser.open("/account").shows("account");
        browser.open("/account/authenticator").signIn("alice", Town.PASSWORD).shows("enrolment");
    }

    @Test
    void whoever_has_an_authenticator_shows_it_before_it_is_replaced() {
        browser.open("/account/authenticator")
                .signIn("tom", Town.PASSWORD)
                .shows("mfa")
                .submit("otp", house.town.code(), "remember_device", "true")
                .shows("enrolment");
        Browser known = browser;
        known.cookies().keySet().removeIf(name -> name.endsWith("session"));
        house.clock.advance(Duration.ofSeconds(30));
        known.open("/account/authenticator").signIn("tom", Town.PASSWORD).shows("mfa");
    }

    @Test
    void the_key_of_another_session_is_not_taken() {
        account("alice");
        Page page = browser.open("/account/authenticator").shows("enrolment");
        Totp totp = Totp.of(page.json().string("key").orElseThrow());
        Browser emma = house.browser();
        emma.open("/account/authenticator")
                .signIn("emma", Town.PASSWORD)
                .submit("otp", house.town.sent.getLast().code())
                .shows("enrolment");

        emma.submit("/account/authenticator", page.filled("otp", totp.code(house.clock.instant())))
                .shows("enrolment");
        assertThat(house.town.folk.get("emma").factors()).noneMatch(Totp.class::isInstance);
    }

    @Test
    void without_it_there_is_no_such_page() {
        assertThat(House.standard().server.call("GET", "/account").offered()).isEmpty();
    }
}
