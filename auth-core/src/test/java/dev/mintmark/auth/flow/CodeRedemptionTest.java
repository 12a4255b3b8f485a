package dev.mintmark.auth.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.AuthEvent;
import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.protocol.AuthorizationRequest;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.store.ClientStore;
import dev.mintmark.auth.token.TokenFormat;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeRedemptionTest {
    private static final String CALLBACK = "https://web.example/cb";
    private static final Client OTHER = Client.of("other")
            .secret(TestServer.secret())
            .redirectUris(URI.create(CALLBACK))
            .scope(TestServer.SCOPE)
            .build();

    private final TestServer server = TestServer.of(b ->
            b.clients(ClientStore.of(TestServer.web().build(), TestServer.spa().build(), OTHER)));

    @Test
    void a_missing_or_unknown_code_is_refused() {
        server.token("web", "authorization_code").send().refused("invalid_request");
        server.redeem("web", "unknown").send().refused("invalid_grant");
        server.redeem("web", "x".repeat(10_000)).send().refused("invalid_grant");
    }

    @Test
    void another_client_s_code_is_refused_and_stays_good() {
        String code = server.code("web");

        server.redeem("other", code).send().refused("invalid_grant");
        server.redeem("spa", code).send().refused("invalid_grant");
        server.redeem("web", code).send().issued();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "another-verifier-that-is-also-long-enough-12345",
                "short",
                "the-verifier-of-these-tests-is-long-enough-1234 ",
                ""
            })
    void a_wrong_verifier_is_refused_and_neither_consumes_nor_revokes(String verifier) {
        String code = server.code("web");

        wrongVerifier(code, verifier).refused("invalid_grant");
        Reply tokens = server.redeem("web", code).send().issued();
        wrongVerifier(code, verifier).refused("invalid_grant");

        assertThat(server.isActive("web", tokens.access())).isTrue();
        server.refresh("web", tokens.refresh()).send().issued();
    }

    @Test
    void a_verifier_without_a_challenge_is_refused() {
        TestServer lenient = TestServer.of(b -> b.pkceOptionalForConfidentialClients());
        AuthorizationRequest bare = AuthorizationRequest.of("web").scope("read");
        String code = lenient.server.approve(bare, lenient.alice()).code();

        lenient.redeem("web", code).send().refused("invalid_grant");
        lenient.token("web", "authorization_code").with("code", code).send().issued();
    }

    @Test
    void where_pkce_is_optional_a_challenge_that_was_sent_is_still_checked() {
        TestServer lenient = TestServer.of(b -> b.pkceOptionalForConfidentialClients());

        lenient.token("web", "authorization_code")
                .with("code", lenient.code("web"))
                .send()
                .refused("invalid_grant");
    }

    @Test
    void a_redirect_uri_that_was_sent_must_come_again() {
        String code = server.server
                .approve(server.request("web").with("redirect_uri", CALLBACK), server.alice())
                .code();

        server.redeem("web", code).send().refused("invalid_grant");
        server.redeem("web", code).with("redirect_uri", CALLBACK + "/").send().refused("invalid_grant");
        server.redeem("web", code).with("redirect_uri", CALLBACK).send().issued();
    }

    @Test
    void a_redirect_uri_that_was_not_sent_may_be_left_out_but_not_be_another() {
        String code = server.code("web");

        server.redeem("web", code)
                .with("redirect_uri", "https://evil.example/cb")
                .send()
                .refused("invalid_grant");
        server.redeem("web", code).with("redirect_uri", CALLBACK).send().issued();
        server.redeem("web", server.code("web")).send().issued();
    }

    @Test
    void a_replay_by_the_right_client_revokes_what_the_first_use_gave() {
        String code = server.code("web");
        Reply tokens = server.redeem("web", code).send().issued();
        Reply refreshed = server.refresh("web", tokens.refresh()).send().issued();

        server.redeem("web", code).send().refused("invalid_grant");

        assertThat(server.lastEvent().type()).isEqualTo(AuthEvent.Type.REPLAYED);
        assertThat(server.isActive("web", tokens.access())).isFalse();
        assertThat(server.isActive("web", refreshed.access())).isFalse();
        server.refresh("web", refreshed.refresh()).send().refused("invalid_grant");
    }

    @Test
    void a_replay_of_what_gave_opaque_tokens_revokes_them() {
        TestServer opaque = TestServer.of(b -> b.accessTokens(TokenFormat.OPAQUE));
        String code = opaque.code("web");
        Reply tokens = opaque.redeem("web", code).send().issued();
        assertThat(opaque.isActive("web", tokens.access())).isTrue();

        opaque.redeem("web", code).send().refused("invalid_grant");

        assertThat(opaque.isActive("web", tokens.access())).isFalse();
    }

    @Test
    void a_replay_by_another_client_or_with_a_wrong_redirect_uri_revokes_nothing() {
        String code = server.code("web");
        Reply tokens = server.redeem("web", code).send().issued();

        server.redeem("other", code).send().refused("invalid_grant");
        server.redeem("web", code)
                .with("redirect_uri", "https://evil.example/cb")
                .send()
                .refused("invalid_grant");

        assertThat(server.isActive("web", tokens.access())).isTrue();
    }

    @Test
    void a_spent_code_is_remembered_for_as_long_as_its_first_access_token_lives() {
        String code = server.code("web");
        Reply tokens = server.redeem("web", code).send().issued();
        server.clock.advance(Duration.ofMinutes(60).minusMillis(1));

        server.redeem("web", code).send().refused("invalid_grant");

        assertThat(server.lastEvent().type()).isEqualTo(AuthEvent.Type.REPLAYED);
        server.refresh("web", tokens.refresh()).send().refused("invalid_grant");
    }

    @Test
    void a_code_of_a_revoked_person_is_worth_nothing() {
        String code = server.code("web");
        server.server.revokeSubject(TestServer.USER);

        server.redeem("web", code).send().refused("invalid_grant");
    }

    @Test
    void a_scope_at_redemption_does_not_widen_what_was_approved() throws Exception {
        String code = server.server
                .approve(server.request("web").scope("read"), server.alice())
                .code();

        Reply reply =
                server.redeem("web", code).with("scope", "read write").send().issued();

        assertThat(reply.accessClaims().getStringClaim("scope")).isEqualTo("read");
    }

    private Reply wrongVerifier(String code, String verifier) {
        return server.token("web", "authorization_code")
                .with("code", code)
                .with("code_verifier", verifier)
                .send();
    }
}
