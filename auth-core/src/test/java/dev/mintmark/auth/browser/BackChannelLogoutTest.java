package dev.mintmark.auth.browser;

import static dev.mintmark.auth.browser.House.CALLBACK;
import static dev.mintmark.auth.browser.House.link;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mintmark.auth.AuthEvent;
import dev.mintmark.auth.PassThroughStore;
import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.TestServer.MovableClock;
import dev.mintmark.auth.people.Town;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.SigningAlgorithm;
import dev.mintmark.auth.store.ClientStore;
import dev.mintmark.auth.store.Cursor;
import dev.mintmark.auth.store.Kind;
import dev.mintmark.auth.store.Selector;
import dev.mintmark.auth.store.Stored;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenID Connect Back-Channel Logout 1.0: clients are told, nobody waits for them, and they can do the server no harm. */
class BackChannelLogoutTest {
    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";

    /** What a client was sent. */
    private record Told(String path, String method, Map<String, List<String>> headers, Params form) {
        SignedJWT token() {
            try {
                return SignedJWT.parse(form.required("logout_token"));
            } catch (ParseException e) {
                throw new AssertionError(e);
            }
        }

        JWTClaimsSet claims() {
            return Reply.claims(form.required("logout_token"));
        }
    }

    /** How a client answers; the first of those that wait, 200 if none does. */
    private interface Answering {
        void answer(HttpExchange exchange) throws IOException, InterruptedException;
    }

    private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
    private final Queue<Answering> answers = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<AuthEvent> events = new LinkedBlockingQueue<>();
    private final CountDownLatch morning = new CountDownLatch(1);
    private final ExecutorService serving = Executors.newCachedThreadPool();
    private final List<House> houses = new ArrayList<>();
    private HttpServer clients;

    @BeforeEach
    void open() throws IOException {
        clients = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        clients.setExecutor(serving);
        clients.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            told.add(new Told(
                    exchange.getRequestURI().toString(),
                    exchange.getRequestMethod(),
                    Map.copyOf(exchange.getRequestHeaders()),
                    Params.ofForm(body)));
            Answering next = answers.poll();
            try {
                if (next == null) exchange.sendResponseHeaders(200, -1);
                else next.answer(exchange);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        clients.start();
    }

    @AfterEach
    void close() {
        houses.forEach(house -> house.server.server.close());
        morning.countDown();
        clients.stop(0);
        serving.shutdownNow();
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + clients.getAddress().getPort() + path);
    }

    private Client.Builder client(String name) {
        return House.client(name)
                .secret(TestServer.secret())
                .requireConsent(false)
                .backchannelLogoutUri(at("/" + name));
    }

    private House house(List<Client> registered, Duration... retries) {
        return house(registered, HttpClient.newHttpClient(), retries);
    }

    private House house(List<Client> registered, HttpClient by, Duration... retries) {
        House house = House.of(b -> b.clients(ClientStore.of(registered.toArray(Client[]::new)))
                .listener(events::add)
                .pairwiseSubjects(new byte[32])
                .backChannelLogout(by, retries));
        houses.add(house);
        return house;
    }

    /** As it comes, without anything said about how. */
    private House plain(Client... registered) {
        House house = House.of(b -> b.clients(ClientStore.of(registered)).listener(events::add));
        houses.add(house);
        return house;
    }

    private static Answering status(int status) {
        return exchange -> exchange.sendResponseHeaders(status, -1);
    }

    private Told next() throws InterruptedException {
        return Optional.ofNullable(told.poll(20, TimeUnit.SECONDS))
                .orElseThrow(() -> new AssertionError("nobody was told; " + events));
    }

    /** Waits for what becomes of a message. */
    private AuthEvent outcome() throws InterruptedException {
        while (true) {
            AuthEvent event = events.poll(20, TimeUnit.SECONDS);
            if (event == null) throw new AssertionError("no event");
            if (event.endpoint().equals(Optional.of("backchannel_logout"))) return event;
        }
    }

    private void succeeds() throws InterruptedException {
        assertThat(outcome().type()).isEqualTo(AuthEvent.Type.LOGOUT_TOLD);
    }

    private AuthEvent fails() throws InterruptedException {
        AuthEvent event = outcome();
        assertThat(event.type()).isEqualTo(AuthEvent.Type.FAILED);
        assertThat(event.error()).contains(ErrorCode.TEMPORARILY_UNAVAILABLE);
        return event;
    }

    private static Browser signedIn(House house, String client, String... others) {
        Browser browser = house.browser();
        browser.open(link(client)).signIn("alice", Town.PASSWORD).answer(CALLBACK);
        for (String other : others) browser.open(link(other)).answer(CALLBACK);
        return browser;
    }

    private static Page signOut(Browser browser) {
        return browser.open("/end_session").submit("decision", "allow").shows("signed-out");
    }

    // ---- the logout token ----

    @Test
    void it_says_who_signed_out_of_which_session_and_nothing_else() throws Exception {
        House house = house(List.of(client("shop").build()));
        Browser alice = house.browser();
        Page answered = alice.open(link("shop")).signIn("alice", Town.PASSWORD);
        JWTClaimsSet id = house.tokens("shop", answered).idClaims();
        signOut(alice);
        Told message = next();

        assertThat(message.method()).isEqualTo("POST");
        assertThat(message.path()).isEqualTo("/shop");
        assertThat(message.headers().get("Content-type")).containsExactly("application/x-www-form-urlencoded");
        assertThat(message.headers()).doesNotContainKeys("Cookie", "Authorization");
        assertThat(message.form().names()).containsExactly("logout_token");
        assertThat(message.token().getHeader().getType().getType()).isEqualTo("logout+jwt");
        Instant now = house.clock.instant();
        JWTClaimsSet claims = message.claims();
        assertThat(claims.getClaims().keySet())
                .containsExactlyInAnyOrder("iss", "sub", "aud", "iat", "exp", "jti", "sid", "events");
        assertThat(claims.getIssuer()).isEqualTo(TestServer.ISSUER);
        assertThat(claims.getSubject()).isEqualTo("alice");
        assertThat(claims.getAudience()).containsExactly("shop");
        assertThat(claims.getIssueTime().toInstant()).isEqualTo(now);
        assertThat(claims.getExpirationTime().toInstant()).isAfter(now).isBeforeOrEqualTo(now.plusSeconds(120));
        assertThat(claims.getStringClaim("sid")).isEqualTo(id.getStringClaim("sid"));
        assertThat(claims.getJSONObjectClaim("events")).isEqualTo(Map.of(EVENT, Map.of()));
        assertThat(claims.getJWTID()).isNotBlank();
    }

    @Test
    void it_is_signed_like_the_client_s_id_tokens_with_a_key_that_is_published() throws Exception {
        House house = house(List.of(client("shop").build()));
        signOut(signedIn(house, "shop"));
        SignedJWT token = next().token();

        JWKSet published = JWKSet.parse(house.server
                .call("GET", "/jwks")
                .contentType("")
                .send()
                .issued()
                .response()
                .text());
        var key = published.getKeyByKeyId(token.getHeader().getKeyID()).toRSAKey();
        assertThat(token.getHeader().getAlgorithm().getName()).isEqualTo("RS256");
        assertThat(token.verify(new RSASSAVerifier(key))).isTrue();
    }

    @Test
    void a_client_whose_id_tokens_are_signed_with_its_secret_gets_these_so_too() throws Exception {
        Client hmac = client("shop")
                .rawSecret(TestServer.SECRET)
                .idTokenSignedResponseAlg(SigningAlgorithm.HS256)
                .build();
        House house = house(List.of(hmac));
        signOut(signedIn(house, "shop"));
        SignedJWT token = next().token();

        assertThat(token.getHeader().getAlgorithm().getName()).isEqualTo("HS256");
        assertThat(token.verify(new MACVerifier(TestServer.SECRET))).isTrue();
        assertThat(token.getHeader().getType().getType()).isEqualTo("logout+jwt");
    }

    @Test
    void a_client_that_knows_the_person_by_another_name_is_told_that_one() throws Exception {
        House house = house(List.of(client("shop").pairwise().build()));
        Browser alice = house.browser();
        Page answered = alice.open(link("shop")).signIn("alice", Town.PASSWORD);
        String sub = house.tokens("shop", answered).idClaims().getSubject();
        signOut(alice);

        assertThat(sub).isNotEqualTo("alice");
        assertThat(next().claims().getSubject()).isEqualTo(sub);
    }

    @Test
    void each_message_has_a_name_of_its_own() throws Exception {
        House house = house(List.of(client("one").build(), client("two").build()));
        signOut(signedIn(house, "one", "two"));
        signOut(signedIn(house, "one"));
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 3; i++) names.add(next().claims().getJWTID());

        assertThat(names).hasSize(3);
    }

    /** OpenID Connect Core section 3.1.2.2 has expired ID tokens taken; what has events is none. */
    @Test
    void it_is_no_id_token() throws Exception {
        House house = house(List.of(client("shop").build()));
        signOut(signedIn(house, "shop"));
        String token = next().form().required("logout_token");
        Browser alice = signedIn(house, "shop");

        alice.open("/end_session?id_token_hint=" + token).failed(400, "invalid_request");
        alice.open(link("shop", "id_token_hint", token)).refused(CALLBACK, "invalid_request");
        assertThat(house.server.server.sessions("alice")).hasSize(1);
    }

    // ---- who is told, and when ----

    @Test
    void whoever_got_a_code_in_the_session_is_told_once_and_no_one_else() throws Exception {
        House house = house(List.of(
                client("one").build(),
                client("two").build(),
                client("never").build(),
                client("elsewhere").build(),
                House.shop().build()));
        Browser alice = signedIn(house, "one", "two", "one", "shop", "two");
        Browser other = signedIn(house, "elsewhere");
        signOut(alice);
        succeeds();
        succeeds();
        assertThat(List.of(next().path(), next().path())).containsExactlyInAnyOrder("/one", "/two");

        // Whatever else had been sent would be there by the time that these are.
        signOut(other);
        succeeds();
        assertThat(next().path()).isEqualTo("/elsewhere");
        alice.open("/end_session").shows("signed-out");
        signOut(signedIn(house, "one"));
        succeeds();
        assertThat(next().path()).isEqualTo("/one");
        assertThat(told).isEmpty();
    }

    @Test
    void a_client_that_was_only_asked_about_is_not_told() throws Exception {
        Client partner = House.partner().backchannelLogoutUri(at("/partner")).build();
        House house = house(List.of(client("shop").build(), partner));
        Browser alice = signedIn(house, "shop");
        alice.open(link("partner")).shows("consent").submit("decision", "deny").refused(CALLBACK, "access_denied");
        alice.open(link("partner")).shows("consent");
        signOut(alice);
        succeeds();

        assertThat(next().path()).isEqualTo("/shop");
        signOut(signedIn(house, "shop"));
        succeeds();
        assertThat(next().path()).isEqualTo("/shop");
        assertThat(told).isEmpty();
    }

    @Test
    void they_are_told_when_the_session_is_revoked() throws Exception {
        House house = house(List.of(client("shop").build()));
        signedIn(house, "shop");
        String sid = house.server
                .server
                .sessions("alice")
                .get(0)
                .authentication()
                .session()
                .orElseThrow();
        house.server.server.revokeSession(sid);
        assertThat(next().claims().getStringClaim("sid")).isEqualTo(sid);
        succeeds();

        // It has ended: no one is told twice.
        house.server.server.revokeSession(sid);
        signOut(signedIn(house, "shop"));
        assertThat(next().claims().getStringClaim("sid")).isNotEqualTo(sid);
        succeeds();
        assertThat(told).isEmpty();
    }

    @Test
    void they_are_told_when_someone_else_signs_in() throws Exception {
        House house = house(List.of(client("shop").build()));
        Browser shared = signedIn(house, "shop");
        Page mfa = shared.open(link("shop", "prompt", "login"))
                .signIn("tom", Town.PASSWORD)
                .shows("mfa");
        assertThat(told).isEmpty();
        mfa.submit("otp", house.town.code()).answer(CALLBACK);

        assertThat(next().claims().getSubject()).isEqualTo("alice");
    }

    @Test
    void they_are_told_by_an_id_token_s_word_and_not_when_the_person_stays() throws Exception {
        House house = house(List.of(client("shop").build()));
        Browser alice = signedIn(house, "shop");
        String hint = house.tokens("shop", alice.open(link("shop"))).string("id_token");
        alice.open("/end_session").submit("decision", "deny").shows("signed-out");
        alice.open("/end_session").shows("logout");
        alice.open(link("shop", "prompt", "login"))
                .signIn("alice", Town.PASSWORD)
                .answer(CALLBACK);
        assertThat(told).isEmpty();
        alice.open("/end_session?id_token_hint=" + hint).shows("signed-out");

        next();
        succeeds();
        assertThat(told).isEmpty();
    }

    @Test
    void a_client_of_before_a_new_sign_in_of_the_same_person_is_told_too() throws Exception {
        House house = house(List.of(client("one").build(), client("two").build()));
        Browser alice = signedIn(house, "one");
        alice.open(link("two", "prompt", "login"))
                .signIn("alice", Town.PASSWORD)
                .answer(CALLBACK);
        signOut(alice);

        assertThat(List.of(next().path(), next().path())).containsExactlyInAnyOrder("/one", "/two");
    }

    @Test
    void the_metadata_says_that_it_is_done() {
        House house = house(List.of(client("shop").build()));

        assertThat(house.server.server.metadata().isTrue("backchannel_logout_supported"))
                .isTrue();
        assertThat(house.server.server.metadata().isTrue("backchannel_logout_session_supported"))
                .isTrue();
    }

    // ---- what clients answer ----

    @ParameterizedTest
    @ValueSource(ints = {200, 204})
    void a_client_that_says_yes_has_been_told(int status) throws Exception {
        House house = house(List.of(client("shop").build()), Duration.ofMillis(1));
        answers.add(status(status));
        signOut(signedIn(house, "shop"));
        AuthEvent event = outcome();

        assertThat(event.type()).isEqualTo(AuthEvent.Type.LOGOUT_TOLD);
        assertThat(event.client()).contains("shop");
        next();
        signOut(signedIn(house, "shop"));
        next();
        succeeds();
        assertThat(told).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 201, 302, 307})
    void any_other_answer_is_its_last_word(int status) throws Exception {
        House house = house(List.of(client("shop").build()), Duration.ofMillis(1), Duration.ofMillis(1));
        answers.add(exchange -> {
            exchange.getResponseHeaders().add("Location", at("/somewhere/else").toString());
            byte[] body = "what stands inside the firewall".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        });
        signOut(signedIn(house, "shop"));
        AuthEvent event = fails();

        assertThat(event.client()).contains("shop");
        assertThat(event.reason()).contains("it answered " + status);
        assertThat(event.toString()).doesNotContain("firewall");
        next();
        signOut(signedIn(house, "shop"));
        assertThat(next().path()).isEqualTo("/shop");
        succeeds();
        assertThat(told).isEmpty();
    }

    @Test
    void the_server_s_own_client_follows_no_redirect() throws Exception {
        House house = plain(client("shop").build());
        answers.add(exchange -> {
            exchange.getResponseHeaders().add("Location", at("/somewhere/else").toString());
            exchange.sendResponseHeaders(302, -1);
        });
        signOut(signedIn(house, "shop"));

        assertThat(fails().reason()).contains("it answered 302");
        next();
        signOut(signedIn(house, "shop"));
        assertThat(next().path()).isEqualTo("/shop");
    }

    @Test
    void a_client_in_trouble_is_told_again_as_often_as_is_said() throws Exception {
        House house = house(List.of(client("shop").build()), Duration.ofMillis(1), Duration.ofMillis(1));
        for (int status : new int[] {500, 503, 502}) answers.add(status(status));
        signOut(signedIn(house, "shop"));

        assertThat(fails().reason()).contains("it answered 502");
        List<Told> all = List.of(next(), next(), next());
        assertThat(all.stream().map(one -> one.claims().getJWTID()).distinct()).hasSize(1);
        signOut(signedIn(house, "shop"));
        next();
        succeeds();
        assertThat(told).isEmpty();
    }

    @Test
    void once_it_has_heard_it_is_told_no_more() throws Exception {
        House house = house(List.of(client("shop").build()), Duration.ofMillis(1), Duration.ofMillis(1));
        answers.add(status(500));
        signOut(signedIn(house, "shop"));
        succeeds();

        assertThat(told).hasSize(2);
    }

    @Test
    void without_retries_each_is_told_once() throws Exception {
        House house = house(List.of(client("shop").build()));
        answers.add(status(500));
        signOut(signedIn(house, "shop"));
        fails();

        assertThat(told).hasSize(1);
    }

    @Test
    void a_client_that_is_not_there_is_tried_again_and_then_given_up() throws Exception {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }
        Client gone = client("shop")
                .backchannelLogoutUri(URI.create("http://127.0.0.1:" + nobody + "/"))
                .build();
        House house = house(List.of(gone), Duration.ofMillis(1));
        signOut(signedIn(house, "shop"));

        assertThat(fails().reason()).contains("ConnectException");
    }

    @Test
    void what_a_client_keeps_on_saying_is_not_listened_to() throws Exception {
        House house = house(List.of(
                client("one").build(), client("two").build(), client("three").build()));
        for (int i = 0; i < 2; i++) {
            answers.add(exchange -> {
                exchange.sendResponseHeaders(200, 0);
                OutputStream body = exchange.getResponseBody();
                body.write('.');
                body.flush();
                morning.await();
            });
        }
        signOut(signedIn(house, "one", "two", "three"));

        for (int i = 0; i < 3; i++) succeeds();
        assertThat(morning.getCount()).as("they are still talking").isEqualTo(1);
    }

    /** The only test that waits: five seconds, for the patience with a client that says nothing at all. */
    @Test
    void a_client_that_says_nothing_is_given_up_after_a_while_and_tried_again() throws Exception {
        House house = house(List.of(client("shop").build()), Duration.ofMillis(1));
        answers.add(exchange -> morning.await());
        signOut(signedIn(house, "shop"));
        next();

        next();
        succeeds();
        assertThat(morning.getCount()).isEqualTo(1);
    }

    // ---- nobody waits ----

    @Test
    void a_slow_client_keeps_neither_the_person_nor_the_next_client_waiting() throws Exception {
        House house = house(List.of(client("slow").build(), client("fast").build()));
        Browser alice = signedIn(house, "slow");
        answers.add(exchange -> morning.await());
        signOut(alice);
        assertThat(next().path()).isEqualTo("/slow");

        signOut(signedIn(house, "fast"));
        assertThat(next().path()).isEqualTo("/fast");
        assertThat(outcome().client()).contains("fast");
        assertThat(morning.getCount()).as("the slow one has not answered yet").isEqualTo(1);
    }

    /** Two threads that are held up, and a store that says everything fifty-one times. */
    @Test
    void ten_thousand_wait_and_those_after_them_are_not_told() throws Exception {
        MovableClock clock = new MovableClock();
        PassThroughStore repeating = new PassThroughStore(clock) {
            @Override
            public List<Stored> list(Selector by, Kind kind, Optional<Cursor> after, int atMost) {
                return Collections.nCopies(51, super.list(by, kind, after, atMost)).stream()
                        .flatMap(List::stream)
                        .toList();
            }
        };
        Client[] registered = IntStream.range(0, 200)
                .mapToObj(i -> client("client-" + i).build())
                .toArray(Client[]::new);
        House house = House.of(b -> b.clients(ClientStore.of(registered))
                .listener(events::add)
                .clock(clock)
                .store(repeating)
                .serverSecret(new byte[32])
                .backChannelLogout(HttpClient.newHttpClient()));
        houses.add(house);
        signedIn(
                house,
                "client-0",
                Stream.of(registered).skip(1).map(Client::clientId).toArray(String[]::new));
        String sid = house.server
                .server
                .sessions("alice")
                .get(0)
                .authentication()
                .session()
                .orElseThrow();
        for (int i = 0; i < 2; i++) answers.add(exchange -> morning.await());
        Browser one = signedIn(house, "client-0");
        Browser two = signedIn(house, "client-0");
        signOut(one);
        signOut(two);
        next();
        next();
        house.server.server.revokeSession(sid);

        List<AuthEvent> untold = events.stream()
                .filter(event -> event.type() == AuthEvent.Type.FAILED)
                .toList();
        assertThat(untold)
                .hasSize(200)
                .allSatisfy(event -> assertThat(event.reason()).contains("not told of the logout: too many wait"));
    }

    @Test
    void a_server_that_is_closed_tells_no_one_and_its_threads_end() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        House house = house(List.of(client("shop").build()), Duration.ofMinutes(1));
        answers.add(exchange -> morning.await());
        answers.add(status(500));
        signOut(signedIn(house, "shop"));
        signOut(signedIn(house, "shop"));
        next();
        next();
        List<Thread> threads = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("mintmark-logout"))
                .filter(thread -> !before.contains(thread))
                .toList();
        assertThat(threads).isNotEmpty().allMatch(Thread::isDaemon);
        house.server.server.close();
        for (Thread thread : threads) thread.join(20_000);

        assertThat(threads).noneMatch(Thread::isAlive);
        Browser alice = signedIn(house, "shop");
        signOut(alice);
        assertThat(fails().reason().orElseThrow()).contains("closed");
        assertThat(house.server.server.sessions("alice")).isEmpty();
        house.server.server.close();
    }

    @Test
    void a_server_that_tells_no_one_has_no_threads_for_it() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        House house = plain(House.shop().build());
        signOut(signedIn(house, "shop"));

        assertThat(Thread.getAllStackTraces().keySet().stream().filter(thread -> !before.contains(thread)))
                .noneMatch(thread -> thread.getName().startsWith("mintmark-logout")
                        || thread.getName().startsWith("HttpClient"));
    }

    @Test
    void no_event_has_the_token() throws Exception {
        House house = house(List.of(client("shop").build()));
        answers.add(status(400));
        signOut(signedIn(house, "shop"));
        AuthEvent event = fails();

        assertThat(event.toString()).doesNotContain(next().form().required("logout_token"));
    }
}
