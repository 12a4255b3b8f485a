package dev.mintmark.auth.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.Call;
import dev.mintmark.auth.Endpoint;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.store.UserStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%74oken",
                "/./token",
                "//token",
                "/token;x=y",
                "/;a/token",
                "/x/../token",
                "/x/%2e%2e/token",
                "/%2e/token",
                "/jwk%73"
            })
    void a_route_in_disguise_is_400_and_never_served(String path) {
        authenticated(TestServer.standard(), path).send().refused("invalid_request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "",
                "/tokens",
                "/token/",
                "/token/.",
                "/TOKEN",
                "/other",
                "/other;x",
                "/a%20b",
                "/../etc",
                "/%zz"
            })
    void any_other_path_is_not_ours(String path) {
        assertThat(authenticated(TestServer.standard(), path).offered()).isEmpty();
    }

    @Test
    void a_route_that_was_moved_is_gone_from_where_it_was() {
        TestServer server = TestServer.of(b -> b.route(Endpoint.TOKEN, "/oauth/token"));

        authenticated(server, "/oauth/token").send().issued();
        assertThat(authenticated(server, "/token").offered()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_server_without_routes_has_none(Endpoint endpoint) {
        TestServer server =
                TestServer.of(b -> b.users(UserStore.of()).passwordGrant().withoutRoutes());

        for (String method : new String[] {"GET", "POST"}) {
            assertThat(server.call(method, endpoint.path()).offered()).isEmpty();
        }
    }

    private static Call authenticated(TestServer server, String path) {
        return server.call("POST", path).basic("machine", TestServer.SECRET).with("grant_type", "client_credentials");
    }
}
