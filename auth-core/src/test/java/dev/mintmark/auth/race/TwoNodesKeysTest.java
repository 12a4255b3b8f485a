package dev.mintmark.auth.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.mintmark.auth.AuthEvent;
import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.protocol.TokenKind;
import dev.mintmark.auth.race.TwoNodes.Node;
import dev.mintmark.auth.race.TwoNodes.Token;
import dev.mintmark.auth.store.GrantStore;
import dev.mintmark.auth.store.InMemoryGrantStore;
import dev.mintmark.auth.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys come and go on two nodes; see {@link TwoNodes} for what is held against what. */
class TwoNodesKeysTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration CACHES = Duration.ofMinutes(5);

    private static TwoNodes nodes() {
        return new TwoNodes(Duration.ZERO, Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(ints = {-60, 17, 60})
    void by_schedule_every_token_verifies_everywhere_whoever_s_clock_is_ahead(int skew) {
        TwoNodes nodes = new TwoNodes(Duration.ZERO, Duration.ofSeconds(skew));
        live(nodes, Duration.ofHours(3));

        assertThat(signers(nodes)).hasSizeBetween(3, 4);
    }

    @Test
    void by_hand_every_token_verifies_everywhere() {
        TwoNodes nodes = new TwoNodes(Duration.ZERO, MINUTE);
        for (int i = 0; i < 6; i++) {
            nodes.rotate(i % 2 == 0 ? nodes.one : nodes.two);
            live(nodes, Duration.ofMinutes(15 + 5 * i));
        }

        assertThat(signers(nodes)).hasSizeBetween(6, 7);
    }

    /** One node signs, publishes and is asked, and then the other, at no round distance. */
    private static void live(TwoNodes nodes, Duration howLong) {
        Instant end = nodes.now().plus(howLong);
        for (int i = 0; nodes.now().isBefore(end); i++) {
            Node node = nodes.both().get(i % 2);
            nodes.sign(node);
            nodes.publish(node);
            nodes.introspect(node);
            nodes.advance(Duration.ofSeconds(73));
        }
    }

    private static Set<String> signers(TwoNodes nodes) {
        return nodes.signers(TokenKind.ACCESS);
    }

    @Test
    void a_key_is_gone_soon_after_its_last_token() {
        TwoNodes nodes = nodes();
        String first = kid(nodes, nodes.one);
        nodes.rotate(nodes.one);
        nodes.advance(TwoNodes.AHEAD.minusSeconds(1));
        assertThat(kid(nodes, nodes.two)).isEqualTo(first);
        nodes.advance(Duration.ofSeconds(1));
        assertThat(kid(nodes, nodes.two)).isNotEqualTo(first);

        nodes.advance(TwoNodes.ACCESS);
        assertThat(kids(nodes.publish(nodes.one))).contains(first);
        nodes.advance(MINUTE.multipliedBy(2));
        assertThat(kids(nodes.publish(nodes.one))).doesNotContain(first);
        assertThat(kids(nodes.publish(nodes.two))).doesNotContain(first);
    }

    @ParameterizedTest
    @ValueSource(ints = {-60, 60})
    void a_key_waits_for_the_last_token_of_the_node_whose_clock_is_behind(int skew) {
        TwoNodes nodes = new TwoNodes(Duration.ZERO, Duration.ofSeconds(skew));
        Node slower = skew < 0 ? nodes.two : nodes.one;
        Node faster = skew < 0 ? nodes.one : nodes.two;
        nodes.advance(MINUTE.multipliedBy(2));
        nodes.rotate(faster);
        nodes.advance(nodes.untilSwitch());
        Token last = nodes.sign(slower).get(0);
        nodes.advance(Duration.between(slower.clock.instant(), last.expires()).minusSeconds(1));

        nodes.publish(faster);
        nodes.publish(slower);
        nodes.introspect(slower);
    }

    @Test
    void two_rotations_by_hand_are_one() {
        TwoNodes nodes = nodes();
        nodes.rotate(nodes.one);
        Set<String> after = kids(nodes.publish(nodes.one));
        nodes.rotate(nodes.one);
        nodes.rotate(nodes.two);
        nodes.advance(MINUTE);
        nodes.rotate(nodes.two);

        assertThat(after).hasSize(7);
        assertThat(kids(nodes.publish(nodes.one))).isEqualTo(after);
        assertThat(kids(nodes.publish(nodes.two))).isEqualTo(after);
    }

    @Test
    void rotations_on_both_nodes_at_once_make_one_key() {
        TwoNodes nodes = nodes();
        nodes.one.link.overtaking = () -> nodes.rotate(nodes.two);
        nodes.rotate(nodes.one);

        assertThat(kids(nodes.publish(nodes.one))).hasSize(7).isEqualTo(kids(nodes.publish(nodes.two)));
    }

    @Test
    void a_rotation_by_hand_just_before_the_schedule_s_takes_its_place() {
        TwoNodes nodes = nodes();
        nodes.advance(TwoNodes.EVERY.minus(TwoNodes.AHEAD).minusSeconds(1));
        nodes.rotate(nodes.one);
        Set<String> published = kids(nodes.publish(nodes.two));
        live(nodes, Duration.ofMinutes(40));

        assertThat(published).containsAll(kids(nodes.publish(nodes.one)));
        assertThat(signers(nodes)).hasSize(2);
    }

    @Test
    void a_rotation_by_hand_just_after_the_schedule_s_is_that_one() {
        TwoNodes nodes = nodes();
        nodes.advance(TwoNodes.EVERY.minus(TwoNodes.AHEAD));
        Set<String> scheduled = kids(nodes.publish(nodes.one));
        nodes.rotate(nodes.two);
        assertThat(kids(nodes.publish(nodes.two))).isEqualTo(scheduled).hasSize(7);
        live(nodes, Duration.ofMinutes(40));

        assertThat(signers(nodes)).hasSize(2);
    }

    @Test
    void a_store_that_is_down_when_a_key_is_due_delays_it_and_breaks_nothing() {
        TwoNodes nodes = nodes();
        nodes.advance(TwoNodes.EVERY.minus(TwoNodes.AHEAD).minusSeconds(30));
        nodes.both().forEach(nodes::publish);
        nodes.both().forEach(node -> node.link.down = true);
        for (int minute = 0; minute < 30; minute++) {
            nodes.both().forEach(nodes::sign);
            nodes.both().forEach(nodes::publish);
            nodes.advance(MINUTE);
        }
        assertThat(signers(nodes)).hasSize(1);
        assertThatThrownBy(() -> nodes.rotate(nodes.one)).isInstanceOf(StoreException.class);

        nodes.both().forEach(node -> node.link.down = false);
        live(nodes, Duration.ofMinutes(30));
        assertThat(signers(nodes)).hasSize(2);
    }

    @Test
    void a_rotation_whose_answer_is_lost_is_done_all_the_same_and_once() {
        TwoNodes nodes = nodes();
        nodes.one.link.losesAnswer = true;
        assertThatThrownBy(() -> nodes.rotate(nodes.one)).isInstanceOf(StoreException.class);
        nodes.one.link.losesAnswer = false;

        nodes.rotate(nodes.one);
        nodes.rotate(nodes.two);
        assertThat(kids(nodes.publish(nodes.one))).hasSize(7).isEqualTo(kids(nodes.publish(nodes.two)));
    }

    @Test
    void a_refresh_jwt_is_good_at_the_other_node_when_keys_have_changed_twice() {
        TwoNodes nodes = new TwoNodes(MINUTE, Duration.ZERO);
        Reply tokens = nodes.one.server.signIn("web");
        for (int i = 0; i < 2; i++) {
            nodes.rotate(nodes.two);
            nodes.advance(TwoNodes.AHEAD);
        }

        Reply next = nodes.two.server.refresh("web", tokens.refresh()).send().issued();
        nodes.one.server.refresh("web", next.refresh()).send().issued();
    }

    @Test
    void a_revoked_key_is_trusted_no_more_at_once_and_at_the_other_node_within_a_minute() {
        TwoNodes nodes = nodes();
        List<Token> signed = nodes.sign(nodes.one);
        Reply person = nodes.one.server.signIn("web");
        nodes.rotate(nodes.one);
        JWKSet before = nodes.publish(nodes.one);
        nodes.publish(nodes.two);

        nodes.one.server.server.revokeKeys();

        assertThat(nodes.one.server.lastEvent().type()).isEqualTo(AuthEvent.Type.KEYS_REVOKED);
        assertDistrusted(nodes.one, before, signed);
        nodes.one.server.refresh("web", person.refresh()).send().refused("invalid_grant");
        nodes.advance(MINUTE);
        assertDistrusted(nodes.two, before, signed);
        nodes.two.server.refresh("web", person.refresh()).send().refused("invalid_grant");
    }

    private static void assertDistrusted(Node node, JWKSet before, List<Token> signed) {
        JWKSet now = node.server.server.jwks();
        assertThat(ours(now)).hasSize(3).doesNotContainAnyElementsOf(ours(before));
        for (Token token : signed) {
            assertThat(node.server.isActive("web", token.text()))
                    .as("%s", token.kind())
                    .isFalse();
        }
        String fresh = node.server.signIn("web").access();
        assertThat(node.server.isActive("web", fresh)).isTrue();
    }

    @Test
    void after_a_revocation_keys_rotate_as_before() {
        TwoNodes nodes = new TwoNodes(Duration.ZERO, MINUTE);
        nodes.two.server.server.revokeKeys();
        nodes.advance(MINUTE);
        nodes.forget();
        live(nodes, Duration.ofHours(3));

        assertThat(signers(nodes)).hasSizeBetween(3, 4);
    }

    @Test
    void revocations_on_both_nodes_at_once_leave_one_key() {
        TwoNodes nodes = nodes();
        JWKSet before = nodes.publish(nodes.one);
        nodes.one.link.overtaking = () -> nodes.two.server.server.revokeKeys();
        nodes.one.server.server.revokeKeys();
        Set<String> after = ours(nodes.one.server.server.jwks());
        nodes.advance(MINUTE);

        assertThat(after).hasSize(3).doesNotContainAnyElementsOf(ours(before));
        assertThat(ours(nodes.one.server.server.jwks())).isEqualTo(after);
        assertThat(ours(nodes.two.server.server.jwks())).isEqualTo(after);
    }

    @Test
    void a_revocation_that_does_not_reach_the_store_says_so() {
        TwoNodes nodes = nodes();
        nodes.one.link.down = true;

        assertThatThrownBy(() -> nodes.one.server.server.revokeKeys()).isInstanceOf(StoreException.class);
        assertThat(nodes.one.server.eventTypes()).doesNotContain(AuthEvent.Type.KEYS_REVOKED);
    }

    @Test
    void when_the_server_s_secret_leaked_a_revocation_begins_anew_under_another() {
        TestServer.MovableClock clock = new TestServer.MovableClock();
        GrantStore store = new InMemoryGrantStore(clock, 1000);
        byte[] other = new byte[32];
        other[0] = 1;
        TestServer before = TestServer.of(clock, b -> b.store(store).serverSecret(new byte[32]));
        Reply tokens = before.signIn("web");
        TestServer after = TestServer.of(clock, b -> b.store(store).serverSecret(other));
        after.token("machine", "client_credentials").send().refused(500, "server_error");

        after.server.revokeKeys();

        String fresh =
                after.token("machine", "client_credentials").send().issued().access();
        assertThat(after.isActive("web", fresh)).isTrue();
        assertThat(after.isActive("web", tokens.access())).isFalse();
        after.refresh("web", tokens.refresh()).send().refused("invalid_grant");
    }

    @Test
    void a_new_server_secret_is_known_everywhere_before_it_is_active_anywhere() {
        TestServer.MovableClock clock = new TestServer.MovableClock();
        GrantStore store = new InMemoryGrantStore(clock, 1000);
        byte[] old = new byte[32];
        byte[] young = new byte[32];
        young[0] = 1;
        TestServer knows = TestServer.of(clock, b -> b.store(store).serverSecret(old, young));
        Reply tokens = knows.signIn("web");
        TestServer uses = TestServer.of(clock, b -> b.store(store).serverSecret(young, old));

        Reply next = uses.refresh("web", tokens.refresh()).send().issued();
        clock.advance(CACHES);
        knows.refresh("web", next.refresh()).send().issued();
        assertThat(knows.isActive("web", next.access())).isTrue();
        knows.signIn("web");
    }

    private static String kid(TwoNodes nodes, Node node) {
        return nodes.sign(node).get(0).kid();
    }

    private static Set<String> kids(JWKSet keys) {
        return keys.getKeys().stream().map(JWK::getKeyID).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Without the key for ID tokens that was brought. */
    private static Set<String> ours(JWKSet keys) {
        return keys.getKeys().stream()
                .filter(key -> key.getAlgorithm().getName().equals("ES256"))
                .map(JWK::getKeyID)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
