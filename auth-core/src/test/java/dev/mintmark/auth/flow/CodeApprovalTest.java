package dev.mintmark.auth.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.protocol.Approved;
import dev.mintmark.auth.protocol.Authentication;
import dev.mintmark.auth.protocol.AuthorizationRequest;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.Pkce;
import dev.mintmark.auth.protocol.Refused;
import java.net.URI;
import java.time.Duration;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeApprovalTest {
    private static final String CHALLENGE = Pkce.challenge(TestServer.VERIFIER);

    private final TestServer server = TestServer.standard();

    @Test
    void the_browser_is_sent_back_with_code_state_and_issuer() {
        Approved approved = server.server.approve(server.request("web").with("state", "a b&c=d/ü"), server.alice());

        assertThat(approved.redirect())
                .hasToString("https://web.example/cb?code=" + approved.code()
                        + "&state=a+b%26c%3Dd%2F%C3%BC&iss=https%3A%2F%2Fauth.example");
    }

    @Test
    void without_a_state_none_is_sent_back() {
        Approved approved = server.server.approve(server.request("web"), server.alice());

        assertThat(approved.redirect().getRawQuery())
                .isEqualTo("code=" + approved.code() + "&iss=https%3A%2F%2Fauth.example");
    }

    @Test
    void a_redirect_uri_with_a_query_keeps_it() {
        TestServer queried = TestServer.knowing(TestServer.web()
                .redirectUris(URI.create("https://web.example/cb?tenant=1"))
                .build());

        assertThat(queried.server
                        .approve(queried.request("web"), queried.alice())
                        .redirect()
                        .toString())
                .startsWith("https://web.example/cb?tenant=1&code=");
    }

    @Test
    void what_would_change_the_request_s_meaning_is_refused() {
        AuthorizationRequest request = server.request("web");

        refused(server, request.with("request", "eyJ..")).hasMessageStartingWith("request_not_supported");
        refused(server, request.with("request_uri", "urn:x")).hasMessageStartingWith("request_uri_not_supported");
        refused(server, request.with("response_mode", "form_post")).hasMessageStartingWith("invalid_request");
        refused(server, request.with("response_mode", "web_message")).hasMessageStartingWith("invalid_request");
        assertThat(server.server.approve(request.with("response_mode", "query"), server.alice()))
                .isNotNull();
    }

    @Test
    void an_answer_can_go_into_the_fragment() {
        AuthorizationRequest request = server.request("web").with("response_mode", "fragment");
        assertThat(server.server.approve(request, server.alice()).redirect().getRawFragment())
                .startsWith("code=");
    }

    @Test
    void a_sign_in_older_than_max_age_is_not_enough() {
        AuthorizationRequest request = server.request("web");
        Authentication earlier =
                Authentication.of(TestServer.USER, server.clock.instant().minusSeconds(61));

        refused(server, request.with("max_age", "60"), earlier).hasMessageStartingWith("login_required");
        refused(server, request.with("max_age", "soon"), earlier).hasMessageStartingWith("invalid_request");
        assertThat(server.server.approve(request.with("max_age", "61"), earlier))
                .isNotNull();
    }

    @Test
    void a_challenge_is_required_even_of_confidential_clients() {
        AuthorizationRequest bare = AuthorizationRequest.of("web").scope("read");

        refused(server, bare).hasMessageStartingWith("invalid_request");
        assertThat(reason(server, bare)).contains("code_challenge");
    }

    @Test
    void where_pkce_is_optional_it_stays_required_of_public_clients() {
        TestServer lenient = TestServer.of(b -> b.pkceOptionalForConfidentialClients());

        assertThat(lenient.server
                        .approve(AuthorizationRequest.of("web").scope("read"), lenient.alice())
                        .code())
                .isNotEmpty();
        refused(lenient, AuthorizationRequest.of("spa").scope("read")).hasMessageStartingWith("invalid_request");
    }

    @Test
    void plain_is_refused_named_or_implied() {
        AuthorizationRequest request =
                AuthorizationRequest.of("web").scope("read").with("code_challenge", CHALLENGE);

        refused(server, request).hasMessageStartingWith("invalid_request");
        refused(server, request.with("code_challenge_method", "plain")).hasMessageStartingWith("invalid_request");
        refused(server, request.with("code_challenge_method", "s256")).hasMessageStartingWith("invalid_request");
    }

    @Test
    void a_challenge_that_is_no_sha256_is_refused() {
        for (String wrong :
                new String[] {"short", CHALLENGE + "x", CHALLENGE.substring(1) + "=", TestServer.VERIFIER}) {
            refused(server, AuthorizationRequest.of("web").scope("read").codeChallenge(wrong))
                    .hasMessageStartingWith("invalid_request");
        }
    }

    @Test
    void a_redirect_uri_must_be_registered_to_the_letter() {
        for (String wrong : new String[] {
            "https://web.example/cb/",
            "https://web.example/cb?x=y",
            "https://web.example/CB",
            "HTTPS://web.example/cb",
            "https://web.example:443/cb",
            "https://spa.example/cb",
            "https://web.example/x/../cb"
        }) {
            assertThat(reason(server, server.request("web").with("redirect_uri", wrong)))
                    .as(wrong)
                    .contains("redirect_uri");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1", "http://[::1]", "http://localhost"})
    void an_app_that_listens_on_a_loopback_address_may_choose_the_port(String host) {
        Client client = TestServer.spa().redirectUris(URI.create(host + "/cb")).build();
        TestServer app = TestServer.knowing(client);
        AuthorizationRequest request = app.request("spa").with("redirect_uri", host + ":51004/cb");
        Approved approved = app.server.approve(request, app.alice());

        assertThat(approved.redirect().toString()).startsWith(host + ":51004/cb?code=");
        app.redeem("spa", approved.code()).send().refused("invalid_grant");
        app.redeem("spa", approved.code())
                .with("redirect_uri", host + "/cb")
                .send()
                .refused("invalid_grant");
        app.redeem("spa", approved.code())
                .with("redirect_uri", host + ":51004/cb")
                .send()
                .issued();
        for (String wrong : new String[] {
            host + ":51004/cb/",
            host + ":51004@evil.example/cb",
            host + ".evil.example/cb",
            host + ":/cb",
            host + ":51004"
        }) {
            assertThat(reason(app, app.request("spa").with("redirect_uri", wrong)))
                    .as(wrong)
                    .contains("redirect_uri");
        }
    }

    @Test
    void only_a_public_client_on_a_loopback_address_chooses_its_port() {
        TestServer confidential = TestServer.knowing(TestServer.web()
                .redirectUris(URI.create("http://localhost:3000/cb"))
                .build());
        TestServer remote = TestServer.knowing(TestServer.spa().build());

        assertThat(reason(confidential, confidential.request("web").with("redirect_uri", "http://localhost:3001/cb")))
                .contains("redirect_uri");
        assertThat(reason(remote, remote.request("spa").with("redirect_uri", "https://spa.example:8443/cb")))
                .contains("redirect_uri");
    }

    @Test
    void with_several_registered_the_redirect_uri_must_be_named() {
        URI second = URI.create("https://web.example/second");
        TestServer two = TestServer.knowing(TestServer.web()
                .redirectUris(URI.create("https://web.example/cb"), second)
                .build());

        assertThat(reason(two, two.request("web"))).contains("redirect_uri");
        assertThat(two.server
                        .approve(two.request("web").redirectUri(second), two.alice())
                        .redirect()
                        .toString())
                .startsWith(second.toString());
    }

    @Test
    void with_none_registered_there_is_nowhere_to_go() {
        TestServer none = TestServer.knowing(TestServer.web().redirectUris().build());

        assertThat(reason(none, none.request("web").with("redirect_uri", "https://web.example/cb")))
                .contains("redirect_uri");
    }

    @Test
    void a_request_that_is_not_for_a_code_is_refused() {
        Params token = Params.of("client_id", "web", "response_type", "token", "code_challenge", CHALLENGE);
        Params missing = Params.of("client_id", "web", "code_challenge", CHALLENGE);

        refused(server, AuthorizationRequest.of(token)).hasMessageStartingWith("unsupported_response_type");
        refused(server, AuthorizationRequest.of(missing)).hasMessageStartingWith("invalid_request");
    }

    @Test
    void an_unknown_or_unnamed_client_is_refused() {
        assertThat(reason(server, server.request("nobody"))).contains("client_id");
        refused(server, AuthorizationRequest.of(Params.of("response_type", "code")))
                .hasMessageStartingWith("invalid_request");
    }

    @Test
    void a_client_that_may_not_use_codes_is_refused() {
        Client machine = TestServer.machine()
                .redirectUris(URI.create("https://web.example/cb"))
                .build();
        TestServer knowing = TestServer.knowing(machine);

        refused(knowing, knowing.request("machine").scope("read")).hasMessageStartingWith("unauthorized_client");
    }

    @Test
    void a_scope_that_the_client_may_not_have_is_refused() {
        refused(server, server.request("spa").scope("openid write")).hasMessageStartingWith("invalid_scope");
        refused(server, server.request("spa").scope("unknown")).hasMessageStartingWith("invalid_scope");
    }

    @Test
    void a_code_lives_for_a_minute() {
        String inTime = server.code("web");
        server.clock.advance(Duration.ofSeconds(60).minusMillis(1));
        server.redeem("web", inTime).send().issued();

        String late = server.code("web");
        server.clock.advance(Duration.ofSeconds(60));
        server.redeem("web", late).send().refused("invalid_grant");
    }

    @Test
    void a_code_s_lifetime_can_be_set() {
        TestServer quick = TestServer.of(b -> b.codeLifetime(Duration.ofSeconds(5)));
        String code = quick.code("web");
        quick.clock.advance(Duration.ofSeconds(5));

        quick.redeem("web", code).send().refused("invalid_grant");
    }

    private static AbstractThrowableAssert<?, ?> refused(TestServer server, AuthorizationRequest request) {
        return refused(server, request, server.alice());
    }

    private static AbstractThrowableAssert<?, ?> refused(
            TestServer server, AuthorizationRequest request, Authentication authentication) {
        return assertThatThrownBy(() -> server.server.approve(request, authentication))
                .isInstanceOf(Refused.class);
    }

    private static String reason(TestServer server, AuthorizationRequest request) {
        try {
            server.server.approve(request, server.alice());
        } catch (Refused e) {
            return e.refusal().parameter().orElse("");
        }
        throw new AssertionError("not refused");
    }
}
