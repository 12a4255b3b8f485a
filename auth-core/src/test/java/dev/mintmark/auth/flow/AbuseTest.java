package dev.mintmark.auth.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import dev.mintmark.auth.AuthorizationServer;
import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.keys.SigningKey;
import dev.mintmark.auth.profile.LeanProfile;
import dev.mintmark.auth.profile.SlashIdProfile;
import dev.mintmark.auth.protocol.AuthorizationRequest;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Refused;
import dev.mintmark.auth.protocol.SigningAlgorithm;
import dev.mintmark.auth.protocol.TokenKind;
import dev.mintmark.auth.store.ClientStore;
import dev.mintmark.auth.store.InMemoryGrantStore;
import dev.mintmark.auth.token.TokenFormat;
import dev.mintmark.auth.token.TokenSpec;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a client, or anyone, may try at others' cost. */
class AbuseTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final TestServer.MovableClock clock = new TestServer.MovableClock();

    private TestServer small(int capacity) {
        return TestServer.of(
                clock, b -> b.store(new InMemoryGrantStore(clock, capacity)).serverSecret(new byte[32]));
    }

    private static TestServer slashId() {
        return TestServer.of(b -> b.profile(new SlashIdProfile()).scopes(TestServer.SCOPES));
    }

    @Test
    void a_client_that_revokes_all_it_can_leaves_room_for_replays_and_administrators() {
        TestServer server = small(100);
        Reply victim = server.signIn("web");
        server.refresh("web", victim.refresh()).send().issued();
        clock.advance(Duration.ofMinutes(2));
        for (int i = 0; i < 100; i++) {
            server.revoke(
                            "machine",
                            server.token("machine", "client_credentials").send().access())
                    .send();
        }

        server.refresh("web", victim.refresh()).send().refused("invalid_grant");

        assertThat(server.isActive("web", victim.access())).isFalse();
        server.server.revokeSubject("alice");
    }

    @Test
    void a_token_s_revocation_is_forgotten_with_the_token_and_an_expired_one_leaves_none() {
        TestServer server = small(10);
        for (int day = 0; day < 3; day++) {
            List<String> tokens = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                tokens.add(server.token("machine", "client_credentials").send().access());
            }
            for (String token : tokens) {
                assertThat(server.revoke("machine", token).send().status()).isEqualTo(200);
            }
            clock.advance(Duration.ofDays(1));
            for (String token : tokens) {
                assertThat(server.revoke("machine", token).send().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void revoke_all_reaches_no_further_than_now() {
        TestServer server = slashId();
        Reply reply = server.as("web", server.call("POST", "/oauth2/tokens/revoke-all"))
                .with("person_id", "alice")
                .with("until", "2999-01-01T00:00:00Z")
                .send();

        assertThat(reply.status()).isEqualTo(200);
        server.clock.advance(Duration.ofSeconds(1));
        assertThat(server.code("web")).isNotEmpty();
    }

    @Test
    void revoke_all_remembers_no_one_who_could_not_be() {
        TestServer server = slashId();

        assertThat(server.as("web", server.call("POST", "/oauth2/tokens/revoke-all"))
                        .with("person_id", "x".repeat(256))
                        .send()
                        .status())
                .isEqualTo(400);
    }

    @Test
    void a_scope_and_a_nonce_have_a_length() {
        TestServer server = TestServer.of(b -> b.accessTokens(TokenFormat.OPAQUE));

        server.token("machine", "client_credentials")
                .with("scope", "customer." + "4".repeat(5_000))
                .send()
                .refused("invalid_scope");
        AuthorizationRequest request = server.request("web").with("nonce", "n".repeat(513));
        assertThatThrownBy(() -> server.server.approve(request, server.alice())).isInstanceOf(Refused.class);
    }

    @Test
    void with_the_same_keys_an_issuer_still_vouches_for_its_own_tokens_only() {
        JWK key = SigningKey.generate(SigningAlgorithm.ES256, RANDOM);
        TestServer home = TestServer.of(b -> b.signingKeys(TokenKind.ACCESS, SigningAlgorithm.ES256, key));
        TestServer other = TestServer.of(
                b -> b.issuer("https://other.example").signingKeys(TokenKind.ACCESS, SigningAlgorithm.ES256, key));
        String token = home.signIn("web").access();

        assertThat(home.isActive("machine", token)).isTrue();
        assertThat(other.isActive("machine", token)).isFalse();
    }

    @Test
    void one_key_under_two_descriptions_is_one_key() throws Exception {
        ECKey key = SigningKey.generate(SigningAlgorithm.ES256, RANDOM).toECKey();
        JWK described =
                new ECKey.Builder(key).keyID("k").keyUse(KeyUse.SIGNATURE).build();

        assertThatThrownBy(() -> AuthorizationServer.builder(URI.create("https://auth.example"))
                        .clients(ClientStore.of())
                        .signing(TokenKind.ID, SigningAlgorithm.ES256)
                        .signingKeys(TokenKind.ACCESS, SigningAlgorithm.ES256, key)
                        .signingKeys(TokenKind.ID, SigningAlgorithm.ES256, described)
                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("one kind of token only");
    }

    @Test
    void the_end_of_a_session_reaches_lean_s_tokens() {
        TestServer server = TestServer.of(b -> b.profile(new LeanProfile())
                .scopes(TestServer.SCOPES)
                .clients(ClientStore.of(TestServer.web()
                        .grantTypes(GrantType.AUTHORIZATION_CODE)
                        .build())));
        String code = server.server
                .approve(
                        server.request("web").scope("openid read"),
                        server.alice().withSession("s1"))
                .code();
        String token = server.as("web", server.call("POST", "/oauth2/token"))
                .with("grant_type", "authorization_code")
                .with("code", code)
                .with("code_verifier", TestServer.VERIFIER)
                .send()
                .access();
        server.clock.advance(Duration.ofSeconds(5));

        server.server.revokeSession("s1");

        Reply seen = server.as("web", server.call("POST", "/oauth2/introspect"))
                .with("token", token)
                .send();
        assertThat(seen.json().isTrue("active")).isFalse();
    }

    @Test
    void a_basic_header_brings_no_control_characters_to_stores_and_logs() {
        List<String> asked = new ArrayList<>();
        TestServer server = TestServer.of(b -> b.clients(id -> {
            asked.add(id);
            return Optional.empty();
        }));

        server.call("POST", "/token")
                .basic("x\0y\r\n2026-01-01 ERROR forged", "s")
                .with("grant_type", "client_credentials")
                .send()
                .refused(401, "invalid_client");

        assertThat(asked).isEmpty();
    }

    @Test
    void a_log_line_is_short_and_no_one_s_forgery() {
        TestServer server = TestServer.standard();
        AuthorizationRequest forged = AuthorizationRequest.of("x' subject='root");
        assertThatThrownBy(() -> server.server.approve(forged, server.alice())).isInstanceOf(Refused.class);
        assertThat(server.lastEvent().toString()).doesNotContain("subject=");

        server.call("POST", "/token")
                .with("client_id", "z".repeat(60_000))
                .with("client_secret", "x")
                .with("grant_type", "client_credentials")
                .send();
        assertThat(server.lastEvent().toString()).hasSizeLessThan(1_000);
    }

    @Test
    void a_refresh_token_has_one_spelling() {
        TestServer server = TestServer.standard();
        String token = server.signIn("web").refresh();
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        char other = alphabet.charAt(alphabet.indexOf(token.charAt(token.length() - 1)) ^ 1);

        server.refresh("web", token.substring(0, token.length() - 1) + other)
                .send()
                .refused("invalid_grant");
    }

    @Test
    void a_resource_is_compared_character_by_character() {
        TestServer server = TestServer.of(b -> b.resources(URI.create("https://api.example/v1")));

        server.token("machine", "client_credentials")
                .with("resource", "HTTPS://API.Example/v1")
                .send()
                .refused("invalid_target");
    }

    @Test
    void what_a_retired_secret_sealed_is_forgotten_not_a_fault() {
        InMemoryGrantStore store = new InMemoryGrantStore(clock, 1000);
        byte[] newer = new byte[32];
        newer[0] = 1;
        JWK key = SigningKey.generate(SigningAlgorithm.ES256, RANDOM);
        TestServer before = TestServer.of(
                clock,
                b -> b.store(store)
                        .serverSecret(new byte[32])
                        .accessTokens(TokenFormat.OPAQUE)
                        .signingKeys(TokenKind.ACCESS, SigningAlgorithm.ES256, key));
        String token = before.token("machine", "client_credentials").send().access();
        String code = before.code("web");
        TestServer after = TestServer.of(
                clock,
                b -> b.store(store)
                        .serverSecret(newer)
                        .accessTokens(TokenFormat.OPAQUE)
                        .signingKeys(TokenKind.ACCESS, SigningAlgorithm.ES256, key));

        assertThat(after.isActive("web", token)).isFalse();
        after.redeem("web", code).send().refused("invalid_grant");
    }

    @Test
    void a_header_that_no_one_looked_at_is_not_passed_over() {
        TestServer server = TestServer.standard();

        server.call("POST", "/token")
                .header("Authorization", "Bearer junk")
                .with("client_id", "poster")
                .with("client_secret", TestServer.SECRET)
                .with("grant_type", "client_credentials")
                .send()
                .refused(401, "invalid_client");
    }

    @Test
    void a_token_without_a_name_is_not_said_to_be_revoked() {
        TestServer server = TestServer.of(b -> b.tokens((by, client, authorization, user, plan) ->
                plan.access(token -> token.stamped(TokenSpec.Stamp.ISSUED_AT, TokenSpec.Stamp.EXPIRES))));
        String token = server.token("machine", "client_credentials").send().access();

        server.revoke("machine", token).send().refused(400, "unsupported_token_type");
        assertThat(server.isActive("web", token)).isTrue();
    }

    @Test
    void an_opaque_token_that_does_not_tell_its_expiry_stays_revoked_all_the_same() {
        TestServer server = TestServer.of(b -> b.accessTokens(TokenFormat.OPAQUE)
                .tokens((by, client, authorization, user, plan) -> plan.access(TokenSpec::stamped)));
        String token = server.token("machine", "client_credentials").send().access();

        assertThat(server.revoke("machine", token).send().status()).isEqualTo(200);
        server.clock.advance(Duration.ofMinutes(30));
        server.revoke(
                        "machine",
                        server.token("machine", "client_credentials").send().access())
                .send();
        assertThat(server.isActive("web", token)).isFalse();
    }
}
