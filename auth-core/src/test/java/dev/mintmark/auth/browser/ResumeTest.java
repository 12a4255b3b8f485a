package dev.mintmark.auth.browser;

import static dev.mintmark.auth.browser.House.CALLBACK;
import static dev.mintmark.auth.browser.House.link;
import static dev.mintmark.auth.browser.House.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.mintmark.auth.AuthEvent;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.prompt.Interaction;
import dev.mintmark.auth.prompt.Prompt;
import dev.mintmark.auth.protocol.Authentication;
import dev.mintmark.auth.store.ClientStore;
import dev.mintmark.auth.wire.WireRequest;
import dev.mintmark.auth.wire.WireResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An application with a login of its own: whoever signed in there goes on, in the browser that began and in no other. */
class ResumeTest {
    private static final String LOGIN = "/login?interaction=";

    /** Sends people to the application's login, and draws everything else. */
    private static final class Elsewhere implements Interaction {
        private final SpelledOut pages = new SpelledOut();

        @Override
        public WireResponse ask(Prompt prompt, WireRequest request) {
            return prompt instanceof Prompt.SignIn login && login.problem().isEmpty()
                    ? WireResponse.of(303).withHeader("Location", LOGIN + login.interaction())
                    : pages.ask(prompt, request);
        }
    }

    private final House house = House.of(b -> b.interaction(new Elsewhere()));
    private final Browser browser = house.browser();

    /** Goes where the browser is sent, as far as the application's login, and tells for which interaction that is. */
    private static String atTheLogin(Browser browser, String from) {
        Page page = browser.get(from);
        while (!page.location().orElseThrow().startsWith("/login")) {
            page = browser.get(page.location().orElseThrow());
        }
        return page.location().orElseThrow().substring(LOGIN.length());
    }

    private Authentication who(String name) {
        return Authentication.of(name, house.clock.instant()).withAmr(List.of("pwd"));
    }

    /** What the application does once somebody has signed in there: where that browser is sent. */
    private String resumed(String interaction, Authentication authentication) {
        WireResponse next = house.server.server.resume(interaction, authentication);
        assertThat(next.status()).isEqualTo(303);
        return next.header("Location").orElseThrow();
    }

    private String resumed(String interaction, String name) {
        return resumed(interaction, who(name));
    }

    private static boolean isSignedIn(Browser browser) {
        return browser.get(link("shop", "prompt", "none"))
                .answer(CALLBACK)
                .get("code")
                .isPresent();
    }

    private JWTClaimsSet id(Page answered) {
        return house.tokens("shop", answered).idClaims();
    }

    @Test
    void who_signed_in_at_the_application_is_signed_in_here_as_it_says() throws Exception {
        String interaction = atTheLogin(browser, link("shop"));
        house.clock.advance(Duration.ofMinutes(1));
        Authentication said = who("alice").withAmr(List.of("hwk", "user")).withAcr("gold");
        house.clock.advance(Duration.ofMinutes(1));
        JWTClaimsSet id = id(browser.open(resumed(interaction, said)));

        assertThat(id.getSubject()).isEqualTo("alice");
        assertThat(id.getStringListClaim("amr")).containsExactly("hwk", "user");
        assertThat(id.getStringClaim("acr")).isEqualTo("gold");
        assertThat(id.getDateClaim("auth_time").toInstant()).isEqualTo(said.time());
        assertThat(isSignedIn(browser)).isTrue();
        assertThat(house.server.server.sessions("alice")).hasSize(1);
    }

    @Test
    void what_it_says_meets_what_a_client_wants_and_what_is_missing_is_asked_for() throws Exception {
        String first = atTheLogin(browser, link("shop", "acr_values", "2"));
        Authentication both = who("alice").withAmr(List.of("pwd", "otp", "mfa"));
        assertThat(id(browser.open(resumed(first, both))).getStringClaim("acr")).isEqualTo("2");

        Browser toms = house.browser();
        String second = atTheLogin(toms, link("shop", "acr_values", "2"));
        Page mfa = toms.open(resumed(second, "tom")).shows("mfa");
        assertThat(id(mfa.submit("otp", house.town.code())).getStringClaim("acr"))
                .isEqualTo("2");
    }

    @Test
    void what_is_left_to_be_asked_is_asked() {
        String interaction = atTheLogin(browser, link("partner"));

        browser.open(resumed(interaction, "alice")).allow().answer(CALLBACK).required("code");
    }

    @Test
    void a_sign_in_there_is_fresh_enough_for_a_client_that_wants_one() {
        browser.open(resumed(atTheLogin(browser, link("shop")), "alice")).answer(CALLBACK);
        house.clock.advance(Duration.ofMinutes(10));

        for (String[] more : List.of(new String[] {"prompt", "login"}, new String[] {"max_age", "60"}, new String[] {
            "prompt", "select_account"
        })) {
            house.clock.advance(Duration.ofMinutes(2));
            String again = atTheLogin(browser, link("shop", more));
            browser.open(resumed(again, "alice")).answer(CALLBACK).required("code");
        }
    }

    @Test
    void the_session_s_name_is_ours_whatever_the_application_calls_its_own() throws Exception {
        String interaction = atTheLogin(browser, link("shop"));
        JWTClaimsSet id = id(browser.open(resumed(interaction, who("alice").withSession("the application's"))));

        assertThat(id.getStringClaim("sid")).isNotEqualTo("the application's");
    }

    // ---- once ----

    @Test
    void the_redirect_works_once() {
        String interaction = atTheLogin(browser, link("partner"));
        String next = resumed(interaction, "alice");
        Page consent = browser.open(next).shows("consent");
        assertThat(browser.get(next).response().headers()).doesNotContainKey("Set-Cookie");
        browser.open(next).shows("consent");
        assertThat(signIns()).isEqualTo(1);
        browser.open("/end_session").submit("decision", "allow").shows("signed-out");

        assertThat(browser.get(next).response().headers()).doesNotContainKey("Set-Cookie");
        assertThat(house.server.server.sessions("alice")).isEmpty();
        assertThat(atTheLogin(browser, next)).isEqualTo(interaction);
        assertThat(consent.filled().get("interaction")).isEqualTo(interaction);
    }

    private long signIns() {
        return house.server.eventTypes().stream()
                .filter(AuthEvent.Type.SIGNED_IN::equals)
                .count();
    }

    @Test
    void of_two_redirects_the_last_one_works() {
        String interaction = atTheLogin(browser, link("shop"));
        String first = resumed(interaction, "alice");
        String second = resumed(interaction, "alice");

        assertThat(atTheLogin(browser, first)).isEqualTo(interaction);
        assertThat(signIns()).isZero();
        browser.open(second).answer(CALLBACK).required("code");
    }

    @Test
    void no_other_token_will_do() {
        String interaction = atTheLogin(browser, link("shop"));
        String next = resumed(interaction, "alice");
        String here = next.substring(0, next.indexOf("&resumed=") + "&resumed=".length());
        String right = next.substring(here.length());
        assertThat(right).matches("[A-Za-z0-9_-]{43}");

        String other = (right.charAt(0) == 'A' ? 'B' : 'A') + right.substring(1);
        for (String wrong : List.of(other, right + "A", interaction, "true")) {
            assertThat(atTheLogin(browser, here + wrong)).isEqualTo(interaction);
        }
        assertThat(signIns()).isZero();
        browser.open(next).answer(CALLBACK).required("code");
    }

    @Test
    void the_token_of_one_interaction_is_none_of_another() {
        String one = atTheLogin(browser, link("shop"));
        String two = atTheLogin(browser, link("shop"));
        String next = resumed(one, "alice");

        assertThat(atTheLogin(browser, next.replace(one, two))).isEqualTo(two);
        assertThat(signIns()).isZero();
    }

    // ---- in the browser that began ----

    /** Session fixation: the attacker begins and sends the victim to the application's login; the victim signs in there. */
    @Test
    void an_attacker_who_began_is_not_signed_in_by_a_victim_who_went_on() {
        Browser attacker = house.browser();
        String interaction = atTheLogin(attacker, link("shop"));
        Browser victim = house.browser();
        atTheLogin(victim, link("shop"));
        String next = resumed(interaction, "alice");

        Page page = victim.open(next);
        page.failed(400, "invalid_request");
        assertThat(page.json().string("description").orElseThrow()).contains("another browser");
        assertThat(atTheLogin(attacker, "/interaction?interaction=" + interaction))
                .isEqualTo(interaction);
        assertThat(signIns()).isZero();
        assertThat(house.server.server.sessions("alice")).isEmpty();
    }

    /** Login CSRF: the attacker signs in and has the victim's browser go on with it. */
    @Test
    void a_victim_is_not_signed_in_by_an_attacker_s_redirect() {
        Browser attacker = house.browser();
        String interaction = atTheLogin(attacker, link("shop"));
        String next = resumed(interaction, "alice");
        Browser victim = house.browser();
        atTheLogin(victim, link("shop"));

        victim.open(next).failed(400, "invalid_request");
        assertThat(isSignedIn(victim)).isFalse();
    }

    /** The same by way of a request that the attacker posted and no browser has opened: the victim's opens it first. */
    @Test
    void a_victim_who_opens_what_an_attacker_had_put_down_is_not_signed_in_by_the_attacker() {
        Browser attacker = house.browser();
        String put = attacker.postFromElsewhere("/authorize", request("shop"))
                .location()
                .orElseThrow();
        String known = put.substring(put.indexOf('=') + 1);
        String before = resumed(known, "alice");
        Browser victim = house.browser();
        String own = atTheLogin(victim, put);
        String after = resumed(known, "alice");

        assertThat(own).isNotEqualTo(known);
        for (String next : List.of(before, after)) {
            assertThat(atTheLogin(victim, next)).isEqualTo(own);
        }
        assertThat(isSignedIn(victim)).isFalse();
        assertThat(signIns()).isZero();
        victim.open(resumed(own, "alice")).answer(CALLBACK).required("code");
    }

    @Test
    void whoever_opens_it_in_the_wrong_browser_does_not_spoil_it() {
        String interaction = atTheLogin(browser, link("shop"));
        String next = resumed(interaction, "alice");
        house.browser().open(next).failed(400, "invalid_request");

        browser.open(next).answer(CALLBACK).required("code");
    }

    @Test
    void who_signs_in_there_as_someone_else_ends_the_first_one_s_session() {
        browser.open(resumed(atTheLogin(browser, link("shop")), "alice")).answer(CALLBACK);
        String again = atTheLogin(browser, link("shop", "prompt", "login"));
        browser.open(resumed(again, "sam")).answer(CALLBACK).required("code");

        assertThat(house.server.server.sessions("alice")).isEmpty();
        assertThat(house.server.server.sessions("sam")).hasSize(1);
    }

    // ---- what cannot be resumed ----

    @Test
    void an_interaction_that_is_unknown_expired_or_finished_is_not_resumed_and_the_browser_is_told() {
        String finished = atTheLogin(browser, link("shop"));
        browser.open(resumed(finished, "alice")).answer(CALLBACK);
        String expired = atTheLogin(browser, link("shop", "prompt", "login"));
        String waiting = resumed(expired, "alice");
        house.clock.advance(Duration.ofMinutes(30));

        for (String gone : List.of("unknown", "a&b=c\r\nSet-Cookie: x", finished, expired)) {
            String next = resumed(gone, "alice");
            assertThat(next).matches("/interaction\\?interaction=[^&\\s]+");
            browser.open(next).failed(400, "invalid_request");
        }
        browser.open(waiting).failed(400, "invalid_request");
        assertThat(signIns()).isEqualTo(1);
    }

    @Test
    void a_person_whom_nobody_knows_or_who_is_disabled_is_not_signed_in_and_ends_no_session() {
        browser.open(resumed(atTheLogin(browser, link("shop")), "sam")).answer(CALLBACK);
        house.town.folk.change("alice", user -> user.withActive(false));
        for (String name : List.of("alice", "nobody at all")) {
            String interaction = atTheLogin(browser, link("shop", "prompt", "login"));
            String next = resumed(interaction, name);
            Page told = browser.open(next).shows("login");

            assertThat(told.json().string("problem")).contains("access_denied");
            assertThat(house.server.server.sessions(name)).isEmpty();
            browser.open(resumed(interaction, "sam")).answer(CALLBACK).required("code");
        }
        assertThat(isSignedIn(browser)).isTrue();
    }

    @Test
    void a_server_that_knows_no_people_takes_the_application_s_word() {
        TestServer server = TestServer.of(b -> b.interaction(new Elsewhere())
                .scopes("openid")
                .clients(ClientStore.of(House.shop().build())));
        Browser visitor = new Browser(server.server);
        String interaction = atTheLogin(visitor, link("shop"));
        WireResponse next = server.server.resume(interaction, server.alice());

        visitor.open(next.header("Location").orElseThrow()).answer(CALLBACK).required("code");
    }

    @Test
    void a_server_without_pages_resumes_nothing() {
        TestServer server = TestServer.standard();

        assertThatThrownBy(() -> server.server.resume("any", server.alice()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no pages");
    }

    @Test
    void no_event_has_the_token() {
        String next = resumed(atTheLogin(browser, link("shop")), "alice");
        browser.open(next).answer(CALLBACK);
        browser.open(next);

        assertThat(house.server.events.toString()).doesNotContain(next.substring(next.indexOf("&resumed=") + 9));
    }
}
