package dev.mintmark.auth.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.Call;
import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.people.Town;
import dev.mintmark.auth.profile.LeanProfile;
import dev.mintmark.auth.protocol.AuthorizationRequest;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Pkce;
import dev.mintmark.auth.store.ClientStore;
import dev.mintmark.auth.token.TokenFormat;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenID Connect Core section 5.3, and how a bearer is answered (RFC 6750). */
class UserInfoTest {
    private static final String EXPIRED =
            "Bearer realm=\"oauth\", error=\"invalid_token\", error_description=\"The access token expired\"";

    private final Town town = Town.standard();

    private static Reply tokens(Town at, String scope, String... resources) {
        Call call = at.token("app", GrantType.PASSWORD)
                .with("username", "alice")
                .with("password", Town.PASSWORD)
                .with("scope", scope);
        for (String resource : resources) call.with("resource", resource);
        return call.send().issued();
    }

    private Call post() {
        return town.server.call("POST", "/userinfo");
    }

    private static Reply invalid(Reply reply) {
        reply.refused(401, "invalid_token");
        assertThat(reply.header("WWW-Authenticate")).contains("Bearer realm=\"oauth\", error=\"invalid_token\"");
        return reply;
    }

    @ParameterizedTest
    @EnumSource(TokenFormat.class)
    void what_the_scope_covers_is_told(TokenFormat format) {
        Town either = Town.of(b -> b.accessTokens(format));
        assertThat(either.userInfo(tokens(either, "openid").access())
                        .send()
                        .issued()
                        .response()
                        .text())
                .isEqualTo("{\"sub\":\"alice\"}");
        Reply reply = either.userInfo(tokens(either, "openid profile email").access())
                .send()
                .issued();
        assertThat(reply.json().names()).containsExactlyInAnyOrder("sub", "name", "email");
        assertThat(reply.string("name")).isEqualTo("The one called alice");
        assertThat(reply.header("Cache-Control")).contains("no-store");
    }

    @Test
    void nothing_but_the_standard_claims_is_told() {
        town.folk.change("alice", user -> user.withClaims(Claims.of("salary", 1).with("email_verified", true)));
        assertThat(town.userInfo(tokens(town, "openid profile email").access())
                        .send()
                        .issued()
                        .json()
                        .names())
                .containsExactlyInAnyOrder("sub", "email_verified");
    }

    @Test
    void the_token_comes_in_the_header_or_in_a_form_and_never_in_the_url() {
        String token = tokens(town, "openid").access();
        town.server
                .call("GET", "/userinfo")
                .contentType("")
                .header("Authorization", "bearer  " + token)
                .send()
                .issued();
        post().contentType("").header("Authorization", "Bearer " + token).send().issued();
        post().with("access_token", token).send().issued();

        missing(town.server
                .call("GET", "/userinfo")
                .query("access_token=" + token)
                .contentType("")
                .send());
        missing(town.server.call("GET", "/userinfo").with("access_token", token).send());
        post().header("Authorization", "Bearer " + token)
                .with("access_token", token)
                .send()
                .refused("invalid_request");
        post().header("Authorization", "Basic eDp5")
                .with("access_token", token)
                .send()
                .refused("invalid_request");
    }

    private static void missing(Reply reply) {
        reply.refused(401, "invalid_token");
        // RFC 6750 section 3.1: no error code to whoever brought no credentials
        assertThat(reply.header("WWW-Authenticate")).contains("Bearer realm=\"oauth\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic eDp5", "DPoP abc", "Bearer", "Bearerabc"})
    void another_scheme_is_no_token(String header) {
        missing(post().contentType("").header("Authorization", header).send());
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "a.b.c", " "})
    void an_unknown_token_is_invalid(String token) {
        invalid(town.userInfo(token + "x").send());
    }

    @Test
    void an_expired_token_is_said_to_be_so() {
        String token = tokens(town, "openid").access();
        town.clock.advance(Duration.ofHours(1).minusMillis(1));
        town.userInfo(token).send().issued();
        town.clock.advance(Duration.ofMillis(1));

        Reply reply = town.userInfo(token).send().refused(401, "invalid_token");
        assertThat(reply.header("WWW-Authenticate")).contains(EXPIRED);
        assertThat(reply.string("error_description")).isEqualTo("The access token expired");
    }

    @Test
    void a_revoked_token_is_invalid_and_so_is_one_whose_family_is() {
        Reply one = tokens(town, "openid offline_access");
        town.as("app", town.server.call("POST", "/revoke"))
                .with("token", one.access())
                .send()
                .issued();
        invalid(town.userInfo(one.access()).send());

        Reply two = tokens(town, "openid offline_access");
        town.as("app", town.server.call("POST", "/revoke"))
                .with("token", two.refresh())
                .send()
                .issued();
        invalid(town.userInfo(two.access()).send());
    }

    @Test
    void a_token_of_someone_disabled_or_gone_is_invalid() {
        String token = tokens(town, "openid").access();
        town.folk.change("alice", user -> user.withActive(false));
        invalid(town.userInfo(token).send());
        town.folk.remove("alice");
        invalid(town.userInfo(token).send());
    }

    @Test
    void only_access_tokens_are_taken() {
        Reply tokens = tokens(town, "openid offline_access");
        invalid(town.userInfo(tokens.refresh()).send());
        invalid(town.userInfo(tokens.string("id_token")).send());
    }

    @Test
    void a_token_without_openid_is_not_enough() {
        Reply reply = town.userInfo(tokens(town, "profile").access()).send().refused(403, "insufficient_scope");
        assertThat(reply.header("WWW-Authenticate").orElseThrow())
                .startsWith("Bearer realm=\"oauth\", error=\"insufficient_scope\"");
        String machine = town.server
                .token("machine", "client_credentials")
                .send()
                .issued()
                .access();
        town.userInfo(machine).send().refused(403, "insufficient_scope");
    }

    @Test
    void it_is_there_with_a_user_store_only_and_listed_then() {
        assertThat(town.server.server.metadata().string("userinfo_endpoint")).contains(TestServer.ISSUER + "/userinfo");
        assertThat(TestServer.standard().call("GET", "/userinfo").offered()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(TokenFormat.class)
    void a_token_for_another_resource_alone_is_invalid(TokenFormat format) {
        Town large = Town.of(b -> b.accessTokens(format)
                .audience("https://api.example")
                .resources(URI.create(TestServer.ISSUER), URI.create("https://other.example")));

        invalid(large.userInfo(tokens(large, "openid", "https://other.example").access())
                .send());
        for (String[] resources :
                new String[][] {{}, {TestServer.ISSUER}, {"https://other.example", TestServer.ISSUER}}) {
            large.userInfo(tokens(large, "openid", resources).access()).send().issued();
        }
    }

    @Test
    void a_token_whose_audience_is_its_client_is_taken_where_an_api_writes_it_so() throws Exception {
        TestServer lean = TestServer.of(b -> b.profile(new LeanProfile()).users(town.folk));
        AuthorizationRequest request =
                AuthorizationRequest.of("web").scope("openid").codeChallenge(Pkce.challenge(TestServer.VERIFIER));
        Reply tokens = lean.as("web", lean.call("POST", "/oauth2/token"))
                .with("grant_type", "authorization_code")
                .with("code", lean.server.approve(request, lean.alice()).code())
                .with("code_verifier", TestServer.VERIFIER)
                .send()
                .issued();
        assertThat(tokens.accessClaims().getAudience()).containsExactly("web");

        Reply told = lean.call("GET", "/userinfo")
                .contentType("")
                .header("Authorization", "Bearer " + tokens.access())
                .send()
                .issued();
        assertThat(told.string("sub")).isEqualTo("alice");
    }

    @ParameterizedTest
    @EnumSource(TokenFormat.class)
    void a_client_that_is_called_like_a_person_is_told_nothing_of_the_person(TokenFormat format) {
        Town namesakes = Town.of(b -> b.accessTokens(format)
                .clients(ClientStore.of(Town.app("alice")
                        .grantTypes(GrantType.CLIENT_CREDENTIALS)
                        .build()))
                .tokens((by, client, authorization, user, plan) -> plan.refresh(token -> token.issued(true))));
        Reply own = namesakes
                .token("alice", GrantType.CLIENT_CREDENTIALS)
                .with("scope", "openid profile email")
                .send()
                .issued();

        namesakes.userInfo(own.access()).send().refused(403, "insufficient_scope");
    }

    @Test
    void a_token_of_another_issuer_is_invalid() {
        Town other = Town.of(b -> b.issuer("https://other.example"));
        invalid(town.userInfo(tokens(other, "openid").access()).send());
    }
}
