package dev.mintmark.auth.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is fuzzed is what the golden files describe: every profile, in the very set-up in which the files play. */
class FuzzedApisTest {
    @Test
    void every_profile_is_fuzzed() throws IOException {
        try (Stream<String> types = Files.lines(Path.of("src/test/resources/public-types.txt"))) {
            List<String> profiles = types.filter(type -> type.matches(".*\\.profile\\.\\w+Profile"))
                    .map(type -> type.replaceAll(".*\\.|Profile$", "").toLowerCase(Locale.ROOT))
                    .toList();
            assertThat(Api.ALL).extracting(api -> api.name().replace("-", "")).containsAll(profiles);
        }
    }

    @TestFactory
    Stream<DynamicTest> every_golden_file_plays_and_every_route_has_one() {
        return Api.ALL.stream()
                .map(api -> DynamicTest.dynamicTest(api.name(), () -> {
                    Set<Api.Route> missing = new HashSet<>(api.routes());
                    for (Golden file : Golden.of(api)) {
                        Stage stage = new Stage(api);
                        file.play(stage, (index, request) -> {
                            missing.removeIf(route -> api.isAt(route, request.path()));
                            return Optional.of(stage.server.answer(request));
                        });
                    }
                    assertThat(missing).isEmpty();
                }));
    }
}
