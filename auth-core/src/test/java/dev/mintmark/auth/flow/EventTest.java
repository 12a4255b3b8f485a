package dev.mintmark.auth.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintmark.auth.AuthEvent;
import dev.mintmark.auth.Place;
import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.FamilyId;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Refused;
import dev.mintmark.auth.token.TokenFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventTest {
    private static final String PLANTED = "hunter2-is-a-planted-secret";

    private final TestServer server = TestServer.standard();

    @Test
    void each_success_is_told_once() throws Exception {
        Reply first = server.signIn("web");
        Reply second = server.refresh("web", first.refresh()).send().issued();
        server.refresh("web", first.refresh()).send().issued();
        server.introspect("web", second.access());
        server.revoke("web", second.access()).send();
        server.token("machine", "client_credentials").send().issued();

        assertThat(server.eventTypes())
                .containsExactly(
                        AuthEvent.Type.CODE_ISSUED,
                        AuthEvent.Type.ISSUED,
                        AuthEvent.Type.REFRESHED,
                        AuthEvent.Type.RETRIED,
                        AuthEvent.Type.INTROSPECTED,
                        AuthEvent.Type.REVOKED,
                        AuthEvent.Type.ISSUED);
        assertThat(server.events).allSatisfy(event -> {
            assertThat(event.issuer()).isEqualTo(TestServer.ISSUER);
            assertThat(event.at()).isEqualTo(server.clock.instant());
            assertThat(event.endpoint()).isPresent();
            assertThat(event.error()).isEmpty();
        });
        FamilyId family = new FamilyId(first.accessClaims().getStringClaim("fid"));
        List<AuthEvent> events = new ArrayList<>(server.events);
        for (AuthEvent event : events.subList(0, 4)) {
            assertThat(event.family()).contains(family);
            assertThat(event.client()).contains("web");
            assertThat(event.subject()).contains("alice");
            assertThat(event.scope()).contains(TestServer.SCOPE);
        }
        assertThat(events.get(1).grant()).contains(GrantType.AUTHORIZATION_CODE);
        assertThat(events.get(2).grant()).contains(GrantType.REFRESH_TOKEN);
        assertThat(events.get(6).subject()).as("a client acting for itself").isEmpty();
    }

    @Test
    void each_refusal_is_told_once_with_its_code_and_reason() {
        server.call("POST", "/token").basic("machine", "wrong").send();
        server.call("GET", "/token").send();
        server.token("machine", "unheard-of").send();
        server.call("POST", "/%74oken").send();
        server.as("spa", server.call("POST", "/introspect")).with("token", "x").send();
        assertThatThrownBy(() -> server.server.approve(server.request("nobody"), server.alice()))
                .isInstanceOf(Refused.class);

        assertThat(server.eventTypes()).hasSize(6).containsOnly(AuthEvent.Type.REFUSED);
        assertThat(server.events).allSatisfy(event -> {
            assertThat(event.error()).isPresent();
            assertThat(event.reason()).isPresent();
            assertThat(event.cause()).isEmpty();
        });
        assertThat(server.events)
                .extracting(event -> event.error().orElseThrow())
                .containsExactly(
                        ErrorCode.INVALID_CLIENT,
                        ErrorCode.METHOD_NOT_ALLOWED,
                        ErrorCode.UNSUPPORTED_GRANT_TYPE,
                        ErrorCode.INVALID_REQUEST,
                        ErrorCode.INVALID_CLIENT,
                        ErrorCode.INVALID_REQUEST);
    }

    @Test
    void a_replay_is_told_with_its_family() throws Exception {
        String code = server.code("web");
        Reply tokens = server.redeem("web", code).send().issued();
        server.redeem("web", code).send().refused("invalid_grant");

        AuthEvent event = server.lastEvent();
        assertThat(event.type()).isEqualTo(AuthEvent.Type.REPLAYED);
        assertThat(event.family()).contains(new FamilyId(tokens.accessClaims().getStringClaim("fid")));
        assertThat(event.client()).contains("web");
        assertThat(event.error()).contains(ErrorCode.INVALID_GRANT);
    }

    @Test
    void a_call_of_an_endpoint_of_one_s_own_is_told_by_its_name() {
        TestServer own = TestServer.of(b -> b.clientEndpoint(
                "greeting",
                Place.at("/greeting"),
                s -> call -> Claims.of("hello", call.client().clientId())));

        Reply reply = own.as("web", own.call("POST", "/greeting")).send().issued();

        assertThat(reply.string("hello")).isEqualTo("web");
        assertThat(own.lastEvent().type()).isEqualTo(AuthEvent.Type.CALLED);
        assertThat(own.lastEvent().endpoint()).contains("greeting");
        own.call("POST", "/greeting").send().refused(401, "invalid_client");
        assertThat(own.lastEvent().type()).isEqualTo(AuthEvent.Type.REFUSED);
    }

    @Test
    void a_line_of_the_log_is_one_line_whatever_a_client_sends() {
        server.token("no\nbody", "client_credentials").send().refused(401, "invalid_client");
        server.call("POST", "/token")
                .basic("machine", TestServer.SECRET)
                .with("grant_type", "client_credentials")
                .with("scope", "re\u0085ad")
                .send();

        assertThat(server.events)
                .allSatisfy(event -> assertThat(event.toString().chars().noneMatch(Character::isISOControl))
                        .isTrue());
    }

    @Test
    void no_secret_code_or_token_is_ever_told() {
        for (TokenFormat format : TokenFormat.values()) {
            TestServer told = TestServer.of(b -> b.accessTokens(format));
            List<String> secrets = new ArrayList<>(List.of(TestServer.SECRET, TestServer.VERIFIER, PLANTED));
            String code = told.code("web");
            Reply first = told.redeem("web", code).send().issued();
            Reply second = told.refresh("web", first.refresh()).send().issued();
            secrets.addAll(List.of(code, first.access(), first.refresh(), first.string("id_token")));
            secrets.addAll(List.of(second.access(), second.refresh(), second.string("id_token")));

            told.redeem("web", PLANTED).send();
            told.redeem("web", code).send();
            told.refresh("web", PLANTED).send();
            told.refresh("web", first.refresh()).with("scope", "write").send();
            told.refresh("spa", first.refresh()).send();
            told.introspect("web", PLANTED);
            told.introspect("web", first.access());
            told.revoke("web", PLANTED).send();
            told.revoke("machine", first.access()).send();
            told.call("POST", "/token").basic("web", PLANTED).send();
            told.call("POST", "/token").basic("nobody", PLANTED).send();
            told.call("POST", "/token").basic(PLANTED, "nobody").send();
            told.call("POST", "/token").with("client_id", PLANTED).send();
            told.call("POST", "/token").header("Authorization", PLANTED).send();
            told.call("POST", "/token")
                    .header("Authorization", "Basic " + PLANTED)
                    .send();
            told.call("POST", "/token")
                    .with("client_id", "poster")
                    .with("client_secret", PLANTED)
                    .send();
            told.call("POST", "/token").query("client_secret=" + PLANTED).send();
            told.call("POST", "/token").raw("client_secret=" + PLANTED + "%").send();
            told.call("POST", "/token")
                    .raw("client_secret=" + PLANTED + "&client_secret=b")
                    .send();
            told.token("web", "authorization_code")
                    .with("code", told.code("web"))
                    .with("code_verifier", PLANTED)
                    .send();
            told.clock.advance(Duration.ofMinutes(5));
            told.refresh("web", first.refresh()).send();

            assertThat(told.events).hasSizeGreaterThan(15).allSatisfy(event -> {
                assertThat(event.toString()).doesNotContain(secrets);
                assertThat(event.reason().orElse("")).doesNotContain(secrets);
                assertThat(event.cause()).isEmpty();
            });
        }
    }
}
