package dev.mintmark.auth.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.store.Change;
import dev.mintmark.auth.store.GrantKey;
import dev.mintmark.auth.store.GrantStore;
import dev.mintmark.auth.store.InMemoryGrantStore;
import dev.mintmark.auth.store.Kind;
import dev.mintmark.auth.store.Lineage;
import dev.mintmark.auth.store.Selector;
import dev.mintmark.auth.store.Stored;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever is done to a store, it answers as the model does. */
final class GrantStoreModelTest {
    private static final Instant START = Instant.parse("2031-05-06T07:08:09.123Z");
    private static final List<String> ISSUERS = List.of("https://one.example", "https://two.example");

    /** So few, that the in-memory store forgets all that has expired with each change. */
    private static final List<GrantKey> KEYS = ISSUERS.stream()
            .flatMap(issuer -> Stream.of("a", "b").map(handle -> GrantKey.of(issuer, Kind.CODE, handle)))
            .toList();

    /** Those that are revoked. A person at a client is another person at another client, so that each can be told alone. */
    private static final List<Selector> SELECTORS = ISSUERS.stream()
            .flatMap(issuer -> Stream.of(Selector.By.values())
                    .map(by -> by == Selector.By.SUBJECT_AT_CLIENT
                            ? Selector.ofSubjectAtClient(issuer, "b", "b")
                            : new Selector(issuer, by, "a")))
            .toList();

    private enum Basis {
        NEW,
        FOUND,
        STALE
    }

    private interface Step {}

    private record Part(int key, Basis basis, List<String> names, int born, int expires, boolean spending) {}

    private record Apply(List<Part> parts) implements Step {}

    private record Revoke(Selector what, int bornUntil, int until) implements Step {}

    private record Purge(int atMost) implements Step {}

    private record Advance(int millis) implements Step {}

    @Property(tries = 250, edgeCases = EdgeCasesMode.NONE)
    void the_in_memory_store_answers_as_the_model_does(@ForAll("steps") List<Step> steps) {
        ManualClock clock = new ManualClock(START);
        new Trial(new InMemoryGrantStore(clock, 1000), clock, clock::advance, true).run(steps);
    }

    @Property(tries = 15, edgeCases = EdgeCasesMode.NONE)
    void a_store_in_tables_answers_as_the_model_does(@ForAll("steps") List<Step> steps) {
        try (H2Database database = new H2Database()) {
            database.execute("CREATE TABLE test_time AS SELECT " + START.toEpochMilli() + " AS at");
            ManualClock clock = new ManualClock(START);
            Consumer<Duration> advance = by -> {
                clock.advance(by);
                database.execute("UPDATE test_time SET at = at + " + by.toMillis());
            };
            GrantStore store = new H2GrantStore(database.connections(), "(SELECT at FROM test_time)");
            new Trial(store, clock, advance, false).run(steps);
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<String> name = Arbitraries.of("", "", "a", "b");
        Arbitrary<Integer> moment = Arbitraries.integers().between(0, 20);
        Arbitrary<Part> part = Combinators.combine(
                        Arbitraries.integers().between(0, KEYS.size() - 1),
                        Arbitraries.frequencyOf(
                                Tuple.of(2, Arbitraries.just(Basis.NEW)),
                                Tuple.of(4, Arbitraries.just(Basis.FOUND)),
                                Tuple.of(1, Arbitraries.just(Basis.STALE))),
                        name.list().ofSize(5),
                        moment,
                        moment,
                        Arbitraries.of(true, false, false))
                .as(Part::new);
        Arbitrary<Step> apply =
                part.list().ofMaxSize(3).uniqueElements(Part::key).map(Apply::new);
        Arbitrary<Step> revoke =
                Combinators.combine(Arbitraries.of(SELECTORS), moment, moment).as(Revoke::new);
        Arbitrary<Step> purge = Arbitraries.of(0, 1, 2, 100).map(Purge::new);
        Arbitrary<Step> advance = Arbitraries.integers().between(1, 10).map(Advance::new);
        return Arbitraries.frequencyOf(
                        Tuple.of(6, apply), Tuple.of(1, revoke), Tuple.of(1, purge), Tuple.of(2, advance))
                .list()
                .ofMaxSize(40);
    }

    /** One store and one model, led through the same steps. */
    private static final class Trial {
        private final GrantStore store;
        private final Clock clock;
        private final Consumer<Duration> advance;
        private final GrantStoreModel model;

        private Trial(GrantStore store, Clock clock, Consumer<Duration> advance, boolean forgetsAsItGoes) {
            this.store = store;
            this.clock = clock;
            this.advance = advance;
            this.model = new GrantStoreModel(forgetsAsItGoes);
        }

        private void run(List<Step> steps) {
            for (Step step : steps) {
                if (step instanceof Apply apply) apply(apply);
                if (step instanceof Revoke revoke) revoke(revoke);
                if (step instanceof Purge purge) purge(purge.atMost());
                if (step instanceof Advance time) advance.accept(Duration.ofMillis(time.millis()));
                compareRows();
                compareRevocations();
                compareLists();
            }
        }

        private void apply(Apply apply) {
            Change change = Change.none();
            for (Part part : apply.parts()) change = change.and(Change.of(write(part)));
            assertThat(store.apply(change)).isEqualTo(model.apply(change, clock.instant()));
        }

        private Change.Write write(Part part) {
            GrantKey key = KEYS.get(part.key());
            Lineage lineage = lineage(key.issuer(), part.names(), START.plusMillis(part.born()));
            Instant expires = clock.instant().plusMillis(part.expires());
            byte[] payload = part.toString().getBytes(StandardCharsets.UTF_8);
            Change.Write write = Change.Write.insert(key, lineage, expires, payload);
            Optional<Stored> found = part.basis() == Basis.NEW ? Optional.empty() : store.find(key);
            if (found.isPresent()) write = Change.Write.update(found.get(), lineage, expires, payload);
            if (part.basis() == Basis.STALE) write = write.withVersion(write.version() + 1);
            return part.spending() ? write.spending() : write;
        }

        private static Lineage lineage(String issuer, List<String> names, Instant born) {
            List<Optional<String>> values = names.stream()
                    .map(name -> Optional.of(name).filter(value -> !value.isEmpty()))
                    .toList();
            Lineage lineage = Lineage.of(issuer, born)
                    .withSubject(values.get(1))
                    .withSession(values.get(2))
                    .withFamily(values.get(3))
                    .withToken(values.get(4));
            return values.get(0).map(lineage::withClient).orElse(lineage);
        }

        private void revoke(Revoke revoke) {
            Instant bornUntil = START.plusMillis(revoke.bornUntil());
            Instant until = clock.instant().plusMillis(revoke.until());
            store.revoke(revoke.what(), bornUntil, until);
            model.revoke(revoke.what(), bornUntil, until, clock.instant());
        }

        /** Which of many are forgotten first is the store's affair: the model follows. */
        private void purge(int atMost) {
            List<GrantKey> rows = new ArrayList<>(model.expiredRows(clock.instant()));
            List<Selector> revocations = new ArrayList<>(model.expiredRevocations(clock.instant()));
            int purged = store.purge(atMost);
            assertThat(purged).isEqualTo(Math.min(atMost, rows.size() + revocations.size()));
            rows.removeIf(key -> store.find(key).isPresent());
            revocations.removeIf(selector -> store.revoked(StoreFixture.only(selector, START)));
            assertThat(rows.size() + revocations.size()).isEqualTo(purged);
            rows.forEach(model::forget);
            revocations.forEach(model::forget);
        }

        private void compareRows() {
            for (GrantKey key : KEYS) {
                Optional<Stored> found = store.find(key);
                GrantStoreModel.Row row = model.rows().get(key);
                assertThat(found.isPresent()).isEqualTo(row != null);
                found.ifPresent(stored -> compare(stored, row));
            }
        }

        private void compare(Stored found, GrantStoreModel.Row row) {
            assertThat(Facts.of(found))
                    .isEqualTo(
                            Facts.after(row.written().withVersion(row.written().version() - 1)));
            assertThat(found.changed()).isEqualTo(row.changed());
            assertThat(found.now()).isEqualTo(clock.instant());
            assertThat(found.revoked()).isEqualTo(model.revoked(row.written().lineage()));
        }

        private void compareRevocations() {
            for (Selector selector : SELECTORS) {
                for (int born = 0; born <= 21; born += 3) {
                    Lineage lineage = StoreFixture.only(selector, START.plusMillis(born));
                    assertThat(store.revoked(lineage)).isEqualTo(model.revoked(lineage));
                }
            }
        }

        private void compareLists() {
            for (Selector selector : SELECTORS) {
                List<GrantStoreModel.Row> expected = model.list(selector, clock.instant());
                for (int atMost : new int[] {1, 100}) {
                    List<Stored> listed = store.list(selector, Kind.CODE, Optional.empty(), atMost);
                    assertThat(listed)
                            .extracting(row -> row.lineage().born())
                            .containsExactlyElementsOf(expected.stream()
                                    .map(row -> row.written().lineage().born())
                                    .limit(atMost)
                                    .toList());
                    assertThat(expected.stream().map(row -> row.written().key()).toList())
                            .containsAll(listed.stream().map(Stored::key).toList());
                    listed.forEach(row -> compare(row, model.rows().get(row.key())));
                }
            }
        }
    }
}
