package dev.mintmark.auth.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.AuthEvent;
import dev.mintmark.auth.Place;
import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.race.Race;
import dev.mintmark.auth.store.ClientStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeviceGrantTest {
    private final TestServer server = TestServer.of(b -> b.grant(new DeviceGrant())
            .clientEndpoint("device_authorization", Place.at("/device_authorization"), DeviceGrant::endpoint)
            .clients(ClientStore.of(
                    TestServer.web().build(),
                    TestServer.spa()
                            .grantTypes(DeviceGrant.TYPE, GrantType.REFRESH_TOKEN)
                            .build())));

    @Test
    void a_device_gets_its_codes_and_once_approved_its_tokens() {
        Reply codes = start();
        assertThat(codes.json().number("interval")).hasValue(DeviceGrant.INTERVAL);
        poll(codes).refused("authorization_pending");

        assertThat(approve(codes)).isTrue();
        Reply tokens = poll(codes).issued();

        assertThat(tokens.json().names()).contains("access_token", "refresh_token", "id_token");
        assertThat(tokens.accessClaims().getSubject()).isEqualTo("alice");
        server.refresh("spa", tokens.refresh()).send().issued();
    }

    @Test
    void a_device_that_polls_too_soon_is_slowed_down_and_the_refusal_is_remembered() {
        Reply codes = start();
        poll(codes).refused("authorization_pending");
        poll(codes).refused("slow_down");
        server.clock.advance(Duration.ofSeconds(9));
        poll(codes).refused("slow_down");
        server.clock.advance(Duration.ofSeconds(15));
        poll(codes).refused("authorization_pending");
    }

    @Test
    void a_denied_device_is_refused() {
        Reply codes = start();
        assertThat(DeviceGrant.answer(server.server, codes.string("user_code"), Optional.empty()))
                .isTrue();

        assertThat(poll(codes).string("error")).isEqualTo("access_denied");
        assertThat(approve(codes)).as("the code was answered").isFalse();
    }

    @Test
    void an_expired_device_is_told_so_and_an_unknown_one_is_not() {
        Reply codes = start();
        server.clock.advance(Duration.ofMinutes(10));

        poll(codes).refused("expired_token");
        assertThat(approve(codes)).isFalse();
        server.token("spa", DeviceGrant.TYPE.value())
                .with("device_code", "unknown")
                .send()
                .refused("invalid_grant");
    }

    @Test
    void a_device_code_is_used_once_and_a_second_poll_ends_nothing() {
        Reply codes = start();
        approve(codes);
        Reply tokens = poll(codes).issued();

        poll(codes).refused("invalid_grant");

        assertThat(server.lastEvent().type()).isEqualTo(AuthEvent.Type.REFUSED);
        server.refresh("spa", tokens.refresh()).send().issued();
    }

    @Test
    void of_all_who_poll_an_approved_code_at_once_at_most_one_wins() throws Exception {
        try (Race race = new Race()) {
            for (int round = 0; round < 100; round++) {
                Reply codes = start();
                approve(codes);
                List<Reply> replies = race.run(() -> poll(codes));

                assertThat(replies.stream().filter(reply -> reply.status() == 200))
                        .hasSizeLessThanOrEqualTo(1);
                assertThat(replies)
                        .allSatisfy(reply -> assertThat(reply.status()).isIn(200, 400));
            }
        }
    }

    private Reply start() {
        return server.as("spa", server.call("POST", "/device_authorization"))
                .with("scope", "openid read")
                .send()
                .issued();
    }

    private boolean approve(Reply codes) {
        return DeviceGrant.answer(server.server, codes.string("user_code"), Optional.of(server.alice()));
    }

    private Reply poll(Reply codes) {
        return server.token("spa", DeviceGrant.TYPE.value())
                .with("device_code", codes.string("device_code"))
                .send();
    }
}
