package dev.mintmark.auth.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Pkce;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EmbeddedTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String VERIFIER = "a-verifier-of-the-client-that-is-long-enough-for-pkce";
    private static final String CALLBACK = "https://shop.example/callback";

    private static Server jetty;
    private static String base;

    @BeforeAll
    static void start() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        jetty = Embedded.start(port);
        base = "http://127.0.0.1:" + port;
    }

    @AfterAll
    static void stop() throws Exception {
        jetty.stop();
    }

    @Test
    void a_person_signs_in_with_the_application_and_the_client_gets_its_tokens() throws Exception {
        Claims tokens =
                json(token("grant_type", "authorization_code", "code", code("alice"), "code_verifier", VERIFIER));
        assertThat(tokens.string("scope")).contains("openid orders:read");
        assertThat(tokens.string("id_token")).isPresent();

        Claims active = introspect(tokens.string("access_token").orElseThrow());
        assertThat(active.isTrue("active")).isTrue();
        assertThat(active.string("sub")).contains("alice");
        assertThat(active.string("client_id")).contains("shop");

        String refresh = tokens.string("refresh_token").orElseThrow();
        Claims renewed = json(token("grant_type", "refresh_token", "refresh_token", refresh));
        assertThat(renewed.string("refresh_token")).isPresent().isNotEqualTo(tokens.string("refresh_token"));
        assertThat(introspect(renewed.string("access_token").orElseThrow()).isTrue("active"))
                .isTrue();
    }

    @Test
    void a_wrong_verifier_gets_nothing() throws Exception {
        HttpResponse<String> answer =
                token("grant_type", "authorization_code", "code", code("alice"), "code_verifier", VERIFIER + "x");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).string("error")).contains("invalid_grant");
    }

    @Test
    void nobody_gets_a_code_without_signing_in() throws Exception {
        assertThat(signIn(request(CALLBACK), "alice", "wrong").statusCode()).isEqualTo(401);
        assertThat(signIn(request(CALLBACK), "nobody", "").statusCode()).isEqualTo(401);
    }

    @Test
    void an_unregistered_redirect_uri_is_never_redirected_to() throws Exception {
        HttpResponse<String> answer =
                signIn(request("https://evil.example/callback"), "alice", "correct horse battery staple");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Location")).isEmpty();
    }

    @Test
    void the_metadata_stands_where_rfc_8414_has_it() throws Exception {
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(base + "/.well-known/oauth-authorization-server/oauth"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(json(answer).string("issuer")).contains(base + "/oauth");
    }

    @Test
    void the_sign_in_page_is_the_application_s_own() throws Exception {
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(base + "/sign-in?" + request(CALLBACK)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).contains("name=\"username\"");
    }

    private static String code(String username) throws Exception {
        HttpResponse<String> answer = signIn(request(CALLBACK), username, "correct horse battery staple");
        assertThat(answer.statusCode()).isEqualTo(302);
        String location = answer.headers().firstValue("Location").orElseThrow();
        assertThat(location)
                .startsWith(CALLBACK + "?code=")
                .contains("&state=xyz")
                .contains("&iss=");
        return location.replaceFirst(".*[?&]code=([^&]*).*", "$1");
    }

    private static String request(String redirect) {
        return form(
                "response_type", "code",
                "client_id", "shop",
                "redirect_uri", redirect,
                "scope", "openid orders:read",
                "state", "xyz",
                "code_challenge", Pkce.challenge(VERIFIER),
                "code_challenge_method", "S256");
    }

    private static HttpResponse<String> signIn(String request, String username, String password) throws Exception {
        return post("/sign-in?" + request, form("username", username, "password", password));
    }

    private static HttpResponse<String> token(String... pairs) throws Exception {
        String redirect = pairs[1].equals("authorization_code") ? "&" + form("redirect_uri", CALLBACK) : "";
        return post("/oauth/token", form(pairs) + redirect);
    }

    private static Claims introspect(String token) throws Exception {
        return json(post("/oauth/introspect", form("token", token)));
    }

    private static HttpResponse<String> post(String path, String form) throws Exception {
        String basic = Base64.getEncoder()
                .encodeToString("shop:a-long-secret-that-the-shop-keeps".getBytes(StandardCharsets.UTF_8));
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(base + path))
                        .header("Authorization", "Basic " + basic)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static Claims json(HttpResponse<String> answer) {
        return Claims.parse(answer.body());
    }

    private static String form(String... pairs) {
        String[] encoded = Arrays.stream(pairs)
                .map(text -> URLEncoder.encode(text, StandardCharsets.UTF_8))
                .toArray(String[]::new);
        return java.util.stream.IntStream.range(0, pairs.length / 2)
                .mapToObj(i -> encoded[2 * i] + "=" + encoded[2 * i + 1])
                .collect(Collectors.joining("&"));
    }
}
