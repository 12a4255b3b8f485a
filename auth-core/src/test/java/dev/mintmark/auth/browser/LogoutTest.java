package dev.mintmark.auth.browser;

import static dev.mintmark.auth.browser.House.AFTER;
import static dev.mintmark.auth.browser.House.CALLBACK;
import static dev.mintmark.auth.browser.House.link;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.mintmark.auth.AuthEvent;
import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.TestServer.MovableClock;
import dev.mintmark.auth.people.Folk;
import dev.mintmark.auth.people.Town;
import dev.mintmark.auth.protocol.Authentication;
import dev.mintmark.auth.protocol.AuthorizationRequest;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.Pkce;
import dev.mintmark.auth.protocol.SigningAlgorithm;
import dev.mintmark.auth.store.ClientStore;
import dev.mintmark.auth.store.GrantStore;
import dev.mintmark.auth.store.InMemoryGrantStore;
import dev.mintmark.auth.token.TokenFormat;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** OpenID Connect RP-Initiated Logout 1.0: who is signed out, who is asked first, and where the browser goes. */
class LogoutTest {
    private static final String END = "/end_session";
    private static final String WITH_QUERY = "https://shop.example/bye?tenant=1";
    private static final String OTHERS = "https://partner.example/bye";

    /** Which ID token comes along. */
    enum Hint {
        NONE,
        OF_THE_SESSION,
        EXPIRED_OF_THE_SESSION,
        OF_ANOTHER_SESSION,
        OF_ANOTHER_PERSON,
        FORGED,
        OF_ANOTHER_ISSUER;

        boolean isOne() {
            return this != FORGED && this != OF_ANOTHER_ISSUER;
        }

        boolean isOfTheSession() {
            return this == OF_THE_SESSION || this == EXPIRED_OF_THE_SESSION;
        }
    }

    /** Which client is named; every hint is the shop's. */
    private enum Named {
        NONE(""),
        SHOP("shop"),
        PARTNER("partner"),
        UNKNOWN("who-is-that");

        private final String id;

        Named(String id) {
            this.id = id;
        }
    }

    /** Where to go afterwards. */
    private enum To {
        NOWHERE(""),
        REGISTERED(AFTER),
        REGISTERED_WITH_QUERY(WITH_QUERY),
        SOMEONE_ELSE_S(OTHERS),
        BELOW(AFTER + "/more"),
        OTHER_QUERY(AFTER + "?tenant=2"),
        CALLBACK_URI(CALLBACK),
        EVIL("https://evil.example/"),
        SCRIPT("javascript:alert(1)");

        private final String uri;

        To(String uri) {
            this.uri = uri;
        }

        /** Without a way to go there is none to forget. */
        private List<String> states() {
            return isOf(Optional.of("shop")) ? List.of("", "a state & more=1/ü") : List.of("a state");
        }

        private boolean isOf(Optional<String> client) {
            return switch (this) {
                case NOWHERE -> true;
                case REGISTERED, REGISTERED_WITH_QUERY -> client.equals(Optional.of("shop"));
                case SOMEONE_ELSE_S -> client.equals(Optional.of("partner"));
                default -> false;
            };
        }
    }

    private final MovableClock clock = new MovableClock();
    private final GrantStore store = new InMemoryGrantStore(clock, 100_000);
    private final House house = house(TestServer.ISSUER);

    private House house(String issuer) {
        Client shop = House.shop()
                .postLogoutRedirectUris(URI.create(AFTER), URI.create(WITH_QUERY))
                .build();
        Client partner =
                House.partner().postLogoutRedirectUris(URI.create(OTHERS)).build();
        House made = House.of(b -> b.issuer(issuer)
                .clock(clock)
                .store(store)
                .serverSecret(new byte[32])
                .clients(ClientStore.of(shop, partner, House.page().build())));
        made.town.folk.put(Folk.person("bob"));
        return made;
    }

    private static boolean isSignedIn(Browser browser) {
        return browser.get(link("shop", "prompt", "none"))
                .answer(CALLBACK)
                .get("code")
                .isPresent();
    }

    private static String end(String... namesAndValues) {
        return END + "?" + Browser.encoded(fields(namesAndValues));
    }

    private static Map<String, String> fields(String... namesAndValues) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) fields.put(namesAndValues[i], namesAndValues[i + 1]);
        return fields;
    }

    private Page enter(Browser browser, String client, String name, String... more) {
        return browser.open(link(client, more)).signIn(name, Town.PASSWORD);
    }

    private String hint(House at, Browser browser) {
        return at.tokens("shop", browser.open(link("shop"))).string("id_token");
    }

    private String hint(Browser browser) {
        return hint(house, browser);
    }

    private String hint(Hint kind, Browser alice) {
        return switch (kind) {
            case NONE -> "";
            case OF_THE_SESSION, EXPIRED_OF_THE_SESSION -> hint(alice);
            case OF_ANOTHER_SESSION -> hint(house.signedIn("alice"));
            case OF_ANOTHER_PERSON -> hint(house.signedIn("bob"));
            case FORGED -> forged(hint(alice));
            case OF_ANOTHER_ISSUER -> {
                House other = house("https://other.example");
                yield hint(other, other.signedIn("alice"));
            }
        };
    }

    /** The same claims under another signature. */
    private static String forged(String token) {
        int dot = token.lastIndexOf('.') + 1;
        return token.substring(0, dot) + (token.charAt(dot) == 'A' ? 'B' : 'A') + token.substring(dot + 1);
    }

    // ---- every combination ----

    /** Sections 2 and 3, as docs/sign-in.md has them: every combination of what may be sent. */
    @ParameterizedTest
    @EnumSource
    void whoever_asks_and_however_the_rules_are_the_same(Hint kind) {
        String once = kind == Hint.OF_ANOTHER_ISSUER ? hint(kind, house.browser()) : "";
        for (boolean signedIn : new boolean[] {true, false}) {
            for (Named named : Named.values()) {
                for (To to : To.values()) {
                    for (String state : to.states()) {
                        for (boolean posted : new boolean[] {true, false}) {
                            Browser alice = house.signedIn("alice");
                            String hint = once.isEmpty() ? hint(kind, alice) : once;
                            if (kind == Hint.EXPIRED_OF_THE_SESSION) clock.advance(Duration.ofMinutes(61));
                            if (!signedIn) alice.cookies().keySet().removeIf(name -> name.endsWith("-session"));
                            Map<String, String> asked = fields("id_token_hint", hint, "client_id", named.id);
                            asked.putAll(fields("post_logout_redirect_uri", to.uri, "state", state));
                            asked.values().removeIf(String::isEmpty);
                            Page page = posted
                                    ? alice.followed(alice.postFromElsewhere(END, asked))
                                    : alice.open(END + "?" + Browser.encoded(asked));
                            new Case(kind, named, to, state, signedIn, asked.toString()).check(alice, page);
                        }
                    }
                }
            }
        }
    }

    /** What must come of one request. */
    private record Case(Hint hint, Named named, To to, String state, boolean signedIn, String asked) {
        void check(Browser alice, Page page) {
            Optional<String> client =
                    named == Named.NONE ? Optional.of("shop").filter(shop -> hint != Hint.NONE) : Optional.of(named.id);
            boolean right = hint.isOne()
                    && named != Named.UNKNOWN
                    && (hint == Hint.NONE || named != Named.PARTNER)
                    && to.isOf(client);
            if (!right) {
                page.failed(400, "invalid_request");
                assertThat(isSignedIn(alice)).as(toString()).isEqualTo(signedIn);
            } else if (!signedIn) {
                arrived(page);
            } else if (hint.isOfTheSession()) {
                arrived(page);
                assertThat(isSignedIn(alice)).as(toString()).isFalse();
            } else {
                assertThat(page.page()).as(toString()).isEqualTo("logout");
                assertThat(page.json().string("person")).contains("alice");
                assertThat(page.json().string("client")).isEqualTo(client);
                assertThat(isSignedIn(alice)).as(toString()).isTrue();
                Page staying = page.submit("decision", "deny").shows("signed-out");
                assertThat(staying.json().isTrue("staying")).isTrue();
                assertThat(isSignedIn(alice)).as(toString()).isTrue();
                arrived(page.submit("decision", "allow"));
                assertThat(isSignedIn(alice)).as(toString()).isFalse();
            }
        }

        private void arrived(Page page) {
            if (to == To.NOWHERE) {
                page.shows("signed-out");
                assertThat(page.json().isTrue("staying")).isFalse();
                return;
            }
            assertThat(page.status()).as(toString()).isEqualTo(303);
            String where = page.location().orElseThrow();
            if (state.isEmpty()) {
                assertThat(where).isEqualTo(to.uri);
                return;
            }
            String begin = to.uri + (to.uri.contains("?") ? "&" : "?");
            assertThat(where).startsWith(begin + "state=");
            Params told = Params.ofForm(where.substring(begin.length()).getBytes(StandardCharsets.UTF_8));
            assertThat(told.names()).containsExactly("state");
            assertThat(told.get("state")).contains(state);
        }
    }

    // ---- hints ----

    @Test
    void an_id_token_without_a_session_is_a_hint_at_its_person() {
        String alices = approved("alice");
        Browser alice = house.signedIn("alice");
        Browser bob = house.signedIn("bob");

        bob.open(end("id_token_hint", alices)).shows("logout");
        alice.open(end("id_token_hint", alices)).shows("signed-out");
        assertThat(isSignedIn(alice)).isFalse();
        assertThat(isSignedIn(bob)).isTrue();
    }

    private String approved(String name) {
        String code = house.server
                .server
                .approve(
                        AuthorizationRequest.of("shop").scope("openid").codeChallenge(Pkce.challenge(House.VERIFIER)),
                        Authentication.of(name, clock.instant()))
                .code();
        return house.as("shop", house.server.call("POST", "/token"))
                .with("grant_type", "authorization_code")
                .with("code", code)
                .with("code_verifier", House.VERIFIER)
                .send()
                .issued()
                .string("id_token");
    }

    @Test
    void nothing_else_that_this_server_signs_is_a_hint() throws Exception {
        Browser alice = house.signedIn("alice");
        Reply tokens = house.tokens("shop", alice.open(link("shop", "scope", "openid read")));
        String unsigned = Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8))
                + "." + tokens.string("id_token").split("\\.", -1)[1] + ".";
        SignedJWT bySecret = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), tokens.idClaims());
        bySecret.sign(new MACSigner(TestServer.SECRET.getBytes(StandardCharsets.UTF_8)));

        for (String hint : List.of(
                tokens.access(),
                tokens.refresh(),
                unsigned,
                bySecret.serialize(),
                "no token",
                "a.b.c",
                "..",
                "e30.e30.")) {
            alice.open(end("id_token_hint", hint)).failed(400, "invalid_request");
        }
        assertThat(isSignedIn(alice)).isTrue();
    }

    @Test
    void a_client_whose_id_tokens_are_signed_with_its_secret_brings_them_and_no_other_can_make_one() throws Exception {
        String secret = TestServer.SECRET;
        Client hmac = House.client("hmac")
                .secret(TestServer.secret())
                .rawSecret(secret)
                .idTokenSignedResponseAlg(SigningAlgorithm.HS256)
                .requireConsent(false)
                .build();
        House own = House.knowing(hmac, House.shop().build());
        Browser alice = own.browser();
        Page answered = alice.open(link("hmac")).signIn("alice", Town.PASSWORD);
        Reply tokens = own.tokens("hmac", answered);
        // With its own secret it may claim to be whoever it is, and no other client.
        JWTClaimsSet shops =
                new JWTClaimsSet.Builder(tokens.idClaims()).audience("shop").build();
        SignedJWT forged = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), shops);
        forged.sign(new MACSigner(secret.getBytes(StandardCharsets.UTF_8)));

        alice.open(end("id_token_hint", forged.serialize())).failed(400, "invalid_request");
        alice.open(end("id_token_hint", tokens.string("id_token"))).shows("signed-out");
        assertThat(alice.cookies().keySet()).noneMatch(name -> name.endsWith("-session"));
    }

    @Test
    void a_pairwise_subject_is_a_hint_at_its_person() {
        Client quiet = House.shop().pairwise().build();
        House own = House.of(b -> b.clients(ClientStore.of(quiet)).pairwiseSubjects(new byte[32]));
        own.town.folk.put(Folk.person("bob"));
        Browser alice = own.signedIn("alice");
        String token = own.tokens("shop", alice.open(link("shop"))).string("id_token");
        Browser bob = own.signedIn("bob");

        bob.open(end("id_token_hint", token)).shows("logout");
        alice.open(end("id_token_hint", token)).shows("signed-out");
        assertThat(isSignedIn(alice)).isFalse();
    }

    @Test
    void a_hint_for_a_client_that_is_gone_is_none() {
        Browser alice = house.signedIn("alice");
        String token = hint(alice);
        House later = House.of(b -> b.clock(clock)
                .store(store)
                .serverSecret(new byte[32])
                .clients(ClientStore.of(House.page().build())));
        Browser same = later.browser();
        same.cookies().putAll(alice.cookies());

        same.open(end("id_token_hint", token)).failed(400, "invalid_request");
        same.open(END).shows("logout");
    }

    @Test
    void who_signed_in_anew_is_still_in_the_session_of_the_hint() {
        Browser alice = house.signedIn("alice");
        String token = hint(alice);
        enter(alice, "shop", "alice", "prompt", "login").answer(CALLBACK);

        alice.open(end("id_token_hint", token)).shows("signed-out");
        assertThat(isSignedIn(alice)).isFalse();
    }

    // ---- by POST ----

    /** Section 2: OPs MUST support GET and POST; with SameSite=Lax the cookies come only with the GET that follows. */
    @Test
    void what_another_site_posts_ends_the_session_and_leaves_no_id_token_in_the_address() {
        Browser alice = house.signedIn("alice");
        String token = hint(alice);
        Page posted = alice.postFromElsewhere(
                END,
                fields("id_token_hint", token, "post_logout_redirect_uri", AFTER, "state", "s", "ui_locales", "de"));

        assertThat(posted.status()).isEqualTo(303);
        assertThat(posted.location().orElseThrow())
                .startsWith(END + "?")
                .contains("ui_locales=de")
                .doesNotContain(token)
                .hasSizeLessThan(1000);
        assertThat(alice.followed(posted).location()).contains(AFTER + "?state=s");
        assertThat(isSignedIn(alice)).isFalse();
    }

    @Test
    void what_was_posted_cannot_be_changed_on_its_way_and_is_for_now_alone() {
        Browser alice = house.signedIn("alice");
        String to = alice.postFromElsewhere(END, fields("client_id", "shop"))
                .location()
                .orElseThrow();
        String asked = to.substring(to.indexOf('=') + 1);
        Page confirm = alice.open(to).shows("logout");

        alice.open(END + "?asked=" + forged("." + asked).substring(1)).failed(400, "invalid_request");
        alice.open(END + "?asked=" + asked.substring(1)).failed(400, "invalid_request");
        alice.open(END + "?asked=x").failed(400, "invalid_request");
        // Neither seal passes for the other.
        alice.open(END + "?asked=" + confirm.filled().get("logout")).failed(400, "invalid_request");
        alice.post(END, fields("logout", asked, "decision", "allow")).failed(400, "invalid_request");
        house("https://other.example").browser().open(to).failed(400, "invalid_request");
        clock.advance(Duration.ofMinutes(31));
        alice.open(to).failed(400, "invalid_request");
        assertThat(isSignedIn(alice)).isTrue();
    }

    @Test
    void what_is_wrong_with_what_was_posted_is_said_at_once() {
        Browser alice = house.signedIn("alice");

        alice.postFromElsewhere(END, fields("client_id", "nobody")).failed(400, "invalid_request");
        alice.postFromElsewhere(END, fields("id_token_hint", "none")).failed(400, "invalid_request");
        new Page(
                        alice,
                        house.server
                                .call("POST", END)
                                .contentType("text/plain")
                                .raw("client_id=shop")
                                .send()
                                .response())
                .failed(415, "unsupported_media_type");
        assertThat(isSignedIn(alice)).isTrue();
    }

    @Test
    void a_parameter_that_comes_twice_is_refused() {
        Browser alice = house.signedIn("alice");
        String token = hint(alice);
        for (String twice : List.of(
                end("id_token_hint", token) + "&id_token_hint=" + token,
                end("id_token_hint", token, "post_logout_redirect_uri", AFTER)
                        + "&post_logout_redirect_uri=https://evil",
                end("id_token_hint", token, "client_id", "shop") + "&client_id=partner",
                end("id_token_hint", token, "state", "a") + "&state=b")) {
            alice.open(twice).failed(400, "invalid_request");
        }
        assertThat(isSignedIn(alice)).isTrue();
    }

    // ---- asking first ----

    @Test
    void a_form_of_another_session_signs_nobody_out() {
        Browser attacker = house.signedIn("bob");
        Map<String, String> form = attacker.open(END).shows("logout").filled("decision", "allow");
        Browser victim = house.signedIn("alice");
        Browser second = house.signedIn("bob");

        victim.submit(END, form).failed(400, "invalid_request");
        second.submit(END, form).failed(400, "invalid_request");
        assertThat(isSignedIn(victim)).isTrue();
        assertThat(isSignedIn(second)).isTrue();
        assertThat(isSignedIn(attacker)).isTrue();
    }

    @Test
    void another_site_cannot_send_the_form() {
        Browser alice = house.signedIn("alice");
        Page page = alice.open(END).shows("logout");
        alice.postFromElsewhere(END, page.filled("decision", "allow"));
        alice.postFromElsewhere(END, fields("decision", "allow"));
        alice.submit(END, fields("decision", "allow")).shows("logout");

        assertThat(isSignedIn(alice)).isTrue();
    }

    @Test
    void a_form_that_was_tampered_with_is_none() {
        Browser alice = house.signedIn("alice");
        Page page = alice.open(end("client_id", "shop", "post_logout_redirect_uri", AFTER))
                .shows("logout");
        String sealed = page.filled().get("logout");
        for (String wrong : List.of(
                sealed.substring(1), forged("." + sealed).substring(1), sealed + "A", "x", "%", "A".repeat(200))) {
            alice.submit(END, page.filled("logout", wrong, "decision", "allow")).failed(400, "invalid_request");
        }
        assertThat(isSignedIn(alice)).isTrue();
        // What else comes with it does not count.
        Page done = page.submit(
                "decision", "allow", "post_logout_redirect_uri", "https://evil.example/", "client_id", "partner");
        assertThat(done.location()).contains(AFTER);
    }

    @Test
    void a_form_from_before_signs_out_no_later_session() {
        Browser alice = house.signedIn("alice");
        Page page = alice.open(END).shows("logout");
        page.submit("decision", "allow").shows("signed-out");
        page.submit("decision", "allow").shows("signed-out");
        enter(alice, "shop", "alice").answer(CALLBACK);

        page.submit("decision", "allow").failed(400, "invalid_request");
        assertThat(isSignedIn(alice)).isTrue();
    }

    @Test
    void a_form_lives_for_half_an_hour() {
        Browser alice = house.signedIn("alice");
        Page page = alice.open(END).shows("logout");
        clock.advance(Duration.ofMinutes(30).plusSeconds(1));
        page.submit("decision", "allow").failed(400, "invalid_request");
        assertThat(isSignedIn(alice)).isTrue();

        alice.open(END).submit("decision", "allow").shows("signed-out");
    }

    @Test
    void whoever_does_not_say_yes_stays() {
        Browser alice = house.signedIn("alice");
        Page page = alice.open(end("client_id", "shop", "post_logout_redirect_uri", AFTER))
                .shows("logout");
        for (Page staying : List.of(page.submit("decision", "deny"), page.submit(), page.submit("decision", "ALLOW"))) {
            staying.shows("signed-out");
            assertThat(staying.json().isTrue("staying")).isTrue();
        }
        assertThat(isSignedIn(alice)).isTrue();
    }

    // ---- what ends ----

    @Test
    void every_token_of_the_session_ends_at_once_but_those_that_are_offline() {
        for (TokenFormat format : TokenFormat.values()) {
            House own = House.of(b -> b.accessTokens(format));
            Browser alice = own.browser();
            String online = "openid read";
            String offline = "openid read offline_access";
            Reply shops = own.tokens("shop", enter(alice, "shop", "alice", "scope", online));
            Reply kept = own.tokens("shop", alice.open(link("shop", "scope", offline)));
            Reply pages =
                    own.tokens("page", alice.open(link("page", "scope", online)).allow());
            Params code = alice.open(link("shop", "scope", online)).answer(CALLBACK);
            Params lasting = alice.open(link("shop", "scope", offline)).answer(CALLBACK);
            Reply elsewhere = own.tokens("shop", own.signedIn("alice").open(link("shop", "scope", online)));
            alice.open(end("id_token_hint", shops.string("id_token"))).shows("signed-out");

            for (Reply dead : List.of(shops, pages)) {
                assertThat(isActive(own, dead.access())).as("%s", format).isFalse();
            }
            refresh(own, "shop", shops).refused("invalid_grant");
            refresh(own, "page", pages).refused("invalid_grant");
            own.redeem("shop", code).send().refused("invalid_grant");
            for (Reply alive : List.of(kept, elsewhere)) {
                assertThat(isActive(own, alive.access())).as("%s", format).isTrue();
                refresh(own, "shop", alive).issued();
            }
            Reply later = own.redeem("shop", lasting).send().issued();
            assertThat(isActive(own, later.access())).isTrue();
            own.town.userInfo(shops.access()).send().refused(401, "invalid_token");
            own.town.userInfo(kept.access()).send().issued();
        }
    }

    private static boolean isActive(House at, String token) {
        return at.as("shop", at.server.call("POST", "/introspect"))
                .with("token", token)
                .send()
                .issued()
                .json()
                .isTrue("active");
    }

    private static Reply refresh(House at, String client, Reply tokens) {
        return at.as(client, at.server.call("POST", "/token"))
                .with("grant_type", "refresh_token")
                .with("refresh_token", tokens.refresh())
                .send();
    }

    @Test
    void a_token_that_was_narrowed_from_an_offline_family_stays_with_it() {
        Browser alice = house.browser();
        Reply wide = house.tokens("shop", enter(alice, "shop", "alice", "scope", "openid read offline_access"));
        Reply narrow = house.as("shop", house.server.call("POST", "/token"))
                .with("grant_type", "refresh_token")
                .with("refresh_token", wide.refresh())
                .with("scope", "read")
                .send()
                .issued();
        alice.open(end("id_token_hint", wide.string("id_token"))).shows("signed-out");

        assertThat(isActive(house, narrow.access())).isTrue();
    }

    @Test
    void revoking_a_session_ends_what_is_offline_too() {
        Browser alice = house.browser();
        Reply tokens = house.tokens("shop", enter(alice, "shop", "alice", "scope", "openid read offline_access"));
        house.server.server.revokeSession(String.valueOf(tokens.idClaims().getClaim("sid")));

        assertThat(isActive(house, tokens.access())).isFalse();
        refresh(house, "shop", tokens).refused("invalid_grant");
    }

    @Test
    void other_sessions_stay() {
        Browser here = house.signedIn("alice");
        Browser there = house.signedIn("alice");
        Browser bobs = house.signedIn("bob");
        here.open(end("id_token_hint", hint(here))).shows("signed-out");

        assertThat(isSignedIn(here)).isFalse();
        assertThat(isSignedIn(there)).isTrue();
        assertThat(isSignedIn(bobs)).isTrue();
        assertThat(house.server.server.sessions("alice")).hasSize(1);
    }

    @Test
    void the_handle_is_dead_and_not_only_forgotten_by_the_browser() {
        Browser alice = house.signedIn("alice");
        Map<String, String> before = new LinkedHashMap<>(alice.cookies());
        alice.open(END).submit("decision", "allow").shows("signed-out");
        Browser thief = house.browser();
        thief.cookies().putAll(before);

        assertThat(isSignedIn(thief)).isFalse();
    }

    @Test
    void an_interaction_that_waits_asks_who_is_there_again() {
        Browser alice = house.signedIn("alice");
        Page consent = alice.open(link("partner")).shows("consent");
        alice.open(END).submit("decision", "allow").shows("signed-out");

        consent.submit("decision", "allow").shows("login");
        assertThat(house.server.server.consents("alice")).isEmpty();
    }

    @Test
    void the_listener_is_told_who_signed_out() {
        Browser alice = house.signedIn("alice");
        alice.open(END).submit("decision", "allow");

        AuthEvent event = house.server.lastEvent();
        assertThat(event.type()).isEqualTo(AuthEvent.Type.SIGNED_OUT);
        assertThat(event.subject()).contains("alice");
        assertThat(event.endpoint()).contains("end_session");
    }

    @Test
    void where_the_form_leads_to_is_told_to_the_page_and_nowhere_else() {
        Browser alice = house.signedIn("alice");
        Page page = alice.open(end("client_id", "shop", "post_logout_redirect_uri", AFTER))
                .shows("logout");

        assertThat(page.json().string("leads_to")).contains("https://shop.example");
        assertThat(alice.open(END).json().string("leads_to")).isEmpty();
        assertThat(page.json().string("action")).contains(END);
    }

    @Test
    void the_metadata_says_where_it_is() {
        assertThat(house.server.server.metadata().string("end_session_endpoint"))
                .contains(TestServer.ISSUER + END);
    }
}
