package dev.mintmark.auth.browser;

import static dev.mintmark.auth.browser.House.CALLBACK;
import static dev.mintmark.auth.browser.House.link;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.openid.connect.sdk.SubjectType;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import dev.mintmark.auth.AuthorizationServer;
import dev.mintmark.auth.Endpoint;
import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.people.Town;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.SigningAlgorithm;
import dev.mintmark.auth.protocol.TokenKind;
import dev.mintmark.auth.store.ClientStore;
import dev.mintmark.auth.wire.WireRequest;
import dev.mintmark.auth.wire.WireResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an OpenID Provider says of itself is complete, and true (OpenID Connect Discovery section 3, RFC 8414). */
class DiscoveryTest {
    private static final String OPENID = "/.well-known/openid-configuration";
    private static final String OAUTH = "/.well-known/oauth-authorization-server";
    private static final List<String> PATHS = List.of(OPENID, OAUTH);

    private final House house = House.standard();

    private static Claims document(TestServer server, String path) {
        Reply reply = server.call("GET", path).contentType("").send().issued();
        assertThat(reply.header("Content-Type")).contains("application/json");
        return reply.json();
    }

    private Claims document() {
        return document(house.server, OPENID);
    }

    @Test
    void what_is_required_is_there() throws Exception {
        OIDCProviderMetadata read = OIDCProviderMetadata.parse(house.server
                .call("GET", OPENID)
                .contentType("")
                .send()
                .response()
                .text());

        assertThat(read.getIssuer().getValue()).isEqualTo(TestServer.ISSUER);
        assertThat(read.getAuthorizationEndpointURI()).hasToString(TestServer.ISSUER + "/authorize");
        assertThat(read.getTokenEndpointURI()).hasToString(TestServer.ISSUER + "/token");
        assertThat(read.getJWKSetURI()).hasToString(TestServer.ISSUER + "/jwks");
        assertThat(read.getResponseTypes()).containsExactly(ResponseType.CODE);
        assertThat(read.getSubjectTypes()).containsExactly(SubjectType.PUBLIC);
        // Discovery section 3: RS256 MUST be included
        assertThat(read.getIDTokenJWSAlgs()).extracting(Object::toString).contains("RS256");
        // Recommended
        assertThat(read.getUserInfoEndpointURI()).hasToString(TestServer.ISSUER + "/userinfo");
        assertThat(read.getScopes().toStringList()).contains("openid");
        assertThat(read.getClaims()).contains("sub", "name", "email", "auth_time");
    }

    @Test
    void both_documents_say_the_same() throws Exception {
        assertThat(document(house.server, OAUTH)).isEqualTo(document());

        AuthorizationServerMetadata read = AuthorizationServerMetadata.parse(house.server
                .call("GET", OAUTH)
                .contentType("")
                .send()
                .response()
                .text());
        assertThat(read.getPushedAuthorizationRequestEndpointURI()).hasToString(TestServer.ISSUER + "/par");
        assertThat(read.getCodeChallengeMethods()).containsExactly(CodeChallengeMethod.S256);
        assertThat(read.supportsAuthorizationResponseIssuerParam()).isTrue();
        assertThat(read.getResponseModes())
                .containsExactlyInAnyOrder(ResponseMode.QUERY, ResponseMode.FRAGMENT, ResponseMode.FORM_POST);
    }

    /** What would be taken for true if it were left out. */
    @Test
    void what_is_not_as_a_reader_would_assume_is_written_out() {
        assertThat(document().get("request_uri_parameter_supported")).contains(false);
        assertThat(document().get("request_parameter_supported")).contains(false);
        assertThat(document().get("claims_parameter_supported")).contains(true);
        assertThat(document().strings("response_modes_supported")).isNotEmpty();
        assertThat(document().strings("grant_types_supported")).contains("authorization_code");
        assertThat(document().strings("grant_types_supported")).doesNotContain("implicit");
        assertThat(document().strings("token_endpoint_auth_methods_supported")).isNotEmpty();
    }

    @Test
    void no_member_is_empty() {
        document()
                .forEach((name, value) -> assertThat(value.toString()).as(name).isNotIn("", "[]", "{}"));
    }

    // ---- true ----

    @Test
    void every_endpoint_that_is_named_answers() {
        List<String> endpoints = document().names().stream()
                .filter(name -> name.endsWith("_endpoint") || name.equals("jwks_uri"))
                .toList();
        assertThat(endpoints)
                .contains(
                        "authorization_endpoint",
                        "token_endpoint",
                        "jwks_uri",
                        "userinfo_endpoint",
                        "end_session_endpoint",
                        "pushed_authorization_request_endpoint",
                        "introspection_endpoint",
                        "revocation_endpoint");
        for (String name : endpoints) {
            String uri = document().string(name).orElseThrow();
            assertThat(uri).startsWith(TestServer.ISSUER + "/");
            String path = uri.substring(TestServer.ISSUER.length());
            boolean found = false;
            for (String method : List.of("GET", "POST")) {
                Optional<WireResponse> response =
                        house.server.call(method, path).offered();
                assertThat(response).as(name).isPresent();
                found |= response.get().status() != 404 && response.get().status() != 405;
                assertThat(response.get().status()).as(name).isLessThan(500);
            }
            assertThat(found).as(name).isTrue();
        }
    }

    @Test
    void every_prompt_is_understood() {
        for (String prompt : document().strings("prompt_values_supported")) {
            Page page = house.browser().open(link("shop", "prompt", prompt));
            if (prompt.equals("none")) page.refused(CALLBACK, "login_required");
            else page.shows("login");
        }
        assertThat(document().strings("prompt_values_supported"))
                .containsExactlyInAnyOrder("none", "login", "consent", "select_account");
    }

    @Test
    void every_mode_and_display_is_understood() {
        for (String mode : document().strings("response_modes_supported")) {
            house.browser().open(link("shop", "response_mode", mode)).shows("login");
        }
        for (String display : document().strings("display_values_supported")) {
            house.browser().open(link("shop", "display", display)).shows("login");
        }
    }

    @Test
    void every_grant_is_known_at_the_token_endpoint() {
        for (String grant : document().strings("grant_types_supported")) {
            Reply reply = house.as("shop", house.server.call("POST", "/token"))
                    .with("grant_type", grant)
                    .send();
            assertThat(reply.string("error")).as(grant).isNotEqualTo("unsupported_grant_type");
        }
        house.as("shop", house.server.call("POST", "/token"))
                .with("grant_type", "implicit")
                .send()
                .refused("unsupported_grant_type");
    }

    @Test
    void every_scope_can_be_asked_for() {
        for (String scope : document().strings("scopes_supported")) {
            House all = House.knowing(House.shop().scope(scope).build());
            all.browser().open(link("shop", "scope", scope)).shows("login");
        }
    }

    @Test
    void every_context_class_can_be_met() throws Exception {
        for (String acr : document().strings("acr_values_supported")) {
            String essential = "{\"id_token\":{\"acr\":{\"essential\":true,\"value\":\"" + acr + "\"}}}";
            House house = House.standard();
            Page page = house.browser()
                    .open(link("shop", "claims", essential))
                    .signIn("tom", Town.PASSWORD)
                    .submit("otp", house.town.code());
            assertThat(house.tokens("shop", page).idClaims().getStringClaim("acr"))
                    .isEqualTo(acr);
        }
        assertThat(document(House.of(b -> b.contextClasses("silver", "gold")).server, OPENID)
                        .strings("acr_values_supported"))
                .containsExactly("silver", "gold");
    }

    @Test
    void every_algorithm_signs() throws Exception {
        House many = House.of(b -> b.signing(TokenKind.ID, SigningAlgorithm.RS256, SigningAlgorithm.ES256)
                .clients(id -> Optional.of(registered(id))));
        List<String> algorithms = document(many.server, OPENID).strings("id_token_signing_alg_values_supported");
        assertThat(algorithms).containsExactlyInAnyOrder("RS256", "ES256");
        assertThat(document(many.server, OPENID).strings("userinfo_signing_alg_values_supported"))
                .isEqualTo(algorithms);
        for (String algorithm : algorithms) {
            Page page = many.browser().open(link(algorithm)).signIn("alice", Town.PASSWORD);
            Reply tokens = many.tokens(algorithm, page);
            assertThat(alg(tokens.string("id_token"))).isEqualTo(algorithm);
            assertThat(alg(many.town.userInfo(tokens.access()).send().response().text()))
                    .isEqualTo(algorithm);
        }
    }

    private static Client registered(String algorithm) {
        SigningAlgorithm alg = SigningAlgorithm.of(algorithm).orElseThrow();
        return House.client(algorithm)
                .secret(TestServer.secret())
                .requireConsent(false)
                .idTokenSignedResponseAlg(alg)
                .userinfoSignedResponseAlg(alg)
                .build();
    }

    private static String alg(String jwt) throws Exception {
        return SignedJWT.parse(jwt).getHeader().getAlgorithm().getName();
    }

    @Test
    void every_claim_that_is_named_can_be_told() {
        Claims.Builder person = Claims.builder();
        List<String> claims = document().strings("claims_supported");
        claims.forEach(name -> person.put(name, "x"));
        StringBuilder asked = new StringBuilder("{\"id_token\":{\"sub\":null");
        claims.stream()
                .filter(name -> !name.equals("sub"))
                .forEach(name -> asked.append(",\"").append(name).append("\":null"));
        House told = House.standard();
        told.town.folk.change("alice", user -> user.withClaims(person.build()));

        Page page = told.browser().open(link("shop", "claims", asked + "}}")).signIn("alice", Town.PASSWORD);

        assertThat(told.tokens("shop", page).idClaims().getClaims().keySet()).containsAll(claims);
    }

    @Test
    void pairwise_subjects_are_named_where_there_are_some() {
        byte[] salt = "a-salt-of-at-least-32-secret-bytes".getBytes(StandardCharsets.UTF_8);

        assertThat(document(House.of(b -> b.pairwiseSubjects(salt)).server, OPENID)
                        .strings("subject_types_supported"))
                .containsExactlyInAnyOrder("public", "pairwise");
    }

    @Test
    void what_stands_elsewhere_is_named_there() {
        House moved = House.of(b -> b.route(Endpoint.AUTHORIZATION, "/oauth2/auth")
                .route(Endpoint.PAR, "/oauth2/par")
                .withoutRoute(Endpoint.END_SESSION));
        Claims document = document(moved.server, OPENID);

        assertThat(document.string("authorization_endpoint")).contains(TestServer.ISSUER + "/oauth2/auth");
        assertThat(document.string("pushed_authorization_request_endpoint"))
                .contains(TestServer.ISSUER + "/oauth2/par");
        assertThat(document.names()).doesNotContain("end_session_endpoint");
        assertThat(moved.server.call("GET", "/end_session").offered()).isEmpty();
        moved.browser()
                .open(link("shop").replace("/authorize", "/oauth2/auth"))
                .signIn("alice", Town.PASSWORD)
                .answer(CALLBACK)
                .required("code");
    }

    // ---- an issuer with a path ----

    @Test
    void an_issuer_with_a_path_is_found_in_both_ways() {
        House tenants = House.of(b -> {});
        AuthorizationServer server = AuthorizationServer.builder(URI.create("https://auth.example/tenant"))
                .clients(ClientStore.of(House.shop().build()))
                .users(tenants.town.folk)
                .passwords(tenants.town.cheap())
                .scopes(TestServer.SCOPES)
                .interaction(new SpelledOut())
                .build();

        for (String path : PATHS) {
            for (String found : List.of("/tenant" + path, path + "/tenant")) {
                Claims document = read(server, found);
                assertThat(document.string("issuer")).contains("https://auth.example/tenant");
                assertThat(document.string("authorization_endpoint")).contains("https://auth.example/tenant/authorize");
            }
            assertThat(server.handle(WireRequest.of("GET", path).build())).isEmpty();
        }
        Page login = new Browser(server).open("/tenant" + link("shop")).shows("login");
        assertThat(login.json().string("action")).contains("/tenant/interaction");
        assertThat(login.signIn("alice", Town.PASSWORD).answer(CALLBACK).get("iss"))
                .contains("https://auth.example/tenant");
    }

    private static Claims read(AuthorizationServer server, String path) {
        return Claims.parse(
                server.handle(WireRequest.of("GET", path).build()).orElseThrow().text());
    }

    // ---- without pages ----

    @ParameterizedTest
    @ValueSource(strings = {OPENID, "/authorize", "/interaction", "/par", "/end_session"})
    void without_pages_there_is_no_openid_provider(String path) {
        Town plain = Town.standard();

        for (String method : List.of("GET", "POST")) {
            assertThat(plain.server.call(method, path).offered()).isEmpty();
        }
    }

    @Test
    void without_pages_nothing_of_them_is_named() {
        Claims document = document(Town.standard().server, OAUTH);

        assertThat(document.names())
                .doesNotContain(
                        "authorization_endpoint",
                        "pushed_authorization_request_endpoint",
                        "end_session_endpoint",
                        "response_types_supported",
                        "prompt_values_supported",
                        "claims_parameter_supported",
                        "acr_values_supported");
        assertThat(document.strings("grant_types_supported")).doesNotContain("authorization_code");
    }

    @Test
    void documents_may_be_read_by_scripts_and_kept_for_a_while() {
        for (String path : PATHS) {
            Reply reply = house.server.call("GET", path).contentType("").send();
            assertThat(reply.header("Access-Control-Allow-Origin")).contains("*");
            assertThat(reply.header("Cache-Control").orElseThrow()).startsWith("public, max-age=");
            assertThat(house.server.call("POST", path).send().status()).isEqualTo(405);
        }
    }
}
