package dev.mintmark.auth.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.protocol.Pkce;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Test;

class OwnLoginTest {
    private static final String CALLBACK = "https://app.example/callback";
    private static final String REQUEST = "/oauth/authorize?"
            + Http.form(
                    "response_type", "code",
                    "client_id", "app",
                    "redirect_uri", CALLBACK,
                    "scope", "openid",
                    "code_challenge", Pkce.challenge("a-verifier-of-the-client-that-is-long-enough-for-pkce"),
                    "code_challenge_method", "S256");

    @Test
    void a_person_signs_in_at_the_application_and_allows_the_client_at_the_server() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Server jetty = OwnLogin.start(port);
        try {
            Http browser = new Http("http://127.0.0.1:" + port);
            HttpResponse<String> login = browser.open(REQUEST);
            assertThat(login.uri().getPath()).isEqualTo("/login");

            assertThat(browser.submit(login, "username", "alice", "password", "wrong")
                            .statusCode())
                    .isEqualTo(401);
            HttpResponse<String> consent =
                    browser.submit(login, "username", "alice", "password", "correct horse battery staple");
            assertThat(consent.body()).contains("data-page=\"consent\"");
            assertThat(browser.open("/oauth/pages/pages.css").statusCode()).isEqualTo(200);
            assertThat(Http.location(browser.submit(consent, "decision", "allow")))
                    .startsWith(CALLBACK + "?code=");
            assertThat(Http.location(browser.open(REQUEST + "&prompt=none"))).startsWith(CALLBACK + "?code=");
        } finally {
            jetty.stop();
        }
    }
}
