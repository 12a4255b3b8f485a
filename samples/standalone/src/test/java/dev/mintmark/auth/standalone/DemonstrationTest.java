package dev.mintmark.auth.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mintmark.auth.protocol.Claims;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The demonstration on a free port, asked over HTTP. */
class DemonstrationTest {
    private static final HttpCalls HTTP = new HttpCalls(HttpClient.newHttpClient());

    private static StandaloneServer server;
    private static String base;

    @BeforeAll
    static void start() throws IOException {
        HttpListener listener = HttpListener.take("127.0.0.1", 0, Optional.empty());
        server = StandaloneServer.serve(listener, Demonstration.read("127.0.0.1", listener.port(), System.out));
        base = server.issuer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void the_issuers_follow_the_port_that_was_taken() throws Exception {
        assertThat(base).isEqualTo("http://127.0.0.1:" + server.port());
        assertThat(metadata("/.well-known/oauth-authorization-server").string("issuer"))
                .contains(base);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void every_line_that_it_prints_gets_a_token(String line) throws Exception {
        HttpResponse<String> answer = HTTP.curl(line);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(token(HttpCalls.json(answer))).isNotEmpty();
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @ParameterizedTest
    @MethodSource("requests")
    void every_line_that_it_prints_can_be_pasted_into_a_shell(String line) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")) && Files.isExecutable(Path.of("/usr/bin/curl")));
        Process shell = new ProcessBuilder("/bin/sh", "-c", line)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).isZero();
        assertThat(token(Claims.parse(said))).isNotEmpty();
    }

    @Test
    void the_address_that_it_prints_leads_to_a_code_and_the_line_below_to_tokens() throws Exception {
        List<String> lines = Demonstration.signIn(base);
        Visitor alice = Visitor.of(base).open(lines.get(1)).sees("login");
        alice.submit("username", "alice", "password", "demo-password-of-alice").sees("consent");
        URI callback = alice.submit("decision", "allow").at();
        assertThat(callback).hasHost("127.0.0.1").hasPort(8000).hasParameter("state", "demo");
        String code = callback.getQuery().replaceAll("(.*&)?code=([^&]*).*", "$2");

        Claims tokens = HttpCalls.json(HTTP.curl(lines.get(3).replace("CODE", code)));
        assertThat(HttpCalls.payload(tokens.string("id_token").orElseThrow()).string("sub"))
                .contains("1302");
    }

    @Test
    void the_readme_has_every_line() throws Exception {
        assertThat(Files.readAllLines(Path.of("../../README.md")))
                .containsAll(Demonstration.requests("http://127.0.0.1:9000"));
    }

    @Test
    void bob_needs_a_second_factor_wherever_there_is_one() throws Exception {
        String password = "username=bob&password=demo-password-of-bob";
        HttpRequest.Builder standard = HttpCalls.form(base + "/token", "grant_type=password&" + password)
                .header("Authorization", HttpCalls.basic("demo", "demo-secret-of-the-standard-server"));
        assertThat(HttpCalls.json(HTTP.send(standard)).string("error")).contains("mfa_required");
        String lerian = Demonstration.requests(base).get(1).replace("alice", "bob");
        assertThat(HttpCalls.json(HTTP.curl(lerian)).string("mfaToken")).isPresent();
        assertThat(HTTP.post(base + "/geolens/auth/login", password).statusCode())
                .isEqualTo(403);
    }

    @Test
    void tokens_are_minted_for_the_organisation_at_slashid() throws Exception {
        String person = "{\"client_id\":\"0b9d7a52-3c1f-4e68-8a4d-91e5c6f2b7d3\",\"person_id\":\"1302\","
                + "\"scopes\":[\"openid\",\"email\"]}";
        HttpRequest.Builder mint = HttpRequest.newBuilder(URI.create(base + "/slashid/oauth2/tokens/mint"))
                .header("Content-Type", "application/json")
                .header("SlashID-OrgID", "5c2e8a10-93b4-4f6d-8e7a-0d1c2b3a4f5e")
                .header("SlashID-API-Key", "demo-key-of-the-organisation-at-slashid")
                .POST(HttpRequest.BodyPublishers.ofString(person));
        Claims minted = HttpCalls.json(HTTP.send(mint)).object("result");
        HttpRequest.Builder userInfo = HttpRequest.newBuilder(URI.create(base + "/slashid/oauth2/userinfo"))
                .header(
                        "Authorization",
                        "Bearer " + minted.string("access_token").orElseThrow());
        assertThat(HttpCalls.json(HTTP.send(userInfo)).string("email")).contains("alice@example.com");
    }

    private static List<String> requests() {
        return Demonstration.requests(base);
    }

    private static String token(Claims answer) {
        return answer.string("access_token")
                .or(() -> answer.string("accessToken"))
                .orElse("");
    }

    @Test
    void a_scope_s_parameter_reaches_the_token() throws Exception {
        Claims tokens = HttpCalls.json(HTTP.curl(Demonstration.requests(base).get(5)));
        Claims token = HttpCalls.payload(tokens.string("access_token").orElseThrow());
        assertThat(token.string("iss")).contains(base + "/lean");
        assertThat(token.string("customer_id")).contains("42");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/lean", "/slashid"})
    void a_server_with_a_path_is_found_both_ways(String path) throws Exception {
        assertThat(metadata("/.well-known/oauth-authorization-server" + path).string("issuer"))
                .contains(base + path);
        assertThat(metadata(path + "/.well-known/oauth-authorization-server").string("issuer"))
                .contains(base + path);
    }

    @Test
    void a_client_of_one_server_is_unknown_to_the_other() throws Exception {
        String line = Demonstration.requests(base).get(0).replace("/token", "/slashid/oauth2/tokens");
        assertThat(HTTP.curl(line).statusCode()).isNotEqualTo(200);
    }

    @Test
    void head_answers_like_get_without_a_body() throws Exception {
        HttpResponse<String> get = HTTP.method("GET", base + "/jwks");
        HttpResponse<String> head = HTTP.method("HEAD", base + "/jwks");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("Content-Length"))
                .isEqualTo(get.headers().firstValue("Content-Length"));
    }

    @Test
    void a_known_path_with_another_method_says_which() throws Exception {
        for (String method : new String[] {"GET", "PUT", "DELETE", "TRACE"}) {
            HttpResponse<String> answer = HTTP.method(method, base + "/token");
            assertThat(answer.statusCode()).as(method).isEqualTo(405);
            assertThat(answer.headers().firstValue("Allow")).contains("POST");
        }
    }

    @Test
    void a_path_that_is_no_one_s_is_not_found() throws Exception {
        assertThat(HTTP.method("GET", base + "/").statusCode()).isEqualTo(404);
        assertThat(HTTP.method("GET", base + "/device").statusCode()).isEqualTo(404);
        assertThat(HTTP.method("GET", base + "/lean/nothing").statusCode()).isEqualTo(404);
        assertThat(HTTP.method("GET", base + "/leander/oauth2/token").statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_path_in_disguise_is_refused() throws Exception {
        for (String path : new String[] {"/%74oken", "/x/../token", "//token", "/token;x=y", "/x/%2e%2e/token"}) {
            assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                    .as(path)
                    .startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void a_body_that_is_too_large_is_refused() throws Exception {
        assertThat(HTTP.post(base + "/token", "x=" + "a".repeat(70_000)).statusCode())
                .isEqualTo(413);
    }

    @Test
    void a_body_that_is_no_form_is_refused() throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + "/token"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"));
        assertThat(HTTP.send(request).statusCode()).isEqualTo(415);
    }

    @Test
    void a_header_that_is_too_large_is_refused_in_json() throws Exception {
        HttpResponse<String> answer =
                HTTP.send(HttpRequest.newBuilder(URI.create(base + "/jwks")).header("X", "a".repeat(20_000)));
        assertThat(answer.statusCode()).isEqualTo(431);
        assertThat(HttpCalls.json(answer).string("error")).contains("invalid_request");
    }

    @Test
    void a_request_that_is_not_http_is_refused_without_a_word_about_the_server() throws Exception {
        String answer = raw("GET / HTTP/1.1\r\nNo Header\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 400 ").doesNotContainIgnoringCase("jetty", "<html", "\tat ");
    }

    @Test
    void no_header_names_the_server() throws Exception {
        assertThat(HTTP.method("GET", base + "/jwks").headers().map()).doesNotContainKeys("server", "x-powered-by");
        assertThat(HTTP.method("GET", base + "/none").headers().map()).doesNotContainKeys("server", "x-powered-by");
    }

    @Test
    void an_ipv6_loopback_address_is_the_issuer_s_host_too() {
        Configuration read = Demonstration.read("::1", 9000, System.out);
        assertThat(read.servers().get(0).issuer()).hasToString("http://[::1]:9000");
        assertThat(Demonstration.read("0.0.0.0", 9000, System.out)
                        .servers()
                        .get(0)
                        .issuer())
                .hasToString("http://127.0.0.1:9000");
    }

    private static Claims metadata(String path) throws Exception {
        return HttpCalls.json(HTTP.method("GET", base + path));
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
