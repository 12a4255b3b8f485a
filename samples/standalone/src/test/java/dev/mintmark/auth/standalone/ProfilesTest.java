package dev.mintmark.auth.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.AuthorizationServer;
import dev.mintmark.auth.protocol.Authentication;
import dev.mintmark.auth.protocol.Authorization;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.ScopePatterns;
import dev.mintmark.auth.protocol.Scopes;
import dev.mintmark.auth.protocol.Totp;
import dev.mintmark.auth.protocol.User;
import dev.mintmark.auth.store.ClientStore;
import dev.mintmark.auth.store.UserStore;
import dev.mintmark.auth.token.TokenPlan;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The five profiles as a file sets them up, seen from outside. */
class ProfilesTest {
    private static final String FILE = """
            servers:
              - issuer: http://127.0.0.1:9000/lerian
                profile: lerian
                users: &people
                  - {username: alice, password: secret, claims: {sub: "1302", email: a@example.com, country_code: MY}}
                  - {username: bob, password: secret, totp_secret: JBSWY3DPEHPK3PXP}
              - issuer: http://127.0.0.1:9000/lerian/registered
                profile: lerian
                clients: [{client_id: app, client_secret: s, grant_types: [client_credentials], scope: openid}]
                claims: &region
                  access_token: {userRegion: SG}
              - {issuer: "http://127.0.0.1:9000/geolens", profile: geolens, users: *people, claims: *region}
              - issuer: http://127.0.0.1:9000/eagle
                profile: screening-eagle
                clients:
                  - {client_id: app, client_secret: s, grant_types: [client_credentials], scope: openid inspect}
                  - {client_id: bob, client_secret: s, grant_types: [client_credentials], scope: inspect, acts_for: bob}
                users: *people
                claims: *region
              - issuer: http://127.0.0.1:9000/eagle/written
                profile: screening-eagle
                access_token: {format: opaque, lifetime: 60}
                clients:
                  - client_id: app
                    client_secret: s
                    token_endpoint_auth_method: client_secret_post
                    grant_types: [client_credentials]
                    scope: inspect
              - issuer: http://127.0.0.1:9000/slashid
                profile: slashid
                clients: &app [{client_id: app, client_secret: s, grant_types: [client_credentials], scope: openid api}]
              - issuer: http://127.0.0.1:9000/slashid/written
                profile: slashid
                organization: o-1
                api_key: a-key-of-enough-characters
                access_token: {format: jwt}
                id_token: {lifetime: 60}
                clients: *app
                users: *people
                claims: *region
              - issuer: http://127.0.0.1:9000/lean
                profile: lean
                clients:
                  - {client_id: app, client_secret: s, grant_types: [client_credentials], scope: customer.*}
                claims: *region
            """;
    private static final String CLIENT_CREDENTIALS = "grant_type=client_credentials&scope=";

    private static Served server;

    @BeforeAll
    static void start() throws Exception {
        server = new Served(FILE);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void lerian_s_password_form_without_a_client_has_all_six_members_and_the_built_in_scope() throws Exception {
        Claims tokens = Served.ok(lerian("alice"));
        assertThat(tokens.names())
                .containsExactlyInAnyOrder("accessToken", "idToken", "tokenType", "expiresIn", "refreshToken", "scope");
        assertThat(tokens.string("scope")).contains("openid profile email");
        assertThat(Served.ok(server.json(
                                "/lerian/v1/login/oauth/refresh_token",
                                "{\"refreshToken\":\""
                                        + tokens.string("refreshToken").orElseThrow() + "\"}"))
                        .string("accessToken"))
                .isPresent();
    }

    @Test
    void lerian_completes_the_sign_in_with_a_code_of_the_authenticator() throws Exception {
        String mfaToken = Served.ok(lerian("bob")).string("mfaToken").orElseThrow();
        String code = Totp.of("JBSWY3DPEHPK3PXP").code(Instant.now());
        Claims tokens = Served.ok(server.json(
                "/lerian/v1/login/mfa/verify",
                "{\"mfaToken\":\"" + mfaToken + "\",\"mfaType\":\"app\",\"passcode\":\"" + code + "\"}"));
        assertThat(tokens.string("accessToken")).isPresent();
    }

    @Test
    void lerian_s_clients_send_their_secret_in_the_json_body_unless_the_file_says_otherwise() throws Exception {
        Claims tokens = Served.ok(server.json(
                "/lerian/registered/v1/login/oauth/access_token",
                "{\"grantType\":\"client_credentials\",\"clientId\":\"app\",\"clientSecret\":\"s\"}"));
        assertThat(Served.jwt(tokens, "accessToken").string("userRegion")).contains("SG");
    }

    @Test
    void geolens_needs_no_client() throws Exception {
        Claims tokens = Served.ok(server.form("/geolens/auth/login", "", "username=alice&password=secret"));
        assertThat(tokens.number("expires_in")).hasValue(900);
        assertThat(Served.jwt(tokens, "access_token").string("userRegion")).contains("SG");
        assertThat(Served.ok(server.get(
                                "/geolens/auth/me",
                                tokens.string("access_token").orElseThrow()))
                        .string("email"))
                .contains("a@example.com");
        String refresh =
                "{\"refresh_token\":\"" + tokens.string("refresh_token").orElseThrow() + "\"}";
        assertThat(Served.ok(server.json("/geolens/auth/refresh/", refresh)).string("access_token"))
                .isPresent();
    }

    @Test
    void screening_eagle_gives_a_refresh_token_always_and_an_id_token_when_openid_was_asked_for() throws Exception {
        Claims all = Served.ok(eagle("app", "openid+inspect"));
        assertThat(all.string("refresh_token")).isPresent();
        assertThat(Served.jwt(all, "id_token").string("email")).contains("a@example.com");
        Claims some = Served.ok(eagle("app", "inspect"));
        assertThat(some.string("refresh_token")).isPresent();
        assertThat(some.string("id_token")).isEmpty();
    }

    @Test
    void a_client_of_screening_eagle_acts_for_whom_the_file_says_or_for_the_first_user() throws Exception {
        Claims first = Served.jwt(Served.ok(eagle("app", "inspect")), "access_token");
        assertThat(first.string("sub")).contains("1302");
        assertThat(first.number("userID")).hasValue(1302);
        assertThat(Served.jwt(Served.ok(eagle("bob", "inspect")), "access_token")
                        .string("sub"))
                .contains("bob");
    }

    @Test
    void a_constant_of_the_file_wins_over_a_claim_of_the_profile_or_is_added() throws Exception {
        assertThat(Served.jwt(Served.ok(eagle("app", "inspect")), "access_token")
                        .string("userRegion"))
                .contains("SG");
        Claims lean = Served.ok(server.form(
                "/lean/oauth2/token", "", CLIENT_CREDENTIALS + "customer.77&client_id=app&client_secret=s"));
        assertThat(Served.jwt(lean, "access_token").string("userRegion")).contains("SG");
        assertThat(Served.jwt(lean, "access_token").string("customer_id")).contains("77");
        Claims slashid = Served.ok(server.form("/slashid/written/oauth2/tokens", "app", CLIENT_CREDENTIALS + "api"));
        assertThat(Served.jwt(slashid, "access_token").string("userRegion")).contains("SG");
    }

    @Test
    void slashid_s_access_tokens_are_opaque_unless_the_file_says_otherwise() throws Exception {
        Claims tokens = Served.ok(server.form("/slashid/oauth2/tokens", "app", CLIENT_CREDENTIALS + "api"));
        assertThat(tokens.string("access_token").orElseThrow()).doesNotContain(".");
    }

    @Test
    void what_is_written_wins_over_the_profile() throws Exception {
        String credentials = "&client_id=app&client_secret=s";
        Claims tokens = Served.ok(
                server.form("/eagle/written/api/id/v1/auth/token", "", CLIENT_CREDENTIALS + "inspect" + credentials));
        assertThat(tokens.string("access_token").orElseThrow()).doesNotContain(".");
        assertThat(tokens.number("expires_in")).hasValue(60);
    }

    @Test
    void tokens_are_minted_where_the_file_names_an_organisation_and_nowhere_else() throws Exception {
        String person = "{\"client_id\":\"app\",\"person_id\":\"1302\",\"scopes\":[\"openid\"]}";
        Claims minted = HttpCalls.json(Served.HTTP.send(
                        HttpRequest.newBuilder(URI.create(server.at("/slashid/written/oauth2/tokens/mint")))
                                .header("Content-Type", "application/json")
                                .header("SlashID-OrgID", "o-1")
                                .header("SlashID-API-Key", "a-key-of-enough-characters")
                                .POST(HttpRequest.BodyPublishers.ofString(person))))
                .object("result");
        Claims id = Served.jwt(minted, "id_token");
        assertThat(id.number("exp").orElseThrow() - id.number("iat").orElseThrow())
                .isEqualTo(60);
        assertThat(server.json("/slashid/oauth2/tokens/mint", person).statusCode())
                .isEqualTo(404);
    }

    @Test
    void the_apis_own_request_rates_are_off() throws Exception {
        for (int i = 0; i < 11; i++) Served.ok(lerian("alice"));
        for (int i = 0; i < 6; i++) {
            Served.ok(server.form("/geolens/auth/login", "", "username=alice&password=secret"));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void what_is_said_of_a_profile_here_is_what_the_profile_says(String name) {
        Profiles.Accent accent = Profiles.named(name).orElseThrow();
        List<TokenPlan> plans = new ArrayList<>();
        try (AuthorizationServer probe = AuthorizationServer.builder(URI.create("https://auth.example"))
                .profile(accent.profile())
                .clients(ClientStore.of(Client.of("app")
                        .tokenEndpointAuthMethod("none")
                        .grantTypes(GrantType.REFRESH_TOKEN)
                        .build()))
                .users(UserStore.of(User.of("1302")))
                .build()) {
            Authorization any = Authorization.ofUser("app", Authentication.of("1302", Instant.now()))
                    .scope(Scopes.parse(""))
                    .build();
            probe.issueWithoutGrant(any, plan -> {
                        plans.add(plan);
                        return plan;
                    })
                    .issued();
            assertThat(probe.metadata().strings("scopes_supported"))
                    .isEqualTo(ScopePatterns.parse(accent.scopes()).literals().values());
            if (!accent.has(Profiles.Trait.CLIENTS_IGNORED)) {
                assertThat(probe.metadata().strings("token_endpoint_auth_methods_supported"))
                        .contains(accent.authMethod());
            }
        }
        TokenPlan plan = plans.get(0);
        assertThat(plan.access().algorithm()).isEqualTo(accent.access());
        assertThat(plan.id().algorithm()).isEqualTo(accent.id());
        assertThat(plan.refresh().lifetime()).isEqualTo(accent.refresh());
    }

    private static List<String> names() {
        return Profiles.names();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lerian", "geolens", "screening-eagle", "slashid", "lean"})
    void every_profile_of_the_contract_is_there(String name) {
        assertThat(Profiles.named(name)).isPresent();
    }

    private static HttpResponse<String> lerian(String username) throws Exception {
        return server.json(
                "/lerian/v1/login/oauth/access_token",
                "{\"grantType\":\"password\",\"username\":\"" + username + "\",\"password\":\"secret\"}");
    }

    private static HttpResponse<String> eagle(String client, String scope) throws Exception {
        return server.form("/eagle/api/id/v1/auth/token", client, CLIENT_CREDENTIALS + scope);
    }
}
