package dev.mintmark.auth.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientTest {
    private static final Secret SECRET = Secret.parse("$sha256$" + "A".repeat(43));

    @Test
    void all_complaints_come_at_once() {
        Client.Builder client = Client.of("web")
                .tokenEndpointAuthMethod("none")
                .secret(SECRET)
                .grantTypes(GrantType.CLIENT_CREDENTIALS)
                .redirectUris(URI.create("/callback"), URI.create("https://app.example/#here"))
                .resources(URI.create("https://api.example/#x"))
                .accessTokenLifetime(Duration.ZERO)
                .refreshTokenLifetime(Duration.ofMillis(999));

        assertThatThrownBy(client::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("client web: a client whose method is none can keep no secret;"
                        + " client_credentials is not for a client whose method is none;"
                        + " redirect_uris must be absolute: /callback;"
                        + " redirect_uris must have no fragment: https://app.example/#here;"
                        + " resources must have no fragment: https://api.example/#x;"
                        + " access tokens must live a second; refresh tokens must live a second");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "\u00e9", "a\u007f"})
    void a_client_id_is_printable_ascii(String id) {
        assertThatThrownBy(() -> Client.of(id).secret(SECRET).build()).hasMessageContaining("printable ASCII");
    }

    @Test
    void a_client_id_may_have_colons_and_spaces() {
        assertThatCode(() -> Client.of("my app:1 %").secret(SECRET).build()).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"client_secret_basic", "client_secret_post"})
    void a_method_with_a_secret_needs_one(String method) {
        assertThatThrownBy(
                        () -> Client.of("web").tokenEndpointAuthMethod(method).build())
                .hasMessage("client web: " + method + " needs a secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc"})
    void a_redirect_uri_that_a_browser_would_run_is_refused(String uri) {
        assertThatThrownBy(() -> Client.of("web")
                        .secret(SECRET)
                        .redirectUris(URI.create(uri))
                        .build())
                .hasMessageContaining("must not have the scheme");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://app.example/cb", "HTTP://app.example/cb", "http://127.0.0.1.example/cb", "http:cb"})
    void a_redirect_uri_that_leaves_the_machine_in_the_clear_is_refused(String uri) {
        assertThatThrownBy(() -> Client.of("app")
                        .tokenEndpointAuthMethod("none")
                        .redirectUris(URI.create(uri))
                        .build())
                .hasMessageContaining("must be https");
    }

    @Test
    void a_native_apps_scheme_is_accepted() {
        // RFC 8252 section 7.1
        Client client = Client.of("app")
                .tokenEndpointAuthMethod("none")
                .redirectUris(URI.create("com.example.app:/cb"), URI.create("http://127.0.0.1/cb"))
                .build();

        assertThat(client.isPublic()).isTrue();
        assertThat(client.redirectUris()).hasSize(2);
    }

    @Test
    void a_logout_is_told_in_the_clear_only_where_that_is_allowed() {
        Client.Builder app = Client.of("app")
                .tokenEndpointAuthMethod("none")
                .backchannelLogoutUri(URI.create("http://app.internal/logout"));

        assertThatThrownBy(app::build).hasMessageContaining("backchannel_logout_uri must be https");
        assertThat(app.allowInsecureBackchannelLogout().build().backchannelLogoutUri())
                .contains(URI.create("http://app.internal/logout"));
    }

    @Test
    void a_client_does_not_change_with_its_builder() {
        Client.Builder builder = Client.of("web").secret(SECRET);
        Client client = builder.build();

        builder.secret(Secret.parse("$sha256$" + "B".repeat(42) + "A")).grantTypes(GrantType.CLIENT_CREDENTIALS);

        assertThat(client.secrets()).containsExactly(SECRET);
        assertThat(client.grantTypes()).containsExactly(GrantType.AUTHORIZATION_CODE);
        assertThat(client).hasToString("web");
    }

    @Test
    void id_tokens_cannot_be_signed_with_a_secret_that_is_only_kept_as_a_hash() {
        assertThatThrownBy(() -> Client.of("web")
                        .tokenEndpointAuthMethod("none")
                        .idTokenSignedResponseAlg(SigningAlgorithm.HS256)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("HS256 needs");
    }
}
