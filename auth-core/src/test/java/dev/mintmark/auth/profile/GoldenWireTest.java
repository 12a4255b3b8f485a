package dev.mintmark.auth.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Plays every golden file of every folder, each on a server of its own. */
class GoldenWireTest {
    @TestFactory
    Stream<DynamicTest> the_standard_server_speaks_as_the_rfcs() throws IOException {
        return played("standard", 10);
    }

    @TestFactory
    Stream<DynamicTest> lean_speaks_as_documented() throws IOException {
        return played("lean", 50);
    }

    @TestFactory
    Stream<DynamicTest> slashid_speaks_as_documented() throws IOException {
        return played("slashid", 50);
    }

    @TestFactory
    Stream<DynamicTest> lerian_speaks_as_documented() throws IOException {
        return played("lerian", 50);
    }

    @TestFactory
    Stream<DynamicTest> geolens_speaks_as_documented() throws IOException {
        return played("geolens", 50);
    }

    @TestFactory
    Stream<DynamicTest> screening_eagle_speaks_as_documented() throws IOException {
        return played("screening-eagle", 50);
    }

    private static Stream<DynamicTest> played(String folder, int atLeast) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("src/test/resources/wire", folder))) {
            List<Path> files = all.sorted().toList();
            assertThat(files).hasSizeGreaterThan(atLeast);
            return files.stream().map(file -> DynamicTest.dynamicTest(name(file), () -> play(folder, file)));
        }
    }

    private static void play(String folder, Path file) {
        try (GoldenServer golden = GoldenServer.of(folder, builder -> {})) {
            golden.play(file, golden.server());
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".http", "").replace('-', ' ');
    }
}
