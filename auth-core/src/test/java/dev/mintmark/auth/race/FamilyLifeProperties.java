package dev.mintmark.auth.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.store.InMemoryGrantStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever is done to a family in whatever order, it does what a model of a few lines says. */
class FamilyLifeProperties {
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Duration IDLE = Duration.ofDays(7);
    private static final Duration MOST = Duration.ofDays(30);

    enum Act {
        ROTATE,
        RETRY,
        PRESENT_ANY,
        REVOKE_ANY,
        PURGE,
        WAIT_SECONDS,
        WAIT_DAYS
    }

    record Step(Act act, int which) {}

    @Provide
    Arbitrary<List<Step>> lives() {
        Arbitrary<Act> acts = Arbitraries.frequency(
                Tuple.of(8, Act.ROTATE),
                Tuple.of(6, Act.RETRY),
                Tuple.of(2, Act.PRESENT_ANY),
                Tuple.of(1, Act.REVOKE_ANY),
                Tuple.of(2, Act.PURGE),
                Tuple.of(6, Act.WAIT_SECONDS),
                Tuple.of(3, Act.WAIT_DAYS));
        return Combinators.combine(acts, Arbitraries.integers().between(0, 40))
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(30);
    }

    @Property(tries = 150)
    void a_family_lives_as_its_model(@ForAll("lives") List<Step> steps) {
        Life life = new Life();
        for (Step step : steps) life.live(step);
    }

    private static final class Life {
        private final TestServer.MovableClock clock = new TestServer.MovableClock();
        private final InMemoryGrantStore store = new InMemoryGrantStore(clock, 1000);
        private final TestServer server =
                TestServer.of(clock, b -> b.store(store).serverSecret(new byte[32]));

        /** The model: every token so far, and what is known of the family. */
        private final List<String> tokens = new ArrayList<>();

        private final Instant ends;
        private Instant changed;
        private Instant expires;
        private boolean revoked;

        Life() {
            String code = server.server
                    .approve(server.request("web").scope("read"), server.alice())
                    .code();
            tokens.add(server.redeem("web", code).send().issued().refresh());
            ends = clock.instant().plus(MOST);
            rotated();
        }

        void live(Step step) {
            int last = tokens.size() - 1;
            switch (step.act()) {
                case ROTATE -> present(last);
                case RETRY -> present(Math.max(0, last - 1));
                case PRESENT_ANY -> present(step.which() % tokens.size());
                case REVOKE_ANY -> revoke(step.which() % tokens.size());
                case PURGE -> store.purge(1 + step.which());
                case WAIT_SECONDS -> clock.advance(Duration.ofSeconds(step.which()));
                case WAIT_DAYS ->
                    clock.advance(Duration.ofHours(8L * step.which()).dividedBy(2));
            }
            assertThat(server.isActive("web", tokens.get(tokens.size() - 1))).isEqualTo(lives());
        }

        private boolean lives() {
            return !revoked && clock.instant().isBefore(expires);
        }

        private void rotated() {
            changed = clock.instant();
            Instant idle = changed.plus(IDLE);
            expires = idle.isBefore(ends) ? idle : ends;
        }

        private void present(int generation) {
            Reply reply = server.refresh("web", tokens.get(generation)).send();
            int last = tokens.size() - 1;
            boolean inTime = !clock.instant().isAfter(changed.plus(GRACE));
            if (!lives()) {
                reply.refused("invalid_grant");
            } else if (generation == last) {
                assertThat(tokens).doesNotContain(reply.issued().refresh());
                tokens.add(reply.refresh());
                rotated();
            } else if (generation == last - 1 && inTime) {
                assertThat(reply.issued().refresh()).isEqualTo(tokens.get(last));
            } else {
                reply.refused("invalid_grant");
                revoked = true;
            }
        }

        private void revoke(int generation) {
            assertThat(server.revoke("web", tokens.get(generation)).send().status())
                    .isEqualTo(200);
            revoked = true;
        }
    }
}
