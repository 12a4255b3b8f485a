package dev.mintmark.auth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.ClientRequest;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.Refused;
import dev.mintmark.auth.protocol.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6749 section 2.3.1: identifier and secret are form-encoded, joined by a colon, and then RFC 7617. */
class ClientSecretBasicTest {
    private static final Client CLIENT =
            Client.of("web").secret(Secret.parse("$sha256$" + "A".repeat(43))).build();

    private final ClientSecretBasic basic = new ClientSecretBasic();

    @Test
    void the_example_of_the_rfc_is_read() {
        assertThat(read("Basic czZCaGRSa3F0Mzo3RmpmcDBaQnIxS3REUmJuZlZkbUl3"))
                .containsExactly("s6BhdRkqt3", "7Fjfp0ZBr1KtDRbnfVdmIw");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "web:secret|web|secret",
                "web:|web|''",
                ":secret|''|secret",
                "web:a:b::|web|a:b::",
                "my%3Aapp:a%3Ab|my:app|a:b",
                "my+app:a+b|my app|a b",
                "web:a%2Bb%25|web|a+b%",
                "web:%C3%A9%E2%82%AC%F0%9F%98%80|web|\u00e9\u20ac\ud83d\ude00",
                "web:\u00e9|web|\u00e9",
            })
    void identifier_and_secret_are_decoded_apart(String pair, String id, String secret) {
        assertThat(read("Basic " + base64(pair))).containsExactly(id, secret);
    }

    @ParameterizedTest
    @ValueSource(strings = {"basic ", "BASIC ", "Basic   "})
    void the_scheme_has_no_case(String scheme) {
        assertThat(read(scheme + base64("web:secret"))).containsExactly("web", "secret");
    }

    @Test
    void what_a_client_of_ours_sends_is_read() {
        for (String secret : List.of("a b+c%d:e&f=g", "\u00e9\ud83d\ude00", "%41", "~!@#$^*()_-{}[]|\\\"'<>,.?/")) {
            ClientRequest request = ClientRequest.of(Params.none()).withBasic("my app:1", secret);
            assertThat(read(request.authorization().orElseThrow())).containsExactly("my app:1", secret);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "web",
                "",
                "web:%",
                "web:%4",
                "web:%zz",
                "%4:secret",
                "web:%-1",
                "web:%+1",
                "web:% 1",
                "web:%FF",
                "web:%C3",
                "web:%C0%AF",
                "web:%ED%A0%80",
                "%80:secret",
                "web:100%"
            })
    void a_malformed_pair_is_refused_without_repeating_it(String pair) {
        Refused refused = catchThrowableOfType(Refused.class, () -> read("Basic " + base64(pair)));

        assertThat(refused).as("refusal").isNotNull();
        assertThat(refused.refusal().code()).isEqualTo(ErrorCode.INVALID_CLIENT);
        assertThat(refused.refusal().reason()).isEqualTo("the Basic header is malformed");
        assertThat(refused.refusal().description()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic ",
                "Basic !!!!",
                "Basic d2Vi*nNlY3JldA==",
                "Basic d2ViOnNlY3JldA=x",
                "Basic d2Vi OnNlY3JldA=="
            })
    void what_is_no_base64_is_refused(String header) {
        assertThat(catchThrowableOfType(Refused.class, () -> read(header))).isNotNull();
    }

    @Test
    void bytes_that_are_no_utf_8_are_refused() {
        String latin1 = Base64.getEncoder().encodeToString("web:\u00e9".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(catchThrowableOfType(Refused.class, () -> read("Basic " + latin1)))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer x", "Basicx", "Basi c", "DPoP x", "Basic", ""})
    void another_scheme_is_another_methods(String header) {
        assertThat(basic.find(ClientRequest.of(Params.none()).withAuthorization(header)))
                .isEmpty();
        assertThat(basic.find(ClientRequest.of(Params.none()))).isEmpty();
    }

    @Test
    void the_secret_is_not_shown() {
        ClientAuthMethod.Presented presented = basic.find(
                        ClientRequest.of(Params.none()).withBasic("web", "hunter2"))
                .orElseThrow();

        assertThat(presented).hasToString("web");
    }

    @Test
    void the_client_itself_does_not_prove_anything() {
        ClientAuthMethod.Presented presented = basic.find(
                        ClientRequest.of(Params.none()).withBasic("web", "hunter2"))
                .orElseThrow();

        assertThat(presented.proves(CLIENT, (client, secret) -> false)).isFalse();
        assertThat(presented.proves(CLIENT, (client, secret) -> client == CLIENT && secret.equals("hunter2")))
                .isTrue();
    }

    @Test
    void a_posted_secret_needs_its_client_id() {
        ClientSecretPost post = new ClientSecretPost();
        Refused refused =
                catchThrowableOfType(Refused.class, () -> post.find(ClientRequest.of(Params.of("client_secret", "x"))));

        assertThat(refused.refusal().parameter()).hasValue("client_id");
        assertThat(post.find(ClientRequest.of(Params.of("client_id", "web", "client_secret", ""))))
                .isEmpty();
        assertThat(post.find(ClientRequest.of(Params.none()).withPost("web", "a+b%"))
                        .orElseThrow()
                        .clientId())
                .isEqualTo("web");
    }

    @Test
    void only_a_public_client_proves_itself_by_its_name() {
        ClientAuthMethod.Presented presented = new PublicClient()
                .find(ClientRequest.of(Params.of("client_id", "web")))
                .orElseThrow();
        Client open = Client.of("web").tokenEndpointAuthMethod("none").build();

        assertThat(presented.proves(CLIENT, (client, secret) -> true)).isFalse();
        assertThat(presented.proves(open, (client, secret) -> false)).isTrue();
    }

    private List<String> read(String header) {
        Optional<ClientAuthMethod.Presented> presented =
                basic.find(ClientRequest.of(Params.none()).withAuthorization(header));
        List<String> read = new ArrayList<>(List.of(presented.orElseThrow().clientId()));
        presented.get().proves(CLIENT, (client, secret) -> read.add(secret));
        return read;
    }

    private static String base64(String pair) {
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
