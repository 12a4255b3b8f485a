package dev.mintmark.auth.fuzz;

import dev.mintmark.auth.wire.WireRequest;
import dev.mintmark.auth.wire.WireResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A golden file, played with someone between the client and the server. */
record Golden(Path path, int exchanges) {
    private static final Path ROOT = Path.of("src/test/resources/wire");
    private static final Map<String, List<Golden>> OF = new ConcurrentHashMap<>();

    /** Answers a request of the file; empty if enough was played. */
    interface Between {
        Optional<WireResponse> answer(int index, WireRequest request);
    }

    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Enough() {
            super(null, null, false, false);
        }
    }

    static List<Golden> of(Api api) {
        return OF.computeIfAbsent(
                api.name(),
                name -> list(ROOT.resolve(name)).stream().map(Golden::read).toList());
    }

    void play(Stage stage, Between between) {
        int[] index = {0};
        try {
            stage.golden.play(
                    path,
                    request -> Optional.of(between.answer(index[0]++, request).orElseThrow(Enough::new)));
        } catch (Enough e) {
            return; // between's wish
        }
    }

    private static Golden read(Path path) {
        try {
            return new Golden(path, Files.readString(path).split("(?m)^---\n", -1).length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> list(Path directory) {
        try (Stream<Path> all = Files.list(directory)) {
            return all.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return path.getFileName().toString();
    }
}
