package dev.mintmark.auth.browser;

import static dev.mintmark.auth.browser.House.CALLBACK;
import static dev.mintmark.auth.browser.House.link;
import static dev.mintmark.auth.browser.House.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.AuthEvent;
import dev.mintmark.auth.Call;
import dev.mintmark.auth.PassThroughStore;
import dev.mintmark.auth.TestServer.MovableClock;
import dev.mintmark.auth.people.Town;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.store.Change;
import dev.mintmark.auth.wire.WireResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What lies between a request and its answer: one browser's, answered once, and indifferent to old forms. */
class InteractionTest {
    private static final String INTERACTION = "/interaction";

    private final House house = House.standard();
    private final Browser browser = house.browser();

    private static String url(Page page) {
        return INTERACTION + "?interaction=" + page.filled().get("interaction");
    }

    /** The name of the cookie that says whose an interaction is. */
    private static String owner(Browser browser) {
        return browser.cookies().keySet().stream()
                .filter(name -> name.endsWith("-browser"))
                .findFirst()
                .orElseThrow();
    }

    /** Another browser that brings the same cookies. */
    private Browser twin(Browser of) {
        Browser twin = house.browser();
        twin.cookies().putAll(of.cookies());
        return twin;
    }

    private long count(AuthEvent.Type type) {
        return house.server.eventTypes().stream().filter(type::equals).count();
    }

    private static void gone(Page page, String how) {
        page.failed(400, "invalid_request");
        assertThat(page.json().string("description").orElseThrow()).contains(how);
    }

    // ---- a URL of its own ----

    @Test
    void a_request_that_needs_a_person_goes_on_at_a_url_that_no_one_can_guess() {
        Page first = browser.get(link("shop"));
        Page second = browser.get(link("shop"));

        assertThat(first.status()).isEqualTo(303);
        assertThat(first.location().orElseThrow()).matches("/interaction\\?interaction=[A-Za-z0-9_-]{43}");
        assertThat(second.location()).isNotEqualTo(first.location());
    }

    @Test
    void a_page_can_be_reloaded_as_nothing_is_written() {
        MovableClock clock = new MovableClock();
        PassThroughStore store = new PassThroughStore(clock);
        House counted = House.of(b -> b.clock(clock).store(store).serverSecret(new byte[32]));
        Browser visitor = counted.browser();
        Page login = visitor.open(link("partner"));
        int writes = store.writes.get();

        for (int i = 0; i < 3; i++) visitor.open(url(login)).shows("login");
        assertThat(store.writes).hasValue(writes);
        Page consent = visitor.open(url(login)).signIn("alice", Town.PASSWORD).shows("consent");
        writes = store.writes.get();
        for (int i = 0; i < 3; i++) {
            assertThat(visitor.open(url(login)).response().text())
                    .isEqualTo(consent.response().text());
        }
        assertThat(store.writes).hasValue(writes);
    }

    @Test
    void what_a_person_enters_is_answered_by_a_303_to_the_same_url() {
        Page login = browser.open(link("partner"));
        for (Page answer : List.of(
                login.post("username", "alice", "password", "wrong"),
                login.post(),
                login.post("username", "alice", "password", Town.PASSWORD))) {
            assertThat(answer.status()).isEqualTo(303);
            assertThat(answer.location()).contains(url(login));
            assertThat(answer.response().text()).isEmpty();
        }
    }

    @Test
    void a_redirect_after_a_password_is_never_one_that_posts_it_on() {
        Page login = browser.open(link("shop"));
        Page next = login.post("username", "alice", "password", Town.PASSWORD);
        Page answer = browser.get(next.location().orElseThrow());

        assertThat(next.status()).isEqualTo(303);
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.location().orElseThrow()).startsWith(CALLBACK).doesNotContain("alice");
    }

    @Test
    void pages_and_redirects_are_kept_by_no_one_and_pages_shown_in_no_frame() {
        Page redirect = browser.get(link("partner"));
        Page login = browser.followed(redirect);
        Page consent = login.signIn("alice", Town.PASSWORD);
        Page error = browser.get(INTERACTION + "?interaction=none");
        Page signOut = browser.get("/end_session");

        for (Page page : List.of(redirect, login, consent, error, signOut)) {
            assertThat(page.response().header("Cache-Control")).contains("no-store");
        }
        for (Page page : List.of(login, consent, error, signOut)) {
            assertThat(page.response().header("X-Frame-Options")).contains("DENY");
            assertThat(page.response().header("Content-Security-Policy").orElseThrow())
                    .contains("frame-ancestors 'none'");
            assertThat(page.response().header("Referrer-Policy")).contains("same-origin");
        }
    }

    @Test
    void an_answer_by_form_post_is_a_page_that_no_one_keeps() {
        Page answer = browser.open(link("shop", "response_mode", "form_post"))
                .signIn("alice", Town.PASSWORD)
                .shows("form-post");

        assertThat(answer.json().string("target")).contains(CALLBACK);
        assertThat(answer.json().object("fields").names()).containsExactlyInAnyOrder("code", "state", "iss");
        assertThat(answer.location()).isEmpty();
        assertThat(answer.response().header("Cache-Control")).contains("no-store");
        assertThat(answer.response().header("X-Frame-Options")).contains("DENY");
    }

    /** RFC 9700 section 2.6: CORS MUST NOT be supported at the authorization endpoint. */
    @Test
    void no_script_of_another_origin_reads_what_browsers_are_shown() {
        for (String path : List.of(link("shop"), INTERACTION, "/end_session")) {
            Page page = browser.get(path);
            assertThat(page.response().headers().keySet())
                    .as(path)
                    .noneMatch(name -> name.startsWith("Access-Control-"));
        }
    }

    // ---- answered once ----

    @Test
    void it_is_answered_once() {
        Page consent =
                browser.open(link("partner")).signIn("alice", Town.PASSWORD).shows("consent");
        consent.allow().answer(CALLBACK);

        gone(browser.open(url(consent)), "finished");
        gone(consent.submit("decision", "allow"), "finished");
        gone(consent.submit("decision", "deny"), "finished");
        assertThat(count(AuthEvent.Type.CODE_ISSUED)).isEqualTo(1);
    }

    @Test
    void a_no_is_an_answer_too() {
        Page consent =
                browser.open(link("partner")).signIn("alice", Town.PASSWORD).shows("consent");
        consent.submit("decision", "deny").refused(CALLBACK, "access_denied");

        gone(consent.submit("decision", "allow"), "finished");
        assertThat(count(AuthEvent.Type.CODE_ISSUED)).isZero();
    }

    @Test
    void whoever_is_a_moment_late_with_the_same_answer_gets_no_second_code() {
        MovableClock clock = new MovableClock();
        List<Runnable> overtaking = new ArrayList<>();
        PassThroughStore store = new PassThroughStore(clock) {
            @Override
            public Outcome apply(Change change) {
                if (!overtaking.isEmpty()) overtaking.remove(0).run();
                return super.apply(change);
            }
        };
        House slow = House.of(b -> b.clock(clock).store(store).serverSecret(new byte[32]));
        Browser visitor = slow.browser();
        Page consent =
                visitor.open(link("partner")).signIn("alice", Town.PASSWORD).shows("consent");
        List<Page> faster = new ArrayList<>();
        overtaking.add(() -> faster.add(consent.post("decision", "allow")));
        Page late = consent.post("decision", "allow");

        faster.get(0).answer(CALLBACK).required("code");
        gone(visitor.followed(late), "finished");
        assertThat(slow.server.eventTypes().stream().filter(AuthEvent.Type.CODE_ISSUED::equals))
                .hasSize(1);
    }

    // ---- one browser's ----

    @Test
    void another_browser_cannot_open_it() {
        Page login = browser.open(link("shop"));
        Browser thief = house.browser();
        thief.open(link("shop"));

        gone(house.browser().open(url(login)), "another browser");
        gone(thief.open(url(login)), "another browser");
        login.signIn("alice", Town.PASSWORD).answer(CALLBACK);
    }

    @Test
    void another_browser_cannot_answer_it_nor_end_it() {
        Page login = browser.open(link("partner"));
        Browser thief = house.browser();
        thief.open(link("shop"));
        Map<String, String> password = login.filled("username", "alice", "password", Town.PASSWORD);
        gone(thief.submit(INTERACTION, password), "another browser");
        Page consent = login.signIn("alice", Town.PASSWORD).shows("consent");
        for (String decision : List.of("allow", "deny")) {
            gone(thief.submit(INTERACTION, consent.filled("decision", decision)), "another browser");
        }
        assertThat(count(AuthEvent.Type.SIGNED_IN)).isEqualTo(1);
        consent.allow().answer(CALLBACK);
    }

    /** RFC 9700 section 4.7, at the server itself: the attacker begins, sends the link, and waits for the victim to sign in. */
    @Test
    void a_victim_who_is_sent_an_attacker_s_interaction_does_not_sign_in_for_the_attacker() {
        Page attackers = browser.open(link("shop"));
        Browser victim = house.browser();
        victim.open(link("shop"));

        gone(victim.open(url(attackers)), "another browser");
        gone(
                victim.submit(INTERACTION, attackers.filled("username", "alice", "password", Town.PASSWORD)),
                "another browser");
        browser.open(url(attackers)).shows("login");
        assertThat(house.server.server.sessions("alice")).isEmpty();
    }

    @Test
    void a_session_is_no_key_to_interactions_of_other_browsers() {
        Browser alice = house.signedIn("alice");
        Page toms = browser.open(link("partner"));

        gone(alice.open(url(toms)), "another browser");
    }

    @Test
    void without_its_cookie_or_with_one_that_was_tampered_with_it_does_not_go_on() {
        Page login = browser.open(link("shop"));
        String name = owner(browser);
        String right = browser.cookies().get(name);
        char last = right.charAt(0) == 'A' ? 'B' : 'A';
        List<String> wrong = List.of(
                last + right.substring(1),
                right.substring(1),
                right + "A",
                right.toLowerCase(java.util.Locale.ROOT) + " ",
                "",
                // Twice, and not the same: one of them is someone else's.
                right + "; " + name + "=" + last + right.substring(1),
                last + right.substring(1) + "; " + name + "=" + right);
        for (String value : wrong) {
            Browser tampered = twin(browser);
            tampered.cookies().put(name, value);
            gone(tampered.open(url(login)), "another browser, or cookies are off");
            gone(tampered.post(INTERACTION, login.filled()), "another browser, or cookies are off");
        }
        Browser without = twin(browser);
        without.cookies().remove(name);
        gone(without.open(url(login)), "another browser, or cookies are off");

        login.signIn("alice", Town.PASSWORD).answer(CALLBACK);
    }

    @Test
    void a_browser_whose_cookie_is_no_handle_is_given_another() {
        Page first = browser.open(link("shop"));
        String name = owner(browser);
        browser.cookies().put(name, "<script>");
        Page second = browser.open(link("shop")).shows("login");

        assertThat(browser.cookies().get(name)).matches("[A-Za-z0-9_-]{43}");
        gone(browser.open(url(first)), "another browser");
        second.signIn("alice", Town.PASSWORD).answer(CALLBACK);
    }

    @Test
    void one_browser_has_many_interactions_at_once() {
        Page one = browser.open(link("shop", "state", "one"));
        Page two = browser.open(link("page", "state", "two"));
        Page three = browser.open(link("partner", "state", "three"));

        assertThat(one.signIn("alice", Town.PASSWORD).answer(CALLBACK).get("state"))
                .contains("one");
        // Who is signed in now is signed in in every tab: an old login form there only shows where things stand.
        Page consent =
                two.submit("username", "alice", "password", Town.PASSWORD).shows("consent");
        assertThat(count(AuthEvent.Type.SIGNED_IN)).isEqualTo(1);
        assertThat(browser.open(url(three)).allow().answer(CALLBACK).get("state"))
                .contains("three");
        assertThat(consent.allow().answer(CALLBACK).get("state")).contains("two");
    }

    @Test
    void a_consent_drawn_for_one_person_is_not_another_s_answer() {
        Page alices =
                browser.open(link("partner")).signIn("alice", Town.PASSWORD).shows("consent");
        browser.open(link("shop", "prompt", "login"))
                .signIn("emma", Town.PASSWORD)
                .submit("otp", house.town.sent.getLast().code())
                .answer(CALLBACK);

        for (String decision : List.of("allow", "deny")) {
            Page again = alices.submit("decision", decision).shows("consent");
            assertThat(again.json().string("person")).contains("emma");
        }
        assertThat(house.server.server.consents("emma")).isEmpty();
        assertThat(house.server.server.consents("alice")).isEmpty();
    }

    // ---- going back, and sending twice ----

    /** Every page there is, in one way through. */
    @Test
    void no_form_from_before_changes_anything_or_loses_anything_at_any_later_step() {
        Page login = browser.open(link("partner")).shows("login");
        Map<String, String> loginForm = login.filled("username", "max", "password", Town.PASSWORD);
        Page mfa = login.submit("username", "max", "password", Town.PASSWORD).shows("mfa");
        Map<String, Map<String, String>> before = new LinkedHashMap<>();
        before.put("login", loginForm);
        before.put("another's login", login.filled("username", "alice", "password", Town.PASSWORD));
        before.put("a wrong login", login.filled("username", "max", "password", "wrong"));
        nothingComesOf(before, mfa);

        Page recovery = browser.open(url(login) + "&factor=recovery-code");
        Map<String, String> recoveryForm = recovery.filled("recovery_code", Town.RECOVERY);
        Page fresh = browser.submit(INTERACTION, recoveryForm).shows("recovery-code");
        before.put("mfa", recoveryForm);
        before.put("a wrong code", mfa.filled("otp", house.town.wrongCode()));
        before.put("a right code", mfa.filled("otp", house.town.code()));
        before.put("send me one", mfa.filled("send", "email"));
        nothingComesOf(before, fresh);
        assertThat(house.town.sent).isEmpty();

        Page consent = fresh.submit().shows("consent");
        before.put("recovery code", fresh.filled());
        nothingComesOf(before, consent);
        assertThat(house.town.sent).isEmpty();

        consent.allow().answer(CALLBACK).required("code");
        before.put("consent", consent.filled("decision", "allow"));
        before.put("no consent", consent.filled("decision", "deny"));
        before.forEach((name, form) -> gone(browser.submit(INTERACTION, form), "finished"));
        assertThat(count(AuthEvent.Type.CODE_ISSUED)).isEqualTo(1);
        assertThat(count(AuthEvent.Type.SIGNED_IN)).isEqualTo(1);
    }

    private void nothingComesOf(Map<String, Map<String, String>> forms, Page standing) {
        forms.forEach((name, form) -> assertThat(
                        browser.submit(INTERACTION, form).response().text())
                .as("%s at %s", name, standing.page())
                .isEqualTo(standing.response().text()));
    }

    @Test
    void a_form_that_is_sent_twice_does_nothing_twice() {
        Page login = browser.open(link("partner"));
        login.post("username", "rita", "password", Town.PASSWORD);
        Page mfa = login.submit("username", "rita", "password", Town.PASSWORD).shows("mfa");
        assertThat(mfa.json().string("problem")).isEmpty();

        Page form = browser.open(url(login) + "&factor=recovery-code");
        form.post("recovery_code", Town.RECOVERY);
        Page fresh = form.submit("recovery_code", Town.RECOVERY).shows("recovery-code");
        assertThat(fresh.json().string("code")).isPresent();

        fresh.post();
        Page consent = fresh.submit().shows("consent");
        consent.post("decision", "allow");
        gone(consent.submit("decision", "allow"), "finished");
        assertThat(count(AuthEvent.Type.SIGNED_IN)).isEqualTo(1);
        assertThat(count(AuthEvent.Type.CODE_ISSUED)).isEqualTo(1);
        assertThat(house.server.server.consents("rita")).hasSize(1);
    }

    /** A double click: both forms leave before an answer is there. */
    @Test
    void a_form_that_is_sent_twice_before_the_answer_came_signs_in_all_the_same() {
        Page login = browser.open(link("shop"));
        Browser click = twin(browser);
        Map<String, String> form = login.filled("username", "alice", "password", Town.PASSWORD);
        browser.post(INTERACTION, form);
        Page second = click.post(INTERACTION, form);

        assertThat(second.status()).isEqualTo(303);
        click.followed(second).answer(CALLBACK).required("code");
        assertThat(count(AuthEvent.Type.CODE_ISSUED)).isEqualTo(1);
    }

    @Test
    void a_form_for_one_step_does_nothing_at_another() {
        Page login = browser.open(link("partner"));
        String handle = login.filled().get("interaction");
        Page mfa = login.signIn("tom", Town.PASSWORD).shows("mfa");
        // No consent before it is asked for, and none without the mark of whose it is.
        Map<String, String> allow = Map.of("interaction", handle, "decision", "allow");
        browser.submit(INTERACTION, allow).shows("mfa");
        Page consent = mfa.submit("otp", house.town.code()).shows("consent");
        browser.submit(INTERACTION, allow).shows("consent");
        browser.submit(INTERACTION, Map.of("interaction", handle, "decision", "deny"))
                .shows("consent");
        consent.submit("decision", "perhaps").shows("consent");
        consent.submit().shows("consent");

        assertThat(house.server.server.consents("tom")).isEmpty();
        consent.allow().answer(CALLBACK);
    }

    // ---- the clock ----

    @Test
    void it_lives_for_half_an_hour_whatever_is_done_meanwhile() {
        Page login = browser.open(link("partner"));
        house.clock.advance(Duration.ofMinutes(29));
        Page consent = login.signIn("alice", Town.PASSWORD).shows("consent");
        house.clock.advance(Duration.ofSeconds(59));
        browser.open(url(login)).shows("consent");
        house.clock.advance(Duration.ofSeconds(1));

        gone(browser.open(url(login)), "expired");
        gone(consent.submit("decision", "allow"), "expired");
        assertThat(count(AuthEvent.Type.CODE_ISSUED)).isZero();
    }

    @Test
    void how_long_it_lives_can_be_said() {
        House hasty = House.of(b -> b.interactionLifetime(Duration.ofMinutes(2)));
        Browser visitor = hasty.browser();
        Page login = visitor.open(link("shop"));
        hasty.clock.advance(Duration.ofMinutes(2).minusSeconds(1));
        visitor.open(url(login)).shows("login");
        hasty.clock.advance(Duration.ofSeconds(1));

        gone(visitor.open(url(login)), "expired");
    }

    @Test
    void an_interaction_that_never_was_is_said_to_be_none() {
        for (String name : List.of("<b>", "A".repeat(43), "../../authorize", "%00", "A".repeat(9000))) {
            Page page = browser.get(INTERACTION + "?interaction=" + Browser.encode(name));
            gone(page, "there is none");
            assertThat(page.response().text()).doesNotContain(name);
        }
        browser.get(INTERACTION).failed(400, "invalid_request");
        browser.post(INTERACTION, Map.of()).failed(400, "invalid_request");
    }

    // ---- from another site ----

    /** RFC 6265bis section 5.6.7.1: no cookies with a POST from elsewhere; they come with the GET that follows. */
    @Test
    void a_request_that_another_site_posts_finds_who_is_signed_in() {
        Browser alice = house.signedIn("alice");
        Page posted = alice.postFromElsewhere("/authorize", request("shop"));

        assertThat(posted.status()).isEqualTo(303);
        assertThat(posted.response().headers()).doesNotContainKey("Set-Cookie");
        alice.followed(posted).answer(CALLBACK).required("code");
    }

    @Test
    void a_posted_request_is_put_down_first_even_if_cookies_came_with_it() {
        Browser alice = house.signedIn("alice");
        Page posted = alice.post("/authorize", request("shop", "prompt", "none"));

        assertThat(posted.location().orElseThrow()).startsWith("/interaction?interaction=");
        alice.followed(posted).answer(CALLBACK).required("code");
    }

    @Test
    void a_posted_request_belongs_to_the_browser_that_opens_it_first() {
        Page posted = browser.postFromElsewhere("/authorize", request("shop"));
        Page login = browser.followed(posted).shows("login");

        gone(house.browser().open(url(login)), "another browser");
        login.signIn("alice", Town.PASSWORD).answer(CALLBACK);
    }

    /** Whoever posts it knows the URL, and must not know where the person who opens it goes on. */
    @Test
    void whoever_put_a_request_down_does_not_know_where_the_browser_that_opened_it_goes_on() {
        Browser attacker = house.browser();
        String sent = attacker.postFromElsewhere("/authorize", request("shop"))
                .location()
                .orElseThrow();
        Page login = browser.open(sent).shows("login");

        assertThat(url(login)).isNotEqualTo(sent);
        gone(attacker.open(sent), "another browser");
        gone(
                attacker.post(INTERACTION, Map.of("interaction", sent.substring(sent.indexOf('=') + 1))),
                "another browser");
        // Its own browser finds its way from there, however often it asks.
        assertThat(url(browser.open(sent).shows("login"))).isEqualTo(url(login));
        login.signIn("alice", Town.PASSWORD).answer(CALLBACK);
    }

    @Test
    void no_one_can_answer_what_no_browser_has_opened() {
        String location = browser.postFromElsewhere("/authorize", request("shop"))
                .location()
                .orElseThrow();
        String handle = location.substring(location.indexOf('=') + 1);

        gone(
                browser.post(
                        INTERACTION, Map.of("interaction", handle, "username", "alice", "password", Town.PASSWORD)),
                "another browser");
        assertThat(count(AuthEvent.Type.SIGNED_IN)).isZero();
    }

    /** SameSite=Lax: the form of another site comes without cookies, whatever handle it knows. */
    @Test
    void another_site_cannot_send_a_form_for_the_person() {
        Page consent =
                browser.open(link("partner")).signIn("alice", Town.PASSWORD).shows("consent");

        gone(browser.postFromElsewhere(INTERACTION, consent.filled("decision", "allow")), "another browser");
        assertThat(house.server.server.consents("alice")).isEmpty();
        browser.open(url(consent)).shows("consent");
    }

    // ---- what browsers do not send ----

    private Page raw(Browser by, String contentType, String body) {
        StringBuilder cookies = new StringBuilder();
        by.cookies().forEach((name, value) -> cookies.append(name + "=" + value + "; "));
        Call call = house.server
                .call("POST", INTERACTION)
                .contentType(contentType)
                .raw(body)
                .header("Cookie", cookies.toString());
        WireResponse response = call.offered().orElseThrow();
        return new Page(by, response);
    }

    @Test
    void what_cannot_be_read_is_said_and_the_interaction_goes_on() {
        Page login = browser.open(link("shop"));
        String form = Browser.encoded(login.filled("username", "alice", "password", Town.PASSWORD));
        String type = "application/x-www-form-urlencoded";

        raw(browser, "text/plain", form).failed(415, "unsupported_media_type");
        raw(browser, "", form).failed(415, "unsupported_media_type");
        raw(browser, "application/json", "{}").failed(415, "unsupported_media_type");
        raw(browser, type, form + "&username=tom").failed(400, "invalid_request");
        raw(browser, type, form + "&" + form).failed(400, "invalid_request");
        raw(browser, type, form + "&a=%zz").failed(400, "invalid_request");
        raw(browser, type, form + "&a=%ff").failed(400, "invalid_request");
        raw(browser, type, form + "&a=%00").failed(400, "invalid_request");
        raw(browser, type, form + "&a=".repeat(101)).failed(400, "invalid_request");
        raw(browser, type, form + "&a=" + "a".repeat(70_000)).failed(413, "body_too_large");
        assertThat(count(AuthEvent.Type.SIGNED_IN)).isZero();

        Page right = raw(browser, type + "; charset=UTF-8", form + "&what=ever&and=more");
        right.browser().open(url(login)).shows("login");
        assertThat(right.status()).isEqualTo(303);
        assertThat(count(AuthEvent.Type.SIGNED_IN)).isEqualTo(1);
    }

    @Test
    void a_form_without_its_fields_is_told_what_is_missing_and_asked_again() {
        Page login = browser.open(link("shop"));
        Page again = login.submit().shows("login");
        assertThat(again.json().string("problem")).contains("invalid_request");
        assertThat(again.submit("username", "", "password", "")
                        .shows("login")
                        .json()
                        .string("problem"))
                .contains("invalid_request");

        Page mfa = again.signIn("tom", Town.PASSWORD).shows("mfa");
        assertThat(mfa.json().string("problem")).isEmpty();
        Page empty = mfa.submit("otp", "").shows("mfa");
        assertThat(empty.json().string("problem")).contains("invalid_request");
        Page answered = empty.submit("otp", house.town.code());
        answered.answer(CALLBACK);
    }

    @Test
    void long_names_and_passwords_are_wrong_ones() {
        Page login = browser.open(link("shop"));
        Page again = login.submit("username", "a".repeat(20_000), "password", "b".repeat(20_000))
                .shows("login");

        assertThat(again.json().string("problem")).contains("invalid_grant");
        again.signIn("alice", Town.PASSWORD).answer(CALLBACK);
    }

    @Test
    void only_get_and_post_are_answered() {
        for (String method : List.of("PUT", "DELETE", "HEAD", "OPTIONS", "PATCH")) {
            for (String path : List.of("/authorize", INTERACTION, "/end_session")) {
                WireResponse response =
                        house.server.call(method, path).contentType("").send().response();
                assertThat(response.status()).as(method + " " + path).isEqualTo(405);
                assertThat(response.header("Allow")).contains("GET, POST");
            }
        }
    }

    // ---- too many ----

    @Test
    void from_one_network_so_many_are_begun_and_then_a_page_says_for_how_long_no_more() {
        House small = House.of(b -> b.loginAttempts(1, Duration.ofMinutes(15), Duration.ofMinutes(15)));
        Browser flooding = small.browser().at("192.0.2.1");
        for (int i = 0; i < 400; i++) flooding.postFromElsewhere("/authorize", request("shop"));

        Page posted = flooding.postFromElsewhere("/authorize", request("shop"));
        posted.failed(429, "too_many_attempts");
        assertThat(posted.response().header("Retry-After")).contains("900");
        small.browser().at("192.0.2.77").get(link("shop")).failed(429, "too_many_attempts");

        small.browser().at("198.51.100.1").open(link("shop")).shows("login");
        small.clock.advance(Duration.ofMinutes(15));
        flooding.open(link("shop")).shows("login");
    }

    @Test
    void whoever_is_signed_in_already_is_not_held_up_by_those_who_flood() {
        House small = House.of(b -> b.loginAttempts(1, Duration.ofMinutes(15), Duration.ofMinutes(15)));
        Browser alice = small.browser().at("192.0.2.9");
        alice.open(link("shop")).signIn("alice", Town.PASSWORD).answer(CALLBACK);
        Browser flooding = small.browser().at("192.0.2.1");
        for (int i = 0; i < 400; i++) flooding.postFromElsewhere("/authorize", request("shop"));

        alice.open(link("shop")).answer(CALLBACK).required("code");
    }

    // ---- things that happen meanwhile ----

    @Test
    void what_a_client_may_no_longer_ask_for_is_not_given_at_the_end() {
        Page consent =
                browser.open(link("partner")).signIn("alice", Town.PASSWORD).shows("consent");
        house.town.folk.change("alice", user -> user.withActive(false));

        assertThat(consent.submit("decision", "allow").page()).isEqualTo("login");
        assertThat(count(AuthEvent.Type.CODE_ISSUED)).isZero();
    }

    @Test
    void a_person_who_is_disabled_between_password_and_second_factor_is_asked_who_they_are_again() {
        Page mfa = browser.open(link("shop")).signIn("tom", Town.PASSWORD).shows("mfa");
        house.town.folk.change("tom", user -> user.withActive(false));

        browser.open(url(mfa)).shows("login");
        Page login = mfa.submit("otp", house.town.code()).shows("login");
        Page told = login.submit("username", "tom", "password", Town.PASSWORD).shows("login");
        assertThat(told.json().string("problem")).contains("access_denied");
        told.signIn("alice", Town.PASSWORD).answer(CALLBACK);
    }

    @Test
    void no_event_tells_what_browsers_keep_or_people_enter() {
        Page login = browser.open(link("partner"));
        Params answer = login.signIn("tom", Town.PASSWORD)
                .submit("otp", house.town.code())
                .allow()
                .answer(CALLBACK);
        browser.open(url(login));

        assertThat(house.server.events.toString())
                .doesNotContain(login.filled().get("interaction"))
                .doesNotContain(answer.required("code"))
                .doesNotContain(Town.PASSWORD)
                .doesNotContain(house.town.code())
                .doesNotContain(browser.cookies().values());
    }

    @Test
    void nothing_that_a_browser_sends_breaks_a_line_of_the_log() {
        String evil = "x\r\n2026-03-01 SIGNED_IN alice\u2028\u0085\u001b[31m";
        for (String name : request("shop").keySet()) browser.get(link("shop", name, evil));
        for (String name :
                List.of("prompt", "max_age", "claims", "id_token_hint", "display", "resource", "request_uri")) {
            browser.get(link("shop", name, evil));
        }
        browser.get(INTERACTION + "?interaction=" + Browser.encode(evil));
        browser.get(INTERACTION + "?" + Browser.encode(evil) + "=1&" + Browser.encode(evil) + "=2");
        browser.get("/end_session?" + Browser.encoded(Map.of("post_logout_redirect_uri", evil, "client_id", evil)));
        browser.open(link("shop")).post("username", evil, "password", evil);

        assertThat(house.server.events).hasSizeGreaterThan(15);
        assertThat(house.server.events)
                .allSatisfy(event -> assertThat(event.toString())
                        .doesNotContain("\r", "\n", "\u2028", "\u0085", "\u001b", "2026-03-01 SIGNED_IN"))
                .allSatisfy(event -> assertThat(
                                Optional.of(event).flatMap(AuthEvent::reason).orElse(""))
                        .doesNotContain("SIGNED_IN alice"));
    }
}
