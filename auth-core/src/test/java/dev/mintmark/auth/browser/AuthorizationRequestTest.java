package dev.mintmark.auth.browser;

import static dev.mintmark.auth.browser.House.CALLBACK;
import static dev.mintmark.auth.browser.House.link;
import static dev.mintmark.auth.browser.House.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.PassThroughStore;
import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.TestServer.MovableClock;
import dev.mintmark.auth.people.Town;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.store.Change;
import dev.mintmark.auth.store.ClientStore;
import dev.mintmark.auth.store.StoreException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is checked of a request, in which order, and who is told (docs/sign-in.md; RFC 6749 section 4.1.2.1). */
class AuthorizationRequestTest {
    private static final URI RESOURCE = URI.create("https://api.example/orders");

    private final House house = House.of(b -> b.resources(RESOURCE));
    private final Browser browser = house.browser();

    // ---- the person is told ----

    @ParameterizedTest
    @ValueSource(strings = {"", "client_id=", "client_id=nobody", "client_id=shop&client_id=shop", "client_id=%zz"})
    void without_one_known_client_the_person_is_told_and_nobody_is_redirected(String clients) {
        String rest = Browser.encoded(request("shop", "client_id", ""));

        browser.get("/authorize?" + rest + "&" + clients).failed(400, "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/cb",
                "https://shop.example/cb/",
                "https://shop.example/CB",
                "https://SHOP.example/cb",
                "HTTPS://shop.example/cb",
                "http://shop.example/cb",
                "https://shop.example:443/cb",
                "https://shop.example/cb?",
                "https://shop.example/cb?more=1",
                "https://shop.example/cb#",
                "https://shop.example/cb#part",
                "https://shop.example/%63b",
                "https://shop.example/x/../cb",
                "https://shop.example//cb",
                "https://shop.example/cb ",
                "https://me@shop.example/cb",
                "https://shop.example.evil.example/cb",
                "https://shop.example@evil.example/cb",
                "//shop.example/cb",
                "/cb",
                "javascript:alert(1)",
                "https://shop.example/cb\r\nX-Evil: 1",
                "https://shop.example/cb\u0000"
            })
    void a_redirect_uri_is_the_registered_one_to_the_letter_or_the_person_is_told(String uri) {
        browser.get(link("shop", "redirect_uri", uri)).failed(400, "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"redirect_uri=https://shop.example/cb", "redirect_uri=https://evil.example/", "redirect_uri=%"})
    void a_redirect_uri_that_is_repeated_or_malformed_is_told_to_the_person(String again) {
        browser.get(link("shop") + "&" + again).failed(400, "invalid_request");
    }

    @Test
    void without_a_redirect_uri_the_only_registered_one_is_meant() {
        browser.open(link("shop", "redirect_uri", ""))
                .signIn("alice", Town.PASSWORD)
                .answer(CALLBACK)
                .required("code");
    }

    @Test
    void without_a_redirect_uri_several_registered_ones_leave_nowhere_to_go() {
        URI other = URI.create("https://shop.example/other");
        House several = House.knowing(
                House.shop().redirectUris(URI.create(CALLBACK), other).build());

        several.browser().get(link("shop", "redirect_uri", "")).failed(400, "invalid_request");
        several.browser()
                .get(link("shop", "redirect_uri", other.toString(), "scope", "unheard-of"))
                .refused(other.toString(), "invalid_scope");
    }

    @Test
    void a_client_without_redirect_uris_has_nowhere_to_go() {
        House none = House.knowing(House.shop().redirectUris().build());

        none.browser().get(link("shop")).failed(400, "invalid_request");
        none.browser().get(link("shop", "redirect_uri", "")).failed(400, "invalid_request");
    }

    @Test
    void another_clients_redirect_uri_is_not_registered() {
        House two = House.knowing(
                House.shop().build(),
                House.partner()
                        .redirectUris(URI.create("https://partner.example/cb"))
                        .build());

        two.browser().get(link("partner")).failed(400, "invalid_request");
    }

    @Test
    void an_error_page_is_neither_kept_nor_framed_and_tells_no_one_else() {
        Page page = browser.get(link("nobody")).failed(400, "invalid_request");

        assertThat(page.response().header("Cache-Control")).contains("no-store");
        assertThat(page.response().header("X-Frame-Options")).contains("DENY");
        assertThat(page.response().header("Content-Security-Policy").orElseThrow())
                .contains("frame-ancestors 'none'");
        assertThat(page.response().headers()).doesNotContainKey("Access-Control-Allow-Origin");
    }

    @Test
    void what_decides_where_an_answer_goes_is_looked_at_before_all_else() {
        browser.get(link("nobody", "response_type", "token", "scope", "unheard-of", "prompt", "none"))
                .failed(400, "invalid_request");
        browser.get(link("shop", "redirect_uri", "https://evil.example/", "prompt", "none"))
                .failed(400, "invalid_request");
    }

    // ---- a native app on a loopback address (RFC 8252 section 7.3) ----

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:51004/cb", "http://127.0.0.1/cb", "http://127.0.0.1:1/cb"})
    void a_native_app_on_a_loopback_address_chooses_its_port(String uri) {
        House native_ = House.knowing(House.page()
                .redirectUris(URI.create("http://127.0.0.1/cb"), URI.create("http://[::1]:8000/cb"))
                .requireConsent(false)
                .build());

        Page page = native_.browser().open(link("page", "redirect_uri", uri)).signIn("alice", Town.PASSWORD);

        page.answer(uri).required("code");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:51004/other",
                "http://127.0.0.1:51004/cb?x=1",
                "https://127.0.0.1:51004/cb",
                "http://127.0.0.2:51004/cb",
                "http://localhost:51004/cb",
                "http://127.0.0.1:51004@evil.example/cb",
                "http://127.0.0.1.evil.example:51004/cb",
                "http://127.0.0.1:/cb",
                "http://127.0.0.1:123456/cb",
                "http://127.0.0.1:-1/cb",
                "http://[::1]:51004/other"
            })
    void nothing_but_the_port_of_a_loopback_address_is_its_choice(String uri) {
        House native_ = House.knowing(House.page()
                .redirectUris(URI.create("http://127.0.0.1/cb"), URI.create("http://[::1]:8000/cb"))
                .build());

        native_.browser().get(link("page", "redirect_uri", uri)).failed(400, "invalid_request");
    }

    @Test
    void a_confidential_client_is_no_native_app() {
        House web = House.knowing(
                House.shop().redirectUris(URI.create("http://127.0.0.1/cb")).build());

        web.browser()
                .get(link("shop", "redirect_uri", "http://127.0.0.1:51004/cb"))
                .failed(400, "invalid_request");
    }

    @Test
    void the_port_of_the_request_is_the_one_that_redeems_the_code() {
        House native_ = House.knowing(House.page()
                .redirectUris(URI.create("http://127.0.0.1/cb"))
                .requireConsent(false)
                .build());
        String uri = "http://127.0.0.1:51004/cb";
        Params answer = native_.browser()
                .open(link("page", "redirect_uri", uri))
                .signIn("alice", Town.PASSWORD)
                .answer(uri);

        for (String other : new String[] {"http://127.0.0.1:51005/cb", "http://127.0.0.1/cb"}) {
            redeem(native_, answer, other).refused("invalid_grant");
        }
        redeem(native_, answer, uri).issued();
    }

    private static Reply redeem(House house, Params answer, String uri) {
        return house.server
                .call("POST", "/token")
                .with("client_id", "page")
                .with("grant_type", "authorization_code")
                .with("code", answer.required("code"))
                .with("redirect_uri", uri)
                .with("code_verifier", House.VERIFIER)
                .send();
    }

    // ---- the client is told ----

    /** Told by redirect to its own URI, with state and issuer (RFC 9207 section 2), and without a code. */
    private static void told(Page page, String error) {
        Params answer = page.refused(CALLBACK, error).answer(CALLBACK);
        assertThat(answer.get("state")).contains("the state");
        assertThat(answer.get("iss")).contains(TestServer.ISSUER);
        assertThat(answer.get("code")).isEmpty();
        assertThat(page.response().header("Cache-Control")).contains("no-store");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "response_type",
                "scope",
                "nonce",
                "code_challenge",
                "code_challenge_method",
                "prompt",
                "max_age",
                "display",
                "claims",
                "acr_values",
                "login_hint",
                "id_token_hint",
                "ui_locales",
                "response_mode",
                "of_no_meaning"
            })
    void whatever_else_is_repeated_the_client_is_told(String name) {
        told(browser.get(link("shop", name, "query") + "&" + name + "=query"), "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x=%zz",
                "x=%4",
                "x=%",
                "%zz=x",
                "x=%ff",
                "x=%c3%28",
                "x=%00",
                "x=a%0d%0ab",
                "x%0a=1",
                "login_hint=%ed%a0%80",
                "client%5Fid=partner",
                "redirect%5Furi=https://shop.example/cb"
            })
    void whatever_else_is_malformed_the_client_is_told(String more) {
        told(browser.get(link("shop") + "&" + more), "invalid_request");
        told(
                browser.get("/authorize?" + more + "&" + link("shop").substring("/authorize?".length())),
                "invalid_request");
    }

    @Test
    void a_state_that_is_repeated_or_malformed_does_not_come_back() {
        for (String more : new String[] {"&state=another", "&state=%zz", "&state=%0a"}) {
            String request = link("shop", "state", more.equals("&state=another") ? "the state" : "");
            Page page = browser.get(request + more).refused(CALLBACK, "invalid_request");
            assertThat(page.answer(CALLBACK).get("state")).as(more).isEmpty();
            assertThat(page.answer(CALLBACK).get("iss")).contains(TestServer.ISSUER);
        }
    }

    @Test
    void over_a_hundred_parameters_are_too_many() {
        assertThat(request("shop")).hasSize(8);

        told(browser.get(link("shop") + many(93)), "invalid_request");
        browser.open(link("shop") + many(92)).shows("login");
    }

    private static String many(int count) {
        StringBuilder more = new StringBuilder();
        for (int i = 0; i < count; i++) more.append("&p").append(i).append("=x");
        return more.toString();
    }

    @Test
    void a_name_that_no_parameter_has_is_told_the_client() {
        told(browser.get(link("shop") + "&" + "x".repeat(101) + "=1"), "invalid_request");
    }

    @Test
    void parameters_that_no_one_knows_are_passed_over() {
        browser.open(link("shop", "of_no_meaning", "x", "grant_type", "password"))
                .signIn("alice", Town.PASSWORD)
                .answer(CALLBACK)
                .required("code");
    }

    /** OpenID Connect Core section 15.1: their use must not result in an error. */
    @Test
    void languages_are_passed_on_to_the_page_and_are_no_error() {
        Page login = browser.open(
                        link("shop", "ui_locales", "de-AT <script> en", "claims_locales", "de", "display", "touch"))
                .shows("login");

        assertThat(login.json().strings("locales")).containsExactly("de-AT", "en");
        login.signIn("alice", Town.PASSWORD).answer(CALLBACK).required("code");
    }

    @Test
    void parameters_without_a_value_count_as_left_out() {
        String empty =
                "&prompt=&max_age=&claims=&response_mode=&display=&request=&request_uri=&id_token_hint=&resource=";

        browser.open(link("shop") + empty)
                .signIn("alice", Town.PASSWORD)
                .answer(CALLBACK)
                .required("code");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "+", "a&b=c#d", "\u00e9\u20ac\ud83d\ude00", "%41", "\"'<script>", "{\"a\":[1]}", "\t"})
    void any_state_comes_back_as_it_was_sent(String state) {
        Page denied = browser.get(link("shop", "state", state, "prompt", "none"));
        Page granted = house.browser().open(link("shop", "state", state)).signIn("alice", Town.PASSWORD);

        assertThat(denied.refused(CALLBACK, "login_required").answer(CALLBACK).get("state"))
                .contains(state);
        assertThat(granted.answer(CALLBACK).get("state")).contains(state);
    }

    @Test
    void a_huge_state_comes_back_whole() {
        String state = "0123456789".repeat(1000);

        Page granted = browser.open(link("shop", "state", state)).signIn("alice", Town.PASSWORD);

        assertThat(granted.answer(CALLBACK).get("state")).contains(state);
    }

    @Test
    void without_a_state_none_comes_back() {
        Page denied = browser.get(link("shop", "state", "", "prompt", "none"));
        Page granted = browser.open(link("shop", "state", "")).signIn("alice", Town.PASSWORD);

        assertThat(denied.refused(CALLBACK, "login_required").answer(CALLBACK).names())
                .contains("iss")
                .doesNotContain("state");
        assertThat(granted.answer(CALLBACK).names()).containsExactlyInAnyOrder("code", "iss");
    }

    @ParameterizedTest
    @CsvSource({
        "response_type, '', invalid_request",
        "response_type, token, unsupported_response_type",
        "response_type, id_token, unsupported_response_type",
        "response_type, none, unsupported_response_type",
        "response_type, CODE, unsupported_response_type",
        "response_type, code id_token, unsupported_response_type",
        "response_type, code token, unsupported_response_type",
        "response_type, code code, unsupported_response_type",
        "response_mode, web_message, invalid_request",
        "response_mode, QUERY, invalid_request",
        "response_mode, query.jwt, invalid_request",
        "response_mode, jwt, invalid_request",
        "request, eyJhbGciOiJub25lIn0.e30., request_not_supported",
        "request_uri, https://shop.example/request.jwt, request_uri_not_supported",
        "request_uri, urn:example:request, request_uri_not_supported",
        "code_challenge, '', invalid_request",
        "code_challenge, too-short, invalid_request",
        "code_challenge, E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw_cM=, invalid_request",
        "code_challenge, E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM, invalid_request",
        "code_challenge_method, '', invalid_request",
        "code_challenge_method, plain, invalid_request",
        "code_challenge_method, s256, invalid_request",
        "code_challenge_method, S512, invalid_request",
        "scope, openid unheard-of, invalid_scope",
        "scope, openid write, invalid_scope",
        "scope, 'openid \"quoted\"', invalid_scope",
        "scope, openid customer.42 customer.43, invalid_scope",
        "resource, https://api.example/others, invalid_target",
        "resource, /orders, invalid_target",
        "resource, https://api.example/orders#part, invalid_target",
        "resource, 'https://api.example/or ders', invalid_target",
        "prompt, sometimes, invalid_request",
        "prompt, none login, invalid_request",
        "prompt, consent none, invalid_request",
        "prompt, login sometimes, invalid_request",
        "prompt, LOGIN, invalid_request",
        "max_age, -1, invalid_request",
        "max_age, soon, invalid_request",
        "max_age, 1.5, invalid_request",
        "max_age, 1e3, invalid_request",
        "max_age, ' 1', invalid_request",
        "max_age, 99999999999999999999, invalid_request",
        "display, hologram, invalid_request",
        "claims, not json, invalid_request",
        "claims, [], invalid_request",
        "claims, 'null', invalid_request",
        "claims, '\"text\"', invalid_request",
        "claims, '{\"userinfo\":[]}', invalid_request",
        "claims, '{\"id_token\":\"email\"}', invalid_request",
        "claims, '{\"userinfo\":{\"email\":true}}', invalid_request",
        "claims, '{\"userinfo\":{\"email\":{}}', invalid_request",
        "id_token_hint, no-token, invalid_request",
        "id_token_hint, eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGljZSJ9., invalid_request",
        "prompt, none, login_required"
    })
    void what_is_wrong_otherwise_the_client_is_told(String name, String value, String error) {
        told(browser.get(link("shop", name, value)), error);
        Browser another = house.browser();
        told(another.followed(another.postFromElsewhere("/authorize", request("shop", name, value))), error);
    }

    @Test
    void claims_that_are_too_long_or_too_deep_are_malformed() {
        String deep = "{\"userinfo\":" + "{\"a\":".repeat(300) + "1" + "}".repeat(300) + "}";
        String wide = "{\"userinfo\":{\"" + "x".repeat(2100) + "\":null}}";

        told(browser.get(link("shop", "claims", "[".repeat(2000))), "invalid_request");
        told(browser.get(link("shop", "claims", wide)), "invalid_request");
        assertThat(browser.get(link("shop", "claims", deep)).status()).isEqualTo(303);
    }

    @Test
    void a_nonce_that_is_too_long_is_refused_and_a_long_one_comes_back() throws Exception {
        told(browser.get(link("shop", "nonce", "n".repeat(513))), "invalid_request");

        Page page = browser.open(link("shop", "nonce", "n".repeat(512))).signIn("alice", Town.PASSWORD);
        assertThat(house.tokens("shop", page).idClaims().getStringClaim("nonce"))
                .isEqualTo("n".repeat(512));
    }

    @Test
    void a_client_that_may_not_have_codes_is_told_so() {
        House machines = House.knowing(
                House.shop().grantTypes(GrantType.CLIENT_CREDENTIALS).build());

        told(machines.browser().get(link("shop")), "unauthorized_client");
    }

    @Test
    void an_earlier_fault_is_told_before_a_later_one() {
        String[] inOrder = {
            "response_mode", "web_message", "invalid_request",
            "response_type", "token", "unsupported_response_type",
            "request", "eyJ.e30.", "request_not_supported",
            "code_challenge", "too-short", "invalid_request",
            "scope", "unheard-of", "invalid_scope",
            "resource", "/orders", "invalid_target",
            "claims", "no json", "invalid_request",
            "max_age", "soon", "invalid_request"
        };
        for (int i = 0; i + 3 < inOrder.length; i += 3) {
            told(browser.get(link("shop", inOrder[i], inOrder[i + 1], inOrder[i + 3], inOrder[i + 4])), inOrder[i + 2]);
        }
        told(browser.get(link("shop", "prompt", "none", "max_age", "soon")), "invalid_request");
        told(browser.get(link("shop", "prompt", "none", "id_token_hint", "no-token")), "invalid_request");
    }

    @Test
    void a_hint_that_is_no_token_is_told_before_anyone_is_asked() {
        told(browser.get(link("shop", "id_token_hint", "no-token")), "invalid_request");
    }

    @Test
    void a_scope_that_the_person_cannot_give_is_told_the_client() {
        Page page = browser.open(link("shop", "scope", "openid customer.42")).signIn("alice", Town.PASSWORD);
        told(page, "invalid_scope");

        house.town.folk.change("alice", user -> user.withScope("customer.42"));
        assertThat(house.tokens("shop", browser.open(link("shop", "scope", "openid customer.42")))
                        .json()
                        .string("scope"))
                .contains("openid customer.42");
    }

    @Test
    void the_answer_goes_below_a_query_that_the_redirect_uri_has() {
        String uri = "https://shop.example/cb?tenant=1";
        House tenants = House.knowing(House.shop().redirectUris(URI.create(uri)).build());

        Page page = tenants.browser().get(link("shop", "redirect_uri", uri, "prompt", "none"));

        assertThat(page.location().orElseThrow()).startsWith(uri + "&error=login_required&");
    }

    // ---- PKCE ----

    @Test
    void where_pkce_is_optional_a_confidential_client_may_go_without_and_a_public_one_not() {
        House optional = House.of(b -> b.pkceOptionalForConfidentialClients());
        Page page = optional.browser()
                .open(link("shop", "code_challenge", "", "code_challenge_method", ""))
                .signIn("alice", Town.PASSWORD);

        page.answer(CALLBACK).required("code");
        told(
                optional.browser().get(link("page", "code_challenge", "", "code_challenge_method", "")),
                "invalid_request");
        told(optional.browser().get(link("shop", "code_challenge", "")), "invalid_request");
        told(optional.browser().get(link("shop", "code_challenge_method", "plain")), "invalid_request");
        told(optional.browser().get(link("shop", "code_challenge_method", "")), "invalid_request");
    }

    @Test
    void a_code_is_redeemed_by_the_verifier_of_its_request_alone() {
        Params answer =
                browser.open(link("shop")).signIn("alice", Town.PASSWORD).answer(CALLBACK);

        house.as("shop", house.server.call("POST", "/token"))
                .with("grant_type", "authorization_code")
                .with("code", answer.required("code"))
                .with("redirect_uri", CALLBACK)
                .with("code_verifier", "another-verifier-that-is-long-enough-1234567890")
                .send()
                .refused("invalid_grant");
        house.tokens("shop", answer);
    }

    // ---- resources and scopes ----

    @Test
    void the_resource_of_the_request_is_the_audience_of_the_access_token() {
        Page page = browser.open(link("shop", "resource", RESOURCE.toString())).signIn("alice", Town.PASSWORD);

        assertThat(house.tokens("shop", page).accessClaims().getAudience()).containsExactly(RESOURCE.toString());
    }

    @Test
    void the_resource_alone_may_stand_twice() {
        String twice = "&resource=https://api.example/orders&resource=https://api.example/orders";

        browser.open(link("shop") + twice)
                .signIn("alice", Town.PASSWORD)
                .answer(CALLBACK)
                .required("code");
    }

    @Test
    void without_openid_there_is_no_id_token() {
        Page page = browser.open(link("shop", "scope", "read")).signIn("alice", Town.PASSWORD);

        assertThat(house.tokens("shop", page).json().names()).doesNotContain("id_token");
    }

    @Test
    void without_a_scope_the_default_is_asked_for() {
        House defaulting = House.of(b -> b.defaultScopes("read"));
        Page page = defaulting.browser().open(link("shop", "scope", "")).signIn("alice", Town.PASSWORD);

        assertThat(defaulting.tokens("shop", page).json().string("scope")).contains("read");
    }

    // ---- methods and bodies ----

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"})
    void another_method_is_405_and_told_which_are_allowed(String method) {
        Reply reply = house.server
                .call(method, "/authorize")
                .query(link("shop").substring("/authorize?".length()))
                .contentType("")
                .send();

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("Allow")).contains("GET, POST");
        assertThat(reply.header("Location")).isEmpty();
    }

    @Test
    void a_request_that_is_posted_gets_the_same_answer() {
        Page page = browser.followed(browser.postFromElsewhere("/authorize", request("shop")));

        Params answer = page.signIn("alice", Town.PASSWORD).answer(CALLBACK);
        assertThat(answer.get("state")).contains("the state");
        house.tokens("shop", answer);
    }

    @Test
    void whoever_is_signed_in_stays_so_for_a_request_that_another_site_posts() {
        Browser alice = house.signedIn("alice");

        alice.followed(alice.postFromElsewhere("/authorize", request("shop", "prompt", "none")))
                .answer(CALLBACK)
                .required("code");
    }

    @Test
    void of_a_request_that_is_posted_the_query_is_not_read() {
        String query = link("shop").substring("/authorize".length());

        browser.post("/authorize" + query, Map.of()).failed(400, "invalid_request");
        browser.post("/authorize" + query, request("nobody")).failed(400, "invalid_request");
    }

    @Test
    void a_request_is_posted_as_a_form() {
        Reply reply = house.server
                .call("POST", "/authorize")
                .contentType("application/json")
                .raw("{\"client_id\":\"shop\"}")
                .send();

        assertThat(reply.status()).isEqualTo(415);
        assertThat(reply.header("Location")).isEmpty();
        assertThat(reply.json().string("page")).contains("error");
    }

    @Test
    void a_body_without_end_is_told_to_the_person() {
        Reply reply = house.server
                .call("POST", "/authorize")
                .raw(Browser.encoded(request("shop")))
                .raw("&pad=" + "x".repeat(70_000))
                .send();

        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.header("Location")).isEmpty();
    }

    @Test
    void nothing_that_was_sent_is_told_back_in_an_error() {
        String script = "<script>alert(1)</script>";
        Page unknown = browser.get(link("shop", "client_id", script)).failed(400, "invalid_request");
        Page elsewhere = browser.get(link("shop", "redirect_uri", script)).failed(400, "invalid_request");
        Page told = browser.get(link("shop") + "&" + Browser.encode(script) + "=1&" + Browser.encode(script) + "=2");

        assertThat(unknown.response().text()).doesNotContain("alert");
        assertThat(elsewhere.response().text()).doesNotContain("alert");
        told(told, "invalid_request");
        assertThat(told.location().orElseThrow()).doesNotContain("alert");
    }

    // ---- faults ----

    @Test
    void a_store_out_of_reach_is_told_the_client_that_is_known_by_then() {
        AtomicBoolean down = new AtomicBoolean();
        House house = failing(down, new StoreException("the store is away"));
        Browser alice = house.signedIn("alice");
        down.set(true);

        told(alice.get(link("shop")), "temporarily_unavailable");
        down.set(false);
        alice.get(link("shop")).answer(CALLBACK).required("code");
    }

    @Test
    void a_fault_is_told_the_client_without_its_reason() {
        AtomicBoolean down = new AtomicBoolean();
        House house = failing(down, new IllegalStateException("the reason"));
        Browser alice = house.signedIn("alice");
        down.set(true);

        Page page = alice.get(link("shop"));
        told(page, "server_error");
        assertThat(page.location().orElseThrow()).doesNotContain("reason");
    }

    private static House failing(AtomicBoolean down, RuntimeException how) {
        PassThroughStore store = new PassThroughStore(new MovableClock()) {
            @Override
            public Outcome apply(Change change) {
                if (down.get()) throw how;
                return super.apply(change);
            }
        };
        return House.of(
                b -> b.store(store).serverSecret("a-server-secret-of-at-least-32-by".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void clients_out_of_reach_are_told_to_the_person() {
        AtomicBoolean broken = new AtomicBoolean();
        Client shop = House.shop().build();
        ClientStore one = ClientStore.of(shop);
        House house = House.of(b -> b.clients(id -> {
            if (broken.get()) throw new IllegalStateException("the reason");
            if (id.equals("slow")) throw new StoreException("the clients are away");
            return one.find(id);
        }));

        Page away = house.browser().get(link("slow")).failed(503, "temporarily_unavailable");
        assertThat(away.response().header("Retry-After")).isPresent();
        broken.set(true);
        Page page = house.browser().get(link("shop")).failed(500, "server_error");
        assertThat(page.response().text()).doesNotContain("the reason");
    }

    @Test
    void who_begins_without_end_from_one_network_is_told_to_come_back_later() {
        House strict = House.of(b -> b.loginAttempts(1, Duration.ofMinutes(15), Duration.ofMinutes(15)));
        Browser busy = strict.browser().at("198.51.100.7");
        for (int i = 0; i < 400; i++)
            assertThat(busy.get(link("shop")).answer("/interaction").get("error"))
                    .isEmpty();

        // A client that was told would send the person here again at once.
        busy.get(link("shop")).failed(429, "too_many_attempts");
        strict.browser().at("192.0.2.7").open(link("shop")).shows("login");
    }
}
