package dev.mintmark.auth.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintmark.auth.AuthEvent;
import dev.mintmark.auth.PassThroughStore;
import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.protocol.AuthorizationRequest;
import dev.mintmark.auth.protocol.Refused;
import dev.mintmark.auth.store.Change;
import dev.mintmark.auth.store.GrantKey;
import dev.mintmark.auth.store.GrantStore;
import dev.mintmark.auth.store.Kind;
import dev.mintmark.auth.store.Lineage;
import dev.mintmark.auth.store.Selector;
import dev.mintmark.auth.store.StoreException;
import dev.mintmark.auth.store.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class FaultTest {
    private static final String DETAIL = "jdbc:postgresql://10.0.0.7 password=hunter2";

    private final TestServer.MovableClock clock = new TestServer.MovableClock();
    private final AtomicBoolean down = new AtomicBoolean();
    private final TestServer server =
            TestServer.of(clock, b -> b.store(failing()).serverSecret(new byte[32]));

    @Test
    void a_store_that_cannot_answer_is_503_and_come_again() {
        Reply tokens = server.signIn("web");
        AuthorizationRequest request = server.request("web");
        down.set(true);

        unavailable(server.refresh("web", tokens.refresh()).send());
        unavailable(server.redeem("web", "some-code").send());
        unavailable(server.as("web", server.call("POST", "/introspect"))
                .with("token", tokens.access())
                .send());
        unavailable(server.revoke("web", tokens.access()).send());
        unavailable(server.revoke("web", tokens.refresh()).send());
        assertThatThrownBy(() -> server.server.approve(request, server.alice()))
                .isInstanceOf(Refused.class)
                .hasMessageStartingWith("temporarily_unavailable");

        down.set(false);
        server.refresh("web", tokens.refresh()).send().issued();
    }

    @Test
    void a_machine_s_jwt_needs_no_store_once_the_keys_are_known() {
        server.token("machine", "client_credentials").send().issued();
        down.set(true);

        server.token("machine", "client_credentials").send().issued();
    }

    @Test
    void a_client_store_that_cannot_answer_is_503() {
        TestServer clientless = TestServer.of(b -> b.clients(id -> {
            throw new StoreException(DETAIL);
        }));

        Reply reply = clientless.token("machine", "client_credentials").send();
        reply.refused(503, "temporarily_unavailable");
        assertThat(reply.header("Retry-After")).contains("1");
        assertThat(reply.response().text()).doesNotContain("hunter2");
    }

    @Test
    void a_replay_that_cannot_be_answered_with_a_revocation_is_503_and_not_forgotten() {
        AtomicBoolean revoking = new AtomicBoolean(true);
        TestServer halfDown = TestServer.of(
                clock,
                b -> b.store(new PassThroughStore(clock) {
                            @Override
                            public void revoke(Selector what, Instant bornUntil, Instant until) {
                                if (revoking.get()) throw new StoreException(DETAIL);
                                super.revoke(what, bornUntil, until);
                            }
                        })
                        .serverSecret(new byte[32]));
        Reply one = halfDown.signIn("web");
        halfDown.refresh("web", one.refresh()).send().issued();
        clock.advance(Duration.ofMinutes(1));

        halfDown.refresh("web", one.refresh()).send().refused(503, "temporarily_unavailable");
        revoking.set(false);
        halfDown.refresh("web", one.refresh()).send().refused("invalid_grant");
        assertThat(halfDown.lastEvent().type()).isEqualTo(AuthEvent.Type.REPLAYED);
    }

    @Test
    void a_store_that_loses_every_race_is_503() {
        TestServer losing = TestServer.of(
                clock,
                b -> b.store(new PassThroughStore(clock) {
                            @Override
                            public GrantStore.Outcome apply(Change change) {
                                boolean code = change.writes().size() > 1;
                                return code ? GrantStore.Outcome.LOST : super.apply(change);
                            }
                        })
                        .serverSecret(new byte[32]));

        losing.redeem("web", losing.code("web")).send().refused(503, "temporarily_unavailable");
    }

    @Test
    void a_policy_that_throws_is_500_with_a_reference_and_no_more() {
        TestServer faulty = TestServer.of(b -> b.tokens((by, client, authorization, user, plan) -> {
            throw new IllegalStateException(DETAIL);
        }));

        Reply reply = faulty.token("machine", "client_credentials").send();
        AuthEvent event = faulty.lastEvent();

        reply.refused(500, "server_error");
        assertThat(event.type()).isEqualTo(AuthEvent.Type.FAILED);
        assertThat(event.cause()).hasValueSatisfying(e -> assertThat(e).hasMessage(DETAIL));
        assertThat(event.client()).contains("machine");
        assertThat(event.toString()).contains(event.reference().orElseThrow()).doesNotContain("hunter2");
        assertThat(reply.string("error_description"))
                .isEqualTo("reference " + event.reference().orElseThrow());
        assertThat(reply.response().text()).doesNotContain("hunter2", "Exception", "at dev.");
        assertThat(reply.header("Cache-Control")).contains("no-store");
    }

    @Test
    void a_fault_consumes_nothing() {
        AtomicBoolean broken = new AtomicBoolean(true);
        TestServer faulty = TestServer.of(b -> b.tokens((by, client, authorization, user, plan) -> {
            if (broken.get()) throw new IllegalArgumentException(DETAIL);
            return plan;
        }));
        String code = faulty.code("web");

        faulty.redeem("web", code).send().refused(500, "server_error");
        broken.set(false);
        faulty.redeem("web", code).send().issued();
    }

    @Test
    void a_plan_past_the_longest_lifetime_is_a_fault_and_not_a_token() {
        TestServer eternal = TestServer.of(b -> b.tokens((by, client, a, user, plan) ->
                plan.access(t -> t.lifetime(Duration.ofDays(7).plusSeconds(1)))));

        eternal.token("machine", "client_credentials").send().refused(500, "server_error");
    }

    @Test
    void a_user_store_that_throws_is_500() {
        TestServer faulty = TestServer.of(b -> b.users(subject -> {
            throw new IllegalStateException(DETAIL);
        }));

        faulty.redeem("web", faulty.code("web")).send().refused(500, "server_error");
    }

    @Test
    void a_listener_that_throws_changes_nothing() {
        TestServer deaf = TestServer.of(b -> b.listener(event -> {
            throw new IllegalStateException("deaf");
        }));

        Reply tokens = deaf.signIn("web");
        deaf.refresh("web", tokens.refresh()).send().issued();
        deaf.refresh("web", "forged").send().refused("invalid_grant");
        assertThat(deaf.isActive("web", tokens.access())).isTrue();
    }

    private void unavailable(Reply reply) {
        reply.refused(503, "temporarily_unavailable");
        assertThat(reply.header("Retry-After")).contains("1");
        assertThat(reply.response().text()).doesNotContain("hunter2");
        assertThat(server.lastEvent().type()).isEqualTo(AuthEvent.Type.FAILED);
        assertThat(server.lastEvent().cause()).isPresent();
        assertThat(server.lastEvent().reference()).isPresent();
    }

    private PassThroughStore failing() {
        return new PassThroughStore(clock) {
            @Override
            public Outcome apply(Change change) {
                fail();
                return super.apply(change);
            }

            @Override
            public Optional<Stored> find(GrantKey key) {
                if (!key.kind().equals(Kind.KEY_RING)) fail();
                return super.find(key);
            }

            @Override
            public boolean revoked(Lineage lineage) {
                fail();
                return super.revoked(lineage);
            }

            @Override
            public void revoke(Selector what, Instant bornUntil, Instant until) {
                fail();
                super.revoke(what, bornUntil, until);
            }

            private void fail() {
                if (down.get()) throw new StoreException(DETAIL);
            }
        };
    }
}
