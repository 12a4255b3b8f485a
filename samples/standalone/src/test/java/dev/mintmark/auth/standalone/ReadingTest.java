package dev.mintmark.auth.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingTest {
    private static final String SERVER = """
            servers:
              - issuer: http://127.0.0.1:9000
            """;
    private static final String CLIENT = "    clients: [{client_id: x, client_secret: s}]\n";

    @Test
    void a_server_needs_no_more_than_an_issuer_and_a_client() {
        Configuration read = understood(SERVER + CLIENT);
        assertThat(read.host()).isEqualTo("127.0.0.1");
        assertThat(read.port()).isEqualTo(9000);
        assertThat(read.servers())
                .singleElement()
                .satisfies(mounted -> assertThat(mounted.server().issuer()).isEqualTo("http://127.0.0.1:9000"));
    }

    @Test
    void json_is_yaml_too() {
        assertThat(understood("""
                {"servers": [{"issuer": "https://auth.example", "clients": [{"client_id": "x", "client_secret": "s"}]}]}
                """).servers()).hasSize(1);
    }

    @Test
    void every_built_key_of_the_contract_is_understood() {
        Configuration read = understood("""
                host: 127.0.0.1
                port: 9000
                trust_proxy_headers: [10.0.0.0/8, "fd00::/8", 192.0.2.7]
                storage: memory
                server_secret: ["0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210"]
                servers:
                  - issuer: http://127.0.0.1:9000
                    scopes: [openid, profile, offline_access, api, "customer.{customer_id}"]
                    default_scopes: [api]
                    signing: {alg: ES256}
                    id_token: {alg: RS256, lifetime: 3600}
                    access_token: {format: jwt, lifetime: 3600}
                    refresh_token: {lifetime: P30D, idle: P7D, grace: 30}
                    authorization_code: {lifetime: 60}
                    mfa: {lifetime: 300, attempts: 5, resends: 3}
                    login_attempts: {failures: 5, within: PT15M, lock: PT15M}
                    pkce: optional
                    session: {idle: PT1H, lifetime: P1D}
                    interaction: {lifetime: PT10M}
                    device_code: {lifetime: PT5M}
                    acr: ["urn:example:one", "urn:example:two"]
                    pairwise_salt: "0123456789abcdef0123456789abcdef"
                    clients:
                      - client_id: backend
                        client_secret: "a-long-generated-secret-0123456789abcdef"
                        token_endpoint_auth_method: client_secret_basic
                        grant_types: [client_credentials, authorization_code, refresh_token, password, "urn:ietf:params:oauth:grant-type:device_code"]
                        response_types: [code]
                        redirect_uris: [https://app.example/cb]
                        scope: "openid profile offline_access api customer.*"
                        post_logout_redirect_uris: [https://app.example/]
                        require_consent: true
                        backchannel_logout_uri: http://app.internal/logout
                        backchannel_logout_session_required: true
                        subject_type: pairwise
                        sector_identifier_uri: https://app.example/sector.json
                        userinfo_signed_response_alg: EdDSA
                        default_max_age: 0
                        require_auth_time: true
                        default_acr_values: ["urn:example:two"]
                        require_pushed_authorization_requests: true
                        client_name: A backend
                        logo_uri: https://app.example/logo.png
                        policy_uri: https://app.example/policy
                        tos_uri: https://app.example/terms
                        access_token_lifetime: 900
                        refresh_token_lifetime: P1D
                        id_token_signed_response_alg: ES256
                        resources: [https://api.example]
                        client_uri: https://app.example
                    users:
                      - username: alice
                        password: correct horse battery staple
                        totp_secret: JBSWY3DPEHPK3PXP
                        recovery_codes: [8f3k-22mq, 9d1c-77xa]
                        email_otp: alice@example.com
                        phone_otp: +65 6123 4567
                        scopes: ["customer.42"]
                        claims: {sub: "1302", name: Alice Liddell, email_verified: true}
                      - username: bob
                        password_hash: "$2b$04$abcdefghijklmnopqrstuuI8V6F4F6E0l1qQbWlPxK6yQ8J0mYc1q"
                    claims:
                      access_token: {userRegion: SG}
                """);
        assertThat(read.servers()).hasSize(1);
    }

    @Test
    void a_lifetime_beyond_the_engine_s_bounds_is_taken_as_written() {
        assertThat(understood(SERVER + """
                    access_token: {lifetime: P30D}
                    refresh_token: {lifetime: P800D}
                    clients:
                      - {client_id: a, client_secret: s, access_token_lifetime: P60D}
                """).servers()).hasSize(1);
    }

    @Test
    void a_refresh_lifetime_below_the_idle_default_is_no_contradiction() {
        assertThat(understood(SERVER + CLIENT + "    refresh_token: {lifetime: 3600}\n")
                        .servers())
                .hasSize(1);
    }

    @Test
    void a_secret_may_come_hashed() {
        assertThat(understood(SERVER + """
                    clients:
                      - client_id: a
                        client_secret_hash: "$2b$04$abcdefghijklmnopqrstuuI8V6F4F6E0l1qQbWlPxK6yQ8J0mYc1q"
                """).servers()).hasSize(1);
    }

    @Test
    void the_environment_is_read_wherever_a_value_stands() {
        Configuration read = understood("""
                port: "${PORT}"
                host: ${HOST:-127.0.0.2}
                servers:
                  - issuer: https://${NAME}.example${EMPTY:-/at}
                    clients: [{client_id: x, client_secret: s}]
                """, Map.of("PORT", "1234", "NAME", "auth", "EMPTY", ""));
        assertThat(read.port()).isEqualTo(1234);
        assertThat(read.host()).isEqualTo("127.0.0.2");
        assertThat(read.servers().get(0).issuer()).hasToString("https://auth.example/at");
    }

    @Test
    void what_comes_from_the_environment_is_never_read_as_yaml() {
        Configuration read =
                understood(SERVER + "    clients: [{client_id: \"${ID}\", client_secret: s}]\n", Map.of("ID", "a: [b"));
        assertThat(read.servers()).hasSize(1);
    }

    @Test
    void a_variable_that_is_not_set_is_a_complaint() {
        assertThat(faults("host: ${NOWHERE}\nport: ${oops\n" + SERVER + CLIENT))
                .containsExactly(
                        "file.yaml:1: host: the environment variable NOWHERE is not set",
                        "file.yaml:2: port: has a malformed variable: write ${NAME} or ${NAME:-default}");
    }

    @Test
    void what_is_no_yaml_is_a_complaint_with_its_line() {
        assertThat(faults("host: a\nport: [1\n")).singleElement().asString().startsWith("file.yaml:3: is not YAML: ");
        assertThat(faults("")).containsExactly("file.yaml:1: is empty");
        assertThat(faults("- a")).containsExactly("file.yaml:1: must be a map of keys");
        assertThat(faults("&a {servers: *a}")).anyMatch(line -> line.startsWith("file.yaml:1: "));
        assertThat(faults("servers: &a [*a]")).anyMatch(line -> line.startsWith("file.yaml:1: "));
    }

    @Test
    void a_key_that_stands_twice_is_a_complaint() {
        assertThat(faults("host: a\n" + SERVER + CLIENT + "host: b\n"))
                .containsExactly("file.yaml:5: host: stands twice");
    }

    @Test
    void a_file_without_servers_is_a_complaint() {
        assertThat(faults("port: 1")).containsExactly("file.yaml:1: servers: is missing");
        assertThat(faults("servers: []")).containsExactly("file.yaml:1: servers: has no server");
        assertThat(faults("servers:")).containsExactly("file.yaml:1: servers: has no value");
    }

    @Test
    void the_library_s_complaints_name_the_key_of_the_file() {
        assertThat(faults("""
                servers:
                  - issuer: http://auth.example/
                    default_scopes: [api]
                    clients: [{client_id: x, client_secret: s}]
                    authorization_code:
                      lifetime: PT11M
                    refresh_token:
                      grace: PT6M
                """))
                .containsExactly(
                        "file.yaml:2: servers[0].issuer: the base URI must be https, or http on a loopback address: "
                                + "http://auth.example/",
                        "file.yaml:2: servers[0].issuer: the base URI must not end with a slash: http://auth.example/",
                        "file.yaml:3: servers[0].default_scopes: has api, which is not in scopes",
                        "file.yaml:6: servers[0].authorization_code.lifetime: must be at most PT10M",
                        "file.yaml:8: servers[0].refresh_token.grace: must be at most PT5M");
    }

    @Test
    void two_servers_cannot_have_one_path() {
        assertThat(faults("""
                servers:
                  - {issuer: https://a.example/x, clients: [{client_id: x, client_secret: s}]}
                  - {issuer: https://b.example/x, clients: [{client_id: x, client_secret: s}]}
                """))
                .containsExactly("file.yaml:3: servers[1].issuer: has the same path as servers[0].issuer");
    }

    @Test
    void two_clients_or_two_users_cannot_have_one_name() {
        assertThat(faults(SERVER + """
                    clients:
                      - {client_id: a, client_secret: s}
                      - {client_id: a, client_secret: s}
                    users:
                      - username: alice
                      - {username: bob, claims: {sub: alice}}
                      - {username: Alice, claims: {sub: "1302"}}
                """))
                .containsExactly(
                        "file.yaml:5: servers[0].clients[1]: another one has the client_id a",
                        "file.yaml:8: servers[0].users[1]: another one has the sub alice",
                        "file.yaml:9: servers[0].users[2]: another one has the username Alice, in whatever case");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lean", "slashid", "lerian", "screening-eagle"})
    void a_profile_that_is_built_brings_its_scopes_and_those_its_clients_name(String profile) {
        Configuration read = understood(SERVER + "    profile: " + profile + """

                    clients:
                      - {client_id: a, client_secret: s, scope: "openid things:read customer.*"}
                """);
        assertThat(read.servers().get(0).server().metadata().strings("scopes_supported"))
                .contains("openid", "things:read");
    }

    @Test
    void what_a_problem_would_repeat_of_the_file_is_left_out() {
        for (String secret : List.of(
                "*MyPass", "!MyPass!x y", "*My[Pass", "\"\\xMyPass\"", "|MyPass\n    x", "!My%zzPass x", "[MyPass}"))
            assertThat(faults(SERVER + "    clients: [{client_id: x}]\n    pkce: " + secret))
                    .as(secret)
                    .singleElement()
                    .asString()
                    .startsWith("file.yaml:")
                    .contains(": is not YAML: ")
                    .doesNotContain("MyPass", "My!", "zz");
        assertThat(faults("client_secret: *MyPass\n"))
                .containsExactly("file.yaml:1: is not YAML: found undefined alias");
        assertThat(faults("a: !MyPass!x y\n")).containsExactly("file.yaml:1: is not YAML: found undefined tag handle");
    }

    @Test
    void aliases_do_not_multiply_without_bound() {
        assertThat(faults("a: &a [1]\nb: [" + "*a, ".repeat(11) + "1]\n"))
                .singleElement()
                .asString()
                .contains("is not YAML: Number of aliases");
        assertThat(faults("a: &a [*a, *a]\n")).singleElement().asString().endsWith(": is too deep");
        String thousands = "x, ".repeat(20_000);
        assertThat(faults("a: &a [" + thousands + "]\nb: [*a, *a, *a, *a, *a]\n"))
                .singleElement()
                .asString()
                .startsWith("file.yaml:1: b[")
                .endsWith(": has more than 100000 values");
    }

    @Test
    void what_is_too_large_or_too_deep_is_one_complaint() {
        assertThat(faults("a: [" + "x, ".repeat(100_000) + "]\n"))
                .containsExactly("file.yaml:1: has more than 100000 values");
        assertThat(faults("a: " + "[".repeat(20_000))).containsExactly("file.yaml:1: is too deep");
        assertThat(faults("a: " + "[".repeat(50) + "]".repeat(50)))
                .singleElement()
                .asString()
                .endsWith("[0]: is too deep");
    }

    @Test
    void a_variable_that_is_not_set_is_nothing_but_that() {
        assertThat(faults("""
                server_secret: ${A}
                servers:
                  - issuer: ${B}
                    scopes: ["${C}"]
                    default_scopes: [api]
                    access_token: {lifetime: "${D}"}
                    clients:
                      - client_id: x
                        client_secret: ${E}
                        scope: api
                        require_consent: ${F}
                      - {client_id: y, client_secret: s, grant_types: [authorization_code], redirect_uris: "${G}"}
                  - issuer: ${B}
                    clients: ${H}
                """)).allMatch(line -> line.endsWith(" is not set")).hasSize(9);
    }

    @Test
    void of_people_and_profiles_too_an_unset_variable_is_nothing_but_that() {
        assertThat(faults("""
                trust_proxy_headers: ["${A}"]
                servers:
                  - issuer: http://127.0.0.1:9000
                    profile: ${B}
                    organization: o
                    api_key: 01234567890123456789
                    mfa: {lifetime: "${C}", attempts: "${D}"}
                    clients: [{client_id: x, client_secret: s, grant_types: [password], acts_for: alice}]
                    users:
                      - username: ${E}
                        password: ${F}
                        totp_secret: ${G}
                        email_otp: ${H}
                        recovery_codes: ["${I}"]
                        scopes: ["${J}"]
                        claims: {sub: "${K}"}
                  - issuer: http://127.0.0.1:9001/eagle
                    profile: screening-eagle
                    scopes: [inspect]
                    clients: [{client_id: x, client_secret: s, acts_for: alice}]
                    users: [{username: bob, claims: {sub: "${L}"}, scopes: ["${M}"]}]
                  - {issuer: "http://127.0.0.1:9001/geolens", profile: geolens, users: "${N}"}
                """)).allMatch(line -> line.endsWith(" is not set")).hasSize(14);
    }

    @Test
    void a_profile_whose_api_can_do_without_clients_needs_none() {
        Configuration read = understood("""
                servers:
                  - {issuer: "http://127.0.0.1:9000/lerian", profile: lerian, users: &people [{username: alice}]}
                  - {issuer: "http://127.0.0.1:9000/geolens", profile: geolens, clients: [], users: *people}
                  - issuer: http://127.0.0.1:9000/machines
                    profile: lerian
                    clients: [{client_id: x, client_secret: s, grant_types: [client_credentials]}]
                """);
        assertThat(read.servers()).hasSize(3);
    }

    @Test
    void a_server_without_clients_is_a_complaint() {
        assertThat(faults(SERVER)).containsExactly("file.yaml:2: servers[0].clients: is missing");
        assertThat(faults(SERVER + "    clients: []\n"))
                .containsExactly("file.yaml:3: servers[0].clients: has no client");
    }

    @Test
    void a_scope_that_only_the_client_knows_is_a_complaint() {
        assertThat(faults(SERVER + """
                    scopes: [openid, "customer.{customer_id}"]
                    clients:
                      - {client_id: a, client_secret: s, scope: "openid opneid customer.42 customer.* things.* api"}
                """))
                .containsExactly(
                        "file.yaml:5: servers[0].clients[0].scope: has opneid, which is not in scopes",
                        "file.yaml:5: servers[0].clients[0].scope: has api, which is not in scopes");
    }

    @Test
    void a_refresh_token_cannot_idle_longer_than_it_lives() {
        assertThat(faults(SERVER + CLIENT + "    refresh_token: {lifetime: P1D, idle: P2D}\n"))
                .containsExactly(
                        "file.yaml:4: servers[0].refresh_token.idle: must not be longer than the lifetime, PT24H");
        assertThat(faults(SERVER + CLIENT + "    refresh_token: {idle: P31D}\n"))
                .containsExactly(
                        "file.yaml:4: servers[0].refresh_token.idle: must not be longer than the lifetime, PT720H");
    }

    @Test
    void a_grant_of_the_contract_that_is_not_built_says_so() {
        String grant = "urn:ietf:params:oauth:grant-type:token-exchange";
        assertThat(faults(
                        SERVER + "    clients: [{client_id: x, client_secret: s, grant_types: [\"" + grant + "\"]}]\n"))
                .containsExactly(
                        "file.yaml:3: servers[0].clients[0].grant_types[0]: the grant " + grant + " is not built yet");
    }

    @Test
    void a_complaint_about_a_client_whose_name_has_a_colon_is_still_read() {
        assertThat(faults(SERVER + "    clients: [{client_id: \"a:b\"}]\n"))
                .containsExactly("file.yaml:3: servers[0].clients[0]: client_secret_basic needs a secret");
    }

    private static Configuration understood(String text) {
        return understood(text, Map.of());
    }

    private static Configuration understood(String text, Map<String, String> environment) {
        Faults faults = new Faults("file.yaml");
        Optional<Configuration> read =
                Configuration.read(text, Path.of(""), new Environment(environment), System.out, faults);
        assertThat(faults.lines()).isEmpty();
        return read.orElseThrow();
    }

    private static List<String> faults(String text) {
        Faults faults = new Faults("file.yaml");
        assertThat(Configuration.read(text, Path.of(""), new Environment(Map.of()), System.out, faults))
                .isEmpty();
        return faults.lines();
    }
}
