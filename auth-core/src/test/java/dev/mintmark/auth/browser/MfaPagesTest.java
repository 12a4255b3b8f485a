package dev.mintmark.auth.browser;

import static dev.mintmark.auth.browser.House.CALLBACK;
import static dev.mintmark.auth.browser.House.link;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.mintmark.auth.AuthEvent;
import dev.mintmark.auth.people.Town;
import dev.mintmark.auth.protocol.MfaFactor.SentCode;
import dev.mintmark.auth.protocol.MfaFactor.SentCode.Channel;
import dev.mintmark.auth.protocol.Totp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The second factor in a browser, and how often anything may be tried there. */
class MfaPagesTest {
    private static final String HERE = "192.0.2.7";
    private static final String ELSEWHERE = "198.51.100.7";

    private final House house = House.standard();
    private final Browser browser = house.browser();

    private static String url(Page page) {
        return "/interaction?interaction=" + page.filled().get("interaction");
    }

    private Page mfa(String name) {
        return mfa(house.browser(), name);
    }

    private static Page mfa(Browser by, String name) {
        return by.open(link("shop")).signIn(name, Town.PASSWORD).shows("mfa");
    }

    private static Page refused(Page page, String problem) {
        assertThat(page.json().string("problem")).contains(problem);
        return page;
    }

    private JWTClaimsSet id(Page answered) {
        return house.tokens("shop", answered).idClaims();
    }

    private static List<String> amr(JWTClaimsSet id) throws Exception {
        return id.getStringListClaim("amr");
    }

    private String sent() {
        return house.town.sent.getLast().code();
    }

    private String wrongSent() {
        return sent().equals("000000") ? "000001" : "000000";
    }

    private static String cookie(Browser browser, String kind) {
        return browser.cookies().keySet().stream()
                .filter(name -> name.endsWith("-" + kind))
                .findFirst()
                .orElseThrow();
    }

    /** A browser that keeps nothing but the device of another. */
    private Browser laterOn(Browser remembered) {
        Browser later = house.browser();
        String name = cookie(remembered, "device");
        later.cookies().put(name, remembered.cookies().get(name));
        return later;
    }

    private Browser remembered(String name) {
        Browser by = house.browser();
        house.clock.advance(Duration.ofMinutes(1));
        mfa(by, name)
                .submit("otp", house.town.code(), "remember_device", "true")
                .answer(CALLBACK);
        return by;
    }

    // ---- the authenticator ----

    @Test
    void nobody_is_signed_in_by_the_password_alone() {
        Page mfa = mfa(browser, "tom");

        assertThat(browser.cookies().keySet()).noneMatch(name -> name.endsWith("-session"));
        assertThat(house.server.server.sessions("tom")).isEmpty();
        browser.open(link("shop", "prompt", "none")).refused(CALLBACK, "login_required");
        browser.open(link("shop")).shows("login");
        mfa.submit("otp", house.town.code()).answer(CALLBACK);
        assertThat(house.server.server.sessions("tom")).hasSize(1);
    }

    @Test
    void a_code_that_was_used_is_refused_in_every_browser() {
        String code = house.town.code();
        mfa("tom").submit("otp", code).answer(CALLBACK);

        Page again = refused(mfa("tom").submit("otp", code).shows("mfa"), "invalid_grant");
        house.clock.advance(Duration.ofSeconds(30));
        again.submit("otp", house.town.code()).answer(CALLBACK);
    }

    @Test
    void a_wrong_code_is_said_at_the_same_field() {
        Page mfa = mfa("max");
        Page recovery = mfa.browser().open(url(mfa) + "&factor=recovery-code");
        Page again = refused(recovery.submit("recovery_code", "no such code").shows("mfa"), "invalid_grant");

        assertThat(again.json().string("factor")).contains("recovery-code");
        Page otp = refused(mfa.submit("otp", house.town.wrongCode()).shows("mfa"), "invalid_grant");
        assertThat(otp.json().string("factor")).contains("otp");
    }

    @Test
    void a_code_with_spaces_around_it_is_right() {
        mfa("tom").submit("otp", " " + house.town.code() + " ").answer(CALLBACK);
    }

    @Test
    void five_wrong_codes_and_one_begins_with_the_password_again() {
        Page mfa = mfa(browser, "tom");
        for (int i = 0; i < 5; i++)
            refused(mfa.submit("otp", house.town.wrongCode()).shows("mfa"), "invalid_grant");
        Page over = refused(mfa.submit("otp", house.town.code()).shows("login"), "too_many_attempts");

        // The right code is of no use without the password.
        mfa.submit("otp", house.town.code()).shows("login");
        assertThat(house.server.server.sessions("tom")).isEmpty();
        over.signIn("tom", Town.PASSWORD)
                .shows("mfa")
                .submit("otp", house.town.code())
                .answer(CALLBACK);
    }

    @Test
    void beginning_again_does_not_buy_more_guesses_than_a_person_s_codes_may_have() {
        for (int round = 0; round < 2; round++) {
            Page mfa = mfa("tom");
            for (int i = 0; i < 5; i++) refused(mfa.submit("otp", house.town.wrongCode()), "invalid_grant");
        }
        Page mfa = mfa("tom");
        Page shut = refused(mfa.submit("otp", house.town.code()).shows("mfa"), "too_many_attempts");

        assertThat(shut.json().number("wait")).hasValue(900);
        house.clock.advance(Duration.ofMinutes(15));
        shut.submit("otp", house.town.code()).answer(CALLBACK);
    }

    @Test
    void a_factor_that_the_person_does_not_have_is_not_asked_for_and_no_way_in() {
        Page mfa = mfa(browser, "tom");
        Page same = browser.open(url(mfa) + "&factor=recovery-code").shows("mfa");
        assertThat(same.json().string("factor")).contains("otp");
        assertThat(same.json().strings("others")).isEmpty();

        refused(mfa.submit("recovery_code", Town.RECOVERY).shows("mfa"), "unsupported_challenge_type");
        refused(mfa.submit("send", "email").shows("mfa"), "unsupported_challenge_type");
        refused(mfa.submit("otp", "123456", "factor", "email").shows("mfa"), "unsupported_challenge_type");
        assertThat(house.town.sent).isEmpty();
    }

    // ---- codes that are sent ----

    @Test
    void a_code_by_text_message_is_called_so_and_the_number_is_half_hidden() throws Exception {
        Page mfa = mfa("sam");

        assertThat(mfa.json().string("factor")).contains("sms");
        assertThat(mfa.json().string("sent_to")).contains("***00");
        assertThat(amr(id(mfa.submit("otp", sent())))).containsExactly("pwd", "sms", "mfa");
    }

    @Test
    void a_code_by_e_mail_is_sent_when_it_is_asked_for() throws Exception {
        Page mfa = mfa(browser, "max");
        assertThat(mfa.json().string("factor")).contains("otp");
        assertThat(mfa.json().strings("others")).containsExactly("email", "recovery-code");
        Page email = browser.open(mfa.json().string("link").orElseThrow() + "email");
        assertThat(email.json().string("sent_to")).isEmpty();
        assertThat(house.town.sent).isEmpty();

        Page asked = email.submit("send", "email").shows("mfa");
        assertThat(asked.json().string("sent_to")).contains("m***@example.com");
        assertThat(amr(id(asked.submit("otp", sent())))).containsExactly("pwd", "otp", "mfa");
    }

    @Test
    void looking_at_the_page_again_sends_nothing() {
        Page mfa = mfa(browser, "emma");
        for (int i = 0; i < 5; i++) browser.open(url(mfa)).shows("mfa");

        assertThat(house.town.sent).hasSize(1);
        mfa.submit("otp", sent()).answer(CALLBACK);
    }

    @Test
    void the_code_before_is_void_once_another_was_sent() {
        Page mfa = mfa("emma");
        mfa.submit("send", "email").shows("mfa");
        String first = house.town.sent.getFirst().code();
        if (!first.equals(sent())) refused(mfa.submit("otp", first).shows("mfa"), "invalid_grant");

        mfa.submit("otp", sent()).answer(CALLBACK);
    }

    @Test
    void a_code_is_good_in_its_own_interaction_alone() {
        Page mfa = mfa("emma");
        String first = sent();
        Page other = mfa("emma");
        if (!first.equals(sent())) refused(other.submit("otp", first).shows("mfa"), "invalid_grant");

        mfa.submit("otp", first).answer(CALLBACK);
        refused(other.submit("otp", wrongSent()).shows("mfa"), "invalid_grant")
                .submit("otp", sent())
                .answer(CALLBACK);
    }

    @Test
    void it_is_sent_again_three_times_and_then_the_wait_is_told() {
        Page mfa = mfa(browser, "emma");
        for (int i = 0; i < 3; i++) mfa.submit("send", "email").shows("mfa");
        Page refused = refused(mfa.submit("send", "email").shows("mfa"), "too_many_attempts");

        assertThat(refused.json().number("wait")).hasValue(300);
        assertThat(house.town.sent).hasSize(4);
        mfa.submit("otp", sent()).answer(CALLBACK);
    }

    @Test
    void one_person_is_not_flooded_by_beginning_again() {
        for (int i = 0; i < 12; i++) mfa("emma");
        Page refused = refused(mfa("emma"), "too_many_attempts");

        assertThat(refused.json().number("wait")).hasValue(900);
        assertThat(house.town.sent).hasSize(12);
    }

    @Test
    void a_code_that_cannot_be_sent_is_said_and_the_person_may_ask_for_another() {
        house.town.senderDown.set(true);
        Page mfa = refused(mfa(browser, "emma"), "temporarily_unavailable");
        assertThat(house.server.lastEvent().type()).isEqualTo(AuthEvent.Type.FAILED);
        assertThat(house.server.lastEvent().cause()).isPresent();
        refused(mfa.submit("send", "email").shows("mfa"), "temporarily_unavailable");

        house.town.senderDown.set(false);
        Page sent = mfa.submit("send", "email").shows("mfa");
        assertThat(sent.json().string("problem")).isEmpty();
        sent.submit("otp", sent()).answer(CALLBACK);
    }

    @Test
    void a_code_to_an_address_that_is_no_longer_the_person_s_is_wrong() {
        Page mfa = mfa("emma");
        house.town.folk.change("emma", user -> user.withFactors(new SentCode(Channel.EMAIL, "new@example.com")));

        refused(mfa.submit("otp", sent()).shows("mfa"), "invalid_grant");
        mfa.submit("send", "email").submit("otp", sent()).answer(CALLBACK);
        assertThat(house.town.sent.getLast().factor().address()).isEqualTo("new@example.com");
    }

    @Test
    void no_page_and_no_event_has_a_code_that_was_sent() {
        Page mfa = mfa("emma");

        assertThat(mfa.response().text()).doesNotContain(sent()).doesNotContain("emma@example.com");
        assertThat(house.server.events.toString()).doesNotContain(sent());
    }

    // ---- recovery codes ----

    private Page recovered(Browser by, String code) {
        Page mfa = mfa(by, "rita");
        return by.open(url(mfa) + "&factor=recovery-code").submit("recovery_code", code);
    }

    @Test
    void a_new_recovery_code_is_shown_until_the_person_says_to_have_it_and_never_again() {
        Page fresh = recovered(browser, Town.RECOVERY).shows("recovery-code");
        String code = fresh.json().string("code").orElseThrow();
        for (int i = 0; i < 3; i++) {
            assertThat(browser.open(url(fresh)).shows("recovery-code").json().string("code"))
                    .contains(code);
        }
        fresh.submit().answer(CALLBACK);

        browser.open(url(fresh)).failed(400, "invalid_request");
        assertThat(browser.open(link("partner")).shows("consent").response().text())
                .doesNotContain(code);
        assertThat(house.server.events.toString()).doesNotContain(code);
    }

    @Test
    void a_recovery_code_is_used_up_and_the_new_one_is_good_for_one_sign_in() throws Exception {
        Page fresh = recovered(browser, Town.RECOVERY).shows("recovery-code");
        String code = fresh.json().string("code").orElseThrow();
        refused(recovered(house.browser(), Town.RECOVERY).shows("mfa"), "invalid_grant");

        Page second = recovered(house.browser(), code).shows("recovery-code");
        refused(recovered(house.browser(), code).shows("mfa"), "invalid_grant");
        assertThat(second.json().string("code").orElseThrow()).isNotEqualTo(code);
        assertThat(id(second.submit()).getStringClaim("acr")).isEqualTo("2");
    }

    @Test
    void a_new_recovery_code_is_shown_in_the_interaction_that_used_one_and_in_no_other() {
        Page other = browser.open(link("partner"));
        Page fresh = recovered(browser, Town.RECOVERY).shows("recovery-code");

        browser.open(url(other)).shows("consent");
        fresh.browser().open(url(fresh)).shows("recovery-code");
    }

    @Test
    void only_the_form_below_it_says_that_it_was_seen() {
        Page fresh = recovered(browser, Town.RECOVERY).shows("recovery-code");
        String handle = fresh.filled().get("interaction");
        for (String value : List.of("", "true", fresh.json().string("code").orElseThrow())) {
            browser.submit("/interaction", Map.of("interaction", handle, "shown", value))
                    .shows("recovery-code");
        }
        fresh.submit().answer(CALLBACK);
    }

    // ---- devices that are remembered ----

    @Test
    void a_device_is_remembered_if_the_person_wants_it_so() throws Exception {
        Page unasked = mfa(browser, "tom").post("otp", house.town.code());
        assertThat(unasked.response().headers().get("Set-Cookie")).noneMatch(line -> line.contains("-device="));
        house.clock.advance(Duration.ofMinutes(1));
        Page asked = mfa("tom").post("otp", house.town.code(), "remember_device", "true");
        String line = asked.response().headers().get("Set-Cookie").stream()
                .filter(cookie -> cookie.contains("-device="))
                .findFirst()
                .orElseThrow();

        assertThat(line)
                .matches("__Host-mintmark-[0-9a-f]{10}-device=[A-Za-z0-9_-]{43}; Max-Age=2592000; Path=/; HttpOnly; "
                        + "SameSite=Lax; Secure");
        Page answered = laterOn(asked.browser()).open(link("shop")).signIn("tom", Town.PASSWORD);
        JWTClaimsSet id = id(answered);
        assertThat(amr(id)).as("a device is no factor").containsExactly("pwd");
        assertThat(id.getStringClaim("acr")).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "on", "TRUE", "1"})
    void anything_else_in_the_field_remembers_nothing(String value) {
        Page asked = mfa("tom").post("otp", house.town.code(), "remember_device", value);

        assertThat(asked.response().headers().get("Set-Cookie")).noneMatch(line -> line.contains("-device="));
    }

    @Test
    void a_wrong_code_remembers_no_device() {
        Page asked = mfa("tom").post("otp", house.town.wrongCode(), "remember_device", "true");

        assertThat(asked.response().headers()).doesNotContainKey("Set-Cookie");
    }

    @Test
    void a_device_spares_no_password() {
        Browser later = laterOn(remembered("tom"));

        later.open(link("shop")).shows("login");
        refused(later.open(link("shop")).signIn("tom", "wrong").shows("login"), "invalid_grant");
    }

    @Test
    void a_device_is_one_person_s() {
        Browser later = laterOn(remembered("tom"));

        later.open(link("shop")).signIn("max", Town.PASSWORD).shows("mfa");
        later.open(link("shop")).signIn("tom", Town.PASSWORD).answer(CALLBACK);
    }

    @Test
    void a_device_that_was_tampered_with_is_none() {
        Browser remembered = remembered("tom");
        String name = cookie(remembered, "device");
        String right = remembered.cookies().get(name);
        String other = (right.charAt(0) == 'A' ? 'B' : 'A') + right.substring(1);
        for (String value : List.of(other, "", right + "A", right + "; " + name + "=" + other)) {
            Browser later = house.browser();
            later.cookies().put(name, value);
            later.open(link("shop")).signIn("tom", Town.PASSWORD).shows("mfa");
        }
        Browser elsewhere = house.browser();
        elsewhere.cookies().put(name.replace("-device", "-session"), right);
        elsewhere.open(link("shop")).shows("login");
    }

    @Test
    void a_device_is_forgotten_after_a_month() {
        Browser remembered = remembered("tom");
        house.clock.advance(Duration.ofDays(30).minusSeconds(1));
        laterOn(remembered).open(link("shop")).signIn("tom", Town.PASSWORD).answer(CALLBACK);
        house.clock.advance(Duration.ofSeconds(1));

        laterOn(remembered).open(link("shop")).signIn("tom", Town.PASSWORD).shows("mfa");
    }

    @Test
    void a_device_is_forgotten_when_password_or_factors_change_or_the_person_is_revoked() {
        Browser one = remembered("tom");
        house.town.folk.change("tom", user -> user.withPassword(Town.HASHED));
        laterOn(one).open(link("shop")).signIn("tom", Town.PASSWORD).shows("mfa");

        Browser two = remembered("tom");
        house.town.folk.change("tom", user -> user.withFactors(Totp.of("GEZDGNBVGY3TQOJQ")));
        laterOn(two).open(link("shop")).signIn("tom", Town.PASSWORD).shows("mfa");

        house.town.folk.change("tom", user -> user.withFactors(Town.TOTP));
        Browser three = remembered("tom");
        house.server.server.revokeSubject("tom");
        laterOn(three).open(link("shop")).signIn("tom", Town.PASSWORD).shows("mfa");
    }

    @Test
    void signing_out_does_not_forget_a_device() {
        Browser remembered = remembered("tom");
        remembered
                .open("/end_session")
                .shows("logout")
                .submit("decision", "allow")
                .shows("signed-out");

        remembered.open(link("shop")).signIn("tom", Town.PASSWORD).answer(CALLBACK);
    }

    // ---- a session that is not enough ----

    @Test
    void whoever_is_signed_in_with_one_factor_shows_the_other_and_stays_in_the_session() throws Exception {
        Browser later = laterOn(remembered("tom"));
        JWTClaimsSet first = id(later.open(link("shop")).signIn("tom", Town.PASSWORD));
        String before = later.cookies().get(cookie(later, "session"));
        house.clock.advance(Duration.ofMinutes(3));
        Page mfa = later.open(link("shop", "acr_values", "2")).shows("mfa");
        JWTClaimsSet second = id(mfa.submit("otp", house.town.code()));

        assertThat(second.getStringClaim("acr")).isEqualTo("2");
        assertThat(amr(second)).containsExactly("pwd", "otp", "mfa");
        assertThat(second.getStringClaim("sid")).isEqualTo(first.getStringClaim("sid"));
        assertThat(second.getClaim("auth_time")).isEqualTo(first.getClaim("auth_time"));
        assertThat(later.cookies().get(cookie(later, "session"))).isNotEqualTo(before);
        Browser stale = house.browser();
        stale.cookies().put(cookie(later, "session"), before);
        stale.open(link("shop")).shows("login");
        later.open(link("shop", "acr_values", "2")).answer(CALLBACK).required("code");
    }

    @Test
    void wrong_codes_in_a_session_do_not_end_it_nor_go_on_for_ever() {
        Browser later = laterOn(remembered("tom"));
        later.open(link("shop")).signIn("tom", Town.PASSWORD).answer(CALLBACK);
        house.clock.advance(Duration.ofMinutes(3));
        Page mfa = later.open(link("shop", "acr_values", "2")).shows("mfa");
        for (int i = 0; i < 12; i++)
            mfa = mfa.submit("otp", house.town.wrongCode()).shows("mfa");
        Page shut = refused(mfa.submit("otp", house.town.code()).shows("mfa"), "too_many_attempts");

        assertThat(shut.json().number("wait")).hasValue(900);
        later.open(link("shop")).answer(CALLBACK).required("code");
    }

    @Test
    void a_code_of_one_person_does_not_raise_another_s_session() {
        Browser shared = laterOn(remembered("tom"));
        Page toms = shared.open(link("shop", "acr_values", "2"))
                .signIn("tom", Town.PASSWORD)
                .shows("mfa");
        shared.open(link("shop", "prompt", "login"))
                .signIn("alice", Town.PASSWORD)
                .answer(CALLBACK);
        house.clock.advance(Duration.ofMinutes(1));
        Page answered = toms.submit("otp", house.town.code());

        JWTClaimsSet id = id(answered);
        String acr = String.valueOf(id.getClaim("acr"));
        assertThat(id.getSubject() + " " + acr).isIn("alice 1", "tom 2");
        assertThat(house.server.server.sessions("alice"))
                .allSatisfy(
                        session -> assertThat(session.authentication().acr()).contains("1"));
    }

    // ---- guessing passwords ----

    @Test
    void five_wrong_passwords_close_the_name_to_the_network_and_the_page_says_for_how_long() {
        Browser here = house.browser().at(HERE);
        Page login = here.open(link("shop"));
        for (int i = 0; i < 5; i++) refused(login.signIn("alice", "wrong"), "invalid_grant");
        Page shut = refused(login.signIn("alice", Town.PASSWORD).shows("login"), "too_many_attempts");

        assertThat(shut.json().number("wait")).hasValue(900);
        house.browser()
                .at(ELSEWHERE)
                .open(link("shop"))
                .signIn("alice", Town.PASSWORD)
                .answer(CALLBACK);
        refused(house.browser().at(HERE).open(link("shop")).signIn("alice", Town.PASSWORD), "too_many_attempts");
        house.clock.advance(Duration.ofMinutes(15));
        Page again = here.open(url(shut)).shows("login");
        assertThat(again.json().string("problem")).as("the wait is over").isEmpty();
        again.signIn("alice", Town.PASSWORD).answer(CALLBACK);
    }

    @Test
    void a_page_that_is_looked_at_later_says_how_long_it_is_from_then() {
        Browser here = house.browser().at(HERE);
        Page login = here.open(link("shop"));
        for (int i = 0; i < 6; i++) login.signIn("alice", "wrong");
        house.clock.advance(Duration.ofMinutes(10));

        assertThat(here.open(url(login)).json().number("wait")).hasValue(300);
    }

    @Test
    void no_page_tells_whether_there_is_such_a_person() {
        Page known = browser.open(link("shop")).signIn("alice", "wrong");
        Page unknown = house.browser().open(link("shop")).signIn("eve", "wrong");

        for (Page page : List.of(known, unknown)) {
            assertThat(page.json().without("hidden", "username", "interaction").toJson())
                    .isEqualTo(known.json()
                            .without("hidden", "username", "interaction")
                            .toJson());
        }
        for (int i = 0; i < 4; i++) {
            known.signIn("alice", "wrong");
            unknown.signIn("eve", "wrong");
        }
        Page eve = refused(unknown.signIn("eve", Town.PASSWORD), "too_many_attempts");
        Page alice = refused(known.signIn("alice", Town.PASSWORD), "too_many_attempts");
        assertThat(eve.json().number("wait")).isEqualTo(alice.json().number("wait"));
    }

    @Test
    void a_disabled_person_is_told_so_once_the_password_was_right_and_not_before() {
        house.town.folk.change("alice", user -> user.withActive(false));
        Page login = browser.open(link("shop"));

        refused(login.signIn("alice", "wrong"), "invalid_grant");
        refused(login.signIn("alice", Town.PASSWORD), "access_denied");
        assertThat(house.server.server.sessions("alice")).isEmpty();
    }
}
