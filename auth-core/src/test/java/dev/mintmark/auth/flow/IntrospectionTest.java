package dev.mintmark.auth.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.ClientRequest;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.Refused;
import dev.mintmark.auth.token.TokenFormat;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntrospectionTest {
    private static final Claims INACTIVE = Claims.of("active", false);

    private final TestServer server = TestServer.standard();

    @ParameterizedTest
    @EnumSource
    void an_access_token_of_either_form_tells_any_confidential_client_the_same(TokenFormat format) {
        TestServer formed = TestServer.of(b -> b.accessTokens(format));
        Reply tokens = formed.signIn("web");
        Claims told = formed.introspect("machine", tokens.access());

        assertThat(told.isTrue("active")).isTrue();
        assertThat(told.string("client_id")).contains("web");
        assertThat(told.string("sub")).contains("alice");
        assertThat(told.string("iss")).contains(TestServer.ISSUER);
        assertThat(told.string("scope")).contains(TestServer.SCOPE);
        assertThat(told.string("token_type")).contains("Bearer");
        assertThat(told.number("iat")).hasValue(formed.clock.instant().getEpochSecond());
        assertThat(told.number("exp")).hasValue(formed.clock.instant().getEpochSecond() + 3600);
        assertThat(told.string("jti")).isPresent();
    }

    @Test
    void a_refresh_token_is_told_of_to_its_own_client_only() {
        Reply tokens = server.signIn("web");
        Claims told = server.introspect("web", tokens.refresh());

        assertThat(told.isTrue("active")).isTrue();
        assertThat(told.string("client_id")).contains("web");
        assertThat(told.string("token_type")).isEmpty();
        assertThat(server.introspect("machine", tokens.refresh())).isEqualTo(INACTIVE);
    }

    @ParameterizedTest
    @EnumSource
    void an_expired_token_is_told_nothing_of(TokenFormat format) {
        TestServer formed = TestServer.of(b -> b.accessTokens(format));
        Reply tokens = formed.signIn("web");
        formed.clock.advance(Duration.ofMinutes(60).minusMillis(1));
        assertThat(formed.isActive("web", tokens.access())).isTrue();
        formed.clock.advance(Duration.ofMillis(1));

        assertThat(formed.introspect("web", tokens.access())).isEqualTo(INACTIVE);
    }

    @Test
    void a_rotated_refresh_token_is_inactive_and_asking_revokes_nothing() {
        Reply first = server.signIn("web");
        Reply second = server.refresh("web", first.refresh()).send().issued();
        server.clock.advance(Duration.ofMinutes(5));

        assertThat(server.introspect("web", first.refresh())).isEqualTo(INACTIVE);
        assertThat(server.isActive("web", second.refresh())).isTrue();
        server.refresh("web", second.refresh()).send().issued();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.", "a.b.c", "{}", "é"})
    void what_this_server_did_not_make_is_inactive(String token) {
        assertThat(server.introspect("web", token)).isEqualTo(INACTIVE);
    }

    @Test
    void a_token_that_was_tampered_with_is_inactive() {
        String token = server.signIn("web").access();
        String other = server.signIn("web").access();
        String mixed = token.substring(0, token.lastIndexOf('.')) + other.substring(other.lastIndexOf('.'));

        assertThat(server.introspect("web", mixed)).isEqualTo(INACTIVE);
        assertThat(server.introspect("web", token + "A")).isEqualTo(INACTIVE);
        assertThat(server.introspect("web", token.substring(0, token.length() - 1)))
                .isEqualTo(INACTIVE);
    }

    @Test
    void hints_are_no_more_than_hints() {
        Reply tokens = server.signIn("web");
        for (String hint : new String[] {"access_token", "refresh_token", "unheard_of"}) {
            for (String token : new String[] {tokens.access(), tokens.refresh()}) {
                assertThat(server.as("web", server.call("POST", "/introspect"))
                                .with("token", token)
                                .with("token_type_hint", hint)
                                .send()
                                .json()
                                .isTrue("active"))
                        .as(hint)
                        .isTrue();
            }
        }
    }

    @Test
    void a_public_client_may_not_ask() {
        server.as("spa", server.call("POST", "/introspect"))
                .with("token", server.signIn("spa").access())
                .send()
                .refused(401, "invalid_client");
    }

    @Test
    void without_authentication_or_token_nothing_is_told() {
        String token = server.signIn("web").access();

        server.call("POST", "/introspect").with("token", token).send().refused(401, "invalid_client");
        server.as("web", server.call("POST", "/introspect")).send().refused("invalid_request");
        server.as("web", server.call("GET", "/introspect")).send().refused(405, "invalid_request");
    }

    @Test
    void a_scope_that_the_token_lacks_makes_it_inactive_for_who_needs_it() {
        String token = server.signIn("web").access();

        assertThat(asking(token, "read").isTrue("active")).isTrue();
        assertThat(asking(token, "read write")).isEqualTo(INACTIVE);
    }

    @Test
    void answers_are_never_cached() {
        Reply reply = server.as("web", server.call("POST", "/introspect"))
                .with("token", "x")
                .send();

        assertThat(reply.header("Cache-Control")).contains("no-store");
    }

    @Test
    void in_process_the_same_is_told() {
        String token = server.signIn("web").access();
        ClientRequest bare = ClientRequest.of(Params.of("token", token));

        assertThat(server.server
                        .introspect(bare.withBasic("web", TestServer.SECRET))
                        .isTrue("active"))
                .isTrue();
        assertThatThrownBy(() -> server.server.introspect(bare)).isInstanceOf(Refused.class);
    }

    private Claims asking(String token, String scope) {
        return server.as("web", server.call("POST", "/introspect"))
                .with("token", token)
                .with("scope", scope)
                .send()
                .json();
    }
}
