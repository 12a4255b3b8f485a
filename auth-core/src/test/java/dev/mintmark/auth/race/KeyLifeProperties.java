package dev.mintmark.auth.race;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintmark.auth.race.TwoNodes.Node;
import dev.mintmark.auth.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever is done to the keys of two nodes, and whenever, no one meets a token that does not verify; see {@link TwoNodes}. */
class KeyLifeProperties {
    /** What a node may be cut off from the store without missing a key: publication ahead, less caches, skew and a look. */
    private static final Duration CUT_OFF = TwoNodes.AHEAD.minus(Duration.ofMinutes(8));

    /** How soon after a failure a node looks again. */
    private static final Duration AGAIN = Duration.ofSeconds(6);

    enum Act {
        SIGN,
        PUBLISH,
        INTROSPECT,
        ROTATE,
        ROTATE_TWICE,
        ROTATE_AND_HEAR_NOTHING,
        CUT_OFF,
        CONNECT
    }

    enum Wait {
        SECONDS,
        UNTIL_SWITCH,
        UNTIL_EXPIRY
    }

    record Step(Act act, boolean first, Wait then, int seconds) {}

    @Provide
    Arbitrary<List<Step>> lives() {
        Arbitrary<Act> acts = Arbitraries.frequency(
                Tuple.of(10, Act.SIGN),
                Tuple.of(8, Act.PUBLISH),
                Tuple.of(4, Act.INTROSPECT),
                Tuple.of(2, Act.ROTATE),
                Tuple.of(1, Act.ROTATE_TWICE),
                Tuple.of(1, Act.ROTATE_AND_HEAR_NOTHING),
                Tuple.of(1, Act.CUT_OFF),
                Tuple.of(1, Act.CONNECT));
        Arbitrary<Integer> seconds = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.of(0, 1, 5, 59, 60, 61, 299, 300)),
                Tuple.of(3, Arbitraries.integers().between(0, 400)),
                Tuple.of(2, Arbitraries.integers().between(0, 4_000)));
        Arbitrary<Wait> waits = Arbitraries.frequency(
                Tuple.of(8, Wait.SECONDS), Tuple.of(2, Wait.UNTIL_SWITCH), Tuple.of(2, Wait.UNTIL_EXPIRY));
        return Combinators.combine(acts, Arbitraries.of(true, false), waits, seconds)
                .as(Step::new)
                .list()
                .ofMinSize(20)
                .ofMaxSize(100);
    }

    @Provide
    Arbitrary<Integer> skews() {
        return Arbitraries.oneOf(
                Arbitraries.of(-60, 0, 60), Arbitraries.integers().between(-60, 60));
    }

    @Property(tries = 60)
    void every_token_verifies_everywhere_until_it_expires(
            @ForAll("skews") int skew, @ForAll("lives") List<Step> steps) {
        Life life = new Life(Duration.ofSeconds(skew));
        for (Step step : steps) life.live(step);
    }

    private static final class Life {
        private final TwoNodes nodes;
        private final Map<Node, Instant> cutOff = new HashMap<>();

        Life(Duration skew) {
            nodes = new TwoNodes(Duration.ZERO, skew);
        }

        void live(Step step) {
            Node node = step.first() ? nodes.one : nodes.two;
            switch (step.act()) {
                case SIGN -> nodes.sign(node);
                case PUBLISH -> nodes.publish(node);
                case INTROSPECT -> {
                    if (!node.link.down) nodes.introspect(node);
                }
                case ROTATE -> rotate(node);
                case ROTATE_TWICE -> nodes.both().forEach(this::rotate);
                case ROTATE_AND_HEAR_NOTHING -> {
                    node.link.losesAnswer = true;
                    rotateOrFail(node);
                    node.link.losesAnswer = false;
                    rotate(node);
                }
                case CUT_OFF -> {
                    nodes.publish(node);
                    node.link.down = true;
                    cutOff.putIfAbsent(node, nodes.now());
                }
                case CONNECT -> connect(node);
            }
            Duration wait = switch (step.then()) {
                case SECONDS -> Duration.ofSeconds(step.seconds());
                case UNTIL_SWITCH -> nodes.untilSwitch();
                case UNTIL_EXPIRY -> nodes.untilExpiry();
            };
            nodes.both().forEach(other -> connectBefore(other, nodes.now().plus(wait)));
            nodes.advance(wait);
        }

        private void rotate(Node node) {
            if (node.link.down) {
                assertThatThrownBy(() -> node.server.server.rotateKeys()).isInstanceOf(StoreException.class);
            } else nodes.rotate(node);
        }

        private void rotateOrFail(Node node) {
            try {
                nodes.rotate(node);
            } catch (StoreException e) {
                // Whether there was anything to write, and so an answer to lose, is no matter here.
            }
        }

        private void connectBefore(Node node, Instant then) {
            Instant since = cutOff.get(node);
            if (since != null && since.plus(CUT_OFF).isBefore(then)) connect(node);
        }

        private void connect(Node node) {
            if (!node.link.down) return;
            node.link.down = false;
            cutOff.remove(node);
            nodes.advance(AGAIN);
            nodes.publish(node);
        }
    }
}
