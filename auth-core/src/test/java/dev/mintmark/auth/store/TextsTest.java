package dev.mintmark.auth.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintmark.auth.AuthorizationServer;
import dev.mintmark.auth.protocol.Authentication;
import dev.mintmark.auth.protocol.AuthorizationRequest;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.ClientRequest;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Refused;
import dev.mintmark.auth.protocol.Subject;
import dev.mintmark.auth.protocol.TokenResult;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a store could not keep never gets as far as a store. */
class TextsTest {
    private static final Instant NOW = Instant.parse("2031-05-06T07:08:09Z");
    private static final String LONGEST = "a".repeat(255);

    @ParameterizedTest
    @ValueSource(
            strings = {"", "nul\0", "line\nfeed", "\u0085", "\u007f", "half \ud83e", "\ude99 half", "\ude99\ud83e"})
    void no_person_and_no_session_is_called_so(String text) {
        refusesPeople(text);
    }

    @Test
    void no_person_and_no_session_has_more_than_255_characters() {
        refusesPeople(LONGEST + "a");
    }

    private static void refusesPeople(String text) {
        assertThatThrownBy(() -> new Subject.OfUser(text)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Authentication.of(text, NOW)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Authentication.of("alice", NOW).withSession(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", " ", "alice@example", "\u4f60\u597d", "\ud83e\ude99", "Alic\u00e9 "})
    void people_are_called_as_they_like(String text) {
        assertThat(Authentication.of(text, NOW).withSession(text).subject().value())
                .isEqualTo(text);
        assertThat(new Subject.OfUser("\u20ac".repeat(255)).value()).hasSize(255);
    }

    @Test
    void clients_are_called_in_printable_ascii() {
        assertThat(registered(LONGEST).clientId()).isEqualTo(LONGEST);
        assertThat(Client.isClientId("an app ~")).isTrue();
        for (String text : List.of("", LONGEST + "a", "a\0", "a\nb", "caf\u00e9", "\u007f")) {
            assertThat(Client.isClientId(text)).as(text).isFalse();
            assertThatThrownBy(() -> registered(text)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static Client registered(String clientId) {
        return Client.of(clientId)
                .tokenEndpointAuthMethod("none")
                .redirectUris(URI.create("https://app.example/cb"))
                .build();
    }

    @Test
    void who_cannot_be_a_client_is_unknown_without_a_look_into_the_store() {
        List<String> asked = new ArrayList<>();
        ClientStore clients = clientId -> {
            asked.add(clientId);
            return Optional.empty();
        };
        try (AuthorizationServer server = AuthorizationServer.builder(URI.create("https://auth.example"))
                .clients(clients)
                .listener(event -> {})
                .scopes("api")
                .build()) {
            for (String id : List.of(LONGEST, LONGEST + "a", "caf\u00e9")) {
                TokenResult result =
                        server.token(ClientRequest.of(GrantType.AUTHORIZATION_CODE, "client_id", id, "code", "some"));
                assertThat(((TokenResult.Denied) result).refusal().code()).isEqualTo(ErrorCode.INVALID_CLIENT);
                assertThatThrownBy(() -> server.approve(AuthorizationRequest.of(id), Authentication.of("alice", NOW)))
                        .isInstanceOf(Refused.class);
            }
        }
        assertThat(asked).containsExactly(LONGEST, LONGEST);
    }
}
