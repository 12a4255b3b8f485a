package dev.mintmark.auth.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.TestServer.MovableClock;
import dev.mintmark.auth.protocol.Authentication;
import dev.mintmark.auth.protocol.ClientRequest;
import dev.mintmark.auth.protocol.FamilyId;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.Refused;
import dev.mintmark.auth.store.GrantStore;
import dev.mintmark.auth.store.InMemoryGrantStore;
import dev.mintmark.auth.token.TokenFormat;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RevocationTest {
    private final TestServer server = TestServer.standard();

    @ParameterizedTest
    @EnumSource
    void a_revoked_access_token_is_inactive_and_the_rest_stays(TokenFormat format) {
        TestServer formed = TestServer.of(b -> b.accessTokens(format));
        Reply first = formed.signIn("web");
        Reply second = formed.refresh("web", first.refresh()).send().issued();

        Reply reply = formed.revoke("web", first.access()).send();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.response().body()).isEmpty();
        assertThat(formed.isActive("web", first.access())).isFalse();
        assertThat(formed.isActive("web", second.access())).isTrue();
        formed.refresh("web", second.refresh()).send().issued();
    }

    @ParameterizedTest
    @EnumSource
    void a_revoked_refresh_token_takes_its_family_and_access_tokens_with_it(TokenFormat format) {
        TestServer formed = TestServer.of(b -> b.accessTokens(format));
        Reply first = formed.signIn("web");
        Reply second = formed.refresh("web", first.refresh()).send().issued();

        assertThat(formed.revoke("web", second.refresh()).send().status()).isEqualTo(200);

        assertThat(formed.isActive("web", first.access())).isFalse();
        assertThat(formed.isActive("web", second.access())).isFalse();
        formed.refresh("web", second.refresh()).send().refused("invalid_grant");
    }

    @Test
    void a_spent_refresh_token_revokes_its_family_too() {
        Reply first = server.signIn("web");
        Reply second = server.refresh("web", first.refresh()).send().issued();
        server.clock.advance(Duration.ofMinutes(5));

        assertThat(server.revoke("web", first.refresh()).send().status()).isEqualTo(200);

        server.refresh("web", second.refresh()).send().refused("invalid_grant");
        assertThat(server.isActive("web", second.access())).isFalse();
    }

    @Test
    void another_client_s_token_is_refused_and_stays() {
        Reply tokens = server.signIn("web");

        server.revoke("machine", tokens.access()).send().refused("invalid_grant");
        // Whoever only says who it is learns nothing of others' tokens.
        assertThat(server.revoke("spa", tokens.refresh()).send().status()).isEqualTo(200);

        assertThat(server.isActive("web", tokens.access())).isTrue();
        server.refresh("web", tokens.refresh()).send().issued();
    }

    @Test
    void a_public_client_revokes_its_own() {
        Reply tokens = server.signIn("spa");

        assertThat(server.revoke("spa", tokens.refresh()).send().status()).isEqualTo(200);

        server.refresh("spa", tokens.refresh()).send().refused("invalid_grant");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.AAAA", "a.1.b"})
    void what_this_server_did_not_make_is_revoked_already(String token) {
        assertThat(server.revoke("web", token).send().status()).isEqualTo(200);
    }

    @Test
    void revoking_twice_is_revoking_once() {
        Reply tokens = server.signIn("web");

        for (int i = 0; i < 2; i++) {
            assertThat(server.revoke("web", tokens.access()).send().status()).isEqualTo(200);
            assertThat(server.revoke("web", tokens.refresh()).send().status()).isEqualTo(200);
        }
    }

    @Test
    void hints_are_no_more_than_hints() {
        Reply tokens = server.signIn("web");

        server.revoke("web", tokens.refresh())
                .with("token_type_hint", "access_token")
                .send();

        server.refresh("web", tokens.refresh()).send().refused("invalid_grant");
    }

    @Test
    void without_authentication_or_token_nothing_is_revoked() {
        String token = server.signIn("web").access();

        server.call("POST", "/revoke").with("token", token).send().refused(401, "invalid_client");
        server.as("web", server.call("POST", "/revoke")).send().refused("invalid_request");
        assertThat(server.isActive("web", token)).isTrue();
    }

    @Test
    void a_forged_token_revokes_nothing() {
        Reply tokens = server.signIn("web");
        String forged = tokens.refresh().substring(0, tokens.refresh().length() - 43) + "A".repeat(43);

        server.revoke("web", forged).send();

        server.refresh("web", tokens.refresh()).send().issued();
    }

    @Test
    void a_machine_s_token_can_be_revoked_by_the_machine() {
        String token = server.token("machine", "client_credentials").send().access();

        server.revoke("machine", token).send();

        assertThat(server.isActive("machine", token)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void a_person_can_be_revoked_everywhere_and_come_back(TokenFormat format) {
        TestServer formed = TestServer.of(b -> b.accessTokens(format));
        Reply web = formed.signIn("web");
        Reply spa = formed.signIn("spa");
        String machine = formed.token("machine", "client_credentials").send().access();

        formed.server.revokeSubject(TestServer.USER);

        assertThat(formed.isActive("web", web.access())).isFalse();
        assertThat(formed.isActive("web", spa.access())).isFalse();
        formed.refresh("web", web.refresh()).send().refused("invalid_grant");
        formed.refresh("spa", spa.refresh()).send().refused("invalid_grant");
        assertThat(formed.isActive("web", machine)).isTrue();

        formed.clock.advance(Duration.ofSeconds(1));
        Reply again = formed.signIn("web");
        assertThat(formed.isActive("web", again.access())).isTrue();
        formed.refresh("web", again.refresh()).send().issued();
    }

    @ParameterizedTest
    @EnumSource
    void a_client_can_be_revoked_for_everyone(TokenFormat format) {
        TestServer formed = TestServer.of(b -> b.accessTokens(format));
        Reply web = formed.signIn("web");
        Reply spa = formed.signIn("spa");
        String machine = formed.token("machine", "client_credentials").send().access();

        formed.server.revokeClient("web");
        formed.server.revokeClient("machine");

        assertThat(formed.isActive("web", web.access())).isFalse();
        assertThat(formed.isActive("web", machine)).isFalse();
        formed.refresh("web", web.refresh()).send().refused("invalid_grant");
        formed.refresh("spa", spa.refresh()).send().issued();
    }

    @Test
    void a_session_can_be_revoked_alone() {
        Reply one = signIn("session-1");
        Reply two = signIn("session-2");

        server.server.revokeSession("session-1");

        assertThat(server.isActive("web", one.access())).isFalse();
        server.refresh("web", one.refresh()).send().refused("invalid_grant");
        assertThat(server.isActive("web", two.access())).isTrue();
        server.refresh("web", two.refresh()).send().issued();
    }

    @Test
    void a_session_that_began_on_a_node_whose_clock_is_ahead_is_revoked_by_any_node() {
        MovableClock clock = new MovableClock();
        MovableClock ahead = new MovableClock();
        ahead.advance(Duration.ofSeconds(30));
        GrantStore shared = new InMemoryGrantStore(clock, 100);
        TestServer one = TestServer.of(ahead, b -> b.store(shared).serverSecret(new byte[32]));
        TestServer other = TestServer.of(clock, b -> b.store(shared).serverSecret(new byte[32]));
        Authentication signIn = one.alice().withSession("session-1");
        Reply tokens = one.redeem(
                        "web", one.server.approve(one.request("web"), signIn).code())
                .send()
                .issued();

        other.server.revokeSession("session-1");

        for (TestServer node : new TestServer[] {one, other}) {
            assertThat(node.isActive("web", tokens.access())).isFalse();
            node.refresh("web", tokens.refresh()).send().refused("invalid_grant");
        }
    }

    @Test
    void a_family_can_be_revoked_by_its_name() throws Exception {
        Reply tokens = server.signIn("web");

        server.server.revokeFamily(new FamilyId(tokens.accessClaims().getStringClaim("fid")));

        assertThat(server.isActive("web", tokens.access())).isFalse();
        server.refresh("web", tokens.refresh()).send().refused("invalid_grant");
    }

    @Test
    void a_person_can_be_revoked_at_one_client_until_a_moment() {
        Reply before = server.signIn("web");
        Reply elsewhere = server.signIn("spa");
        Instant until = server.clock.instant();
        server.clock.advance(Duration.ofSeconds(10));
        Reply after = server.signIn("web");

        server.server.revokeSubjectAtClient(TestServer.USER, "web", until);

        assertThat(server.isActive("web", before.access())).isFalse();
        server.refresh("web", before.refresh()).send().refused("invalid_grant");
        assertThat(server.isActive("web", after.access())).isTrue();
        server.refresh("web", after.refresh()).send().issued();
        assertThat(server.isActive("web", elsewhere.access())).isTrue();
        server.refresh("spa", elsewhere.refresh()).send().issued();
    }

    @Test
    void what_a_revoked_grant_gave_after_that_moment_is_revoked_with_it() {
        Reply before = server.signIn("web");
        Instant until = server.clock.instant();
        server.clock.advance(Duration.ofSeconds(10));
        Reply refreshed = server.refresh("web", before.refresh()).send().issued();

        server.server.revokeSubjectAtClient(TestServer.USER, "web", until);

        server.refresh("web", refreshed.refresh()).send().refused("invalid_grant");
        assertThat(server.isActive("web", refreshed.access())).isFalse();
    }

    @Test
    void a_code_approved_before_that_moment_gives_nothing_that_survives_it() {
        String code = server.code("web");
        Instant until = server.clock.instant();
        server.clock.advance(Duration.ofSeconds(10));
        Reply tokens = server.redeem("web", code).send().issued();

        server.server.revokeSubjectAtClient(TestServer.USER, "web", until);

        server.refresh("web", tokens.refresh()).send().refused("invalid_grant");
        assertThat(server.isActive("web", tokens.access())).isFalse();
    }

    @Test
    void in_process_the_same_rules_hold() {
        Reply tokens = server.signIn("web");
        ClientRequest request = ClientRequest.of(Params.of("token", tokens.refresh()));

        assertThatThrownBy(() -> server.server.revoke(request.withBasic("machine", TestServer.SECRET)))
                .isInstanceOf(Refused.class);
        server.server.revoke(request.withBasic("web", TestServer.SECRET));
        server.refresh("web", tokens.refresh()).send().refused("invalid_grant");
    }

    private Reply signIn(String session) {
        String code = server.server
                .approve(server.request("web"), server.alice().withSession(session))
                .code();
        return server.redeem("web", code).send().issued();
    }
}
