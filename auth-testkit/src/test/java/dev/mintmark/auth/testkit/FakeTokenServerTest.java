package dev.mintmark.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.ClientRequest;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Secret;
import dev.mintmark.auth.store.ClientStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FakeTokenServerTest {
    private static final Secret.Generated SECRET = Secret.generate(new SecureRandom());
    private static final Client BACKEND = Client.of("backend")
            .secret(SECRET.secret())
            .grantTypes(GrantType.CLIENT_CREDENTIALS)
            .scope("openid")
            .build();

    @RegisterExtension
    static final FakeTokenServerExtension TOKENS =
            new FakeTokenServerExtension(server -> server.clients(ClientStore.of(BACKEND)));

    private static final Set<URI> SEEN = new HashSet<>();

    @Test
    void a_test_is_handed_a_server_that_issues_tokens(FakeTokenServer tokens) {
        SEEN.add(tokens.uri());
        ClientRequest request = ClientRequest.of(GrantType.CLIENT_CREDENTIALS).withBasic("backend", SECRET.plaintext());
        assertThat(tokens.server().token(request).issued().accessToken()).isNotEmpty();
    }

    @Test
    void the_tests_of_a_class_share_one_server(FakeTokenServer tokens) throws Exception {
        SEEN.add(tokens.uri());
        assertThat(SEEN).hasSize(1);
        assertThat(get(tokens.uri().resolve("/jwks"))).isEqualTo(200);
    }

    @Nested
    class InAnInstanceField {
        @RegisterExtension
        final FakeTokenServerExtension own =
                new FakeTokenServerExtension(server -> server.issuer("own").clients(ClientStore.of(BACKEND)));

        @Test
        void each_test_has_a_server_of_its_own() {
            assertThat(own).isNotSameAs(TOKENS);
        }
    }

    @Test
    void a_server_that_cannot_be_built_leaves_no_port_open() {
        assertThatThrownBy(() -> FakeTokenServer.start(server -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("clients are missing");
    }

    @Test
    void a_closed_server_answers_no_more() throws Exception {
        FakeTokenServer tokens = FakeTokenServer.start(server -> server.clients(ClientStore.of(BACKEND)));
        URI jwks = tokens.uri().resolve("/jwks");
        assertThat(get(jwks)).isEqualTo(200);
        tokens.close();
        assertThatThrownBy(() -> get(jwks)).isInstanceOf(java.io.IOException.class);
    }

    private static int get(URI uri) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                .statusCode();
    }
}
