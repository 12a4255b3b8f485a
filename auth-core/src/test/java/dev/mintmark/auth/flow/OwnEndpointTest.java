package dev.mintmark.auth.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.AuthEvent;
import dev.mintmark.auth.Endpoint;
import dev.mintmark.auth.Place;
import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.people.Town;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.protocol.User;
import dev.mintmark.auth.wire.WireDialect;
import org.junit.jupiter.api.Test;

/** Endpoints of an application's own, and places for the engine's. */
class OwnEndpointTest {
    private final Town town = Town.of(b -> b.bearerEndpoint(
                    "me",
                    Place.at("/me").answering("GET", "POST"),
                    server -> call -> Claims.of(
                                    "user", call.user().map(User::toString).orElse("none"))
                            .with("client", call.token().client().orElse("none"))
                            .with("asked", call.params().get("q").orElse("nothing")))
            .openEndpoint("echo", Place.at("/echo"), server -> request -> {
                Params params = WireDialect.STANDARD.params(request);
                if (params.get("fail").isPresent()) throw new IllegalStateException("hunter2");
                if (params.get("refuse").isPresent())
                    throw Refusal.of(ErrorCode.ACCESS_DENIED, "refused").thrown();
                return Claims.of("said", params.get("say").orElse(""))
                        .with("from", request.remoteAddress().orElse("nowhere"));
            })
            .route(
                    Endpoint.TOKEN,
                    Place.at("/token"),
                    Place.at("/v1/token/").answering("POST"),
                    Place.at("/json/token").speaking(WireDialect.FORM_OR_JSON))
            .route(Endpoint.USERINFO, Place.at("/userinfo").answering("GET"), Place.at("/whoami")));

    private String token() {
        return town.signIn("alice", Town.PASSWORD).send().issued().access();
    }

    @Test
    void a_bearer_s_endpoint_is_told_who_calls() {
        Reply get = town.server
                .call("GET", "/me")
                .contentType("")
                .header("Authorization", "Bearer " + token())
                .send()
                .issued();
        assertThat(get.response().text()).isEqualTo("{\"user\":\"alice\",\"client\":\"app\",\"asked\":\"nothing\"}");
        assertThat(town.server.lastEvent().type()).isEqualTo(AuthEvent.Type.CALLED);
        assertThat(town.server.lastEvent().endpoint()).contains("me");
        assertThat(town.server.lastEvent().subject()).contains("alice");

        Reply post = town.server
                .call("POST", "/me")
                .header("Authorization", "Bearer " + token())
                .with("q", "why")
                .send()
                .issued();
        assertThat(post.string("asked")).isEqualTo("why");
        String machine = town.server
                .token("machine", "client_credentials")
                .send()
                .issued()
                .access();
        Reply itself = town.server
                .call("GET", "/me")
                .contentType("")
                .header("Authorization", "Bearer " + machine)
                .send()
                .issued();
        assertThat(itself.string("user")).isEqualTo("none");
    }

    @Test
    void a_bearer_s_endpoint_is_reached_by_bearers_only() {
        town.server.call("GET", "/me").contentType("").send().refused(401, "invalid_token");
        town.server.call("POST", "/me").basic("app", TestServer.SECRET).send().refused(401, "invalid_token");
        town.folk.change("alice", user -> user.withActive(true));
        String token = token();
        town.folk.change("alice", user -> user.withActive(false));
        town.server.call("POST", "/me").with("access_token", token).send().refused(401, "invalid_token");
    }

    @Test
    void an_open_endpoint_answers_anyone_and_fails_safely() {
        Reply reply = town.server
                .call("POST", "/echo")
                .with("say", "hello")
                .from("192.0.2.1")
                .send()
                .issued();
        assertThat(reply.response().text()).isEqualTo("{\"said\":\"hello\",\"from\":\"192.0.2.1\"}");
        assertThat(reply.header("Cache-Control")).contains("no-store");
        assertThat(town.server.lastEvent().type()).isEqualTo(AuthEvent.Type.CALLED);
        town.server.call("POST", "/echo").with("refuse", "1").send().refused("access_denied");
        Reply failed = town.server.call("POST", "/echo").with("fail", "1").send();
        failed.refused(500, "server_error");
        assertThat(failed.response().text()).doesNotContain("hunter2");
        assertThat(town.server.lastEvent().type()).isEqualTo(AuthEvent.Type.FAILED);
        Reply wrong = town.server.call("GET", "/echo").send();
        wrong.refused(405, "invalid_request");
        assertThat(wrong.header("Allow")).contains("POST");
        town.server
                .call("POST", "/echo")
                .contentType("text/plain")
                .raw("x")
                .send()
                .refused(415, "invalid_request");
    }

    @Test
    void an_endpoint_may_stand_at_several_places_each_with_its_dialect() {
        for (String path : new String[] {"/token", "/v1/token/", "/json/token"}) {
            town.as("app", town.server.call("POST", path))
                    .with("grant_type", GrantType.PASSWORD.value())
                    .with("username", "alice")
                    .with("password", Town.PASSWORD)
                    .send()
                    .issued();
        }
        String json = Claims.of("grant_type", "password")
                .with("username", "alice")
                .with("password", Town.PASSWORD)
                .toJson();
        town.as("app", town.server.call("POST", "/json/token"))
                .contentType("application/json")
                .raw(json)
                .send()
                .issued();
        town.as("app", town.server.call("POST", "/token"))
                .contentType("application/json")
                .raw(json)
                .send()
                .refused(415, "invalid_request");
        assertThat(town.server.server.metadata().string("token_endpoint")).contains(TestServer.ISSUER + "/token");
    }

    @Test
    void a_place_may_answer_fewer_methods() {
        String token = token();
        town.userInfo(token).send().issued();
        Reply refused = town.server
                .call("POST", "/userinfo")
                .with("access_token", token)
                .send();
        refused.refused(405, "invalid_request");
        assertThat(refused.header("Allow")).contains("GET");
        town.server.call("POST", "/whoami").with("access_token", token).send().issued();
    }
}
