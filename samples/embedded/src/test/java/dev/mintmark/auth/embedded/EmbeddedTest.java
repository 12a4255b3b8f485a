package dev.mintmark.auth.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Pkce;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EmbeddedTest {
    private static final String VERIFIER = "a-verifier-of-the-client-that-is-long-enough-for-pkce";
    private static final String CALLBACK = "https://shop.example/callback";
    private static final String SHOP = "shop:a-long-secret-that-the-shop-keeps";

    private static Server jetty;
    private static String base;

    private final Http http = new Http(base);

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
    void a_person_signs_in_and_the_client_gets_its_tokens() throws Exception {
        Claims tokens = json(redeemed(code(), VERIFIER));
        assertThat(tokens.string("scope")).contains("openid profile orders:read");
        assertThat(tokens.string("id_token")).isPresent();

        Claims active = introspect(tokens.string("access_token").orElseThrow());
        assertThat(active.isTrue("active")).isTrue();
        assertThat(active.string("sub")).contains("1302");
        assertThat(active.string("client_id")).contains("shop");

        String refresh = tokens.string("refresh_token").orElseThrow();
        Claims renewed = json(http.call("/oauth/token", SHOP, "grant_type", "refresh_token", "refresh_token", refresh));
        assertThat(renewed.string("refresh_token")).isPresent().isNotEqualTo(tokens.string("refresh_token"));
        assertThat(introspect(renewed.string("access_token").orElseThrow()).isTrue("active"))
                .isTrue();
    }

    @Test
    void a_wrong_verifier_gets_nothing() throws Exception {
        HttpResponse<String> answer = redeemed(code(), VERIFIER + "x");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).string("error")).contains("invalid_grant");
    }

    @Test
    void a_wrong_password_is_asked_again() throws Exception {
        HttpResponse<String> again = http.submit(http.open(request(CALLBACK)), "username", "alice", "password", "x");
        assertThat(again.body()).contains("data-page=\"login\"").contains("The name or the password is wrong.");
    }

    @Test
    void an_unregistered_redirect_uri_is_never_redirected_to() throws Exception {
        HttpResponse<String> answer = http.open(request("https://evil.example/callback"));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Http.location(answer)).isEmpty();
        assertThat(answer.body()).contains("invalid_request");
    }

    @Test
    void the_metadata_stands_where_rfc_8414_and_openid_connect_have_it() throws Exception {
        for (String path :
                new String[] {"/.well-known/oauth-authorization-server/oauth", "/oauth/.well-known/openid-configuration"
                }) {
            assertThat(json(http.open(path)).string("issuer")).contains(base + "/oauth");
        }
    }

    private String code() throws Exception {
        HttpResponse<String> answer = http.submit(
                http.open(request(CALLBACK)), "username", "alice", "password", "correct horse battery staple");
        // Alice is asked once.
        if (answer.body().contains("data-page=\"consent\"")) answer = http.submit(answer, "decision", "allow");
        String location = Http.location(answer);
        assertThat(location)
                .startsWith(CALLBACK + "?code=")
                .contains("&state=xyz")
                .contains("&iss=");
        return location.replaceFirst(".*[?&]code=([^&]*).*", "$1");
    }

    private static String request(String redirect) {
        return "/oauth/authorize?"
                + Http.form(
                        "response_type", "code",
                        "client_id", "shop",
                        "redirect_uri", redirect,
                        "scope", "openid profile orders:read",
                        "state", "xyz",
                        "code_challenge", Pkce.challenge(VERIFIER),
                        "code_challenge_method", "S256");
    }

    private HttpResponse<String> redeemed(String code, String verifier) throws Exception {
        return http.call(
                "/oauth/token",
                SHOP,
                "grant_type",
                "authorization_code",
                "code",
                code,
                "redirect_uri",
                CALLBACK,
                "code_verifier",
                verifier);
    }

    private Claims introspect(String token) throws Exception {
        return json(http.call("/oauth/introspect", SHOP, "token", token));
    }

    private static Claims json(HttpResponse<String> answer) {
        return Claims.parse(answer.body());
    }
}
