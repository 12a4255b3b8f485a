package dev.mintmark.auth.bank;

import static dev.mintmark.auth.bank.Everyone.AUTHENTICATOR;
import static dev.mintmark.auth.bank.Everyone.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.AuthEvent;
import dev.mintmark.auth.AuthListener;
import dev.mintmark.auth.AuthorizationServer;
import dev.mintmark.auth.protocol.Authentication;
import dev.mintmark.auth.protocol.Authorization;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Issued;
import dev.mintmark.auth.protocol.Scopes;
import dev.mintmark.auth.protocol.User;
import dev.mintmark.auth.token.TokenPlan;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;

/** Spring Security as it comes against the server, over HTTP, as a browser sees it. */
class SpringTest {
    private static final String CHALLENGE =
            "Bearer error=\"insufficient_user_authentication\", acr_values=\"2\", max_age=\"300\"";

    private static final Lagging CLOCK = new Lagging();
    private static final BlockingQueue<AuthEvent> EVENTS = new LinkedBlockingQueue<>();

    private static URI issuer;
    private static URI bank;
    private static AuthorizationServer server;
    private static Server jetty;
    private static ConfigurableApplicationContext spring;

    private final Browser browser = new Browser();

    @BeforeAll
    static void start() throws Exception {
        int mintPort;
        int bankPort;
        try (ServerSocket one = new ServerSocket(0);
                ServerSocket other = new ServerSocket(0)) {
            mintPort = one.getLocalPort();
            bankPort = other.getLocalPort();
        }
        issuer = URI.create("http://127.0.0.1:" + mintPort);
        bank = URI.create("http://localhost:" + bankPort);
        AuthListener log = AuthListener.logging();
        server = Mint.server(issuer, bank, new Everyone())
                .clock(CLOCK)
                .tokens(SpringTest::plan)
                .listener(event -> {
                    log.on(event);
                    EVENTS.add(event);
                })
                .build();
        jetty = Mint.serve(server, mintPort);
        spring = Bank.start(bankPort, issuer);
    }

    /** Spring takes a token with less than a minute to live for expired: the first one that erin gets. */
    private static TokenPlan plan(
            GrantType by, Client client, Authorization granted, Optional<User> person, TokenPlan standard) {
        boolean first = by.equals(GrantType.AUTHORIZATION_CODE);
        boolean erin = granted.subject().value().equals("erin");
        return first && erin ? standard.access(token -> token.lifetime(Duration.ofSeconds(50))) : standard;
    }

    @AfterAll
    static void stop() throws Exception {
        spring.close();
        jetty.stop();
        server.close();
    }

    @BeforeEach
    void now() {
        CLOCK.by(Duration.ZERO);
        EVENTS.clear();
    }

    // ---- the client ----

    @Test
    void a_person_signs_in_with_a_password_and_a_code_and_allows_the_bank_what_it_wants() throws Exception {
        Page login = browser.open(bank).shows("login");
        assertThat(paths()).containsExactly("", "/oauth2/authorization/mintmark", "/authorize", "/interaction");
        assertThat(browser.visited().get(2).getQuery())
                .contains("code_challenge_method=S256", "nonce=", "scope=openid profile balance transfer");

        Page consent = login.enter("username", "alice", "password", PASSWORD)
                .shows("mfa")
                .enter("otp", code())
                .shows("consent");
        assertThat(consent.text("main")).contains("The Bank", "balance", "transfer");
        consent.press("button[value=allow]").shows("Dame alice", 100);
    }

    @Test
    void a_wrong_password_gets_no_further() throws Exception {
        Page again = browser.open(bank)
                .shows("login")
                .enter("username", "bob", "password", "guessed")
                .shows("login");
        assertThat(again.text("[role=alert]")).isNotEmpty();
        again.enter("username", "bob", "password", PASSWORD).shows("mfa");
    }

    @Test
    void whoever_says_no_is_not_signed_in() throws Exception {
        Page refused = browser.open(bank)
                .enter("username", "carol", "password", PASSWORD)
                .enter("otp", code())
                .shows("consent")
                .press("button[value=deny]");
        assertThat(browser.visited().get(1).getQuery()).contains("error=access_denied", "iss=" + issuer);
        assertThat(refused.address()).isEqualTo(bank.resolve("/login?error"));
    }

    @Test
    void a_second_sign_in_asks_nothing() throws Exception {
        signIn("dave");
        browser.forget(bank);
        browser.open(bank).shows("Dame dave", 100);
        assertThat(paths())
                .containsExactly(
                        "", "/oauth2/authorization/mintmark", "/authorize", "/login/oauth2/code/mintmark", "/");
    }

    @Test
    void an_access_token_that_is_about_to_expire_is_refreshed() throws Exception {
        signIn("erin");
        assertThat(EVENTS).extracting(AuthEvent::type).contains(AuthEvent.Type.REFRESHED);
        EVENTS.clear();
        browser.open(bank).shows("Dame erin", 100);
        assertThat(EVENTS).isEmpty();
    }

    // ---- step-up, RFC 9470 ----

    @Test
    void whoever_signed_in_with_a_password_alone_is_asked_for_a_code_before_a_transfer() throws Exception {
        Page account = signInWithPasswordAlone("frank");
        Page mfa = account.press("form[action=/transfer] button").shows("mfa");
        assertThat(browser.visited().get(1).getQuery()).isEqualTo("acr_values=2&max_age=300");
        assertThat(browser.visited().get(2).getPath()).isEqualTo("/authorize");
        assertThat(browser.visited().get(2).getQuery()).contains("acr_values=2", "max_age=300");

        Page back = mfa.enter("otp", code()).shows("Dame frank", 100);
        back.press("form[action=/transfer] button").shows("Dame frank", 90);
    }

    @Test
    void whoever_signed_in_a_while_ago_signs_in_again_before_a_transfer() throws Exception {
        CLOCK.by(Duration.ofMinutes(10));
        Page account = signIn("grace");
        CLOCK.by(Duration.ZERO);
        account.press("form[action=/transfer] button")
                .shows("login")
                .enter("username", "grace", "password", PASSWORD)
                .shows("mfa")
                .enter("otp", code())
                .shows("Dame grace", 100)
                .press("form[action=/transfer] button")
                .shows("Dame grace", 90);
    }

    @Test
    void a_step_up_in_one_browser_is_none_in_another() throws Exception {
        Page account = signInWithPasswordAlone("kate");
        new Browser()
                .open(bank)
                .enter("username", "kate", "password", PASSWORD)
                .enter("otp", code())
                .shows("Dame kate", 100);
        account.press("form[action=/transfer] button").shows("mfa");
    }

    @Test
    void whoever_just_signed_in_with_both_is_asked_nothing_more() throws Exception {
        signIn("heidi").press("form[action=/transfer] button").shows("Dame heidi", 90);
    }

    // ---- the end ----

    @Test
    void signing_out_at_the_bank_signs_out_everywhere() throws Exception {
        Page goodbye = signIn("ivan").press("form[action=/logout] button");
        assertThat(paths()).containsExactly("/logout", "/end_session", "/goodbye");
        assertThat(goodbye.text("#who")).isEqualTo("Nobody is signed in.");
        awaitTold();
        browser.open(bank).shows("login");
    }

    @Test
    void signing_out_at_the_server_ends_that_session_of_the_bank_and_no_other() throws Exception {
        CLOCK.by(Duration.ofSeconds(31));
        signIn("judy");
        CLOCK.by(Duration.ZERO);
        Browser elsewhere = new Browser();
        elsewhere
                .open(bank)
                .enter("username", "judy", "password", PASSWORD)
                .enter("otp", code())
                .shows("Dame judy", 100);

        browser.open(issuer.resolve("/end_session"))
                .shows("logout")
                .press("button[value=allow]")
                .shows("signed-out");
        awaitTold();
        browser.open(bank).shows("login");
        elsewhere.open(bank).shows("Dame judy", 100);
        assertThat(elsewhere.visited()).hasSize(1);
    }

    // ---- the resource server ----

    @Test
    void the_api_takes_access_tokens_for_itself_and_nothing_else() throws Exception {
        Authorization.Builder granted = Authorization.ofUser("bank", signedIn("1", Duration.ZERO));
        Issued tokens = issued(granted.scope(Scopes.parse("openid balance")));
        HttpResponse<String> good = api("GET", "/balance", tokens.accessToken());
        assertThat(good.statusCode()).as(challenge(good)).isEqualTo(200);

        HttpResponse<String> id = api("GET", "/balance", tokens.idToken().orElseThrow());
        assertThat(id.statusCode()).isEqualTo(401);
        assertThat(challenge(id)).contains("error=\"invalid_token\"");

        URI other = URI.create("https://other.example/api");
        Issued foreign = issued(granted.resources(List.of(other)));
        HttpResponse<String> bad = api("GET", "/balance", foreign.accessToken());
        assertThat(bad.statusCode()).isEqualTo(401);
        assertThat(challenge(bad)).contains("error=\"invalid_token\"");
    }

    @Test
    void the_api_wants_the_scope_before_the_sign_in() throws Exception {
        Authorization.Builder granted = Authorization.ofUser("bank", signedIn("1", Duration.ZERO));
        Issued tokens = issued(granted.scope(Scopes.parse("balance")));
        HttpResponse<String> refused = api("POST", "/transfer", tokens.accessToken());
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(challenge(refused)).contains("error=\"insufficient_scope\"");
    }

    @ParameterizedTest
    @CsvSource({"2, PT0S, 200", "2, PT4M, 200", "2, PT5M1S, 401", "1, PT0S, 401"})
    void a_transfer_wants_two_factors_and_not_long_ago(String acr, Duration ago, int status) throws Exception {
        Authorization.Builder granted = Authorization.ofUser("bank", signedIn(acr, ago));
        Issued tokens = issued(granted.scope(Scopes.parse("transfer")));
        HttpResponse<String> answer = api("POST", "/transfer", tokens.accessToken());
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(challenge(answer)).isEqualTo(status == 401 ? CHALLENGE : "");
    }

    // ---- short for ----

    private Page signIn(String username) throws Exception {
        return browser.open(bank)
                .enter("username", username, "password", PASSWORD)
                .enter("otp", code())
                .press("button[value=allow]")
                .shows("Dame " + username, 100);
    }

    /** On a device that is remembered from a sign-in half a minute ago: each half minute has a code of its own. */
    private Page signInWithPasswordAlone(String username) throws Exception {
        CLOCK.by(Duration.ofSeconds(31));
        browser.open(bank)
                .enter("username", username, "password", PASSWORD)
                .enter("otp", code(), "remember_device", "true")
                .press("button[value=allow]")
                .press("form[action=/logout] button");
        awaitTold();
        CLOCK.by(Duration.ZERO);
        return browser.open(bank)
                .enter("username", username, "password", PASSWORD)
                .shows("Dame " + username, 100);
    }

    private static String code() {
        return AUTHENTICATOR.code(CLOCK.instant());
    }

    private List<String> paths() {
        return browser.visited().stream().map(URI::getPath).toList();
    }

    /** The bank is told in a moment of the server's own. */
    private static void awaitTold() throws InterruptedException {
        AuthEvent event;
        do {
            event = EVENTS.poll(10, TimeUnit.SECONDS);
            assertThat(event).as("the bank is told").isNotNull();
        } while (event.type() != AuthEvent.Type.LOGOUT_TOLD);
    }

    private static Authentication signedIn(String acr, Duration ago) {
        return Authentication.of("mallory", CLOCK.instant().minus(ago)).withAcr(acr);
    }

    private static Issued issued(Authorization.Builder granted) {
        return server.issueWithoutGrant(granted.build(), plan -> plan).issued();
    }

    private static HttpResponse<String> api(String method, String path, String token) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(bank.resolve("/api" + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("Authorization", "Bearer " + token)
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String challenge(HttpResponse<String> answer) {
        return answer.headers().firstValue("WWW-Authenticate").orElse("");
    }
}
