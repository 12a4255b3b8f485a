package dev.mintmark.auth.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mintmark.auth.AuthorizationServer;
import dev.mintmark.auth.AuthorizationServerBuilder;
import dev.mintmark.auth.protocol.Authentication;
import dev.mintmark.auth.protocol.AuthorizationRequest;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Pkce;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.protocol.Refused;
import dev.mintmark.auth.protocol.Secret;
import dev.mintmark.auth.store.ClientStore;
import dev.mintmark.auth.store.GrantStore;
import dev.mintmark.auth.store.InMemoryGrantStore;
import dev.mintmark.auth.testkit.BindingContract;
import dev.mintmark.auth.wire.WireDialect;
import dev.mintmark.auth.wire.WireHandler;
import dev.mintmark.auth.wire.WireRequest;
import dev.mintmark.auth.wire.WireResponse;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What must hold in every servlet container, and be seen alike from outside of it. */
abstract class ContainerContract {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String METADATA = "/.well-known/oauth-authorization-server";
    private static final String VERIFIER = "the-verifier-of-these-tests-is-long-enough-1234";
    private static final Secret.Generated SECRET = Secret.generate(new SecureRandom());
    private static final String CREDENTIALS = "client_id=web&client_secret=" + SECRET.plaintext();
    private static final String TOKEN = CREDENTIALS + "&grant_type=client_credentials";

    private static final String READ_BEFORE = "400 {\"error\":\"invalid_request\",\"error_description\":"
            + "\"the body is empty, or was read before it reached the server\"}";

    static {
        Logger.getLogger("").setLevel(Level.WARNING);
    }

    private final HttpClient http = HttpClient.newHttpClient();
    private final GrantStore store = new InMemoryGrantStore(Clock.systemUTC(), 1_000);
    private final List<Running> running = new ArrayList<>();
    private URI host = URI.create("http://127.0.0.1");

    /** Starts a container on a free port of 127.0.0.1. */
    abstract Running start(boolean virtualThreads, List<WebApp> apps) throws Exception;

    /** Which of the {@link #DISGUISES} the container refuses by itself, before any servlet sees them. */
    abstract Set<String> refusedByItself();

    final URI serve(boolean virtualThreads, WebApp... apps) throws Exception {
        Running started = start(virtualThreads, List.of(apps));
        running.add(started);
        host = URI.create("http://127.0.0.1:" + started.port());
        return host;
    }

    @AfterEach
    final void stop() throws Exception {
        for (Running one : running) one.stop().close();
        running.clear();
    }

    // ---- what every binding must hold ----

    @Nested
    final class Binding extends BindingContract {
        @Override
        protected URI serve(WireHandler handler) throws Exception {
            return ContainerContract.this.serve(false, WebApp.at("").servlet("/*", handler));
        }

        @Override
        protected void stop() {}
    }

    @Nested
    final class BindingOnVirtualThreads extends BindingContract {
        @BeforeAll
        static void there_are_virtual_threads() {
            int version = Runtime.version().feature();
            String not = "NOT TESTED ON VIRTUAL THREADS: Java " + version + " has none, 21 and later have";
            if (version < 21) Logger.getLogger("").warning(not);
            assumeTrue(version >= 21, not);
        }

        @Override
        protected URI serve(WireHandler handler) throws Exception {
            return ContainerContract.this.serve(
                    true, WebApp.at("").supportingAsync().servlet("/*", request -> {
                        assertThat(Thread.currentThread().toString()).startsWith("VirtualThread[");
                        return handler.handle(request);
                    }));
        }

        @Override
        protected void stop() {}
    }

    // ---- bodies that were read before ----

    @Test
    void a_form_that_a_filter_had_parsed_is_a_clear_400() throws Exception {
        serve(false, WebApp.at("").servlet("/*", server("")).filter("/*", (request, response, chain) -> {
            try {
                request.getParameter("any");
            } catch (RuntimeException malformed) {
                // Jetty and Tomcat 11 complain; the others drop what is malformed, in silence.
            }
            chain.doFilter(request, response);
        }));

        for (String form : List.of(TOKEN, TOKEN + "&x=%zz", TOKEN + "&x=%ff", TOKEN + "&scope=a&scope=b")) {
            assertThat(shown(post("/token", form))).as(form).isEqualTo(READ_BEFORE);
        }
        assertThat(shown(post("/token", chunked(TOKEN)))).isEqualTo(READ_BEFORE);
        assertThat(shown(post("/token?" + TOKEN, TOKEN))).isEqualTo(READ_BEFORE);
        assertThat(post("/token?" + TOKEN, "").statusCode()).isEqualTo(401);
    }

    @Test
    void a_body_that_a_filter_had_read_is_a_clear_400() throws Exception {
        serve(
                false,
                WebApp.at("")
                        .servlet("/*", server(""))
                        .filter("/token", (request, response, chain) -> {
                            request.getInputStream().readAllBytes();
                            chain.doFilter(request, response);
                        })
                        .filter("/introspect", (request, response, chain) -> {
                            request.getReader().transferTo(Writer.nullWriter());
                            chain.doFilter(request, response);
                        }));

        assertThat(shown(post("/token", TOKEN))).isEqualTo(READ_BEFORE);
        assertThat(shown(post("/token", chunked(TOKEN)))).isEqualTo(READ_BEFORE);
        assertThat(shown(post("/introspect", TOKEN + "&token=x"))).isEqualTo(READ_BEFORE);
        assertThat(post("/token", "").statusCode()).isEqualTo(401);
    }

    @Test
    void a_filter_may_read_the_body_if_it_hands_on_what_it_has_read() throws Exception {
        serve(false, WebApp.at("").servlet("/*", server("")).filter("/*", (request, response, chain) -> {
            ServletInputStream again = new Again(request.getInputStream().readAllBytes());
            chain.doFilter(
                    new HttpServletRequestWrapper((HttpServletRequest) request) {
                        @Override
                        public ServletInputStream getInputStream() {
                            return again;
                        }
                    },
                    response);
        }));

        assertThat(post("/token", TOKEN).statusCode()).isEqualTo(200);
        assertThat(post("/token", chunked(TOKEN)).statusCode()).isEqualTo(200);
    }

    /** Bytes that were read, once more. */
    private static final class Again extends ServletInputStream {
        private final InputStream bytes;

        Again(byte[] bytes) {
            this.bytes = new ByteArrayInputStream(bytes);
        }

        @Override
        public int read() throws IOException {
            return bytes.read();
        }

        @Override
        public int read(byte[] to, int from, int length) throws IOException {
            return bytes.read(to, from, length);
        }

        @Override
        public boolean isFinished() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isReady() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException();
        }
    }

    // ---- asynchronous requests ----

    @Test
    void a_request_that_was_dispatched_again_is_answered() throws Exception {
        serve(
                false,
                WebApp.at("")
                        .supportingAsync()
                        .servlet("/*", server(""))
                        .filter("/token", (request, response, chain) -> {
                            AsyncContext async = request.startAsync();
                            async.start(async::dispatch);
                        })
                        .filter(
                                "/elsewhere",
                                (request, response, chain) ->
                                        request.startAsync().dispatch("/token")));

        for (String path : List.of("/token", "/elsewhere")) {
            assertThat(post(path, TOKEN).statusCode()).isEqualTo(200);
            assertThat(post(path, chunked(TOKEN)).statusCode()).isEqualTo(200);
            assertThat(post(path, "").statusCode()).isEqualTo(401);
        }
    }

    // ---- several servers ----

    /** Three ways to have a server at /app/auth, and another one below it, in one container. */
    enum Layout {
        ONE_SERVLET,
        TWO_SERVLETS,
        TWO_APPLICATIONS;

        WebApp[] apps(WireHandler all, WireHandler eu) {
            return switch (this) {
                case ONE_SERVLET -> new WebApp[] {WebApp.at("/app").servlet("/auth/*", WireHandler.firstOf(eu, all))};
                case TWO_SERVLETS ->
                    new WebApp[] {WebApp.at("/app").servlet("/auth/*", all).servlet("/auth/eu/*", eu)};
                case TWO_APPLICATIONS ->
                    new WebApp[] {
                        WebApp.at("/app/auth").servlet("/*", all),
                        WebApp.at("/app/auth/eu").servlet("/*", eu)
                    };
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void each_of_several_servers_is_its_own_issuer(Layout layout) throws Exception {
        AuthorizationServer all = server("/app/auth");
        AuthorizationServer eu = server("/app/auth/eu", builder -> builder.dialect(new Curt()));
        serve(false, layout.apps(all, eu));

        assertThat(get("/app/auth" + METADATA)).contains("\"issuer\":\"https://auth.example/app/auth\"");
        assertThat(get("/app/auth/eu" + METADATA)).contains("\"issuer\":\"https://auth.example/app/auth/eu\"");
        assertThat(get("/app/auth/nothing")).isEqualTo("404 {\"error\":\"not_found\"}");
        assertThat(get("/app/auth/eu/nothing")).isEqualTo("404 {\"fault\":\"not_found\"}");

        Claims ofAll = signIn(all, "/app/auth");
        Claims ofEu = signIn(eu, "/app/auth/eu");
        assertThat(refresh("/app/auth/eu", ofAll)).isEqualTo("400 {\"fault\":\"invalid_grant\"}");
        assertThat(refresh("/app/auth", ofEu)).startsWith("400 {\"error\":\"invalid_grant\"");
        for (String token : List.of("access_token", "refresh_token")) {
            assertThat(introspect("/app/auth/eu", ofAll, token)).isEqualTo("200 {\"active\":false}");
            assertThat(introspect("/app/auth", ofEu, token)).isEqualTo("200 {\"active\":false}");
            assertThat(introspect("/app/auth", ofAll, token)).startsWith("200 {\"active\":true");
            assertThat(introspect("/app/auth/eu", ofEu, token)).startsWith("200 {\"active\":true");
        }
        assertThat(refresh("/app/auth", ofAll)).startsWith("200 ");
        assertThat(refresh("/app/auth/eu", ofEu)).startsWith("200 ");
    }

    private Claims signIn(AuthorizationServer server, String base) throws Exception {
        AuthorizationRequest asked =
                AuthorizationRequest.of("web").scope("offline_access read").codeChallenge(Pkce.challenge(VERIFIER));
        String code =
                server.approve(asked, Authentication.of("alice", Instant.now())).code();
        return Claims.parse(post(
                        base + "/token",
                        CREDENTIALS + "&grant_type=authorization_code&code=" + code + "&code_verifier=" + VERIFIER)
                .body());
    }

    private String refresh(String base, Claims tokens) throws Exception {
        String token = tokens.string("refresh_token").orElseThrow();
        return shown(post(base + "/token", CREDENTIALS + "&grant_type=refresh_token&refresh_token=" + token));
    }

    private String introspect(String base, Claims tokens, String token) throws Exception {
        return shown(post(
                base + "/introspect",
                CREDENTIALS + "&token=" + tokens.string(token).orElseThrow()));
    }

    /** A dialect of few words. */
    private static final class Curt implements WireDialect {
        @Override
        public WireResponse refused(Refusal refusal, WireRequest request) {
            return WireResponse.json(
                    WireDialect.status(refusal.code()),
                    Claims.of("fault", refusal.code().value()));
        }
    }

    // ---- requests that are mangled on their way ----

    /** All lead to /auth/token, or nowhere. */
    static final List<String> DISGUISES = List.of(
            "/auth/%74oken",
            "/auth%2Ftoken",
            "/auth/./token",
            "/auth/x/../token",
            "/auth/%2e/token",
            "/auth/x/%2e%2e/token",
            "/auth/..;/auth/token",
            "/auth//token",
            "//auth/token",
            "/auth/token;jsessionid=1",
            "/auth;a=b/token",
            "/auth/%zz",
            "/auth/token\\");

    @Test
    void a_path_in_disguise_is_400_and_never_served() throws Exception {
        serve(false, WebApp.at("").servlet("/*", server("/auth")));
        Set<String> byItself = new HashSet<>();

        for (String path : DISGUISES) {
            String answer = answer(request(path, sized(TOKEN)));
            assertThat(answer).as(path).startsWith("HTTP/1.1 400");
            if (!answer.contains("{\"error\":\"invalid_request\"")) byItself.add(path);
        }

        assertThat(byItself).isEqualTo(refusedByItself());
    }

    @Test
    void a_path_that_is_no_one_s_is_404_in_the_dialect() throws Exception {
        serve(false, WebApp.at("").servlet("/*", server("/auth", builder -> builder.dialect(new Curt()))));

        for (String path : List.of("/auth/token/", "/auth/token%20", "/auth/%c3%b6", "/auth/TOKEN")) {
            assertThat(get(path)).as(path).isEqualTo("404 {\"fault\":\"not_found\"}");
        }
        assertThat(answer(request("http://127.0.0.1/auth/token", sized(TOKEN)))).startsWith("HTTP/1.1 200");
    }

    @Test
    void methods_are_the_server_s_to_answer() throws Exception {
        serve(false, WebApp.at("").servlet("/*", server("")));

        HttpResponse<String> preflight = send("OPTIONS", "/token");
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods"))
                .contains("POST");
        // RFC 9110 section 8.6: a 204 MUST NOT have one
        assertThat(preflight.headers().firstValue("Content-Length")).isEmpty();
        for (String method : List.of("HEAD", "PUT", "PATCH", "DELETE", "PROPFIND")) {
            HttpResponse<String> answer = send(method, "/token");
            assertThat(answer.statusCode()).as(method).isEqualTo(405);
            assertThat(answer.headers().firstValue("Allow")).as(method).contains("POST");
            assertThat(answer.body())
                    .as(method)
                    .isEqualTo(
                            method.equals("HEAD")
                                    ? ""
                                    : "{\"error\":\"invalid_request\",\"error_description\":\"the method is not allowed\"}");
        }
    }

    @Test
    void a_body_may_be_chunked_and_wait_for_a_100() throws Exception {
        serve(false, WebApp.at("").servlet("/*", server("")));
        HttpRequest.Builder expecting = HttpRequest.newBuilder(host.resolve("/token"))
                .expectContinue(true)
                .header("Content-Type", FORM)
                .POST(BodyPublishers.ofString(TOKEN));

        assertThat(send(expecting).statusCode()).isEqualTo(200);
        assertThat(post("/token", chunked(TOKEN)).statusCode()).isEqualTo(200);
        // Nothing follows: who refuses without a look at the body does not wait for it.
        assertThat(answer(request("/nothing", "Content-Length: 9\r\nExpect: 100-continue\r\n\r\n")))
                .startsWith("HTTP/1.1 404")
                .endsWith("{\"error\":\"not_found\"}");
    }

    @Test
    void a_body_that_is_too_large_is_413_and_the_connection_ends_cleanly() throws Exception {
        serve(false, WebApp.at("").servlet("/*", server("")));
        String large = "a=" + "x".repeat(WireRequest.MOST_BODY - 1);
        String chunked = "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(large.length()) + "\r\n" + large
                + "\r\n0\r\n\r\n";

        for (String body : List.of(sized(large), chunked)) {
            try (Connection connection = new Connection()) {
                assertThat(connection.answer(request("/token", body)))
                        .startsWith("HTTP/1.1 413")
                        .containsIgnoringCase("\r\nConnection: close\r\n")
                        .endsWith("the body is larger than 65536 bytes\"}");
                assertThat(connection.head()).isEmpty();
            }
        }
    }

    /** Some containers close while the client still writes, and then it may not see the answer. */
    @Test
    void a_body_that_is_far_too_large_is_413_or_cut_off_and_the_next_is_served() throws Exception {
        serve(false, WebApp.at("").servlet("/*", server("")));
        String seen;
        try {
            seen = shown(post("/token", "a=" + "x".repeat(8 * WireRequest.MOST_BODY)));
        } catch (HttpTimeoutException e) {
            throw e;
        } catch (IOException cutOff) {
            seen = "cut off";
        }

        assertThat(seen).matches("413 .*|cut off");
        assertThat(post("/token", TOKEN).statusCode()).isEqualTo(200);
    }

    @Test
    void a_client_that_leaves_half_way_is_refused_and_the_next_is_served() throws Exception {
        CompletableFuture<ErrorCode> refused = new CompletableFuture<>();
        WireHandler leaving = request -> {
            if (!request.path().equals("/leaving")) return Optional.empty();
            try {
                return Optional.of(WireResponse.of(200).withBody(Integer.toString(request.body().length)));
            } catch (Refused e) {
                refused.complete(e.refusal().code());
                return Optional.of(WireResponse.of(400));
            }
        };
        serve(false, WebApp.at("").servlet("/*", WireHandler.firstOf(leaving, server(""))));

        try (Connection connection = new Connection()) {
            connection.write(request("/leaving", "Content-Length: 100\r\n\r\na=b"));
        }

        assertThat(refused.get(10, TimeUnit.SECONDS)).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(post("/token", TOKEN).statusCode()).isEqualTo(200);
    }

    // ---- the parties ----

    /** A server that shares its store, its secret and its client with the others here. */
    private AuthorizationServer server(String base) {
        return server(base, builder -> builder);
    }

    private AuthorizationServer server(String base, UnaryOperator<AuthorizationServerBuilder> more) {
        Client web = Client.of("web")
                .secret(SECRET.secret())
                .grantTypes(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN, GrantType.CLIENT_CREDENTIALS)
                .redirectUris(URI.create("https://web.example/cb"))
                .scope("offline_access read write")
                .build();
        return more.apply(AuthorizationServer.builder(URI.create("https://auth.example" + base)))
                .secretInHeaderOrBody()
                .scopes("offline_access read write")
                .clients(ClientStore.of(web))
                .store(store)
                .serverSecret(new byte[32])
                .listener(event -> {})
                .build();
    }

    private String get(String path) throws Exception {
        return shown(send("GET", path));
    }

    private HttpResponse<String> post(String path, String form) throws Exception {
        return post(path, BodyPublishers.ofString(form));
    }

    private HttpResponse<String> post(String path, BodyPublisher form) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(host + path))
                .header("Content-Type", FORM)
                .POST(form));
    }

    private HttpResponse<String> send(String method, String path) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(host + path)).method(method, BodyPublishers.noBody()));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofString());
    }

    private static BodyPublisher chunked(String body) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String shown(HttpResponse<String> answer) {
        return answer.statusCode() + " " + answer.body();
    }

    /** A request as it stands on the wire; the rest begins with the header that tells where the body ends. */
    private static String request(String path, String rest) {
        return "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: " + FORM + "\r\n" + rest;
    }

    private static String sized(String body) {
        return "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private String answer(String request) throws IOException {
        try (Connection connection = new Connection()) {
            return connection.answer(request);
        }
    }

    /** For what an HTTP client would not send. */
    private final class Connection implements AutoCloseable {
        private static final Pattern LENGTH = Pattern.compile("(?i)\r\nContent-Length: *(\\d+)");

        private final Socket socket = new Socket(host.getHost(), host.getPort());

        Connection() throws IOException {
            socket.setSoTimeout(10_000);
        }

        void write(String request) throws IOException {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        }

        /** The final answer. */
        String answer(String request) throws IOException {
            write(request);
            String head = head();
            while (head.startsWith("HTTP/1.1 100")) head = head();
            Matcher length = LENGTH.matcher(head);
            int body = length.find() ? Integer.parseInt(length.group(1)) : 0;
            return head + new String(socket.getInputStream().readNBytes(body), StandardCharsets.UTF_8);
        }

        /** The head of the next answer, or nothing if the connection has come to its end. */
        String head() throws IOException {
            StringBuilder head = new StringBuilder();
            int next;
            while (head.indexOf("\r\n\r\n") < 0
                    && (next = socket.getInputStream().read()) >= 0) head.append((char) next);
            return head.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
