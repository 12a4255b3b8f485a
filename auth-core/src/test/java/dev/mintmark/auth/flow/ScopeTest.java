package dev.mintmark.auth.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.GrantType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeTest {
    private final TestServer server = TestServer.standard();

    @Test
    void without_a_scope_a_client_gets_all_it_may_have_but_for_parameters() throws Exception {
        Reply reply = server.token("machine", "client_credentials").send().issued();

        assertThat(reply.string("scope")).isEqualTo("read write");
        assertThat(reply.accessClaims().getStringClaim("scope")).isEqualTo("read write");
    }

    @Test
    void without_a_scope_the_server_s_default_goes_first_where_there_is_one() {
        TestServer defaulting = TestServer.of(b -> b.defaultScopes("read profile"));

        assertThat(defaulting.token("machine", "client_credentials").send().string("scope"))
                .isEqualTo("read");
    }

    @Test
    void where_a_scope_is_required_none_is_invalid_scope() {
        TestServer strict = TestServer.of(b -> b.scopeRequired());

        strict.token("machine", "client_credentials").send().refused("invalid_scope");
        ask(strict, "read").issued();
    }

    @Test
    void a_scope_of_the_client_that_the_server_does_not_know_is_not_given() {
        TestServer smaller = TestServer.of(b -> b.scopes("read"));

        assertThat(smaller.token("machine", "client_credentials").send().string("scope"))
                .isEqualTo("read");
        ask(smaller, "write").refused("invalid_scope");
    }

    @Test
    void a_client_without_scopes_gets_a_token_without_one() throws Exception {
        Client bare = Client.of("machine")
                .secret(TestServer.secret())
                .grantTypes(GrantType.CLIENT_CREDENTIALS)
                .build();
        Reply reply = TestServer.knowing(bare)
                .token("machine", "client_credentials")
                .send()
                .issued();

        assertThat(reply.json().names()).doesNotContain("scope");
        assertThat(reply.accessClaims().getStringClaim("scope")).isNull();
    }

    @Test
    void what_was_asked_for_is_given_and_said() throws Exception {
        Reply reply = ask(server, "write").issued();

        assertThat(reply.string("scope")).isEqualTo("write");
        assertThat(reply.accessClaims().getStringClaim("scope")).isEqualTo("write");
    }

    @ParameterizedTest
    @ValueSource(strings = {"profile", "read profile", "unknown", "read unknown", "order.7", "offline_access"})
    void what_the_client_may_not_have_or_nobody_knows_is_invalid_scope(String scope) {
        ask(server, scope).refused("invalid_scope");
    }

    @ParameterizedTest
    @ValueSource(strings = {" read", "read ", "read  write", "re\"ad", "re\\ad", "réad", "read\twrite"})
    void a_malformed_scope_is_invalid_scope(String scope) {
        ask(server, scope).refused("invalid_scope");
    }

    @Test
    void a_scope_s_parameter_becomes_a_claim() throws Exception {
        Reply reply = ask(server, "read customer.42").issued();

        assertThat(reply.string("scope")).isEqualTo("read customer.42");
        assertThat(reply.accessClaims().getStringClaim("customer_id")).isEqualTo("42");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"customer.", "customer", "customer.*", "customer.{customer_id}", "customer.1.2", "xcustomer.1"})
    void a_parameter_fills_exactly_its_segment(String scope) {
        ask(server, scope).refused("invalid_scope");
    }

    @Test
    void two_values_of_one_parameter_are_invalid_scope_and_the_same_twice_is_one() {
        ask(server, "customer.1 customer.2").refused("invalid_scope");
        assertThat(ask(server, "customer.1 customer.1").issued().string("scope"))
                .isEqualTo("customer.1");
    }

    @Test
    void a_client_with_a_single_value_has_no_other() throws Exception {
        TestServer single = TestServer.knowing(
                TestServer.machine().scope("customer.42 order.*").build());

        assertThat(ask(single, "customer.42").issued().accessClaims().getStringClaim("customer_id"))
                .isEqualTo("42");
        ask(single, "customer.43").refused("invalid_scope");
    }

    @Test
    void a_typed_parameter_is_of_its_type() throws Exception {
        TestServer typed =
                TestServer.knowing(TestServer.machine().scope("order.*").build());

        assertThat(ask(typed, "order.7").issued().accessClaims().getLongClaim("order_id"))
                .isEqualTo(7);
        for (String wrong : new String[] {"order.x", "order.07", "order.7x", "order.99999999999999999999"}) {
            ask(typed, wrong).refused("invalid_scope");
        }
    }

    @Test
    void a_parameter_is_never_given_by_default() {
        TestServer only =
                TestServer.knowing(TestServer.machine().scope("customer.*").build());

        assertThat(only.token("machine", "client_credentials")
                        .send()
                        .issued()
                        .json()
                        .names())
                .doesNotContain("scope");
    }

    private static Reply ask(TestServer server, String scope) {
        return server.token("machine", "client_credentials")
                .with("scope", scope)
                .send();
    }
}
