package dev.mintmark.auth.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.AuthEvent;
import dev.mintmark.auth.PassThroughStore;
import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.store.GrantKey;
import dev.mintmark.auth.store.InMemoryGrantStore;
import dev.mintmark.auth.store.Kind;
import dev.mintmark.auth.store.Stored;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefreshGraceTest {
    private static final byte[] SERVER_SECRET = new byte[32];

    private final TestServer server = TestServer.standard();

    @Test
    void a_retry_is_told_the_same_successor_with_a_fresh_access_token_and_nothing_is_written() {
        TestServer.MovableClock clock = new TestServer.MovableClock();
        PassThroughStore store = new PassThroughStore(clock);
        TestServer counted = TestServer.of(clock, b -> b.store(store).serverSecret(SERVER_SECRET));
        Reply first = counted.signIn("web");
        Reply second = counted.refresh("web", first.refresh()).send().issued();
        int written = store.writes.get();
        clock.advance(Duration.ofSeconds(5));

        Reply retried = counted.refresh("web", first.refresh()).send().issued();

        assertThat(retried.refresh()).isEqualTo(second.refresh());
        assertThat(retried.access()).isNotEqualTo(second.access());
        assertThat(counted.isActive("web", retried.access())).isTrue();
        assertThat(store.writes).hasValue(written);
        assertThat(counted.eventTypes()).contains(AuthEvent.Type.RETRIED);
        counted.refresh("web", retried.refresh()).send().issued();
    }

    @ParameterizedTest
    @CsvSource({"web, 30", "spa, 10"})
    void the_grace_is_thirty_seconds_for_confidential_clients_and_ten_for_public_ones(String client, int seconds) {
        Reply first = server.signIn(client);
        Reply second = server.refresh(client, first.refresh()).send().issued();
        server.clock.advance(Duration.ofSeconds(seconds));

        assertThat(server.refresh(client, first.refresh()).send().issued().refresh())
                .isEqualTo(second.refresh());

        server.clock.advance(Duration.ofMillis(1));
        server.refresh(client, first.refresh()).send().refused("invalid_grant");
        server.refresh(client, second.refresh()).send().refused("invalid_grant");
    }

    @ParameterizedTest
    @CsvSource({"web", "spa"})
    void an_explicit_grace_is_everyone_s(String client) {
        TestServer explicit = TestServer.of(b -> b.refreshGrace(Duration.ofSeconds(3)));
        Reply first = explicit.signIn(client);
        explicit.refresh(client, first.refresh()).send().issued();
        explicit.clock.advance(Duration.ofSeconds(3));
        explicit.refresh(client, first.refresh()).send().issued();
        explicit.clock.advance(Duration.ofMillis(1));

        explicit.refresh(client, first.refresh()).send().refused("invalid_grant");
    }

    @Test
    void without_a_grace_the_second_use_is_a_replay_at_once() {
        TestServer strict = TestServer.of(b -> b.refreshGrace(Duration.ZERO));
        Reply first = strict.signIn("web");
        Reply second = strict.refresh("web", first.refresh()).send().issued();

        strict.refresh("web", first.refresh()).send().refused("invalid_grant");

        assertThat(strict.lastEvent().type()).isEqualTo(AuthEvent.Type.REPLAYED);
        strict.refresh("web", second.refresh()).send().refused("invalid_grant");
        assertThat(strict.isActive("web", second.access())).isFalse();
    }

    @Test
    void retries_do_not_prolong_the_grace() {
        Reply first = server.signIn("web");
        server.refresh("web", first.refresh()).send().issued();
        for (int i = 0; i < 3; i++) {
            server.clock.advance(Duration.ofSeconds(10));
            server.refresh("web", first.refresh()).send().issued();
        }
        server.clock.advance(Duration.ofSeconds(1));

        server.refresh("web", first.refresh()).send().refused("invalid_grant");
    }

    @Test
    void an_older_generation_is_a_replay_even_within_the_grace() {
        Reply first = server.signIn("web");
        Reply second = server.refresh("web", first.refresh()).send().issued();
        Reply third = server.refresh("web", second.refresh()).send().issued();

        server.refresh("web", first.refresh()).send().refused("invalid_grant");

        assertThat(server.lastEvent().type()).isEqualTo(AuthEvent.Type.REPLAYED);
        assertThat(server.lastEvent().family()).isPresent();
        server.refresh("web", third.refresh()).send().refused("invalid_grant");
    }

    @Test
    void a_generation_that_the_store_has_not_seen_is_a_replay() {
        TestServer.MovableClock clock = new TestServer.MovableClock();
        Map<GrantKey, Stored> backup = new ConcurrentHashMap<>();
        PassThroughStore restored = new PassThroughStore(clock) {
            @Override
            public Optional<Stored> find(GrantKey key) {
                Optional<Stored> found = super.find(key);
                if (key.kind().equals(Kind.FAMILY)) found.ifPresent(row -> backup.putIfAbsent(key, row));
                return Optional.ofNullable(backup.get(key)).or(() -> found);
            }
        };
        TestServer rolledBack = TestServer.of(clock, b -> b.store(restored).serverSecret(SERVER_SECRET));
        Reply first = rolledBack.signIn("web");
        Reply second = rolledBack.refresh("web", first.refresh()).send().issued();

        rolledBack.refresh("web", second.refresh()).send().refused("invalid_grant");

        assertThat(rolledBack.lastEvent().type()).isEqualTo(AuthEvent.Type.REPLAYED);
    }

    @Test
    void a_replay_ends_the_family_for_good() {
        Reply first = server.signIn("web");
        Reply second = server.refresh("web", first.refresh()).send().issued();
        server.clock.advance(Duration.ofSeconds(31));
        server.refresh("web", first.refresh()).send().refused("invalid_grant");

        for (int day = 0; day < 8; day++) {
            server.refresh("web", second.refresh()).send().refused("invalid_grant");
            server.clock.advance(Duration.ofDays(1));
        }
        assertThat(server.isActive("web", second.access())).isFalse();
    }

    @Test
    void a_replay_ends_no_other_family() {
        Reply bystander = server.signIn("web");
        Reply first = server.signIn("web");
        server.refresh("web", first.refresh()).send().issued();
        server.clock.advance(Duration.ofSeconds(31));
        server.refresh("web", first.refresh()).send().refused("invalid_grant");

        server.refresh("web", bystander.refresh()).send().issued();
        assertThat(server.isActive("web", bystander.access())).isTrue();
    }

    @Test
    void a_retry_may_ask_for_less_and_not_for_more() {
        Reply first = server.signIn("web");
        server.refresh("web", first.refresh()).send().issued();

        assertThat(server.refresh("web", first.refresh())
                        .with("scope", "read")
                        .send()
                        .issued()
                        .string("scope"))
                .isEqualTo("read");
        server.refresh("web", first.refresh())
                .with("scope", "read write")
                .send()
                .refused("invalid_scope");
    }

    @Test
    void grace_and_replay_are_judged_by_the_store_s_time() {
        TestServer.MovableClock node = new TestServer.MovableClock();
        TestServer.MovableClock store = new TestServer.MovableClock();
        TestServer two = TestServer.of(
                node, b -> b.store(new InMemoryGrantStore(store, 1000)).serverSecret(SERVER_SECRET));
        Reply first = two.signIn("web");
        Reply second = two.refresh("web", first.refresh()).send().issued();

        node.advance(Duration.ofHours(1));
        assertThat(two.refresh("web", first.refresh()).send().issued().refresh())
                .isEqualTo(second.refresh());

        store.advance(Duration.ofSeconds(31));
        two.refresh("web", first.refresh()).send().refused("invalid_grant");
        assertThat(two.lastEvent().type()).isEqualTo(AuthEvent.Type.REPLAYED);
    }

    @Test
    void expiry_is_judged_by_the_store_s_time() {
        TestServer.MovableClock node = new TestServer.MovableClock();
        TestServer.MovableClock store = new TestServer.MovableClock();
        TestServer two = TestServer.of(
                node, b -> b.store(new InMemoryGrantStore(store, 1000)).serverSecret(SERVER_SECRET));
        String kept = two.code("web");
        node.advance(Duration.ofHours(1));
        two.redeem("web", kept).send().issued();

        String late = two.code("web");
        store.advance(Duration.ofHours(2));
        two.redeem("web", late).send().refused("invalid_grant");
    }
}
