package dev.mintmark.auth.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.people.Folk;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.MfaFactor.SentCode;
import dev.mintmark.auth.protocol.MfaFactor.SentCode.Channel;
import dev.mintmark.auth.protocol.Subject;
import dev.mintmark.auth.store.ClientStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What of Lerian takes other people and clients than the golden files have. */
class LerianTest {
    private final Deque<String> sent = new ArrayDeque<>();
    private final TestServer server = TestServer.of(b -> b.profile(new LerianProfile())
            .clients(ClientStore.of(TestServer.machine()
                    .grantTypes(GrantType.CLIENT_CREDENTIALS, GrantType.REFRESH_TOKEN)
                    .scope("openid profile email")
                    .tokenEndpointAuthMethod("client_secret_post")
                    .build()))
            .users(new Folk(
                    Folk.person("machine")
                            .withClaims(Claims.of("email", "m@example.com")
                                    .with("permissions", Claims.of("accounts", List.of("get")))),
                    Folk.person("dora").withActive(false),
                    Folk.person(
                            "max",
                            new SentCode(Channel.EMAIL, "max@example.com"),
                            new SentCode(Channel.SMS, "+15550100"))))
            .passwords((name, password) ->
                    password.equals("right") ? Optional.of(new Subject.OfUser(name)) : Optional.empty())
            .otpSender((user, factor, code, lifetime) -> sent.add(code)));

    private Reply post(String path, Claims body) {
        return server.call("POST", "/v1/login/" + path)
                .contentType("application/json")
                .raw(body.toJson())
                .send();
    }

    private Reply login(String name, String password) {
        return post(
                "oauth/access_token",
                Claims.of("grantType", "password").with("username", name).with("password", password));
    }

    private Reply get(String path, String token) {
        return server.call("GET", path)
                .contentType("")
                .header("Authorization", "Bearer " + token)
                .send()
                .issued();
    }

    @Test
    void a_client_that_is_called_like_a_person_is_told_nothing_of_the_person() {
        Claims credentials = Claims.of("grantType", GrantType.CLIENT_CREDENTIALS.value())
                .with("clientId", "machine")
                .with("clientSecret", TestServer.SECRET);
        String own = post("oauth/access_token", credentials).issued().string("accessToken");
        String persons = login("machine", "right").issued().string("accessToken");

        assertThat(get("/v1/userinfo", own).response().text()).isEqualTo("{\"sub\":\"machine\"}");
        assertThat(get("/v1/permissions", own).response().text()).isEqualTo("{}");
        assertThat(get("/v1/userinfo", persons).string("email")).isEqualTo("m@example.com");
    }

    @Test
    void such_a_client_is_no_person_either_when_its_token_outlives_its_refresh_tokens() {
        Claims credentials = Claims.of("grantType", GrantType.CLIENT_CREDENTIALS.value())
                .with("clientId", "machine")
                .with("clientSecret", TestServer.SECRET);
        String refresh = post("oauth/access_token", credentials).issued().string("refreshToken");
        server.clock.advance(Duration.ofDays(1).minusMinutes(1));
        String own = post("oauth/refresh_token", Claims.of("refreshToken", refresh))
                .issued()
                .string("accessToken");
        server.clock.advance(Duration.ofMinutes(2));
        login("machine", "right").issued();

        assertThat(get("/v1/userinfo", own).response().text()).isEqualTo("{\"sub\":\"machine\"}");
        assertThat(get("/v1/permissions", own).response().text()).isEqualTo("{}");
    }

    @Test
    void the_right_password_of_a_disabled_account_is_answered_as_a_wrong_one() {
        Reply wrong = login("max", "wrong");
        Reply disabled = login("dora", "right");

        assertThat(disabled.status()).isEqualTo(wrong.status()).isEqualTo(401);
        assertThat(disabled.response().headers()).isEqualTo(wrong.response().headers());
        assertThat(disabled.response().text()).isEqualTo(wrong.response().text());
    }

    @Test
    void a_code_that_was_mailed_is_wrong_as_one_of_a_text_message() {
        String mfa = login("max", "right").issued().string("mfaToken");
        Claims challenge = Claims.of("mfaToken", mfa);
        post("mfa/challenge", challenge.with("mfaType", "email")).issued();
        Claims verify = challenge.with("passcode", sent.getLast());

        assertThat(post("mfa/verify", verify.with("mfaType", "sms")).string("code"))
                .isEqualTo("AUT-1006");
        post("mfa/verify", verify.with("mfaType", "email")).issued();
    }
}
