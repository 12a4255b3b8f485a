package dev.mintmark.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWK;
import dev.mintmark.auth.keys.SigningKey;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.SigningAlgorithm;
import dev.mintmark.auth.protocol.TokenKind;
import dev.mintmark.auth.store.ClientStore;
import dev.mintmark.auth.store.InMemoryGrantStore;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuilderTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final JWK EC = SigningKey.generate(SigningAlgorithm.ES256, new SecureRandom());

    @Test
    void clients_are_all_that_is_needed() {
        assertThatCode(() -> builder("https://auth.example").build()).doesNotThrowAnyException();
    }

    @Test
    void everything_that_is_wrong_is_said_at_once() {
        AuthorizationServerBuilder wrong = AuthorizationServer.builder(URI.create("http://auth.example/"))
                .issuer(" ")
                .serverSecret(new byte[31])
                .codeLifetime(Duration.ofMinutes(11))
                .defaultScopes("unknown");

        assertThatThrownBy(wrong::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll(
                        "must be https",
                        "slash",
                        "issuer is blank",
                        "at least 32 bytes",
                        "codeLifetime must be at most",
                        "defaultScopes has unknown",
                        "clients are missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://auth.example",
                "ftp://auth.example",
                "https:opaque",
                "https://auth.example/",
                "https://auth.example?x=y",
                "https://auth.example#part",
                "https://user@auth.example",
                "https://auth.example/a//b",
                "https://auth.example/a/../b",
                "https://auth.example/a%20b",
                "https://auth.example/a;b",
                "/relative"
            })
    void a_base_uri_that_is_not_plain_https_is_a_complaint(String uri) {
        assertThatThrownBy(() -> builder(uri).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("base URI");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8080",
                "http://127.0.0.1:8080/auth",
                "http://[::1]:8080",
                "https://auth.example:8443/a/b-c_d~e.f"
            })
    void loopback_may_be_http_and_paths_may_be_plain(String uri) {
        assertThat(builder(uri).build().issuer()).isEqualTo(uri);
    }

    @Test
    void http_elsewhere_has_to_be_allowed_by_name() {
        assertThatCode(() -> builder("http://auth.internal").allowInsecureHttp().build())
                .doesNotThrowAnyException();
    }

    static Stream<Arguments> complaints() {
        return Stream.of(
                complaint("serverSecret is missing", b -> b.store(new InMemoryGrantStore())),
                complaint("at least 32 bytes", b -> b.serverSecret(new byte[32], new byte[16])),
                complaint("scopes:", b -> b.scopes("customer.{iss}")),
                complaint("scopes:", b -> b.scopes("a{b}")),
                complaint("defaultScopes", b -> b.defaultScopes("a  b")),
                complaint("defaultScopes has read", b -> b.scopes("write").defaultScopes("read")),
                complaint("accessTokenLifetime must be at least", b -> b.accessTokenLifetime(Duration.ZERO)),
                complaint("accessTokenLifetime must be at most", b -> b.accessTokenLifetime(Duration.ofDays(8))),
                complaint("idTokenLifetime must be at least", b -> b.idTokenLifetime(Duration.ofMillis(999))),
                complaint("idTokenLifetime must be at most", b -> b.idTokenLifetime(Duration.ofDays(8))),
                complaint(
                        "refreshTokenLifetime must be at most",
                        b -> b.refreshTokenLifetime(Duration.ofDays(401), Duration.ofDays(1))),
                complaint(
                        "refreshTokenLifetime (idle)",
                        b -> b.refreshTokenLifetime(Duration.ofDays(1), Duration.ofSeconds(-1))),
                complaint("codeLifetime must be at least", b -> b.codeLifetime(Duration.ZERO)),
                complaint("refreshGrace is negative", b -> b.refreshGrace(Duration.ofSeconds(-1))),
                complaint("refreshGrace must be at most", b -> b.refreshGrace(Duration.ofMinutes(6))),
                complaint("keyRotation must be at least", b -> b.keyRotation(Duration.ZERO, Duration.ofHours(1))),
                complaint("ten minutes ahead", b -> b.keyRotation(Duration.ofDays(1), Duration.ofMinutes(9))),
                complaint(
                        "which signing() does not name",
                        b -> b.signingKeys(
                                TokenKind.ACCESS,
                                SigningAlgorithm.ES384,
                                SigningKey.generate(SigningAlgorithm.ES384, new SecureRandom()))),
                complaint("signingKeys for", b -> b.signingKeys(TokenKind.ID, SigningAlgorithm.RS256, EC)),
                complaint("are none", b -> b.signingKeys(TokenKind.ACCESS, SigningAlgorithm.ES256)),
                complaint(
                        "derived from serverSecret", b -> b.signingKeys(TokenKind.REFRESH, SigningAlgorithm.HS256, EC)),
                complaint(
                        "serves one kind of token only",
                        b -> b.signing(TokenKind.ID, SigningAlgorithm.ES256)
                                .signingKeys(TokenKind.ACCESS, SigningAlgorithm.ES256, EC)
                                .signingKeys(TokenKind.ID, SigningAlgorithm.ES256, EC)),
                complaint("begin with a slash", b -> b.route(Endpoint.TOKEN, "token")),
                complaint("begin with a slash", b -> b.route(Endpoint.TOKEN, "/a/../token")),
                complaint("begin with a slash", b -> b.route(Endpoint.TOKEN, "/%74oken")),
                complaint(
                        "at /token only POST can be answered",
                        b -> b.route(Endpoint.TOKEN, Place.at("/token").answering("GET", "POST"))),
                complaint(
                        "at /mine only GET, HEAD, POST can be answered",
                        b -> b.bearerEndpoint("mine", Place.at("/mine").answering("PUT"), s -> call -> Claims.none())),
                complaint("loginAttempts must allow", b -> b.loginAttempts(0, MINUTE, MINUTE)),
                complaint("loginAttempts (within)", b -> b.loginAttempts(5, MINUTE.negated(), MINUTE)),
                complaint("loginAttempts (lock)", b -> b.loginAttempts(5, MINUTE, MINUTE.negated())),
                complaint("mfa must be at least", b -> b.mfa(MINUTE.negated(), 5, 3)),
                complaint("rememberDevices must be at least", b -> b.rememberDevices(MINUTE.negated())),
                complaint("two endpoints stand at /jwks", b -> b.route(Endpoint.TOKEN, "/jwks")),
                complaint(
                        "two endpoints stand at /token",
                        b -> b.clientEndpoint("mine", Place.at("/token"), s -> call -> {
                            throw new AssertionError("never called");
                        })));
    }

    @ParameterizedTest
    @MethodSource("complaints")
    void each_wrong_setting_is_a_complaint_of_its_own(String said, Consumer<AuthorizationServerBuilder> wrong) {
        AuthorizationServerBuilder builder = builder("https://auth.example");
        wrong.accept(builder);

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(said)
                .message()
                .containsOnlyOnce("\n - ");
    }

    private static Arguments complaint(String said, Consumer<AuthorizationServerBuilder> wrong) {
        return Arguments.of(said, wrong);
    }

    private static AuthorizationServerBuilder builder(String uri) {
        return AuthorizationServer.builder(URI.create(uri)).clients(ClientStore.of());
    }
}
