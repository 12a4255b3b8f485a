package dev.mintmark.auth.browser;

import static dev.mintmark.auth.browser.House.CALLBACK;
import static dev.mintmark.auth.browser.House.link;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.people.Town;
import dev.mintmark.auth.protocol.Params;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Context classes that a request wants (OpenID Connect Core sections 3.1.2.1 and 5.5.1.1, RFC 9470). */
class StepUpTest {
    private static final String ESSENTIAL = "{\"id_token\":{\"acr\":{\"essential\":true,\"values\":[\"2\"]}}}";

    private final House house = House.standard();

    /** Signed in with the password alone, on a device that was remembered hours ago. */
    private static Browser knownDevice(House house, String name) {
        Browser browser = house.browser();
        Page mfa = browser.open(link("shop")).signIn(name, Town.PASSWORD).shows("mfa");
        mfa.submit("otp", code(house, name), "remember_device", "true").answer(CALLBACK);
        house.clock.advance(Duration.ofHours(3));
        browser.open(link("shop")).signIn(name, Town.PASSWORD).answer(CALLBACK);
        return browser;
    }

    private static String code(House house, String name) {
        return name.equals("emma") ? house.town.sent.getLast().code() : house.town.code();
    }

    private static String acr(House house, Page page) throws Exception {
        return house.tokens("shop", page).idClaims().getStringClaim("acr");
    }

    @Test
    void a_device_that_is_remembered_is_no_second_factor() throws Exception {
        Browser tom = knownDevice(house, "tom");

        assertThat(acr(house, tom.open(link("shop")))).isEqualTo("1");
        Page page = tom.open(link("shop", "acr_values", "2")).shows("mfa").submit("otp", house.town.code());
        assertThat(acr(house, page)).isEqualTo("2");
    }

    @Test
    void a_device_that_is_remembered_spares_nobody_a_second_factor_that_is_asked_for_at_once() throws Exception {
        Browser tom = knownDevice(house, "tom");
        house.clock.advance(Duration.ofHours(3));

        Page page = tom.open(link("shop", "acr_values", "2"))
                .signIn("tom", Town.PASSWORD)
                .shows("mfa")
                .submit("otp", house.town.code());

        assertThat(acr(house, page)).isEqualTo("2");
    }

    @Test
    void the_session_that_is_there_rises_and_is_the_same() throws Exception {
        Browser tom = knownDevice(house, "tom");
        JWTClaimsSet before = house.tokens("shop", tom.open(link("shop"))).idClaims();
        house.clock.advance(Duration.ofMinutes(1));

        Page page = tom.open(link("shop", "acr_values", "2")).shows("mfa").submit("otp", house.town.code());

        JWTClaimsSet after = house.tokens("shop", page).idClaims();
        assertThat(after.getStringClaim("sid")).isEqualTo(before.getStringClaim("sid"));
        assertThat(after.getDateClaim("auth_time")).isEqualTo(before.getDateClaim("auth_time"));
        assertThat(before.getStringListClaim("amr")).containsExactly("pwd");
        assertThat(after.getStringListClaim("amr")).containsExactly("pwd", "otp", "mfa");
        // And it stays risen.
        assertThat(acr(house, tom.get(link("shop")))).isEqualTo("2");
        tom.get(link("shop", "acr_values", "2", "prompt", "none"))
                .answer(CALLBACK)
                .required("code");
    }

    @Test
    void access_tokens_say_how_somebody_signed_in() throws Exception {
        Browser tom = knownDevice(house, "tom");
        Page page = tom.open(link("shop", "acr_values", "2")).shows("mfa").submit("otp", house.town.code());

        Reply tokens = house.tokens("shop", page);

        assertThat(tokens.accessClaims().getStringClaim("acr")).isEqualTo("2");
        assertThat(tokens.accessClaims().getStringListClaim("amr")).containsExactly("pwd", "otp", "mfa");
        assertThat(tokens.accessClaims().getDateClaim("auth_time"))
                .isEqualTo(tokens.idClaims().getDateClaim("auth_time"));
        assertThat(house.server.introspect("shop", tokens.access()).string("acr"))
                .contains("2");
    }

    @Test
    void a_wrong_code_raises_nothing() {
        Browser tom = knownDevice(house, "tom");
        Page mfa = tom.open(link("shop", "acr_values", "2")).shows("mfa");

        Page again = mfa.submit("otp", house.town.wrongCode()).shows("mfa");

        tom.get(link("shop", "acr_values", "2", "prompt", "none")).refused(CALLBACK, "login_required");
        again.submit("otp", house.town.code()).answer(CALLBACK).required("code");
    }

    @Test
    void a_code_is_sent_for_it_on_demand() throws Exception {
        Browser emma = knownDevice(house, "emma");
        int sent = house.town.sent.size();
        Page mfa = emma.open(link("shop", "acr_values", "2")).shows("mfa");
        assertThat(mfa.json().string("factor")).contains("email");
        assertThat(house.town.sent).hasSize(sent);

        Page asked = mfa.submit("send", "email").shows("mfa");
        assertThat(asked.json().string("sent_to")).contains("e***@example.com");
        assertThat(acr(house, asked.submit("otp", house.town.sent.getLast().code())))
                .isEqualTo("2");
    }

    @Test
    void quietly_it_is_told_that_a_second_factor_is_missing() {
        Browser tom = knownDevice(house, "tom");

        tom.get(link("shop", "acr_values", "2", "prompt", "none")).refused(CALLBACK, "login_required");
        tom.get(link("shop", "claims", ESSENTIAL, "prompt", "none")).refused(CALLBACK, "login_required");
        tom.get(link("shop", "prompt", "none")).answer(CALLBACK).required("code");
    }

    @Test
    void who_has_no_second_factor_goes_on_with_one() throws Exception {
        Page page = house.browser().open(link("shop", "acr_values", "2")).signIn("alice", Town.PASSWORD);

        assertThat(acr(house, page)).isEqualTo("1");
    }

    /** Section 5.5.1.1: MUST be treated as a failed authentication attempt. */
    @Test
    void what_is_essential_and_cannot_be_is_told_the_client() {
        Page page = house.browser().open(link("shop", "claims", ESSENTIAL)).signIn("alice", Town.PASSWORD);

        page.refused(CALLBACK, "unmet_authentication_requirements");
        Params answer = page.answer(CALLBACK);
        assertThat(answer.get("state")).contains("the state");
        assertThat(answer.get("iss")).contains(TestServer.ISSUER);
        assertThat(answer.get("code")).isEmpty();
        house.signedIn("alice")
                .get(link("shop", "claims", ESSENTIAL, "prompt", "none"))
                .refused(CALLBACK, "unmet_authentication_requirements");
    }

    @Test
    void what_is_essential_and_can_be_is_asked_for() throws Exception {
        Browser tom = knownDevice(house, "tom");

        Page page = tom.open(link("shop", "claims", ESSENTIAL)).shows("mfa").submit("otp", house.town.code());

        assertThat(acr(house, page)).isEqualTo("2");
    }

    @Test
    void what_is_essential_may_have_one_value() throws Exception {
        String one = "{\"id_token\":{\"acr\":{\"essential\":true,\"value\":\"2\"}}}";

        house.browser()
                .open(link("shop", "claims", one))
                .signIn("alice", Town.PASSWORD)
                .refused(CALLBACK, "unmet_authentication_requirements");
        Page page = house.browser()
                .open(link("shop", "claims", one))
                .signIn("tom", Town.PASSWORD)
                .submit("otp", house.town.code());
        assertThat(acr(house, page)).isEqualTo("2");
    }

    @Test
    void a_class_that_nobody_can_have_is_passed_over_unless_it_is_essential() throws Exception {
        String essential = "{\"id_token\":{\"acr\":{\"essential\":true,\"value\":\"urn:of:no:meaning\"}}}";
        Page voluntary = house.browser()
                .open(link("shop", "acr_values", "urn:of:no:meaning"))
                .signIn("alice", Town.PASSWORD);

        assertThat(acr(house, voluntary)).isEqualTo("1");
        house.signedIn("alice")
                .get(link("shop", "claims", essential))
                .refused(CALLBACK, "unmet_authentication_requirements");
    }

    @Test
    void a_claim_for_a_class_that_is_not_essential_is_a_wish() throws Exception {
        String wish = "{\"id_token\":{\"acr\":{\"values\":[\"2\"]}}}";

        Page alice = house.browser().open(link("shop", "claims", wish)).signIn("alice", Town.PASSWORD);
        assertThat(acr(house, alice)).isEqualTo("1");
        knownDevice(house, "tom").open(link("shop", "claims", wish)).shows("mfa");
    }

    @Test
    void the_claim_counts_for_more_than_acr_values() {
        Browser tom = knownDevice(house, "tom");
        String one = "{\"id_token\":{\"acr\":{\"essential\":true,\"value\":\"1\"}}}";

        tom.get(link("shop", "claims", one, "acr_values", "2", "prompt", "none"))
                .answer(CALLBACK)
                .required("code");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "2 1, 2", "urn:x 2 1, 2", "urn:x, 2", "'', 2"})
    void the_token_names_the_class_that_was_asked_for_and_is_met_else_the_sessions_own(String wanted, String told)
            throws Exception {
        Browser tom = house.browser();
        tom.open(link("shop")).signIn("tom", Town.PASSWORD).submit("otp", house.town.code());

        assertThat(acr(house, tom.get(link("shop", "acr_values", wanted)))).isEqualTo(told);
    }

    @Test
    void one_factor_will_do_for_whoever_asks_for_one() throws Exception {
        Browser alice = house.signedIn("alice");

        assertThat(acr(house, alice.get(link("shop", "acr_values", "1", "prompt", "none"))))
                .isEqualTo("1");
        assertThat(acr(house, alice.get(link("shop", "acr_values", "2 1", "prompt", "none"))))
                .isEqualTo("1");
    }

    @Test
    void a_client_may_be_registered_for_a_class() throws Exception {
        House strict = House.knowing(
                House.shop().build(),
                House.partner().requireConsent(false).defaultAcrValues("2").build());
        Browser tom = knownDevice(strict, "tom");

        tom.get(link("partner", "acr_values", "1", "prompt", "none"))
                .answer(CALLBACK)
                .required("code");
        tom.get(link("partner", "prompt", "none")).refused(CALLBACK, "login_required");
        Page page = tom.open(link("partner")).shows("mfa").submit("otp", strict.town.code());
        assertThat(strict.tokens("partner", page).idClaims().getStringClaim("acr"))
                .isEqualTo("2");
    }

    @Test
    void classes_may_have_other_names() throws Exception {
        House named = House.of(b -> b.contextClasses("silver", "gold"));
        Page alice = named.browser().open(link("shop", "acr_values", "gold")).signIn("alice", Town.PASSWORD);
        Page tom = named.browser()
                .open(link("shop", "acr_values", "gold silver"))
                .signIn("tom", Town.PASSWORD)
                .submit("otp", named.town.code());

        assertThat(acr(named, alice)).isEqualTo("silver");
        assertThat(acr(named, tom)).isEqualTo("gold");
    }

    @Test
    void the_class_outlives_a_refresh() throws Exception {
        Page page = house.browser()
                .open(link("shop", "scope", "openid offline_access"))
                .signIn("tom", Town.PASSWORD)
                .submit("otp", house.town.code());
        Reply first = house.tokens("shop", page);

        Reply second = house.as("shop", house.server.call("POST", "/token"))
                .with("grant_type", "refresh_token")
                .with("refresh_token", first.refresh())
                .send()
                .issued();

        assertThat(second.idClaims().getStringClaim("acr")).isEqualTo("2");
        assertThat(second.accessClaims().getStringClaim("acr")).isEqualTo("2");
        assertThat(second.idClaims().getStringListClaim("amr")).containsExactly("pwd", "otp", "mfa");
    }

    @Test
    void the_second_factor_comes_before_the_consent() {
        Browser tom = knownDevice(house, "tom");

        tom.open(link("partner", "acr_values", "2"))
                .shows("mfa")
                .submit("otp", house.town.code())
                .allow()
                .answer(CALLBACK)
                .required("code");
    }

    @Test
    void whoever_is_gone_before_the_second_factor_is_no_one_and_someone_else_may_sign_in() {
        Page mfa =
                house.browser().open(link("shop")).signIn("tom", Town.PASSWORD).shows("mfa");
        house.town.folk.remove("tom");

        mfa.submit("otp", house.town.code())
                .signIn("alice", Town.PASSWORD)
                .answer(CALLBACK)
                .required("code");
    }
}
