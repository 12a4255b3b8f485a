package dev.mintmark.auth.browser;

import static dev.mintmark.auth.browser.House.CALLBACK;
import static dev.mintmark.auth.browser.House.link;
import static dev.mintmark.auth.browser.House.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.Call;
import dev.mintmark.auth.PassThroughStore;
import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.TestServer.MovableClock;
import dev.mintmark.auth.people.Town;
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

/** Authorization requests that are pushed beforehand (RFC 9126). */
class PushedRequestTest {
    private static final String KIND = "urn:ietf:params:oauth:request_uri:";

    private final House house = House.standard();
    private final Browser browser = house.browser();

    private Call push(String client, String... more) {
        return push(house, client, more);
    }

    private static Call push(House house, String client, String... more) {
        Call call = house.server.call("POST", "/par");
        if (!client.equals("page")) call.basic(client, TestServer.SECRET);
        Map<String, String> request = request(client, more);
        if (!client.equals("page")) request.remove("client_id");
        request.forEach(call::with);
        return call;
    }

    private static String pushed(Reply reply) {
        assertThat(reply.status()).as(reply.response().text()).isEqualTo(201);
        return reply.string("request_uri");
    }

    private String pushed(String client, String... more) {
        return pushed(push(client, more).send());
    }

    private static String with(String client, String requestUri) {
        return "/authorize?client_id=" + client + "&request_uri=" + Browser.encode(requestUri);
    }

    @Test
    void a_pushed_request_gets_a_name_that_no_one_guesses_and_that_ends_soon() {
        Reply reply = push("shop").send();

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.header("Content-Type").orElseThrow()).startsWith("application/json");
        assertThat(reply.header("Cache-Control").orElseThrow()).contains("no-store");
        assertThat(reply.json().names()).containsExactlyInAnyOrder("request_uri", "expires_in");
        assertThat(reply.string("request_uri")).startsWith(KIND).matches(".{34}[A-Za-z0-9_-]{43}");
        // Section 2.2: typically between 5 and 600 seconds
        assertThat(reply.json().number("expires_in").orElseThrow()).isBetween(5L, 600L);
        assertThat(pushed("shop")).isNotEqualTo(reply.string("request_uri"));
    }

    @Test
    void it_is_used_in_the_place_of_its_parameters() throws Exception {
        Page page = browser.open(with("shop", pushed("shop", "login_hint", "alice")));

        assertThat(page.json().string("username")).contains("alice");
        Params answer = page.signIn("alice", Town.PASSWORD).answer(CALLBACK);
        assertThat(answer.get("state")).contains("the state");
        assertThat(answer.get("iss")).contains(TestServer.ISSUER);
        assertThat(house.tokens("shop", answer).idClaims().getStringClaim("nonce"))
                .isEqualTo("the nonce");
    }

    @Test
    void it_is_used_by_a_post_as_well() {
        String uri = pushed("shop");

        Page page = browser.followed(
                browser.postFromElsewhere("/authorize", Map.of("client_id", "shop", "request_uri", uri)));

        page.signIn("alice", Town.PASSWORD).answer(CALLBACK).required("code");
    }

    @Test
    void what_was_pushed_counts_and_not_what_stands_beside_it() {
        String uri = pushed("shop", "scope", "openid", "state", "pushed");
        String more =
                "&scope=openid+email&state=beside&redirect_uri=https://evil.example/&response_mode=fragment&prompt=none";

        Params answer = browser.open(with("shop", uri) + more)
                .signIn("alice", Town.PASSWORD)
                .answer(CALLBACK);

        assertThat(answer.get("state")).contains("pushed");
        assertThat(house.tokens("shop", answer).json().string("scope")).contains("openid");
    }

    @Test
    void it_is_used_once() {
        String uri = pushed("shop");
        browser.open(with("shop", uri)).shows("login");

        browser.get(with("shop", uri)).failed(400, "invalid_request_uri");
        house.browser().get(with("shop", uri)).failed(400, "invalid_request_uri");
    }

    @Test
    void a_login_that_was_begun_with_it_can_be_reloaded_all_the_same() {
        Page login = browser.open(with("shop", pushed("shop")));

        browser.get("/interaction?interaction="
                        + login.json().string("interaction").orElseThrow())
                .signIn("alice", Town.PASSWORD)
                .answer(CALLBACK)
                .required("code");
    }

    @Test
    void it_is_the_clients_own() {
        String uri = pushed("shop");

        browser.get(with("partner", uri)).failed(400, "invalid_request_uri");
        browser.get(with("nobody", uri)).failed(400, "invalid_request_uri");
        browser.get("/authorize?request_uri=" + Browser.encode(uri)).failed(400, "invalid_request");
        // And is none the worse for it.
        browser.open(with("shop", uri)).shows("login");
    }

    @Test
    void it_ends_by_the_clock() {
        Reply reply = push("shop").send();
        long lifetime = reply.json().number("expires_in").orElseThrow();
        String second = pushed("shop");
        house.clock.advance(Duration.ofSeconds(lifetime - 1));
        browser.open(with("shop", reply.string("request_uri"))).shows("login");
        house.clock.advance(Duration.ofSeconds(1));

        browser.get(with("shop", second)).failed(400, "invalid_request_uri");
    }

    @Test
    void a_name_that_was_never_given_is_told_to_the_person() {
        browser.get(with("shop", KIND + "A".repeat(43))).failed(400, "invalid_request_uri");
        browser.get(with("shop", KIND)).failed(400, "invalid_request_uri");
        browser.get(with("shop", KIND + "x".repeat(10_000))).failed(400, "invalid_request_uri");
    }

    @Test
    void a_request_uri_of_another_kind_is_not_fetched() {
        browser.get(link("shop", "request_uri", "https://shop.example/request.jwt"))
                .refused(CALLBACK, "request_uri_not_supported");
    }

    @Test
    void twice_named_is_not_named() {
        String uri = pushed("shop");

        browser.get(with("shop", uri) + "&request_uri=" + Browser.encode(uri)).failed(400, "invalid_request");
    }

    // ---- who pushes ----

    @ParameterizedTest
    @CsvSource({"'', nothing", "shop, wrong", "nobody, wrong"})
    void who_does_not_prove_to_be_the_client_pushes_nothing(String client, String secret) {
        Call call = house.server.call("POST", "/par");
        if (!client.isEmpty()) call.basic(client, secret);
        request("shop", "client_id", client.isEmpty() ? "shop" : client).forEach(call::with);

        call.send().refused(401, "invalid_client");
    }

    @Test
    void a_client_pushes_for_itself_alone() {
        Call call = house.server.call("POST", "/par").basic("partner", TestServer.SECRET);
        request("shop").forEach(call::with);

        call.send().refused("invalid_request");
    }

    @Test
    void a_public_client_pushes_by_its_name() {
        String uri = pushed("page");

        browser.open(with("page", uri))
                .signIn("alice", Town.PASSWORD)
                .allow()
                .answer(CALLBACK)
                .required("code");
    }

    // ---- what is pushed is checked as it is at the authorization endpoint (section 2.1) ----

    @ParameterizedTest
    @CsvSource({
        "redirect_uri, https://evil.example/, invalid_request",
        "response_type, token, unsupported_response_type",
        "response_type, '', invalid_request",
        "response_mode, web_message, invalid_request",
        "code_challenge, '', invalid_request",
        "code_challenge_method, plain, invalid_request",
        "scope, openid unheard-of, invalid_scope",
        "resource, https://api.example/, invalid_target",
        "request, eyJhbGciOiJub25lIn0.e30., request_not_supported",
        "request_uri, urn:ietf:params:oauth:request_uri:x, invalid_request",
        "request_uri, https://shop.example/request.jwt, invalid_request",
        "prompt, none login, invalid_request",
        "max_age, soon, invalid_request",
        "claims, no json, invalid_request",
        "display, hologram, invalid_request",
        "id_token_hint, no-token, invalid_request"
    })
    void what_is_wrong_is_told_in_json_before_anyone_is_asked(String name, String value, String error) {
        Reply reply = push("shop", name, value).send().refused(400, error);

        assertThat(reply.header("Content-Type").orElseThrow()).startsWith("application/json");
        assertThat(reply.header("Cache-Control").orElseThrow()).contains("no-store");
        assertThat(reply.header("Location")).isEmpty();
        assertThat(reply.json().names()).doesNotContain("request_uri", "state", "iss");
    }

    @Test
    void what_is_repeated_or_malformed_is_told_in_json() {
        push("shop").with("state", "another").send().refused("invalid_request");
        push("shop").raw("&x=%zz").send().refused("invalid_request");
    }

    @Test
    void only_forms_are_pushed_and_only_by_post() {
        Reply json = house.server
                .call("POST", "/par")
                .basic("shop", TestServer.SECRET)
                .contentType("application/json")
                .raw("{}")
                .send();
        Reply get = house.server.call("GET", "/par").contentType("").send();
        Reply large = push("shop").with("pad", "x".repeat(70_000)).send();

        assertThat(json.status()).isEqualTo(415);
        // Section 2.3
        assertThat(get.status()).isEqualTo(405);
        assertThat(get.header("Allow")).contains("POST");
        assertThat(large.status()).isEqualTo(413);
    }

    @Test
    void who_may_not_use_codes_may_not_push_for_one() {
        House machines = House.knowing(
                House.shop().grantTypes(GrantType.CLIENT_CREDENTIALS).build());

        push(machines, "shop").send().refused(400, "unauthorized_client");
    }

    /** Section 4: the request is validated as usual, as things are by then. */
    @Test
    void what_the_client_lost_since_it_is_not_given() {
        AtomicBoolean narrowed = new AtomicBoolean();
        ClientStore before = ClientStore.of(House.shop().build());
        ClientStore after = ClientStore.of(House.shop().scope("openid").build());
        ClientStore moved = ClientStore.of(House.shop()
                .redirectUris(URI.create("https://shop.example/moved"))
                .build());
        AtomicBoolean gone = new AtomicBoolean();
        House house = House.of(b -> b.clients(id -> (gone.get() ? moved : narrowed.get() ? after : before).find(id)));
        String scope = pushed(push(house, "shop", "scope", "openid email").send());
        String target = pushed(push(house, "shop").send());

        narrowed.set(true);
        house.browser().get(with("shop", scope)).refused(CALLBACK, "invalid_scope");
        gone.set(true);
        house.browser().get(with("shop", target)).failed(400, "invalid_request");
    }

    // ---- required (section 6) ----

    @Test
    void a_client_that_must_push_is_refused_what_it_did_not() {
        House strict =
                House.knowing(House.shop().requirePushedAuthorizationRequests().build());

        strict.browser().get(link("shop")).refused(CALLBACK, "invalid_request");
        strict.browser()
                .followed(strict.browser().postFromElsewhere("/authorize", request("shop")))
                .refused(CALLBACK, "invalid_request");
        String uri = pushed(push(strict, "shop").send());
        strict.browser()
                .open(with("shop", uri))
                .signIn("alice", Town.PASSWORD)
                .answer(CALLBACK)
                .required("code");
    }

    // ---- secrets and faults ----

    @Test
    void the_secret_that_came_with_it_goes_no_further() {
        House posting = House.knowing(
                House.shop().tokenEndpointAuthMethod("client_secret_post").build());
        Call call = posting.server.call("POST", "/par").with("client_secret", TestServer.SECRET);
        request("shop").forEach(call::with);
        String uri = pushed(call.send());

        Page login = posting.browser().open(with("shop", uri)).shows("login");
        assertThat(login.response().text()).doesNotContain(TestServer.SECRET);
        Page page = login.signIn("alice", Town.PASSWORD);
        page.answer(CALLBACK).required("code");
        assertThat(page.location().orElseThrow()).doesNotContain(TestServer.SECRET);
    }

    @Test
    void the_time_in_which_a_person_signs_in_is_not_its_lifetime() {
        Page login = browser.open(with("shop", pushed("shop")));
        house.clock.advance(Duration.ofMinutes(20));

        login.signIn("alice", Town.PASSWORD).answer(CALLBACK).required("code");
    }

    @Test
    void a_store_out_of_reach_is_told_whoever_is_there_to_hear_it() {
        AtomicBoolean down = new AtomicBoolean();
        PassThroughStore store = new PassThroughStore(new MovableClock()) {
            @Override
            public Outcome apply(Change change) {
                if (down.get()) throw new StoreException("the store is away");
                return super.apply(change);
            }
        };
        House failing = House.of(
                b -> b.store(store).serverSecret("a-server-secret-of-at-least-32-by".getBytes(StandardCharsets.UTF_8)));
        String uri = pushed(push(failing, "shop").send());
        down.set(true);

        Reply json = push(failing, "shop").send().refused(503, "temporarily_unavailable");
        assertThat(json.header("Retry-After")).isPresent();
        failing.browser().get(with("shop", uri)).failed(503, "temporarily_unavailable");
        down.set(false);
        failing.browser().open(with("shop", uri)).shows("login");
    }
}
