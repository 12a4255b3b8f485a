package dev.mintmark.auth.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintmark.auth.store.AttemptStore.Charge;
import dev.mintmark.auth.store.AttemptStore.Limit;
import dev.mintmark.auth.store.GrantKey;
import dev.mintmark.auth.store.InMemoryAttemptStore;
import dev.mintmark.auth.store.Kind;
import dev.mintmark.auth.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever is charged, given back and cleared, and whenever, the counters are those of a list of attempts that is counted anew each time. */
final class AttemptStoreModelTest {
    private static final Instant START = Instant.parse("2031-05-06T07:08:09.123Z");
    private static final int CAPACITY = 3;

    /** Each counter has its own limit; windows and locks are short, so that the clock passes them, and either may be the longer. */
    private static final List<Limit> LIMITS =
            List.of(limit(1, 5, 5), limit(2, 10, 3), limit(3, 4, 9), limit(2, 20, 1), limit(4, 7, 7));

    private static Limit limit(int attempts, int within, int lock) {
        return new Limit(attempts, Duration.ofSeconds(within), Duration.ofSeconds(lock));
    }

    private static GrantKey key(int counter) {
        return GrantKey.of("https://issuer.example", new Kind("guess"), "counter " + counter);
    }

    private interface Step {}

    private record Charging(List<Integer> counters) implements Step {}

    private record Refunding(List<Integer> counters) implements Step {}

    private record Clearing(int counter) implements Step {}

    private record Advancing(int seconds) implements Step {}

    @Property(seed = "20260101", tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void the_in_memory_store_answers_as_the_model_does(@ForAll("steps") List<Step> steps) {
        ManualClock clock = new ManualClock(START);
        InMemoryAttemptStore store = new InMemoryAttemptStore(clock, CAPACITY);
        Model model = new Model();
        for (Step step : steps) {
            if (step instanceof Charging charging) {
                List<Charge> charges = charging.counters().stream()
                        .map(i -> new Charge(key(i), LIMITS.get(i)))
                        .toList();
                Optional<Optional<Duration>> expected = model.charge(clock.instant(), charging.counters());
                if (expected.isPresent()) assertThat(store.charge(charges)).isEqualTo(expected.get());
                else assertThatThrownBy(() -> store.charge(charges)).isInstanceOf(StoreException.class);
            } else if (step instanceof Refunding refunding) {
                store.refund(refunding.counters().stream()
                        .map(AttemptStoreModelTest::key)
                        .toList());
                model.refund(clock.instant(), refunding.counters());
            } else if (step instanceof Clearing clearing) {
                store.clear(key(clearing.counter()));
                model.attempts.remove(clearing.counter());
            } else if (step instanceof Advancing advancing) {
                clock.advance(Duration.ofSeconds(advancing.seconds()));
            }
            model.forget(clock.instant());
            assertThat(store.size()).isBetween(model.attempts.size(), CAPACITY);
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Integer> counter = Arbitraries.integers().between(0, LIMITS.size() - 1);
        Arbitrary<List<Integer>> some =
                counter.list().uniqueElements().ofMinSize(1).ofMaxSize(3);
        Arbitrary<Step> charging = some.map(Charging::new);
        Arbitrary<Step> refunding = some.map(Refunding::new);
        Arbitrary<Step> clearing = counter.map(Clearing::new);
        Arbitrary<Step> advancing = Arbitraries.integers().between(1, 6).map(Advancing::new);
        return Arbitraries.frequencyOf(
                        Tuple.of(6, charging), Tuple.of(2, refunding), Tuple.of(1, clearing), Tuple.of(3, advancing))
                .list()
                .ofMaxSize(60);
    }

    /** Of each counter: when it began, when it was charged last, and how often. */
    private static final class Model {
        private record Counted(Instant began, Instant latest, int count) {}

        private final Map<Integer, Counted> attempts = new HashMap<>();

        private static Instant closedUntil(int counter, Counted counted) {
            Limit limit = LIMITS.get(counter);
            return counted.count() < limit.attempts()
                    ? Instant.MIN
                    : counted.latest().plus(limit.lock());
        }

        void forget(Instant now) {
            attempts.entrySet()
                    .removeIf(entry ->
                            !closedUntil(entry.getKey(), entry.getValue()).isAfter(now)
                                    && !entry.getValue()
                                            .began()
                                            .plus(LIMITS.get(entry.getKey()).within())
                                            .isAfter(now));
        }

        /** What a store answers; empty if it is full. */
        Optional<Optional<Duration>> charge(Instant now, List<Integer> counters) {
            forget(now);
            List<Integer> fresh = new ArrayList<>();
            for (int counter : counters) {
                Counted counted = attempts.get(counter);
                if (counted == null) fresh.add(counter);
                else if (closedUntil(counter, counted).isAfter(now))
                    return Optional.of(Optional.of(Duration.between(now, closedUntil(counter, counted))));
            }
            if (!fresh.isEmpty() && attempts.size() + fresh.size() > CAPACITY) return Optional.empty();
            for (int counter : counters) {
                attempts.merge(
                        counter,
                        new Counted(now, now, 1),
                        (before, one) -> new Counted(before.began(), now, before.count() + 1));
            }
            return Optional.of(Optional.empty());
        }

        void refund(Instant now, List<Integer> counters) {
            forget(now);
            for (int counter : counters) {
                attempts.computeIfPresent(
                        counter, (key, c) -> c.count() == 1 ? null : new Counted(c.began(), c.latest(), c.count() - 1));
            }
        }
    }
}
