package dev.mintmark.auth.browser;

import static dev.mintmark.auth.browser.House.AFTER;
import static dev.mintmark.auth.browser.House.link;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.people.Town;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** RP-Initiated Logout section 2: clients may post, and then no cookie comes along (SameSite=Lax). */
class PostedLogoutTest {
    private final House house = House.standard();
    private final Browser browser = house.browser();
    private final String idToken = house.tokens(
                    "shop", browser.open(link("shop")).signIn("alice", Town.PASSWORD))
            .string("id_token");

    @Test
    void a_logout_that_another_site_posts_ends_the_session_and_its_token_is_in_no_url() {
        Page posted = browser.postFromElsewhere(
                "/end_session",
                Map.of("id_token_hint", idToken, "post_logout_redirect_uri", AFTER, "state", "the & state"));

        assertThat(posted.status()).isEqualTo(303);
        assertThat(posted.location().orElseThrow()).startsWith("/end_session?").doesNotContain(idToken);
        assertThat(browser.followed(posted).location()).contains(AFTER + "?state=the+%26+state");
        browser.open(link("shop")).shows("login");
    }

    @Test
    void whoever_brings_no_token_is_asked() {
        Page page = browser.followed(browser.postFromElsewhere("/end_session", Map.of("client_id", "shop")));

        page.shows("logout").submit("decision", "allow").shows("signed-out");
        browser.open(link("shop")).shows("login");
    }

    @Test
    void where_nobody_is_signed_in_it_ends_where_it_should() {
        Page page = house.browser().submit("/end_session", Map.of("id_token_hint", idToken));

        page.shows("signed-out");
        browser.open(link("shop")).answer(House.CALLBACK);
    }

    @Test
    void a_link_from_before_or_of_somebody_else_s_making_ends_nothing() {
        Page posted = browser.postFromElsewhere("/end_session", Map.of("id_token_hint", idToken));
        String url = posted.location().orElseThrow();

        browser.get(url + "x").failed(400, "invalid_request");
        browser.get("/end_session?posted=x").failed(400, "invalid_request");
        house.clock.advance(Duration.ofMinutes(31));
        browser.get(url).failed(400, "invalid_request");
        browser.open(link("shop")).answer(House.CALLBACK);
    }
}
