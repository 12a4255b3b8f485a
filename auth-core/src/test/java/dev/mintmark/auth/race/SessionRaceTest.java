package dev.mintmark.auth.race;

import static dev.mintmark.auth.browser.House.CALLBACK;
import static dev.mintmark.auth.browser.House.link;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.AuthEvent;
import dev.mintmark.auth.BrowserSession;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.browser.Browser;
import dev.mintmark.auth.browser.House;
import dev.mintmark.auth.browser.Page;
import dev.mintmark.auth.people.Town;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.store.ClientStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One browser that does everything at once, and one interaction that is answered from all sides. */
class SessionRaceTest {
    private static final int ROUNDS = 50;

    private final Race race = new Race();

    @AfterEach
    void stop() {
        race.close();
    }

    /** The same browser once more: what it has been told, it knows; what the others are told from now on, it does not. */
    private static Browser twin(House house, Browser of) {
        Browser twin = house.browser();
        twin.cookies().putAll(of.cookies());
        return twin;
    }

    private static boolean isCode(Page page) {
        return page.location().filter(to -> to.contains("code=")).isPresent();
    }

    private static long codes(House house) {
        return house.server.eventTypes().stream()
                .filter(AuthEvent.Type.CODE_ISSUED::equals)
                .count();
    }

    @Test
    void one_interaction_gives_one_code_however_often_it_is_answered_at_once() throws Exception {
        House house = House.standard();
        for (int round = 0; round < ROUNDS; round++) {
            Browser browser = house.browser();
            Map<String, String> allow = browser.open(link("partner", "prompt", "consent"))
                    .signIn("alice", Town.PASSWORD)
                    .shows("consent")
                    .filled("decision", "allow");
            house.server.events.clear();
            List<Page> pages = race.run(() -> twin(house, browser).post("/interaction", allow));

            assertThat(pages.stream().filter(SessionRaceTest::isCode)).hasSize(1);
            assertThat(codes(house)).isEqualTo(1);
            assertThat(pages).extracting(Page::status).containsAnyOf(303).isSubsetOf(303, 400, 503);
            assertThat(house.server.server.consents("alice")).hasSize(1);
        }
    }

    @Test
    void one_interaction_gives_one_code_however_often_it_is_looked_at_at_once() throws Exception {
        House house = House.standard();
        for (int round = 0; round < ROUNDS; round++) {
            Browser browser = house.browser();
            Page login = browser.open(link("shop"));
            String next = login.post("username", "alice", "password", Town.PASSWORD)
                    .location()
                    .orElseThrow();
            house.server.events.clear();
            List<Page> pages = race.run(() -> twin(house, browser).get(next));

            assertThat(pages.stream().filter(SessionRaceTest::isCode)).hasSize(1);
            assertThat(codes(house)).isEqualTo(1);
        }
    }

    @Test
    void a_yes_and_a_no_at_once_give_one_code_at_the_most() throws Exception {
        House house = House.standard();
        for (int round = 0; round < ROUNDS; round++) {
            Browser browser = house.browser();
            Page consent = browser.open(link("partner", "prompt", "consent"))
                    .signIn("alice", Town.PASSWORD)
                    .shows("consent");
            house.server.events.clear();
            AtomicInteger next = new AtomicInteger();
            List<Page> pages = race.run(() -> twin(house, browser)
                    .post(
                            "/interaction",
                            consent.filled("decision", next.getAndIncrement() % 2 == 0 ? "allow" : "deny")));

            assertThat(pages.stream().filter(SessionRaceTest::isCode).count()).isLessThanOrEqualTo(1);
            assertThat(codes(house)).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void a_right_password_sent_many_times_at_once_ends_in_one_answer() throws Exception {
        House house = House.standard();
        for (int round = 0; round < ROUNDS; round++) {
            Browser browser = house.browser();
            Map<String, String> form =
                    browser.open(link("shop")).filled("username", "alice", "password", Town.PASSWORD);
            house.server.events.clear();
            List<Page> ends = race.run(() -> twin(house, browser).submit("/interaction", form));

            assertThat(ends.stream().filter(SessionRaceTest::isCode)).hasSize(1);
            assertThat(codes(house)).isEqualTo(1);
        }
    }

    @Test
    void one_code_of_an_authenticator_signs_in_once() throws Exception {
        House house = House.standard();
        for (int round = 0; round < ROUNDS; round++) {
            List<Page> waiting = IntStream.range(0, Race.THREADS)
                    .mapToObj(i -> house.browser()
                            .open(link("shop"))
                            .signIn("tom", Town.PASSWORD)
                            .shows("mfa"))
                    .toList();
            AtomicInteger next = new AtomicInteger();
            String code = house.town.code();
            List<Page> ends = race.run(() -> waiting.get(next.getAndIncrement()).submit("otp", code));

            assertThat(ends.stream().filter(SessionRaceTest::isCode)).hasSize(1);
            house.clock.advance(Duration.ofDays(2));
        }
    }

    /** Each client's code is written into the one row of the session. */
    @Test
    void codes_for_many_clients_at_once_are_all_given_and_the_session_knows_of_all() throws Exception {
        Client[] clients = IntStream.range(0, Race.THREADS)
                .mapToObj(i -> House.client("shop-" + i)
                        .secret(TestServer.secret())
                        .requireConsent(false)
                        .build())
                .toArray(Client[]::new);
        House house = House.of(b -> b.clients(ClientStore.of(clients)));
        for (int round = 0; round < ROUNDS; round++) {
            Browser browser = house.browser();
            browser.open(link("shop-0")).signIn("alice", Town.PASSWORD).answer(CALLBACK);
            AtomicInteger next = new AtomicInteger();
            List<Page> pages = race.run(() -> {
                int mine = next.getAndIncrement();
                Page page = twin(house, browser).get(link("shop-" + mine));
                // Whoever lost too many races is told to come again, and does.
                for (int i = 0; i < Race.THREADS && !isCode(page); i++) {
                    page.refused(CALLBACK, "temporarily_unavailable");
                    page = page.browser().get(link("shop-" + mine));
                }
                return page;
            });

            assertThat(pages).allMatch(SessionRaceTest::isCode);
            BrowserSession session = house.server.server.sessions("alice").get(0);
            assertThat(session.clients()).hasSize(Race.THREADS);
            house.server.server.revokeSubject("alice");
            house.clock.advance(Duration.ofMillis(1));
        }
    }

    @Test
    void what_is_issued_while_the_session_ends_ends_with_it() throws Exception {
        House house = House.standard();
        for (int round = 0; round < ROUNDS; round++) {
            Browser browser = house.signedIn("alice");
            String sid = house.server
                    .server
                    .sessions("alice")
                    .get(0)
                    .authentication()
                    .session()
                    .orElseThrow();
            AtomicInteger next = new AtomicInteger();
            List<Page> pages = race.run(() -> {
                if (next.getAndIncrement() != 0) return twin(house, browser).get(link("shop", "prompt", "none"));
                house.server.server.revokeSession(sid);
                return twin(house, browser).get(link("shop", "prompt", "none"));
            });

            for (Page page : pages) {
                if (isCode(page))
                    house.redeem("shop", page.answer(CALLBACK)).send().refused("invalid_grant");
                else page.refused(CALLBACK, "login_required");
            }
            assertThat(house.server.server.sessions("alice")).isEmpty();
        }
    }
}
