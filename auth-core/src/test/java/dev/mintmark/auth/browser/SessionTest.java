package dev.mintmark.auth.browser;

import static dev.mintmark.auth.browser.House.CALLBACK;
import static dev.mintmark.auth.browser.House.link;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.mintmark.auth.AuthEvent;
import dev.mintmark.auth.AuthorizationServer;
import dev.mintmark.auth.BrowserSession;
import dev.mintmark.auth.PassThroughStore;
import dev.mintmark.auth.TestServer.MovableClock;
import dev.mintmark.auth.people.Town;
import dev.mintmark.auth.protocol.Authentication;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.store.Change;
import dev.mintmark.auth.store.ClientStore;
import dev.mintmark.auth.store.GrantKey;
import dev.mintmark.auth.store.GrantStore;
import dev.mintmark.auth.store.InMemoryGrantStore;
import dev.mintmark.auth.store.Selector;
import dev.mintmark.auth.store.StoreException;
import dev.mintmark.auth.store.Stored;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Who is signed in: one per browser and issuer, for so long, and not a moment after it was ended. */
class SessionTest {
    private final House house = House.standard();

    private static String session(Browser browser) {
        return browser.cookies().keySet().stream()
                .filter(name -> name.endsWith("-session"))
                .findFirst()
                .orElseThrow();
    }

    private static String handle(Browser browser) {
        return browser.cookies().get(session(browser));
    }

    private static Browser with(AuthorizationServer server, String cookie, String value) {
        Browser other = new Browser(server);
        other.cookies().put(cookie, value);
        return other;
    }

    /** Whether a browser is signed in: without asking anyone. */
    private static boolean isSignedIn(Browser browser) {
        return browser.get(link("shop", "prompt", "none"))
                .answer(CALLBACK)
                .get("code")
                .isPresent();
    }

    private static String line(Page page, String kind) {
        return page.response().headers().getOrDefault("Set-Cookie", List.of()).stream()
                .filter(cookie -> cookie.contains("-" + kind + "="))
                .findFirst()
                .orElseThrow();
    }

    private JWTClaimsSet id(Page answered) {
        return house.tokens("shop", answered).idClaims();
    }

    // ---- cookies ----

    @Test
    void on_https_cookies_are_the_host_s_own_and_no_script_s() {
        Browser browser = house.browser();
        Page entered = browser.get(link("shop"));
        Page signedIn = browser.followed(entered).post("username", "alice", "password", Town.PASSWORD);

        String rest = "=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Lax; Secure";
        assertThat(line(entered, "browser")).matches("__Host-mintmark-[0-9a-f]{10}-browser" + rest);
        assertThat(line(signedIn, "session")).matches("__Host-mintmark-[0-9a-f]{10}-session" + rest);
    }

    @Test
    void behind_a_path_on_https_they_are_the_host_s_own_all_the_same() {
        Two two = new Two("https://auth.example/a", "https://auth.example/b");

        String rest = "=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Lax; Secure";
        assertThat(line(two.one.entered(), "browser")).matches("__Host-mintmark-[0-9a-f]{10}-browser" + rest);
        assertThat(line(two.one.signedIn(), "session")).matches("__Host-mintmark-[0-9a-f]{10}-session" + rest);
    }

    @Test
    void on_a_loopback_address_they_are_kept_to_the_path() {
        Two two = new Two("http://127.0.0.1:9000/a", "http://127.0.0.1:9000");

        String rest = "=[A-Za-z0-9_-]{43}; Path=/a; HttpOnly; SameSite=Lax";
        assertThat(line(two.one.entered(), "browser")).matches("mintmark-[0-9a-f]{10}-browser" + rest);
        assertThat(line(two.one.signedIn(), "session")).matches("mintmark-[0-9a-f]{10}-session" + rest);
        assertThat(line(two.two.signedIn(), "session")).endsWith("; Path=/; HttpOnly; SameSite=Lax");
    }

    @Test
    void signing_out_takes_the_cookie_from_where_it_was_put() {
        Browser alice = house.signedIn("alice");
        Page done = alice.open("/end_session").post("decision", "allow");

        assertThat(line(done, "session"))
                .matches("__Host-mintmark-[0-9a-f]{10}-session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax; Secure");
        assertThat(alice.cookies().keySet()).noneMatch(name -> name.endsWith("-session"));
    }

    @Test
    void a_cookie_that_is_no_handle_or_stands_there_twice_is_nobody() {
        Browser alice = house.signedIn("alice");
        String right = handle(alice);
        String other = (right.charAt(0) == 'A' ? 'B' : 'A') + right.substring(1);
        String name = session(alice);
        for (String value : List.of(
                "",
                other,
                right + "A",
                right.substring(1),
                right + "; " + name + "=" + other,
                other + "; " + name + "=" + right)) {
            assertThat(isSignedIn(with(house.server.server, name, value)))
                    .as(value)
                    .isFalse();
        }
        assertThat(isSignedIn(with(house.server.server, name, right))).isTrue();
        assertThat(isSignedIn(with(house.server.server, name.toLowerCase(Locale.ROOT), right)))
                .isFalse();
    }

    @Test
    void neither_sid_nor_any_other_handle_is_the_session_s() {
        Browser alice = house.browser();
        Page login = alice.open(link("shop"));
        JWTClaimsSet id = id(login.signIn("alice", Town.PASSWORD));
        String sid = String.valueOf(id.getClaim("sid"));

        assertThat(handle(alice)).isNotEqualTo(sid);
        for (String value : List.of(sid, login.filled().get("interaction"))) {
            assertThat(isSignedIn(with(house.server.server, session(alice), value)))
                    .isFalse();
        }
        assertThat(house.server.server.sessions("alice").toString())
                .doesNotContain(handle(alice))
                .doesNotContain(sid);
    }

    // ---- two issuers on one host ----

    /** Two servers of one host and one store, as one browser sees them. */
    private static final class Two {
        final MovableClock clock = new MovableClock();
        final GrantStore store = new InMemoryGrantStore(clock, 10_000);
        final One one;
        final One two;

        Two(String first, String second) {
            one = new One(first);
            two = new One(second);
        }

        /** One of them. */
        final class One {
            final AuthorizationServer server;
            final String path;
            final Browser browser;

            One(String issuer) {
                Town town = Town.of(clock, b -> {});
                server = AuthorizationServer.builder(URI.create(issuer))
                        .clients(ClientStore.of(House.shop().build()))
                        .users(town.folk)
                        .passwords(town.cheap())
                        .scopes("openid")
                        .interaction(new SpelledOut())
                        .store(store)
                        .serverSecret(new byte[32])
                        .clock(clock)
                        .listener(event -> {})
                        .build();
                path = URI.create(issuer).getPath();
                browser = new Browser(server);
            }

            Page entered() {
                return browser.get(path + link("shop"));
            }

            Page signedIn() {
                return browser.followed(entered()).post("username", "alice", "password", Town.PASSWORD);
            }

            boolean isSignedIn(Browser with) {
                Browser by = new Browser(server);
                by.cookies().putAll(with.cookies());
                return by.get(path + link("shop", "prompt", "none"))
                        .answer(CALLBACK)
                        .get("code")
                        .isPresent();
            }
        }
    }

    @Test
    void two_issuers_on_one_host_know_nothing_of_each_other_s_sessions() {
        Two two = new Two("https://auth.example/a", "https://auth.example/b");
        two.one.signedIn();
        // The browser sends both servers all that it has of the host.
        two.two.browser.cookies().putAll(two.one.browser.cookies());

        assertThat(two.two.isSignedIn(two.two.browser)).isFalse();
        two.two.signedIn();
        assertThat(two.two.browser.cookies())
                .containsAllEntriesOf(two.one.browser.cookies())
                .hasSize(4);
        assertThat(two.one.isSignedIn(two.two.browser)).isTrue();
        assertThat(two.two.isSignedIn(two.two.browser)).isTrue();

        two.two.server.revokeSubject("alice");
        assertThat(two.two.isSignedIn(two.two.browser)).isFalse();
        assertThat(two.one.isSignedIn(two.two.browser)).isTrue();
        assertThat(two.two.server.sessions("alice")).isEmpty();
        assertThat(two.one.server.sessions("alice")).hasSize(1);
    }

    @Test
    void a_handle_of_one_issuer_under_another_s_name_is_nobody_there() {
        Two two = new Two("https://auth.example/a", "https://auth.example/b");
        two.one.signedIn();
        two.two.signedIn();
        Browser forged = with(two.two.server, session(two.two.browser), handle(two.one.browser));

        assertThat(two.two.isSignedIn(forged)).isFalse();
    }

    @Test
    void an_interaction_of_one_issuer_is_none_of_another_s() {
        Two two = new Two("https://auth.example/a", "https://auth.example/b");
        Page login = two.one.browser.followed(two.one.entered());
        String handle = login.filled().get("interaction");

        two.two.browser.get("/b/interaction?interaction=" + handle).failed(400, "invalid_request");
    }

    // ---- a new handle at each sign-in ----

    @Test
    void each_sign_in_brings_a_new_handle_and_the_one_before_is_dead() throws Exception {
        Browser alice = house.browser();
        JWTClaimsSet first = id(alice.open(link("shop")).signIn("alice", Town.PASSWORD));
        String before = handle(alice);
        house.clock.advance(Duration.ofMinutes(1));
        JWTClaimsSet second = id(alice.open(link("shop", "prompt", "login")).signIn("alice", Town.PASSWORD));

        assertThat(handle(alice)).isNotEqualTo(before);
        assertThat(isSignedIn(with(house.server.server, session(alice), before)))
                .isFalse();
        assertThat(isSignedIn(alice)).isTrue();
        assertThat(second.getClaim("sid")).as("the same session").isEqualTo(first.getClaim("sid"));
        assertThat(second.getDateClaim("auth_time")).isAfter(first.getDateClaim("auth_time"));
        assertThat(house.server.server.sessions("alice")).hasSize(1);
    }

    /** Session fixation: whatever an attacker puts into a victim's browser, no one is signed in by it. */
    @Test
    void a_handle_that_was_planted_is_not_the_one_that_signs_in() {
        String name = session(house.signedIn("alice"));
        String planted = "A".repeat(43);
        Browser victim = with(house.server.server, name, planted);
        victim.open(link("shop")).signIn("alice", Town.PASSWORD).answer(CALLBACK);

        assertThat(handle(victim)).isNotEqualTo(planted);
        assertThat(isSignedIn(with(house.server.server, name, planted))).isFalse();
    }

    @Test
    void an_attacker_s_own_session_in_a_victim_s_browser_does_not_become_the_victim_s() {
        Browser attacker = house.signedIn("alice");
        Browser victim = with(house.server.server, session(attacker), handle(attacker));
        victim.open(link("shop", "prompt", "login"))
                .signIn("emma", Town.PASSWORD)
                .submit("otp", house.town.sent.getLast().code())
                .answer(CALLBACK);

        assertThat(isSignedIn(attacker)).isFalse();
        assertThat(isSignedIn(victim)).isTrue();
    }

    @Test
    void sessions_in_two_browsers_are_two() {
        Browser one = house.browser();
        Browser two = house.browser();
        JWTClaimsSet first = id(one.open(link("shop")).signIn("alice", Town.PASSWORD));
        JWTClaimsSet second = id(two.open(link("shop")).signIn("alice", Town.PASSWORD));

        assertThat(first.getClaim("sid")).isNotEqualTo(second.getClaim("sid"));
        house.server.server.revokeSession(String.valueOf(first.getClaim("sid")));
        assertThat(isSignedIn(one)).isFalse();
        assertThat(isSignedIn(two)).isTrue();
    }

    @Test
    void a_sign_in_after_signing_out_is_another_session() {
        Browser alice = house.browser();
        JWTClaimsSet first = id(alice.open(link("shop")).signIn("alice", Town.PASSWORD));
        alice.open("/end_session").submit("decision", "allow").shows("signed-out");
        JWTClaimsSet second = id(alice.open(link("shop")).signIn("alice", Town.PASSWORD));

        assertThat(second.getClaim("sid")).isNotEqualTo(first.getClaim("sid"));
        assertThat(isSignedIn(alice)).isTrue();
    }

    // ---- how long ----

    @Test
    void it_ends_after_two_hours_without_use() {
        Browser alice = house.signedIn("alice");
        house.clock.advance(Duration.ofHours(2).minusSeconds(1));
        assertThat(isSignedIn(alice)).isTrue();
        house.clock.advance(Duration.ofHours(2).minusSeconds(1));
        assertThat(isSignedIn(alice)).as("use prolongs").isTrue();
        house.clock.advance(Duration.ofHours(2));

        assertThat(isSignedIn(alice)).isFalse();
        assertThat(house.server.server.sessions("alice")).isEmpty();
        alice.open(link("shop")).shows("login");
    }

    @Test
    void it_ends_after_twelve_hours_in_any_case() {
        Browser alice = house.signedIn("alice");
        for (int i = 0; i < 11; i++) {
            house.clock.advance(Duration.ofHours(1));
            assertThat(isSignedIn(alice)).isTrue();
        }
        house.clock.advance(Duration.ofHours(1).minusSeconds(1));
        assertThat(isSignedIn(alice)).isTrue();
        house.clock.advance(Duration.ofSeconds(1));

        assertThat(isSignedIn(alice)).isFalse();
        alice.open(link("shop")).shows("login");
    }

    @Test
    void how_long_it_lasts_can_be_said() {
        House hasty = House.of(b -> b.sessions(Duration.ofMinutes(10), Duration.ofMinutes(25)));
        Browser alice = hasty.signedIn("alice");
        hasty.clock.advance(Duration.ofMinutes(9));
        assertThat(isSignedIn(alice)).isTrue();
        hasty.clock.advance(Duration.ofMinutes(9));
        assertThat(isSignedIn(alice)).isTrue();
        hasty.clock.advance(Duration.ofMinutes(7));
        assertThat(isSignedIn(alice)).isFalse();

        Browser idle = hasty.signedIn("alice");
        hasty.clock.advance(Duration.ofMinutes(10));
        assertThat(isSignedIn(idle)).isFalse();
    }

    @Test
    void a_new_sign_in_begins_the_twelve_hours_anew_and_a_second_factor_does_not() {
        Browser tom = house.browser();
        tom.open(link("shop")).signIn("tom", Town.PASSWORD).submit("otp", house.town.code(), "remember_device", "true");
        for (int i = 0; i < 10; i++) {
            house.clock.advance(Duration.ofHours(1));
            assertThat(isSignedIn(tom)).isTrue();
        }
        tom.open(link("shop", "prompt", "login")).signIn("tom", Town.PASSWORD).answer(CALLBACK);
        for (int i = 0; i < 11; i++) {
            house.clock.advance(Duration.ofHours(1));
            assertThat(isSignedIn(tom)).isTrue();
        }
        tom.open(link("shop", "acr_values", "2"))
                .shows("mfa")
                .submit("otp", house.town.code())
                .answer(CALLBACK);
        house.clock.advance(Duration.ofMinutes(59));
        assertThat(isSignedIn(tom)).isTrue();
        house.clock.advance(Duration.ofMinutes(1));
        assertThat(isSignedIn(tom)).isFalse();
    }

    @Test
    void a_look_at_a_page_is_no_use_of_a_session() {
        Browser alice = house.signedIn("alice");
        house.clock.advance(Duration.ofMinutes(90));
        alice.open("/end_session").shows("logout");
        alice.open(link("partner")).shows("consent");
        house.clock.advance(Duration.ofMinutes(30));

        assertThat(isSignedIn(alice)).isFalse();
    }

    // ---- its person ----

    @Test
    void a_person_who_is_disabled_or_gone_is_signed_in_no_more() {
        Browser alice = house.signedIn("alice");
        house.town.folk.change("alice", user -> user.withActive(false));
        assertThat(isSignedIn(alice)).isFalse();
        alice.open(link("shop")).shows("login");
        alice.open("/end_session").shows("signed-out");
        house.town.folk.remove("alice");

        assertThat(isSignedIn(alice)).isFalse();
        alice.open(link("shop")).shows("login");
    }

    @Test
    void whoever_signs_in_as_someone_else_ends_the_first_one_s_session_and_tokens() throws Exception {
        Browser shared = house.browser();
        Page answered = shared.open(link("shop", "scope", "openid read")).signIn("alice", Town.PASSWORD);
        var tokens = house.tokens("shop", answered);
        String before = handle(shared);
        Page second = shared.open(link("shop", "prompt", "login"))
                .signIn("tom", Town.PASSWORD)
                .submit("otp", house.town.code());
        JWTClaimsSet id = id(second);

        assertThat(id.getSubject()).isEqualTo("tom");
        assertThat(id.getStringClaim("sid")).isNotEqualTo(tokens.idClaims().getStringClaim("sid"));
        assertThat(isSignedIn(with(house.server.server, session(shared), before)))
                .isFalse();
        assertThat(house.server.server.sessions("alice")).isEmpty();
        Optional<AuthEvent> out = house.server.events.stream()
                .filter(event -> event.type() == AuthEvent.Type.SIGNED_OUT)
                .findFirst();
        assertThat(out.flatMap(AuthEvent::subject)).contains("alice");
        house.as("shop", house.server.call("POST", "/token"))
                .with("grant_type", "refresh_token")
                .with("refresh_token", tokens.refresh())
                .send()
                .refused("invalid_grant");
    }

    @Test
    void a_wrong_password_for_someone_else_ends_nothing() {
        Browser shared = house.signedIn("alice");
        Page login = shared.open(link("shop", "prompt", "login"));
        login.signIn("tom", "wrong").shows("login");
        login.signIn("tom", Town.PASSWORD).shows("mfa");

        assertThat(isSignedIn(shared)).isTrue();
        assertThat(house.server.server.sessions("alice")).hasSize(1);
    }

    @Test
    void when_the_first_one_s_session_cannot_be_ended_nothing_has_happened_and_it_can_be_tried_again() {
        MovableClock clock = new MovableClock();
        AtomicBoolean down = new AtomicBoolean();
        PassThroughStore store = new PassThroughStore(clock) {
            @Override
            public void revoke(Selector what, Instant bornUntil, Instant until) {
                if (down.get()) throw new StoreException("out of reach");
                super.revoke(what, bornUntil, until);
            }
        };
        House frail = House.of(b -> b.clock(clock).store(store).serverSecret(new byte[32]));
        Browser shared = frail.signedIn("alice");
        Page login = shared.open(link("shop", "prompt", "login"));
        down.set(true);
        Page mfa = login.submit("username", "emma", "password", Town.PASSWORD).shows("mfa");
        Map<String, String> code = mfa.filled("otp", frail.town.sent.getLast().code());
        shared.submit("/interaction", code).failed(503, "temporarily_unavailable");
        assertThat(frail.server.server.sessions("alice")).hasSize(1);
        down.set(false);

        shared.submit("/interaction", code).answer(CALLBACK).required("code");
        assertThat(frail.server.server.sessions("alice")).isEmpty();
    }

    // ---- from Java ----

    @Test
    void it_is_listed_with_who_when_how_and_where() {
        Browser alice = house.signedIn("alice");
        alice.open(link("page")).allow().answer(CALLBACK);
        alice.open(link("shop")).answer(CALLBACK);
        house.signedIn("alice");
        List<BrowserSession> all = house.server.server.sessions("alice");

        assertThat(all).hasSize(2);
        BrowserSession first = all.stream()
                .filter(one -> one.clients().size() == 2)
                .findFirst()
                .orElseThrow();
        Authentication how = first.authentication();
        assertThat(first.clients()).containsExactly("shop", "page");
        assertThat(how.subject().value()).isEqualTo("alice");
        assertThat(how.amr()).containsExactly("pwd");
        assertThat(how.acr()).contains("1");
        assertThat(how.time()).isEqualTo(house.clock.instant());
        assertThat(first.expires()).isEqualTo(house.clock.instant().plus(Duration.ofHours(2)));
        assertThat(house.server.server.sessions("tom")).isEmpty();
        house.server.server.revokeSession(how.session().orElseThrow());
        assertThat(house.server.server.sessions("alice")).hasSize(1);
        assertThat(isSignedIn(alice)).isFalse();
    }

    @Test
    void revoking_a_person_ends_all_their_sessions_and_no_one_else_s() {
        Browser one = house.signedIn("alice");
        Browser two = house.signedIn("alice");
        Browser emma = house.browser();
        emma.open(link("shop"))
                .signIn("emma", Town.PASSWORD)
                .submit("otp", house.town.sent.getLast().code());
        house.server.server.revokeSubject("alice");

        assertThat(isSignedIn(one)).isFalse();
        assertThat(isSignedIn(two)).isFalse();
        assertThat(isSignedIn(emma)).isTrue();
        house.clock.advance(Duration.ofMillis(1));
        one.open(link("shop")).signIn("alice", Town.PASSWORD).answer(CALLBACK);
        assertThat(isSignedIn(one)).isTrue();
    }

    @Test
    void revoking_a_person_at_one_client_ends_no_session() {
        Browser alice = house.signedIn("alice");
        house.server.server.revokeSubjectAtClient("alice", "shop");
        house.clock.advance(Duration.ofMillis(1));

        assertThat(isSignedIn(alice)).isTrue();
    }

    @Test
    void it_survives_a_restart_with_the_same_store_and_secret_and_no_other() {
        MovableClock clock = new MovableClock();
        GrantStore store = new InMemoryGrantStore(clock, 10_000);
        House before = House.of(b -> b.clock(clock).store(store).serverSecret(new byte[32]));
        Browser alice = before.signedIn("alice");
        Page waiting = alice.open(link("partner")).shows("consent");
        House after = House.of(b -> b.clock(clock).store(store).serverSecret(new byte[32]));
        Browser again = after.browser();
        again.cookies().putAll(alice.cookies());

        assertThat(isSignedIn(again)).isTrue();
        again.submit("/interaction", waiting.filled("decision", "allow")).answer(CALLBACK);
        byte[] another = new byte[32];
        another[0] = 1;
        House stranger = House.of(b -> b.clock(clock).store(store).serverSecret(another));
        Browser elsewhere = stranger.browser();
        elsewhere.cookies().putAll(alice.cookies());
        assertThat(isSignedIn(elsewhere)).isFalse();
    }

    @Test
    void the_store_sees_no_handle_and_no_person() {
        MovableClock clock = new MovableClock();
        StringBuilder seen = new StringBuilder();
        PassThroughStore store = new PassThroughStore(clock) {
            @Override
            public Outcome apply(Change change) {
                change.writes()
                        .forEach(write -> seen.append(write.key())
                                .append(new String(write.payload(), StandardCharsets.ISO_8859_1)));
                return super.apply(change);
            }
        };
        House watched = House.of(b -> b.clock(clock).store(store).serverSecret(new byte[32]));
        Browser alice = watched.browser();
        Page login = alice.open(link("partner"));
        login.signIn("alice", Town.PASSWORD).allow().answer(CALLBACK);

        assertThat(seen.toString())
                .hasSizeGreaterThan(1000)
                .doesNotContain(alice.cookies().values())
                .doesNotContain(login.filled().get("interaction"))
                .doesNotContain("alice")
                .doesNotContain(Town.PASSWORD);
    }

    @Test
    void with_the_store_out_of_reach_nobody_is_taken_for_signed_out_or_in() {
        MovableClock clock = new MovableClock();
        AtomicBoolean down = new AtomicBoolean();
        PassThroughStore store = new PassThroughStore(clock) {
            @Override
            public Optional<Stored> find(GrantKey key) {
                if (down.get()) throw new StoreException("out of reach");
                return super.find(key);
            }
        };
        House frail = House.of(b -> b.clock(clock).store(store).serverSecret(new byte[32]));
        Browser alice = frail.signedIn("alice");
        down.set(true);
        alice.get(link("shop", "prompt", "none")).refused(CALLBACK, ErrorCode.TEMPORARILY_UNAVAILABLE.value());
        Page out = alice.get("/end_session");
        out.failed(503, "temporarily_unavailable");
        assertThat(out.response().header("Retry-After")).isPresent();
        assertThat(alice.cookies().keySet()).anyMatch(name -> name.endsWith("-session"));
        down.set(false);

        assertThat(isSignedIn(alice)).isTrue();
    }
}
