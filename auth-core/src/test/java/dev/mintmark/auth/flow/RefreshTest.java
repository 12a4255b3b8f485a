package dev.mintmark.auth.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.AuthEvent;
import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.grant.AuthorizationCodeGrant;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.store.ClientStore;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RefreshTest {
    private final TestServer server = TestServer.of(b -> b.clients(ClientStore.of(
            TestServer.web().build(),
            TestServer.spa().build(),
            Client.of("other")
                    .secret(TestServer.secret())
                    .grantTypes(GrantType.REFRESH_TOKEN)
                    .scope(TestServer.SCOPE)
                    .build())));

    @Test
    void a_refresh_rotates_the_token_and_keeps_the_family() throws Exception {
        Reply first = server.signIn("web");
        Reply second = server.refresh("web", first.refresh()).send().issued();

        assertThat(second.refresh()).isNotEqualTo(first.refresh());
        assertThat(second.access()).isNotEqualTo(first.access());
        assertThat(second.string("scope")).isEqualTo(TestServer.SCOPE);
        assertThat(second.accessClaims().getStringClaim("fid"))
                .isEqualTo(first.accessClaims().getStringClaim("fid"));
        assertThat(second.accessClaims().getSubject()).isEqualTo("alice");
        assertThat(server.isActive("web", first.access())).isTrue();
        server.refresh("web", second.refresh()).send().issued();
    }

    @Test
    void a_missing_or_unknown_refresh_token_is_refused() {
        server.token("web", "refresh_token").send().refused("invalid_request");
        server.refresh("web", "unknown").send().refused("invalid_grant");
    }

    @Test
    void another_client_s_refresh_token_is_refused_and_stays_good() {
        Reply tokens = server.signIn("web");

        server.refresh("other", tokens.refresh()).send().refused("invalid_grant");
        server.refresh("spa", tokens.refresh()).send().refused("invalid_grant");
        server.refresh("web", tokens.refresh()).send().issued();
    }

    @Test
    void another_client_cannot_end_a_family_with_a_used_token() {
        Reply first = server.signIn("web");
        Reply second = server.refresh("web", first.refresh()).send().issued();
        server.clock.advance(Duration.ofMinutes(5));

        server.refresh("other", first.refresh()).send().refused("invalid_grant");

        assertThat(server.lastEvent().type()).isEqualTo(AuthEvent.Type.REFUSED);
        server.refresh("web", second.refresh()).send().issued();
    }

    @Test
    void a_client_without_the_grant_is_given_no_refresh_token() {
        TestServer codesOnly = TestServer.knowing(
                TestServer.web().grantTypes(GrantType.AUTHORIZATION_CODE).build());

        assertThat(codesOnly.signIn("web").json().names()).doesNotContain("refresh_token");
    }

    @Test
    void a_server_without_the_grant_gives_no_refresh_token() {
        TestServer codesOnly = TestServer.of(b -> b.grants(new AuthorizationCodeGrant()));

        assertThat(codesOnly.signIn("web").json().names()).doesNotContain("refresh_token");
    }

    @Test
    void a_family_that_idles_for_too_long_ends() {
        Reply tokens = server.signIn("web");
        server.clock.advance(Duration.ofDays(7).minusMillis(1));
        Reply next = server.refresh("web", tokens.refresh()).send().issued();
        server.clock.advance(Duration.ofDays(7));

        server.refresh("web", next.refresh()).send().refused("invalid_grant");
    }

    @Test
    void a_family_ends_at_last_however_busy_it_is() {
        Reply tokens = server.signIn("web");
        for (int day = 6; day <= 24; day += 6) {
            server.clock.advance(Duration.ofDays(6));
            tokens = server.refresh("web", tokens.refresh()).send().issued();
        }
        server.clock.advance(Duration.ofDays(6).minusMillis(1));
        tokens = server.refresh("web", tokens.refresh()).send().issued();
        server.clock.advance(Duration.ofMillis(1));

        server.refresh("web", tokens.refresh()).send().refused("invalid_grant");
    }

    @Test
    void a_client_may_have_a_shorter_lifetime_of_its_own() {
        TestServer shorter = TestServer.knowing(TestServer.web()
                .refreshTokenLifetime(Duration.ofHours(1))
                .accessTokenLifetime(Duration.ofMinutes(5))
                .build());
        Reply tokens = shorter.signIn("web");
        assertThat(tokens.json().number("expires_in")).hasValue(300);
        shorter.clock.advance(Duration.ofHours(1));

        shorter.refresh("web", tokens.refresh()).send().refused("invalid_grant");
    }

    @Test
    void a_smaller_scope_narrows_the_token_and_not_the_family() throws Exception {
        Reply first = server.signIn("web");
        Reply narrowed = server.refresh("web", first.refresh())
                .with("scope", "read")
                .send()
                .issued();
        Reply whole = server.refresh("web", narrowed.refresh()).send().issued();

        assertThat(narrowed.string("scope")).isEqualTo("read");
        assertThat(narrowed.accessClaims().getStringClaim("scope")).isEqualTo("read");
        assertThat(whole.accessClaims().getStringClaim("scope")).isEqualTo(TestServer.SCOPE);
    }

    @Test
    void a_wider_scope_is_refused_and_consumes_nothing() {
        String code = server.server
                .approve(server.request("web").scope("read"), server.alice())
                .code();
        Reply first = server.redeem("web", code).send().issued();

        server.refresh("web", first.refresh())
                .with("scope", "read write")
                .send()
                .refused("invalid_scope");
        server.clock.advance(Duration.ofHours(1));
        server.refresh("web", first.refresh()).send().issued();
    }

    @Test
    void public_clients_rotate_too() {
        Reply first = server.signIn("spa");
        Reply second = server.refresh("spa", first.refresh()).send().issued();

        assertThat(second.refresh()).isNotEqualTo(first.refresh());
        server.refresh("spa", second.refresh()).send().issued();
        server.refresh("spa", first.refresh()).send().refused("invalid_grant");
    }

    @Test
    void each_approval_is_a_family_of_its_own() throws Exception {
        Reply one = server.signIn("web");
        Reply two = server.signIn("web");

        assertThat(one.accessClaims().getStringClaim("fid"))
                .isNotEqualTo(two.accessClaims().getStringClaim("fid"));
        server.revoke("web", one.refresh()).send();
        server.refresh("web", two.refresh()).send().issued();
    }
}
