package dev.mintmark.auth.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.Call;
import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.protocol.Authentication;
import dev.mintmark.auth.protocol.AuthorizationRequest;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Pkce;
import dev.mintmark.auth.store.ClientStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What of a scope is a person's to give. */
class UserScopeTest {
    private final Town town = Town.standard();

    @BeforeEach
    void give() {
        town.folk.change("alice", user -> user.withScope("customer.42 customer.43"));
    }

    private Call signIn(Town at, String name, String scope) {
        return at.token("app", GrantType.PASSWORD)
                .with("username", name)
                .with("password", Town.PASSWORD)
                .with("scope", scope);
    }

    @Test
    void a_person_is_given_what_is_that_person_s() throws Exception {
        Reply reply = signIn(town, "alice", "read customer.42").send().issued();
        assertThat(reply.string("scope")).isEqualTo("read customer.42");
        assertThat(reply.accessClaims().getStringClaim("customer_id")).isEqualTo("42");
        signIn(town, "alice", "customer.43").send().issued();
    }

    @Test
    void what_is_asked_for_and_another_s_is_refused() {
        signIn(town, "alice", "read customer.44").send().refused("invalid_scope");
        town.folk.change("rita", user -> user.withFactors());
        signIn(town, "rita", "customer.42").send().refused("invalid_scope");
        signIn(town, "rita", "read").send().issued();
    }

    @Test
    void a_wrong_password_is_not_told_what_is_whose() {
        town.token("app", GrantType.PASSWORD)
                .with("username", "alice")
                .with("password", "wrong")
                .with("scope", "customer.44")
                .send()
                .refused("invalid_grant");
    }

    @Test
    void what_is_asked_for_and_another_s_is_refused_before_a_second_factor_is_asked_for() {
        Reply refused = signIn(town, "tom", "read customer.42").send().refused("invalid_scope");

        assertThat(refused.string("error_description")).contains("customer.42 is not for this user");
    }

    @Test
    void what_was_taken_away_is_left_out_at_refresh_and_comes_back() {
        Reply first =
                signIn(town, "alice", "offline_access read customer.42").send().issued();
        town.folk.change("alice", user -> user.withScope("customer.43"));

        Reply narrowed = town.refresh(first).send().issued();
        assertThat(narrowed.string("scope")).isEqualTo("offline_access read");
        assertThat(narrowed.accessClaims().getClaim("customer_id")).isNull();
        town.refresh(narrowed).with("scope", "read customer.42").send().refused("invalid_scope");

        town.folk.change("alice", user -> user.withScope("customer.*"));
        assertThat(town.refresh(narrowed).send().issued().string("scope")).isEqualTo("offline_access read customer.42");
    }

    @Test
    void a_code_s_scope_is_the_person_s_too() {
        TestServer server = TestServer.of(b -> b.users(town.folk)
                .clients(
                        ClientStore.of(TestServer.web().scope("read customer.*").build())));
        String code = server.server
                .approve(
                        AuthorizationRequest.of("web")
                                .scope("read customer.99")
                                .codeChallenge(Pkce.challenge(TestServer.VERIFIER)),
                        Authentication.of("alice", server.clock.instant()))
                .code();

        assertThat(server.redeem("web", code).send().issued().string("scope")).isEqualTo("read");
    }

    @Test
    void a_policy_may_decide_otherwise() {
        Town own = Town.of(b -> b.userScopes((client, user, scope, parameterised) -> parameterised
                ? scope.value().equals("customer.7")
                : !user.subject().value().equals("alice") || !scope.value().equals("profile")));

        signIn(own, "alice", "read customer.7").send().issued();
        signIn(own, "alice", "read customer.42").send().refused("invalid_scope");
        signIn(own, "alice", "read profile").send().refused("invalid_scope");
    }

    @Test
    void a_client_acting_for_itself_is_asked_about_no_person() {
        Town none = Town.of(b -> b.userScopes((client, user, scope, parameterised) -> false));
        none.server
                .token("machine", "client_credentials")
                .with("scope", "customer.42")
                .send()
                .issued();
    }
}
