package dev.mintmark.auth.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.protocol.AuthorizationRequest;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.Pkce;
import dev.mintmark.auth.protocol.Refused;
import dev.mintmark.auth.store.ClientStore;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceTest {
    private static final String A = "https://a.example";
    private static final String B = "https://b.example/api";
    private static final String OWN = "urn:example:machine-only";

    private final TestServer server = TestServer.of(b -> b.resources(URI.create(A), URI.create(B))
            .clients(ClientStore.of(
                    TestServer.web().build(),
                    TestServer.machine().resources(URI.create(OWN)).build(),
                    TestServer.poster().build())));

    @Test
    void without_a_resource_the_audience_is_the_server_s() {
        TestServer named = TestServer.of(b -> b.audience("https://api.example"));

        assertThat(ask().accessClaims().getAudience()).containsExactly(TestServer.ISSUER);
        assertThat(named.token("machine", "client_credentials")
                        .send()
                        .accessClaims()
                        .getAudience())
                .containsExactly("https://api.example");
    }

    @Test
    void one_resource_is_the_audience_as_a_string() {
        assertThat(server.introspect("machine", ask(A).access()).string("aud")).contains(A);
    }

    @Test
    void several_resources_are_all_the_audience_each_once() {
        assertThat(ask(A, B, A).accessClaims().getAudience()).containsExactly(A, B);
    }

    @Test
    void a_client_has_resources_of_its_own_and_no_other_client_s() {
        assertThat(ask(OWN).accessClaims().getAudience()).containsExactly(OWN);
        server.call("POST", "/token")
                .with("client_id", "poster")
                .with("client_secret", TestServer.SECRET)
                .with("grant_type", "client_credentials")
                .with("resource", OWN)
                .send()
                .refused("invalid_target");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://c.example",
                "https://a.example/",
                "/relative",
                "https://a.example#part",
                "not a uri",
                "https://A.example/../"
            })
    void an_unknown_or_malformed_resource_is_invalid_target(String resource) {
        ask(A, resource).refused("invalid_target");
    }

    @Test
    void a_code_carries_its_resources_and_may_be_narrowed() {
        assertThat(redeem().issued().accessClaims().getAudience()).containsExactly(A, B);
        assertThat(redeem(B).issued().accessClaims().getAudience()).containsExactly(B);
    }

    @Test
    void a_narrowed_code_narrows_the_token_and_not_the_family() {
        Reply narrowed = redeem(B).issued();

        Reply next = server.refresh("web", narrowed.refresh())
                .with("resource", A)
                .send()
                .issued();
        assertThat(next.accessClaims().getAudience()).containsExactly(A);
        Reply whole = server.refresh("web", next.refresh()).send().issued();
        assertThat(whole.accessClaims().getAudience()).containsExactly(A, B);
    }

    @Test
    void a_resource_beyond_the_granted_ones_is_invalid_target_and_consumes_nothing() {
        String code = server.server
                .approve(server.request("web").with("resource", A), server.alice())
                .code();

        server.redeem("web", code).with("resource", B).send().refused("invalid_target");
        Reply tokens = server.redeem("web", code).send().issued();
        server.refresh("web", tokens.refresh()).with("resource", B).send().refused("invalid_target");
        server.refresh("web", tokens.refresh()).send().issued();
    }

    @Test
    void an_approval_for_an_unknown_resource_is_refused() {
        assertThatThrownBy(() -> server.server.approve(
                        server.request("web").with("resource", "https://c.example"), server.alice()))
                .isInstanceOfSatisfying(
                        Refused.class, e -> assertThat(e.refusal().code()).isEqualTo(ErrorCode.INVALID_TARGET));
    }

    private Reply ask(String... resources) {
        var call = server.token("machine", "client_credentials");
        for (String resource : resources) call.with("resource", resource);
        return call.send();
    }

    private Reply redeem(String... resources) {
        Params params = Params.builder()
                .add("client_id", "web")
                .add("response_type", "code")
                .add("scope", TestServer.SCOPE)
                .add("resource", A)
                .add("resource", B)
                .build();
        AuthorizationRequest request =
                AuthorizationRequest.of(params).codeChallenge(Pkce.challenge(TestServer.VERIFIER));
        var call = server.redeem(
                "web", server.server.approve(request, server.alice()).code());
        for (String resource : resources) call.with("resource", resource);
        return call.send();
    }
}
