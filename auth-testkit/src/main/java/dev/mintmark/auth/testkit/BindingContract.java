package dev.mintmark.auth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mintmark.auth.AuthorizationServer;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Secret;
import dev.mintmark.auth.store.ClientStore;
import dev.mintmark.auth.wire.WireHandler;
import dev.mintmark.auth.wire.WireRequest;
import dev.mintmark.auth.wire.WireResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every HTTP binding must hold: that a server behind it sees requests as they were sent, and clients see its answers as
 * they were given. Extend it, and serve a handler.
 */
public abstract class BindingContract {
    private static final String FORM = "application/x-www-form-urlencoded";

    private final Secret.Generated secret = Secret.generate(new SecureRandom());
    private volatile WireHandler behind = request -> Optional.empty();
    private final HttpClient http = HttpClient.newHttpClient();
    private URI uri = URI.create("http://127.0.0.1");

    /** For subclasses. */
    protected BindingContract() {}

    /**
     * Starts the binding on a free loopback port, at the root of its host.
     *
     * @param handler what is to answer
     * @return where it listens, without a slash at the end
     * @throws Exception if it cannot start
     */
    protected abstract URI serve(WireHandler handler) throws Exception;

    /**
     * Stops it.
     *
     * @throws Exception if it cannot stop
     */
    protected abstract void stop() throws Exception;

    @BeforeEach
    final void start() throws Exception {
        uri = serve(request -> behind.handle(request));
        behind = AuthorizationServer.builder(uri)
                .clients(ClientStore.of(Client.of("backend")
                        .secret(secret.secret())
                        .grantTypes(GrantType.CLIENT_CREDENTIALS)
                        .scope("openid")
                        .build()))
                .listener(event -> {})
                .build();
    }

    @AfterEach
    final void end() throws Exception {
        stop();
    }

    /** A client comes and gets a token. */
    @Test
    final void a_client_gets_a_token() throws Exception {
        HttpResponse<String> answer = post("/token", "grant_type=client_credentials&scope=openid", FORM);

        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals("no-store", header(answer, "Cache-Control"));
        assertEquals("application/json", header(answer, "Content-Type"));
        assertTrue(answer.body().startsWith("{\"access_token\":\"eyJ"), answer.body());
    }

    /** A refusal keeps its status and headers. */
    @Test
    final void a_wrong_secret_is_refused_with_a_challenge() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri.resolve("/token"))
                .header("Authorization", "Basic YmFja2VuZDp3cm9uZw==")
                .header("Content-Type", FORM)
                .POST(BodyPublishers.ofString("grant_type=client_credentials"))
                .build();

        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());

        assertEquals(401, answer.statusCode());
        assertTrue(header(answer, "WWW-Authenticate").startsWith("Basic "));
        assertEquals("{\"error\":\"invalid_client\"}", answer.body());
    }

    /** Methods, paths and bodies that are wrong are refused, and the connection serves on. */
    @Test
    final void what_is_malformed_is_refused_and_the_connection_lives_on() throws Exception {
        assertEquals(415, post("/token", "{}", "application/json").statusCode());
        assertEquals(
                413,
                post("/token", "a=" + "x".repeat(WireRequest.MOST_BODY), FORM).statusCode());
        assertEquals(400, post("/token", "grant_type=%zz", FORM).statusCode());
        assertEquals(404, post("/nothing", "", FORM).statusCode());

        HttpResponse<String> wrongMethod = get("/token");
        assertEquals(405, wrongMethod.statusCode());
        assertEquals("POST", header(wrongMethod, "Allow"));
        assertEquals(200, post("/token", "grant_type=client_credentials", FORM).statusCode());
    }

    /** HEAD has the headers of GET, and no body. */
    @Test
    final void head_has_the_headers_of_get_and_no_body() throws Exception {
        HttpResponse<String> got = get("/jwks");
        HttpRequest head = HttpRequest.newBuilder(uri.resolve("/jwks"))
                .method("HEAD", BodyPublishers.noBody())
                .build();

        HttpResponse<String> answer = http.send(head, BodyHandlers.ofString());

        assertEquals(200, answer.statusCode());
        assertEquals("", answer.body());
        assertEquals(header(got, "Cache-Control"), header(answer, "Cache-Control"));
        assertEquals(Integer.toString(got.body().length()), header(answer, "Content-Length"));
    }

    /** The path reaches the server as it was sent: encoded, and not resolved. */
    @Test
    final void the_path_is_handed_on_as_it_was_sent() throws Exception {
        assertTrue(raw("POST /%74oken HTTP/1.1").startsWith("HTTP/1.1 400"));
    }

    /** A header sent twice is seen twice. */
    @Test
    final void a_repeated_authorization_header_is_refused() throws Exception {
        String answer =
                raw("POST /token HTTP/1.1\r\nAuthorization: Basic YTpi\r\nAuthorization: Basic YTpj\r\nContent-Type: "
                        + FORM);
        assertTrue(answer.startsWith("HTTP/1.1 400"), answer);
    }

    /** Text beyond ASCII passes in both directions. */
    @Test
    final void bodies_are_utf_8() throws Exception {
        behind = request -> Optional.of(WireResponse.of(200)
                .withHeader("Content-Type", "text/plain;charset=UTF-8")
                .withBody(new String(request.body(), StandardCharsets.UTF_8)));

        assertEquals("größer 💶", post("/echo", "größer 💶", "text/plain").body());
    }

    /** A header given twice arrives twice. */
    @Test
    final void headers_of_one_name_all_arrive() throws Exception {
        behind = request -> Optional.of(
                WireResponse.of(200).addingHeader("Set-Cookie", "a=1").addingHeader("Set-Cookie", "b=2"));

        assertEquals(List.of("a=1", "b=2"), get("/echo").headers().allValues("Set-Cookie"));
    }

    /** The server learns where the request came from, and what the query was. */
    @Test
    final void address_and_query_are_handed_on() throws Exception {
        behind = request -> Optional.of(WireResponse.of(200)
                .withBody(request.remoteAddress().orElse("") + " "
                        + request.query().orElse("")));

        assertEquals("127.0.0.1 a=%41&b", get("/echo?a=%41&b").body());
    }

    /** One kept-alive connection answers many requests without stalling. */
    @Test
    final void kept_alive_connections_do_not_stall() throws Exception {
        get("/jwks");
        long start = System.nanoTime();
        for (int i = 0; i < 50; i++) assertEquals(200, get("/jwks").statusCode());
        // A delayed acknowledgement costs 40 ms a request, 2 s in all; an answer costs well under a millisecond.
        assertFalse(Duration.ofNanos(System.nanoTime() - start).toMillis() > 1500, "the connection stalls");
    }

    private HttpResponse<String> post(String path, String body, String type) throws Exception {
        String pair = "backend:" + secret.plaintext();
        String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(uri.resolve(path))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(uri + path)).build(), BodyHandlers.ofString());
    }

    /** Sends a head as it stands, with a form of one parameter, and reads the answer to its end. */
    private String raw(String head) throws IOException {
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout(10_000);
            String request =
                    head + "\r\nHost: " + uri.getAuthority() + "\r\nContent-Length: 3\r\nConnection: close\r\n\r\na=b";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
