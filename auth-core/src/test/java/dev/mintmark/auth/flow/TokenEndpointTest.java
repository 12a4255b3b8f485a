package dev.mintmark.auth.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.Call;
import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenEndpointTest {
    private final TestServer server = TestServer.standard();

    @Test
    void a_machine_gets_a_bearer_token_and_nothing_else() {
        Reply reply = server.token("machine", "client_credentials")
                .with("scope", "read")
                .send();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().names()).containsExactly("access_token", "token_type", "expires_in", "scope");
        assertThat(reply.string("token_type")).isEqualTo("Bearer");
        assertThat(reply.json().number("expires_in")).hasValue(3600);
        assertThat(reply.string("scope")).isEqualTo("read");
        assertThat(reply.header("Content-Type")).contains("application/json");
    }

    @Test
    void a_person_s_client_gets_access_refresh_and_id_token() {
        Reply reply = server.signIn("web");

        assertThat(reply.json().names())
                .containsExactly("access_token", "token_type", "expires_in", "scope", "refresh_token", "id_token");
        assertThat(reply.string("scope")).isEqualTo(TestServer.SCOPE);
    }

    @Test
    void tokens_are_never_cached() {
        Reply reply = server.token("machine", "client_credentials").send();

        assertThat(reply.header("Cache-Control")).contains("no-store");
        assertThat(reply.header("Pragma")).contains("no-cache");
    }

    @Test
    void refusals_are_never_cached() {
        Reply reply = server.token("machine", "unheard-of").send();

        assertThat(reply.header("Cache-Control")).contains("no-store");
        assertThat(reply.header("Pragma")).contains("no-cache");
        assertThat(reply.header("Content-Type")).contains("application/json");
    }

    @Test
    void a_missing_grant_type_is_invalid_request() {
        Reply reply = server.call("POST", "/token")
                .basic("machine", TestServer.SECRET)
                .send();

        reply.refused("invalid_request");
        assertThat(reply.string("error_description")).isEqualTo("grant_type: is missing");
    }

    @Test
    void a_grant_type_without_a_value_is_a_missing_one() {
        server.call("POST", "/token")
                .basic("machine", TestServer.SECRET)
                .raw("grant_type=")
                .send()
                .refused("invalid_request");
    }

    @Test
    void an_unknown_grant_type_is_unsupported() {
        server.token("machine", "urn:example:none").send().refused("unsupported_grant_type");
    }

    @Test
    void a_grant_that_the_client_is_not_registered_for_is_unauthorized_client() {
        server.token("web", "client_credentials").send().refused("unauthorized_client");
    }

    @Test
    void a_wrong_secret_in_the_header_is_401_and_names_the_scheme() {
        Reply reply = server.call("POST", "/token")
                .basic("machine", "wrong")
                .with("grant_type", "client_credentials")
                .send();

        reply.refused(401, "invalid_client");
        assertThat(reply.header("WWW-Authenticate"))
                .hasValueSatisfying(v -> assertThat(v).startsWith("Basic realm="));
    }

    @Test
    void a_wrong_secret_in_the_body_is_401_with_a_challenge_too() {
        Reply reply = server.call("POST", "/token")
                .with("client_id", "poster")
                .with("client_secret", "wrong")
                .with("grant_type", "client_credentials")
                .send();

        reply.refused(401, "invalid_client");
        assertThat(reply.header("WWW-Authenticate"))
                .hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Basic "));
    }

    @Test
    void no_credentials_at_all_are_invalid_client() {
        server.call("POST", "/token")
                .with("grant_type", "client_credentials")
                .send()
                .refused(401, "invalid_client");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain", "multipart/form-data", ""})
    void a_body_that_is_no_form_is_415(String contentType) {
        Reply reply = server.token("machine", "client_credentials")
                .contentType(contentType)
                .send();

        reply.refused(415, "invalid_request");
        assertThat(reply.string("error_description")).contains("application/x-www-form-urlencoded");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/x-www-form-urlencoded; charset=UTF-8", "Application/X-WWW-Form-Urlencoded ;a=b"})
    void parameters_and_case_of_the_content_type_do_not_matter(String contentType) {
        server.token("machine", "client_credentials")
                .contentType(contentType)
                .send()
                .issued();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "PATCH", "post"})
    void another_method_than_post_is_405_and_told_what_is_allowed(String method) {
        Reply reply = server.call(method, "/token")
                .basic("machine", TestServer.SECRET)
                .with("grant_type", "client_credentials")
                .send();

        reply.refused(405, "invalid_request");
        assertThat(reply.header("Allow")).contains("POST");
    }

    @Test
    void a_preflight_is_answered_for_any_origin_without_credentials_mode() {
        Reply reply = server.call("OPTIONS", "/token")
                .header("Origin", "https://app.example")
                .contentType("")
                .send();

        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.header("Access-Control-Allow-Origin")).contains("*");
        assertThat(reply.header("Access-Control-Allow-Methods")).contains("POST");
        assertThat(reply.header("Access-Control-Allow-Headers"))
                .hasValueSatisfying(v -> assertThat(v).contains("Authorization", "Content-Type", "DPoP"));
        assertThat(reply.header("Access-Control-Allow-Credentials")).isEmpty();
        assertThat(reply.response().body()).isEmpty();
    }

    @Test
    void successes_and_refusals_may_be_read_by_scripts_of_any_origin() {
        Reply issued = server.token("machine", "client_credentials").send().issued();
        Reply refused = server.token("machine", "none").send().refused("unsupported_grant_type");

        for (Reply reply : List.of(issued, refused)) {
            assertThat(reply.header("Access-Control-Allow-Origin")).contains("*");
            assertThat(reply.header("Access-Control-Allow-Credentials")).isEmpty();
        }
    }

    @Test
    void introspection_is_not_for_scripts() {
        Reply preflight =
                server.call("OPTIONS", "/introspect").contentType("").send().refused(405, "invalid_request");
        Reply call = server.as("web", server.call("POST", "/introspect"))
                .with("token", "x")
                .send();

        assertThat(preflight.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(call.header("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void a_body_of_64_kib_is_read_and_one_byte_more_is_413() {
        String start = "grant_type=client_credentials&x=";
        String most = start + "a".repeat(64 * 1024 - start.length());

        basic().raw(most).send().issued();
        basic().raw(most + "a").send().refused(413, "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"grant_type", "scope", "client_id", "unknown"})
    void a_repeated_parameter_is_refused(String name) {
        Reply reply = basic().raw("grant_type=client_credentials&" + name + "=a&" + name + "=b")
                .send();

        reply.refused("invalid_request");
        assertThat(reply.string("error_description")).contains("repeated");
    }

    @ParameterizedTest
    @ValueSource(strings = {"scope=re%00ad", "scope=a%0Ab", "sco%0Dpe=a", "x=%7F", "x=a\nb"})
    void control_characters_are_refused(String parameter) {
        basic().raw("grant_type=client_credentials&" + parameter).send().refused("invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"scope=%", "scope=%2", "scope=%zz", "%4=a", "scope=%C3%28", "scope=%ED%A0%80"})
    void broken_escapes_are_refused(String parameter) {
        basic().raw("grant_type=client_credentials&" + parameter).send().refused("invalid_request");
    }

    @Test
    void more_than_a_hundred_parameters_are_refused() {
        StringBuilder many = new StringBuilder("grant_type=client_credentials");
        for (int i = 0; i < 100; i++) many.append("&p").append(i).append("=x");

        basic().raw(many.toString()).send().refused("invalid_request");
    }

    @Test
    void what_stands_in_the_query_does_not_count() {
        String credentials =
                "grant_type=client_credentials&client_id=poster&client_secret=" + TestServer.SECRET + "&scope=read";

        server.call("POST", "/token").query(credentials).send().refused(401, "invalid_client");
        basic().query("grant_type=client_credentials").send().refused("invalid_request");
        basic().query("scope=unknown")
                .with("grant_type", "client_credentials")
                .send()
                .issued();
    }

    @Test
    void a_repeated_authorization_header_is_refused() {
        basic().basic("web", TestServer.SECRET)
                .with("grant_type", "client_credentials")
                .send()
                .refused("invalid_request");
    }

    private Call basic() {
        return server.call("POST", "/token").basic("machine", TestServer.SECRET);
    }
}
