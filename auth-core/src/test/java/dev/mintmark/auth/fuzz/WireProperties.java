package dev.mintmark.auth.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.fuzz.Material.Coin;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.wire.WireResponse;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Whatever is sent to any route of any API, the answer is one that the API documents, and neither it nor the log tells a secret.
 *
 * <p>{@code -Djqwik.tries.default} gives another number of tries than {@code junit-platform.properties}, {@code -Dfuzz.seed}
 * other requests.
 */
class WireProperties {
    private static final String SEED = "20260101";
    private static final long OTHER = Long.getLong("fuzz.seed", 0) * 0x9E3779B97F4A7C15L;

    /** All that a try is made of: a golden file, which of its requests is changed, and chances. */
    record Script(Api api, int file, int exchange, List<List<Long>> changes) {
        Golden golden() {
            List<Golden> files = Golden.of(api);
            return files.get(file % files.size());
        }
    }

    @Property(seed = SEED)
    void a_changed_request_is_answered_as_documented(@ForAll("scripts") Script script) {
        Stage stage = new Stage(script.api());
        Material with = Material.of(stage);
        Judge judge = new Judge(stage, with);
        int target = script.exchange() % script.golden().exchanges();
        script.golden().play(stage, (index, request) -> {
            if (index < target) return Optional.of(answered(stage, with, Sent.of(request)));
            Sent original = Sent.of(request);
            for (List<Long> steps : script.changes()) {
                Sent sent = original;
                for (long step : steps) sent = Mutations.mutate(sent, with.at(step ^ OTHER));
                // Now and then until guesses are at an end.
                for (int i = steps.get(0) % 8 == 0 ? 6 : 1; i > 0; i--) judge.send(sent);
            }
            return Optional.empty();
        });
    }

    @Property(seed = SEED)
    void an_arbitrary_request_is_answered_as_documented(@ForAll("scripts") Script script) {
        Stage stage = new Stage(script.api());
        Material with = Material.of(stage);
        Judge judge = new Judge(stage, with);
        for (List<Long> chances : script.changes()) {
            for (long chance : chances) judge.send(Arbitrarily.request(script.api(), with.at(chance ^ OTHER)));
        }
    }

    @Property(seed = SEED)
    void a_tampered_token_buys_nothing_and_costs_nothing(@ForAll("scripts") Script script) {
        Stage stage = new Stage(script.api());
        Material with = Material.of(stage);
        Judge judge = new Judge(stage, with);
        script.golden().play(stage, (index, request) -> {
            Sent original = Sent.of(request);
            for (Coin coin : with.distinctCoins()) {
                if (!original.toString().contains(coin.value()) || coin.isGuessed()) continue;
                // A password that comes with it may be wrong, and each such guess is charged.
                int tries = coin.isOfADevice() ? 1 : script.changes().size();
                for (List<Long> chances : script.changes().subList(0, tries)) {
                    Tampering.of(tamperedElsewhere(stage, with, original, coin), coin, with.at(chances.get(0) ^ OTHER))
                            .ifPresent(sent -> {
                                WireResponse response = judge.send(sent);
                                assertThat(boughtNothing(response, coin))
                                        .as("%s%n%n%s", sent, response.text())
                                        .isTrue();
                            });
                }
            }
            // And the file plays on as if nothing had happened.
            return Optional.of(answered(stage, with, original));
        });
    }

    /** Where any of a request's tokens will do, the others are void. */
    private static Sent tamperedElsewhere(Stage stage, Material with, Sent original, Coin coin) {
        boolean anyWillDo = stage.api.routes().stream()
                .anyMatch(route -> route.takesAnyToken() && stage.api.isAt(route, original.path()));
        if (!anyWillDo) return original;
        Sent sent = original;
        for (Coin other : with.distinctCoins()) {
            if (!other.value().equals(coin.value())) sent = sent.replacing(other.value(), "void");
        }
        return sent;
    }

    /** A refusal, or the word that it is no token; a device that is not known leaves the password, which a second factor follows. */
    private static boolean boughtNothing(WireResponse response, Coin coin) {
        if (response.status() >= 400 || response.body().length == 0) return true;
        if (response.text().equals("{\"active\":false}")) return true;
        return coin.isOfADevice() && Claims.parse(response.text()).isTrue("mfaRequired");
    }

    private static WireResponse answered(Stage stage, Material with, Sent sent) {
        WireResponse response = stage.server.answer(sent.toWire());
        with.harvest(response);
        return response;
    }

    @Provide
    Arbitrary<Script> scripts() {
        Arbitrary<Integer> index = Arbitraries.integers().between(0, 5039).withoutEdgeCases();
        Arbitrary<Long> chance = Arbitraries.randomValue(random -> random.nextLong());
        return Combinators.combine(
                        Arbitraries.of(Api.ALL),
                        index,
                        index,
                        chance.list()
                                .ofMinSize(1)
                                .ofMaxSize(3)
                                .list()
                                .ofMinSize(1)
                                .ofMaxSize(12))
                .as(Script::new);
    }

    @AfterContainer
    static void report() {
        System.out.println(Tally.report());
    }
}
