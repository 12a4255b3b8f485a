package dev.mintmark.auth.browser;

import static dev.mintmark.auth.browser.House.CALLBACK;
import static dev.mintmark.auth.browser.House.link;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.Consent;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.people.Folk;
import dev.mintmark.auth.people.Town;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person allows a client (OpenID Connect Core section 3.1.2.4). */
class ConsentTest {
    private final House house = House.of(b -> {});
    private final Browser alice = house.signedIn("alice");

    private void quietly(String client, String... more) {
        quiet(client, more).answer(CALLBACK).required("code");
    }

    private void notQuietly(String client, String... more) {
        quiet(client, more).refused(CALLBACK, "consent_required");
    }

    private Page quiet(String client, String... more) {
        Map<String, String> request = House.request(client, more);
        request.put("prompt", "none");
        return alice.get("/authorize?" + Browser.encoded(request));
    }

    private List<Consent> consents() {
        return house.server.server.consents("alice");
    }

    @Test
    void the_page_says_who_asks_whom_for_what() {
        Page consent = alice.open(link("partner", "scope", "openid email")).shows("consent");

        assertThat(consent.json().string("client")).contains("partner");
        assertThat(consent.json().string("person")).contains("alice");
        assertThat(consent.json().string("scope")).contains("openid email");
        assertThat(consent.json().string("leads_to")).contains("https://shop.example");
    }

    @Test
    void what_was_allowed_is_remembered() {
        alice.open(link("partner", "scope", "openid email")).allow();

        quietly("partner", "scope", "openid email");
        quietly("partner", "scope", "email");
        quietly("partner", "scope", "openid");
    }

    @Test
    void more_is_asked_for_and_remembered_beside_what_was_before() {
        alice.open(link("partner", "scope", "openid email")).allow();
        notQuietly("partner", "scope", "openid profile");

        alice.open(link("partner", "scope", "openid profile")).allow();

        quietly("partner", "scope", "openid profile email");
        notQuietly("partner", "scope", "openid read");
    }

    @Test
    void each_value_of_a_parameter_is_asked_for() {
        house.town.folk.change("alice", user -> user.withScope("customer.42 customer.43"));
        alice.open(link("partner", "scope", "openid customer.42")).allow();

        quietly("partner", "scope", "openid customer.42");
        notQuietly("partner", "scope", "openid customer.43");
    }

    @Test
    void each_client_is_asked_for() {
        alice.open(link("partner")).allow();

        notQuietly("page");
    }

    @Test
    void each_person_is_asked() {
        house.town.folk.put(Folk.person("bob"));
        alice.open(link("partner")).allow();

        house.signedIn("bob").get(link("partner", "prompt", "none")).refused(CALLBACK, "consent_required");
        assertThat(house.server.server.consents("bob")).isEmpty();
    }

    @Test
    void it_is_remembered_for_the_person_and_not_for_the_browser() {
        alice.open(link("partner")).allow();

        house.signedIn("alice")
                .get(link("partner", "prompt", "none"))
                .answer(CALLBACK)
                .required("code");
    }

    @Test
    void a_client_of_the_house_asks_nobody() {
        quietly("shop", "scope", "openid email");
        assertThat(consents()).isEmpty();
    }

    @Test
    void a_no_is_told_the_client_and_nothing_is_remembered() {
        Page page = alice.open(link("partner")).shows("consent").submit("decision", "deny");

        page.refused(CALLBACK, "access_denied");
        Params answer = page.answer(CALLBACK);
        assertThat(answer.get("state")).contains("the state");
        assertThat(answer.get("iss")).contains(TestServer.ISSUER);
        assertThat(answer.get("code")).isEmpty();
        assertThat(consents()).isEmpty();
        notQuietly("partner");
        // The person is still signed in, and may think again.
        alice.open(link("partner")).allow().answer(CALLBACK).required("code");
    }

    @Test
    void a_no_takes_back_nothing_that_was_allowed_before() {
        alice.open(link("partner", "scope", "openid")).allow();

        alice.open(link("partner", "scope", "openid email")).submit("decision", "deny");

        quietly("partner", "scope", "openid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yes", "ALLOW", "allow deny"})
    void what_is_neither_yes_nor_no_is_asked_again(String decision) {
        Page consent = alice.open(link("partner")).shows("consent");

        Page again = consent.submit("decision", decision).shows("consent");

        assertThat(consents()).isEmpty();
        again.allow().answer(CALLBACK).required("code");
    }

    @Test
    void it_ends_in_time() {
        House forgetful = House.of(b -> b.rememberConsents(Duration.ofDays(1)));
        forgetful.signedIn("alice").open(link("partner")).allow();
        forgetful.clock.advance(Duration.ofHours(23));
        forgetful
                .signedIn("alice")
                .get(link("partner", "prompt", "none"))
                .answer(CALLBACK)
                .required("code");
        forgetful.clock.advance(Duration.ofHours(2));

        forgetful.signedIn("alice").get(link("partner", "prompt", "none")).refused(CALLBACK, "consent_required");
        assertThat(forgetful.server.server.consents("alice")).isEmpty();
    }

    // ---- listed, and taken back ----

    @Test
    void what_stands_is_listed_once_for_each_client() {
        alice.open(link("partner", "scope", "openid")).allow();
        house.clock.advance(Duration.ofMinutes(1));
        alice.open(link("page", "scope", "openid read")).allow();
        house.clock.advance(Duration.ofMinutes(1));
        alice.open(link("partner", "scope", "openid email")).allow();

        assertThat(consents()).extracting(Consent::client).containsExactlyInAnyOrder("partner", "page");
        Consent partner = consents().stream()
                .filter(consent -> consent.client().equals("partner"))
                .findFirst()
                .orElseThrow();
        assertThat(partner.scope().toString().split(" ", -1)).containsExactlyInAnyOrder("openid", "email");
        assertThat(partner.since()).isEqualTo(house.clock.instant());
    }

    @Test
    void what_is_taken_back_is_asked_for_again_tokens_and_all() {
        Page page =
                alice.open(link("partner", "scope", "openid offline_access")).allow();
        var tokens = house.tokens("partner", page);
        alice.open(link("page")).allow();
        house.clock.advance(Duration.ofSeconds(1));

        house.server.server.revokeSubjectAtClient("alice", "partner");

        assertThat(consents()).extracting(Consent::client).containsExactly("page");
        assertThat(house.server.isActive("partner", tokens.access())).isFalse();
        house.clock.advance(Duration.ofSeconds(1));
        notQuietly("partner");
        quietly("page");
        alice.open(link("partner")).allow().answer(CALLBACK).required("code");
        quietly("partner");
        assertThat(consents()).hasSize(2);
    }

    @Test
    void whoever_is_revoked_has_allowed_nothing() {
        alice.open(link("partner")).allow();
        house.clock.advance(Duration.ofSeconds(1));

        house.server.server.revokeSubject("alice");

        assertThat(consents()).isEmpty();
        house.clock.advance(Duration.ofSeconds(1));
        Browser again = house.signedIn("alice");
        again.get(link("partner", "prompt", "none")).refused(CALLBACK, "consent_required");
    }

    @Test
    void a_consent_that_was_begun_before_a_revocation_is_given_all_the_same() {
        Page consent = alice.open(link("partner")).shows("consent");
        house.clock.advance(Duration.ofSeconds(1));
        house.server.server.revokeSubjectAtClient("alice", "partner");
        house.clock.advance(Duration.ofSeconds(1));

        consent.allow().answer(CALLBACK).required("code");
        assertThat(consents()).hasSize(1);
    }

    // ---- two tabs, two people ----

    @Test
    void a_yes_in_one_tab_is_a_yes_in_the_other() {
        Page first = alice.open(link("partner", "state", "one")).shows("consent");
        Page second = alice.open(link("partner", "state", "two")).shows("consent");

        assertThat(second.allow().answer(CALLBACK).get("state")).contains("two");
        assertThat(first.allow().answer(CALLBACK).get("state")).contains("one");
        assertThat(consents()).hasSize(1);
    }

    @Test
    void two_tabs_that_ask_for_different_things_forget_neither() {
        Page email = alice.open(link("partner", "scope", "openid email")).shows("consent");
        Page profile = alice.open(link("partner", "scope", "openid profile")).shows("consent");

        email.allow().answer(CALLBACK).required("code");
        profile.allow().answer(CALLBACK).required("code");

        quietly("partner", "scope", "openid email profile");
        assertThat(consents()).hasSize(1);
    }

    @Test
    void a_no_in_one_tab_is_a_no_in_that_tab() {
        Page first = alice.open(link("partner")).shows("consent");
        Page second = alice.open(link("partner")).shows("consent");

        first.submit("decision", "deny").refused(CALLBACK, "access_denied");
        second.allow().answer(CALLBACK).required("code");
    }

    @Test
    void the_form_that_was_drawn_for_one_person_is_not_the_next_ones_answer() {
        house.town.folk.put(Folk.person("bob"));
        Page hers = alice.open(link("partner")).shows("consent");
        alice.open(link("shop", "prompt", "login")).signIn("bob", Town.PASSWORD).answer(CALLBACK);

        Page his = hers.submit("decision", "allow").shows("consent");

        assertThat(his.json().string("person")).contains("bob");
        assertThat(house.server.server.consents("bob")).isEmpty();
        assertThat(consents()).isEmpty();
        assertThat(house.tokens("partner", his.allow()).idClaims().getSubject()).isEqualTo("bob");
    }

    @Test
    void neither_is_a_no_the_next_ones_answer() {
        house.town.folk.put(Folk.person("bob"));
        Page hers = alice.open(link("partner")).shows("consent");
        alice.open(link("shop", "prompt", "login")).signIn("bob", Town.PASSWORD).answer(CALLBACK);

        hers.submit("decision", "deny").shows("consent");
    }

    @Test
    void the_form_does_nothing_in_another_browser() {
        house.town.folk.put(Folk.person("bob"));
        Browser bob = house.signedIn("bob");
        Page hers = alice.open(link("partner")).shows("consent");

        bob.submit("/interaction", hers.filled("decision", "allow")).failed(400, "invalid_request");

        assertThat(house.server.server.consents("bob")).isEmpty();
        assertThat(consents()).isEmpty();
        hers.allow().answer(CALLBACK).required("code");
    }

    @Test
    void the_form_is_posted_and_never_fetched() {
        Page hers = alice.open(link("partner")).shows("consent");

        alice.get("/interaction?" + Browser.encoded(hers.filled("decision", "allow")))
                .shows("consent");

        assertThat(consents()).isEmpty();
    }

    @Test
    void another_sites_post_comes_without_cookies_and_does_nothing() {
        Page hers = alice.open(link("partner")).shows("consent");

        alice.postFromElsewhere("/interaction", hers.filled("decision", "allow"))
                .failed(400, "invalid_request");

        assertThat(consents()).isEmpty();
    }

    @Test
    void the_same_form_again_gives_no_second_code() {
        Page hers = alice.open(link("partner")).shows("consent");
        hers.allow().answer(CALLBACK);

        hers.submit("decision", "allow").failed(400, "invalid_request");
    }

    @Test
    void what_the_form_says_of_the_scope_does_not_count() {
        Page hers = alice.open(link("partner", "scope", "openid")).shows("consent");

        hers.submit("decision", "allow", "scope", "openid email", "client_id", "page");

        assertThat(consents()).singleElement().satisfies(consent -> {
            assertThat(consent.client()).isEqualTo("partner");
            assertThat(consent.scope()).containsExactly(Scope.OPENID);
        });
    }
}
