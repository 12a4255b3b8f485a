package dev.mintmark.auth.browser;

import static dev.mintmark.auth.browser.House.CALLBACK;
import static dev.mintmark.auth.browser.House.link;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.mintmark.auth.people.Town;
import java.time.Duration;
import java.util.Date;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code prompt} (OpenID Connect Core section 3.1.2.1). */
class PromptTest {
    private final House house = House.standard();

    // ---- none ----

    @Test
    void none_shows_nobody_anything_where_nobody_is_signed_in() {
        house.browser().get(link("shop", "prompt", "none")).refused(CALLBACK, "login_required");
    }

    @Test
    void none_shows_nobody_anything_where_consent_is_missing() {
        house.signedIn("alice").get(link("partner", "prompt", "none")).refused(CALLBACK, "consent_required");
    }

    @Test
    void none_is_answered_at_once_where_nothing_is_missing() {
        Browser alice = house.signedIn("alice");
        alice.open(link("partner")).allow();

        Page page = alice.get(link("partner", "prompt", "none"));

        assertThat(house.tokens("partner", page).idClaims().getSubject()).isEqualTo("alice");
    }

    @Test
    void none_is_answered_for_whoever_no_consent_is_asked_of() {
        house.signedIn("alice")
                .get(link("shop", "prompt", "none"))
                .answer(CALLBACK)
                .required("code");
    }

    @Test
    void none_does_not_wake_a_session_that_is_over() {
        Browser alice = house.signedIn("alice");
        house.clock.advance(Duration.ofHours(2).plusSeconds(1));

        alice.get(link("shop", "prompt", "none")).refused(CALLBACK, "login_required");
    }

    @Test
    void none_leaves_the_session_as_it_is() {
        Browser alice = house.signedIn("alice");

        alice.get(link("partner", "prompt", "none")).refused(CALLBACK, "consent_required");
        alice.get(link("shop", "prompt", "none")).answer(CALLBACK).required("code");
    }

    @Test
    void none_tells_of_a_missing_sign_in_before_a_missing_consent() {
        house.browser().get(link("partner", "prompt", "none")).refused(CALLBACK, "login_required");
    }

    // ---- login and select_account ----

    @ParameterizedTest
    @ValueSource(strings = {"login", "select_account", "login select_account", "  login "})
    void a_sign_in_is_asked_for_though_somebody_is_signed_in(String prompt) throws Exception {
        Browser alice = house.signedIn("alice");
        house.clock.advance(Duration.ofMinutes(10));

        Page page = alice.open(link("shop", "prompt", prompt)).signIn("alice", Town.PASSWORD);

        JWTClaimsSet id = house.tokens("shop", page).idClaims();
        assertThat(id.getDateClaim("auth_time")).isEqualTo(Date.from(house.clock.instant()));
    }

    @Test
    void a_sign_in_is_asked_for_once_and_not_in_circles() {
        Browser alice = house.signedIn("alice");

        Page page = alice.open(link("partner", "prompt", "login")).signIn("alice", Town.PASSWORD);

        page.allow().answer(CALLBACK).required("code");
    }

    @Test
    void a_sign_in_in_another_tab_is_none_of_this_request() {
        Browser alice = house.signedIn("alice");
        Page login = alice.open(link("shop", "prompt", "login")).shows("login");
        alice.open(link("shop", "prompt", "login"))
                .signIn("alice", Town.PASSWORD)
                .answer(CALLBACK);

        Page again = alice.open(
                "/interaction?interaction=" + login.json().string("interaction").orElseThrow());

        again.signIn("alice", Town.PASSWORD).answer(CALLBACK).required("code");
    }

    @Test
    void another_account_may_be_selected_and_the_first_is_signed_out() {
        Browser browser = house.signedIn("alice");
        house.clock.advance(Duration.ofSeconds(1));

        Page page = browser.open(link("shop", "prompt", "select_account")).signIn("max", Town.PASSWORD);
        page = page.shows("mfa").submit("otp", house.town.code());

        assertThat(house.tokens("shop", page).idClaims().getSubject()).isEqualTo("max");
        assertThat(house.server.server.sessions("alice")).isEmpty();
        assertThat(house.server.server.sessions("max")).hasSize(1);
    }

    @Test
    void the_sign_in_that_was_asked_for_keeps_the_name_of_the_session() throws Exception {
        Browser alice = house.browser();
        Page first = alice.open(link("shop")).signIn("alice", Town.PASSWORD);
        String sid = house.tokens("shop", first).idClaims().getStringClaim("sid");

        Page second = alice.open(link("shop", "prompt", "login")).signIn("alice", Town.PASSWORD);

        assertThat(house.tokens("shop", second).idClaims().getStringClaim("sid"))
                .isEqualTo(sid);
    }

    // ---- consent ----

    @Test
    void consent_is_asked_for_though_it_was_given() {
        Browser alice = house.signedIn("alice");
        alice.open(link("partner")).allow().answer(CALLBACK);

        Page page = alice.open(link("partner", "prompt", "consent")).shows("consent");

        page.submit("decision", "deny").refused(CALLBACK, "access_denied");
        alice.open(link("partner", "prompt", "consent"))
                .allow()
                .answer(CALLBACK)
                .required("code");
    }

    /** Section 3.1.2.1: SHOULD prompt, whatever is registered. */
    @Test
    void consent_is_asked_for_even_by_a_client_that_does_not_require_it() {
        house.signedIn("alice")
                .open(link("shop", "prompt", "consent"))
                .allow()
                .answer(CALLBACK)
                .required("code");
    }

    @Test
    void login_and_consent_are_asked_for_one_after_the_other() {
        Browser alice = house.signedIn("alice");
        alice.open(link("partner")).allow();

        alice.open(link("partner", "prompt", "consent login"))
                .signIn("alice", Town.PASSWORD)
                .allow()
                .answer(CALLBACK)
                .required("code");
    }

    @Test
    void a_new_visitor_signs_in_before_the_consent_that_was_asked_for() {
        house.browser()
                .open(link("shop", "prompt", "consent"))
                .signIn("alice", Town.PASSWORD)
                .allow()
                .answer(CALLBACK)
                .required("code");
    }

    @Test
    void without_a_prompt_nobody_is_asked_what_is_known() {
        Browser alice = house.signedIn("alice");
        alice.open(link("partner")).allow();

        assertThat(alice.get(link("partner")).answer(CALLBACK).get("code")).isPresent();
    }
}
