package dev.mintmark.auth.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintmark.auth.Call;
import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.client.ClientAuthMethod;
import dev.mintmark.auth.client.ProofCheck;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.ClientRequest;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Refused;
import dev.mintmark.auth.protocol.Secret;
import dev.mintmark.auth.store.ClientStore;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAuthenticationTest {
    private final TestServer server = TestServer.standard();

    @Test
    void a_secret_in_the_header_authenticates_a_client_registered_for_it() {
        ask(server).basic("machine", TestServer.SECRET).send().issued();
    }

    @Test
    void a_secret_in_the_body_authenticates_a_client_registered_for_it() {
        post("poster", TestServer.SECRET).send().issued();
    }

    @Test
    void a_public_client_names_itself() {
        server.signIn("spa");
    }

    @Test
    void a_secret_in_the_body_is_refused_from_a_client_registered_for_the_header() {
        post("machine", TestServer.SECRET).send().refused(401, "invalid_client");
    }

    @Test
    void a_secret_in_the_header_is_refused_from_a_client_registered_for_the_body() {
        ask(server).basic("poster", TestServer.SECRET).send().refused(401, "invalid_client");
    }

    @Test
    void header_and_body_are_interchangeable_only_where_the_server_was_told_so() {
        TestServer lenient = TestServer.of(b -> b.secretInHeaderOrBody());

        ask(lenient).basic("poster", TestServer.SECRET).send().issued();
        ask(lenient)
                .with("client_id", "machine")
                .with("client_secret", TestServer.SECRET)
                .send()
                .issued();
        ask(lenient).with("client_id", "machine").send().refused(401, "invalid_client");
        ask(lenient).basic("machine", "wrong").send().refused(401, "invalid_client");
    }

    @Test
    void a_public_client_that_shows_a_secret_is_refused_even_then() {
        TestServer lenient = TestServer.of(b -> b.secretInHeaderOrBody());

        lenient.call("POST", "/token")
                .with("grant_type", "refresh_token")
                .with("refresh_token", "x")
                .basic("spa", "anything")
                .send()
                .refused(401, "invalid_client");
    }

    @Test
    void a_confidential_client_that_only_names_itself_is_refused() {
        ask(server).with("client_id", "machine").send().refused(401, "invalid_client");
    }

    @Test
    void two_methods_at_once_are_refused_even_if_both_hold() {
        ask(server)
                .basic("machine", TestServer.SECRET)
                .with("client_id", "machine")
                .with("client_secret", TestServer.SECRET)
                .send()
                .refused("invalid_request");
    }

    @Test
    void a_client_id_beside_the_header_must_be_the_same_client_s() {
        ask(server)
                .basic("machine", TestServer.SECRET)
                .with("client_id", "machine")
                .send()
                .issued();
        ask(server)
                .basic("machine", TestServer.SECRET)
                .with("client_id", "poster")
                .send()
                .refused("invalid_request");
    }

    @Test
    void a_secret_in_the_body_without_a_client_id_is_invalid_request() {
        ask(server).with("client_secret", TestServer.SECRET).send().refused("invalid_request");
    }

    @Test
    void an_unknown_client_is_answered_like_a_wrong_secret() {
        Reply unknown = ask(server).basic("nobody", TestServer.SECRET).send().refused(401, "invalid_client");
        Reply wrong = ask(server).basic("machine", "wrong").send().refused(401, "invalid_client");

        assertThat(unknown.response().text()).isEqualTo(wrong.response().text());
        assertThat(unknown.response().headers()).isEqualTo(wrong.response().headers());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Basic", "Basic ", "Basic !!!", "Basic bm8tY29sb24=", "Basic wyg6eA==", "Basic JTplOg==", "x"})
    void a_malformed_authorization_header_is_invalid_client(String header) {
        Reply reply = ask(server).header("Authorization", header).send();

        reply.refused(401, "invalid_client");
        assertThat(reply.header("WWW-Authenticate")).isPresent();
    }

    @Test
    void an_authorization_header_of_another_scheme_is_not_ignored() {
        server.call("POST", "/token")
                .header("Authorization", "Bearer abc")
                .with("client_id", "spa")
                .with("grant_type", "refresh_token")
                .with("refresh_token", "x")
                .send()
                .refused(401, "invalid_client");
    }

    @Test
    void the_scheme_s_case_does_not_matter() {
        String pair =
                Base64.getEncoder().encodeToString(("machine:" + TestServer.SECRET).getBytes(StandardCharsets.UTF_8));

        ask(server).header("Authorization", "bAsIc " + pair).send().issued();
    }

    @Test
    void id_and_secret_are_form_encoded_inside_the_header() {
        String secret = "a:b%20 +ü";
        TestServer odd = TestServer.knowing(Client.of("o:d d")
                .secret(Secret.hash(secret, new SecureRandom()))
                .grantTypes(GrantType.CLIENT_CREDENTIALS)
                .build());

        ask(odd).basic("o:d d", secret).send().issued();
    }

    @Test
    void an_empty_secret_never_matches() {
        ask(server).basic("machine", "").send().refused(401, "invalid_client");
        post("poster", "").send().refused(401, "invalid_client");
    }

    @Test
    void while_a_secret_changes_both_hold_and_then_only_the_new_one() {
        Secret.Generated next = Secret.generate(new SecureRandom());
        Client.Builder both = TestServer.machine().secret(next.secret());
        AtomicReference<Client> registered = new AtomicReference<>(both.build());
        TestServer changing = TestServer.of(b -> b.clients(id -> Optional.of(registered.get())));

        ask(changing).basic("machine", TestServer.SECRET).send().issued();
        ask(changing).basic("machine", next.plaintext()).send().issued();

        registered.set(Client.of("machine")
                .secret(next.secret())
                .grantTypes(GrantType.CLIENT_CREDENTIALS)
                .build());
        ask(changing).basic("machine", TestServer.SECRET).send().refused(401, "invalid_client");
        ask(changing).basic("machine", next.plaintext()).send().issued();
    }

    @Test
    void a_method_of_a_stranger_is_spoken_and_published() {
        Client ticketed = Client.of("ticketed")
                .tokenEndpointAuthMethod("example_ticket")
                .grantTypes(GrantType.CLIENT_CREDENTIALS)
                .build();
        TestServer strange =
                TestServer.of(b -> b.clients(ClientStore.of(ticketed)).clientAuthMethod(new Ticket()));

        ask(strange).with("example_ticket", "ticketed/good").send().issued();
        ask(strange).with("example_ticket", "ticketed/bad").send().refused(401, "invalid_client");
        ask(strange).with("client_id", "ticketed").send().refused(401, "invalid_client");
        ask(strange)
                .with("example_ticket", "ticketed/good")
                .basic("ticketed", "x")
                .send()
                .refused("invalid_request");
        assertThat(strange.server.metadata().strings("token_endpoint_auth_methods_supported"))
                .containsExactly("client_secret_basic", "client_secret_post", "none", "example_ticket");
    }

    @Test
    void in_process_the_same_rules_hold() {
        ClientRequest bare = ClientRequest.of(GrantType.CLIENT_CREDENTIALS, "scope", "read");

        assertThat(server.server
                        .token(bare.withBasic("machine", TestServer.SECRET))
                        .issued()
                        .accessToken())
                .startsWith("eyJ");
        assertThatThrownBy(() -> server.server.token(bare).issued()).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> server.server
                        .token(bare.withPost("machine", TestServer.SECRET))
                        .issued())
                .isInstanceOf(Refused.class);
    }

    private static Call ask(TestServer server) {
        return server.call("POST", "/token").with("grant_type", "client_credentials");
    }

    private Call post(String client, String secret) {
        return ask(server).with("client_id", client).with("client_secret", secret);
    }

    /** A ticket that names the client and says whether it is good. */
    private static final class Ticket implements ClientAuthMethod {
        @Override
        public String name() {
            return "example_ticket";
        }

        @Override
        public Optional<Presented> find(ClientRequest request) {
            return request.params().get("example_ticket").map(ticket -> {
                String[] parts = ticket.split("/", 2);
                return new Presented() {
                    @Override
                    public String clientId() {
                        return parts[0];
                    }

                    @Override
                    public boolean proves(Client client, ProofCheck check) {
                        return parts[1].equals("good");
                    }
                };
            });
        }
    }
}
