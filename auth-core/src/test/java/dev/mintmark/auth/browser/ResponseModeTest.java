package dev.mintmark.auth.browser;

import static dev.mintmark.auth.browser.House.CALLBACK;
import static dev.mintmark.auth.browser.House.link;
import static dev.mintmark.auth.browser.House.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.people.Town;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Params;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** How an answer travels (OAuth 2.0 Multiple Response Types section 2.1, OAuth 2.0 Form Post Response Mode). */
class ResponseModeTest {
    private final House house = House.standard();
    private final Browser browser = house.browser();

    private static Params fragment(Page page) {
        assertThat(page.status()).isEqualTo(303);
        assertThat(page.location().orElseThrow()).startsWith(CALLBACK + "#").doesNotContain("?");
        String text = page.location().get().substring(CALLBACK.length() + 1);
        return Params.ofForm(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Claims form(Page page) {
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.location()).isEmpty();
        page.shows("form-post");
        assertThat(page.json().string("target")).contains(CALLBACK);
        return page.json().object("fields");
    }

    @Test
    void without_a_mode_the_answer_is_in_the_query() {
        Page granted = browser.open(link("shop")).signIn("alice", Town.PASSWORD);
        Page denied = house.browser().get(link("shop", "prompt", "none"));

        assertThat(granted.answer(CALLBACK).get("code")).isPresent();
        assertThat(granted.location().orElseThrow()).doesNotContain("#");
        denied.refused(CALLBACK, "login_required");
    }

    @Test
    void query_is_what_there_is_without_a_mode() {
        Page granted = browser.open(link("shop", "response_mode", "query")).signIn("alice", Town.PASSWORD);

        house.tokens("shop", granted);
        house.browser()
                .get(link("shop", "response_mode", "query", "prompt", "none"))
                .refused(CALLBACK, "login_required");
    }

    @Test
    void fragment_keeps_code_and_errors_out_of_the_query() {
        Page granted = browser.open(link("shop", "response_mode", "fragment")).signIn("alice", Town.PASSWORD);
        Page denied = house.browser().get(link("shop", "response_mode", "fragment", "prompt", "none"));

        Params answer = fragment(granted);
        assertThat(answer.get("state")).contains("the state");
        assertThat(answer.get("iss")).contains(TestServer.ISSUER);
        house.tokens("shop", answer);
        assertThat(fragment(denied).get("error")).contains("login_required");
        assertThat(fragment(denied).get("state")).contains("the state");
        assertThat(fragment(denied).get("iss")).contains(TestServer.ISSUER);
    }

    @Test
    void form_post_is_a_page_that_posts_the_answer_to_the_redirect_uri_and_nothing_else() {
        Page granted = browser.open(link("shop", "response_mode", "form_post")).signIn("alice", Town.PASSWORD);

        Claims fields = form(granted);
        assertThat(fields.names()).containsExactlyInAnyOrder("code", "state", "iss");
        assertThat(fields.string("state")).contains("the state");
        assertThat(fields.string("iss")).contains(TestServer.ISSUER);
        house.tokens("shop", Params.of("code", fields.string("code").orElseThrow()));
    }

    @Test
    void form_post_tells_errors_the_same_way() {
        Claims early = form(browser.get(link("shop", "response_mode", "form_post", "scope", "unheard-of")));
        Claims quiet = form(browser.get(link("shop", "response_mode", "form_post", "prompt", "none")));
        Page consent = browser.open(link("partner", "response_mode", "form_post"))
                .signIn("alice", Town.PASSWORD)
                .shows("consent");
        Claims late = form(consent.submit("decision", "deny"));

        assertThat(early.string("error")).contains("invalid_scope");
        assertThat(quiet.string("error")).contains("login_required");
        assertThat(late.string("error")).contains("access_denied");
        for (Claims fields : new Claims[] {early, quiet, late}) {
            assertThat(fields.string("state")).contains("the state");
            assertThat(fields.string("iss")).contains(TestServer.ISSUER);
            assertThat(fields.names()).doesNotContain("code");
        }
    }

    /** Form Post Response Mode section 2: what the page holds is not for caches, and the CSP lets it go to the client alone. */
    @Test
    void the_form_is_not_kept_and_leads_to_the_client_alone() {
        Page granted = browser.open(link("shop", "response_mode", "form_post")).signIn("alice", Town.PASSWORD);

        assertThat(granted.response().header("Cache-Control")).contains("no-store");
        assertThat(granted.response().header("X-Frame-Options")).contains("DENY");
        assertThat(granted.json().string("leads_to")).contains("https://shop.example");
    }

    @Test
    void the_form_goes_to_the_redirect_uri_with_its_query() {
        String uri = "https://shop.example/cb?tenant=1";
        House tenants = House.knowing(House.shop().redirectUris(URI.create(uri)).build());

        Page page = tenants.browser()
                .get(link("shop", "redirect_uri", uri, "response_mode", "form_post", "prompt", "none"))
                .shows("form-post");

        assertThat(page.json().string("target")).contains(uri);
    }

    @Test
    void what_a_client_sent_stands_in_the_form_as_text() {
        String state = "\"/><script>alert(1)</script>&amp;";

        Claims fields = form(browser.get(link("shop", "response_mode", "form_post", "prompt", "none", "state", state)));

        assertThat(fields.string("state")).contains(state);
    }

    @Test
    void errors_of_a_malformed_request_travel_in_its_mode() {
        Claims form = form(browser.get(link("shop", "response_mode", "form_post") + "&x=%zz"));
        Params fragment = fragment(browser.get(link("shop", "response_mode", "fragment") + "&x=%zz"));

        assertThat(form.string("error")).contains("invalid_request");
        assertThat(fragment.get("error")).contains("invalid_request");
    }

    @Test
    void a_mode_that_is_repeated_is_no_mode() {
        browser.get(link("shop", "response_mode", "form_post") + "&response_mode=form_post")
                .refused(CALLBACK, "invalid_request");
    }

    @Test
    void the_mode_of_a_request_that_was_posted_is_kept() {
        Page login =
                browser.followed(browser.postFromElsewhere("/authorize", request("shop", "response_mode", "fragment")));

        house.tokens("shop", fragment(login.signIn("alice", Town.PASSWORD)));
    }

    @Test
    void what_the_person_must_be_told_is_told_in_any_mode() {
        browser.get(link("shop", "response_mode", "form_post", "redirect_uri", "https://evil.example/"))
                .failed(400, "invalid_request");
        browser.get(link("nobody", "response_mode", "fragment")).failed(400, "invalid_request");
    }
}
