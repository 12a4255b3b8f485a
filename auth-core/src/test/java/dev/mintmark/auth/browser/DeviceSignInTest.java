package dev.mintmark.auth.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.Reply;
import dev.mintmark.auth.people.Town;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.store.ClientStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** RFC 8628. */
class DeviceSignInTest {
    private static final Client TELEVISION = Client.of("page")
            .tokenEndpointAuthMethod("none")
            .clientName("Television")
            .grantTypes(GrantType.DEVICE_CODE, GrantType.REFRESH_TOKEN)
            .scope("openid profile read")
            .build();

    private final House house = House.of(b -> b.deviceGrant(Duration.ofMinutes(10))
            .clients(ClientStore.of(
                    TELEVISION, House.shop().build(), House.partner().build())));
    private final Browser browser = house.browser();

    private Reply asked() {
        return house.as("page", house.server.call("POST", "/device_authorization"))
                .with("scope", "openid profile")
                .send()
                .issued();
    }

    private Reply polled(Reply asked) {
        return house.as("page", house.server.call("POST", "/token"))
                .with("grant_type", GrantType.DEVICE_CODE.value())
                .with("device_code", asked.string("device_code"))
                .send();
    }

    private Page typed(String code) {
        return browser.open("/device").shows("device").submit("user_code", code);
    }

    @Test
    void a_person_types_the_code_signs_in_allows_it_and_the_device_gets_tokens() throws Exception {
        Reply asked = asked();
        assertThat(asked.string("verification_uri")).isEqualTo("https://auth.example/device");
        assertThat(asked.json().number("interval")).hasValue(5);
        assertThat(asked.json().number("expires_in")).hasValue(600);
        polled(asked).refused("authorization_pending");

        Page consent =
                typed(asked.string("user_code")).signIn("alice", Town.PASSWORD).shows("consent");
        assertThat(consent.json().string("user_code")).contains(asked.string("user_code"));
        assertThat(consent.json().string("scope")).contains("openid profile");
        consent.allow().shows("device-done");

        house.clock.advance(Duration.ofSeconds(5));
        Reply tokens = polled(asked).issued();
        assertThat(tokens.idClaims().getSubject()).isEqualTo("alice");
        assertThat(tokens.idClaims().getStringListClaim("amr")).isEqualTo(List.of("pwd"));
        polled(asked).refused("invalid_grant");
    }

    @Test
    void the_code_has_no_vowels_and_may_be_written_in_any_way() {
        Reply asked = asked();
        String code = asked.string("user_code");

        assertThat(code).matches(Pattern.compile("[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}"));
        typed(" " + code.toLowerCase(java.util.Locale.ROOT).replace("-", " ")).shows("login");
    }

    @Test
    void a_device_that_asks_too_often_is_slowed_down_for_good() {
        Reply asked = asked();
        polled(asked).refused("authorization_pending");
        house.clock.advance(Duration.ofSeconds(4));
        polled(asked).refused("slow_down");
        house.clock.advance(Duration.ofSeconds(9));
        polled(asked).refused("slow_down");
        house.clock.advance(Duration.ofSeconds(15));
        polled(asked).refused("authorization_pending");
    }

    @Test
    void a_person_may_say_no() {
        Reply asked = asked();
        typed(asked.string("user_code"))
                .signIn("alice", Town.PASSWORD)
                .shows("consent")
                .submit("decision", "deny")
                .shows("device-done");
        polled(asked).refused("access_denied");
        assertThat(typed(asked.string("user_code")).shows("device").json().string("problem"))
                .contains("invalid_grant");
    }

    @Test
    void what_nobody_answers_ends() {
        Reply asked = asked();
        Page login = typed(asked.string("user_code")).shows("login");
        house.clock.advance(Duration.ofMinutes(10));

        polled(asked).refused("expired_token");
        assertThat(typed(asked.string("user_code")).json().string("problem")).contains("invalid_grant");
        login.submit("username", "alice", "password", Town.PASSWORD).failed(400, "invalid_request");
    }

    @Test
    void whoever_is_signed_in_and_allowed_it_before_is_asked_all_the_same() {
        Reply first = asked();
        typed(first.string("user_code")).signIn("alice", Town.PASSWORD).allow().shows("device-done");

        Page again =
                browser.open("/device?user_code=" + asked().string("user_code")).shows("device");
        again.submit("user_code", again.json().string("user_code").orElseThrow())
                .shows("consent");
    }

    @Test
    void guesses_at_codes_are_bounded() {
        browser.at("203.0.113.9");
        for (int i = 0; i < 5; i++) {
            assertThat(typed("BBBB-BBB" + "BCDFG".charAt(i)).json().string("problem"))
                    .contains("invalid_grant");
        }
        Page late = typed(asked().string("user_code"));
        assertThat(late.json().string("problem")).contains("too_many_attempts");
        assertThat(late.json().number("wait")).hasValue(900);
    }

    @Test
    void a_device_code_is_its_clients_own() {
        Reply asked = asked();
        typed(asked.string("user_code")).signIn("alice", Town.PASSWORD).allow();

        house.as("shop", house.server.call("POST", "/token"))
                .with("grant_type", GrantType.DEVICE_CODE.value())
                .with("device_code", asked.string("device_code"))
                .send()
                .refused("unauthorized_client");
        house.as("shop", house.server.call("POST", "/device_authorization"))
                .send()
                .refused("unauthorized_client");
    }

    @Test
    void the_form_of_another_browser_answers_nothing() {
        Reply asked = asked();
        Page consent =
                typed(asked.string("user_code")).signIn("alice", Town.PASSWORD).shows("consent");
        Map<String, String> form = consent.filled("decision", "allow");

        house.signedIn("alice").submit("/interaction", form).failed(400, "invalid_request");
        polled(asked).refused("authorization_pending");
    }

    @Test
    void metadata_names_it_where_it_is() {
        assertThat(house.server.server.metadata().string("device_authorization_endpoint"))
                .contains("https://auth.example/device_authorization");
        assertThat(House.standard().server.server.metadata().names()).doesNotContain("device_authorization_endpoint");
    }

    /** Standards of the client are narrowed to what is the person's; only what was asked for by name is refused. */
    @Test
    void a_default_scope_is_not_one_that_was_asked_for() {
        House narrow = House.of(b -> b.deviceGrant(Duration.ofMinutes(10))
                .userScopes(
                        (client, user, scope, parameterised) -> !scope.value().equals("read"))
                .clients(ClientStore.of(TELEVISION)));
        Reply byDefault = narrow.as("page", narrow.server.call("POST", "/device_authorization"))
                .send()
                .issued();
        Page consent = narrow.browser()
                .open("/device")
                .submit("user_code", byDefault.string("user_code"))
                .signIn("alice", Town.PASSWORD)
                .shows("consent");

        assertThat(consent.json().string("scope")).contains("openid profile");
        Reply byName = narrow.as("page", narrow.server.call("POST", "/device_authorization"))
                .with("scope", "openid read")
                .send()
                .issued();
        narrow.browser()
                .open("/device")
                .submit("user_code", byName.string("user_code"))
                .signIn("alice", Town.PASSWORD)
                .failed(400, "invalid_scope");
    }
}
