package dev.mintmark.auth.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.mintmark.auth.PassThroughStore;
import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.store.Change;
import dev.mintmark.auth.token.TokenFormat;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Threats of RFC 6819 and RFC 9700 that no other test is about; docs/security.md has the whole list. */
class ThreatTest {
    private static final String API = "https://api.example";

    @Test
    void who_reads_the_store_finds_no_code_no_token_no_scope_and_no_person() {
        TestServer.MovableClock clock = new TestServer.MovableClock();
        StringBuilder seen = new StringBuilder();
        TestServer server = TestServer.of(
                clock,
                b -> b.accessTokens(TokenFormat.OPAQUE)
                        .serverSecret(new byte[32])
                        .store(new PassThroughStore(clock) {
                            @Override
                            public Outcome apply(Change change) {
                                for (Change.Write write : change.writes()) {
                                    seen.append(write.key().hash()).append('\n');
                                    seen.append(new String(write.payload(), StandardCharsets.ISO_8859_1))
                                            .append('\n');
                                }
                                return super.apply(change);
                            }
                        }));
        String code = server.code("web");
        Reply first = server.redeem("web", code).send().issued();
        Reply second = server.refresh("web", first.refresh()).send().issued();

        assertThat(seen.toString())
                .isNotEmpty()
                .doesNotContain(
                        code,
                        first.access(),
                        first.refresh(),
                        second.access(),
                        second.refresh(),
                        TestServer.USER,
                        "openid",
                        TestServer.VERIFIER);
    }

    @Test
    void codes_and_opaque_tokens_have_256_random_bits() {
        TestServer server = TestServer.of(b -> b.accessTokens(TokenFormat.OPAQUE));
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            String code = server.code("web");
            String token = server.token("machine", "client_credentials")
                    .send()
                    .issued()
                    .access();
            for (String handle : List.of(code, token)) {
                assertThat(Base64.getUrlDecoder().decode(handle)).hasSize(32);
                assertThat(seen.add(handle)).isTrue();
            }
        }
    }

    @Test
    void a_client_called_like_a_person_is_told_from_that_person() throws Exception {
        Client namesake = Client.of(TestServer.USER)
                .secret(TestServer.secret())
                .grantTypes(GrantType.CLIENT_CREDENTIALS)
                .scope("read")
                .build();
        TestServer server =
                TestServer.knowing(TestServer.web().build(), TestServer.spa().build(), namesake);
        String client = server.token(TestServer.USER, "client_credentials")
                .send()
                .issued()
                .access();
        String person = server.signIn("web").access();

        assertThat(SignedJWT.parse(client).getJWTClaimsSet().getSubject()).isEqualTo(TestServer.USER);
        assertThat(Reply.claims(client).getClaims()).doesNotContainKeys("fid", "auth_time");
        assertThat(Reply.claims(person).getClaims()).containsKeys("fid", "auth_time");
        assertThat(server.introspect("web", client).names()).doesNotContain("fid", "auth_time");
        assertThat(server.introspect("web", person).names()).contains("fid", "auth_time");

        server.server.revokeSubject(TestServer.USER);
        assertThat(server.isActive("web", person)).isFalse();
        assertThat(server.isActive("web", client)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"web", "spa"})
    void a_refreshed_token_is_for_the_resource_of_the_grant_and_no_other(String client) {
        TestServer server = TestServer.of(b -> b.resources(URI.create(API), URI.create("https://other.example")));
        String code = server.server
                .approve(server.request(client).with("resource", API), server.alice())
                .code();
        Reply tokens = server.redeem(client, code).send().issued();

        server.refresh(client, tokens.refresh())
                .with("resource", "https://other.example")
                .send()
                .refused("invalid_target");
        Reply next = server.refresh(client, tokens.refresh()).send().issued();
        assertThat(next.accessClaims().getAudience()).containsExactly(API);
    }

    @Test
    void a_public_client_s_stolen_refresh_token_ends_the_family_when_both_use_it() {
        TestServer server = TestServer.standard();
        Reply stolen = server.signIn("spa");
        Reply thief = server.refresh("spa", stolen.refresh()).send().issued();
        Reply again = server.refresh("spa", thief.refresh()).send().issued();

        server.refresh("spa", stolen.refresh()).send().refused("invalid_grant");

        server.refresh("spa", again.refresh()).send().refused("invalid_grant");
        assertThat(server.isActive("web", again.access())).isFalse();
    }

    @Test
    void no_answer_redirects_anywhere() {
        TestServer server = TestServer.standard();
        for (String path : List.of("/token", "/introspect", "/revoke", "/jwks", "/authorize", "/")) {
            for (String method : List.of("GET", "POST")) {
                server.call(method, path)
                        .query("redirect_uri=https://evil.example&client_id=web&response_type=code")
                        .with("redirect_uri", "https://evil.example")
                        .with("client_id", "spa")
                        .offered()
                        .ifPresent(answer -> {
                            assertThat(answer.status() / 100).isNotEqualTo(3);
                            assertThat(answer.headers()).doesNotContainKey("Location");
                        });
            }
        }
    }

    @Test
    void a_token_in_the_query_is_no_token() {
        TestServer server = TestServer.standard();
        String token = server.signIn("web").access();

        server.as("web", server.call("POST", "/introspect"))
                .query("token=" + token)
                .send()
                .refused("invalid_request");
        server.as("web", server.call("POST", "/revoke"))
                .query("token=" + token)
                .send()
                .refused("invalid_request");
        assertThat(server.isActive("web", token)).isTrue();
    }
}
