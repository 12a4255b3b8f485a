package dev.mintmark.auth.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/security.md claims nothing without a test, and names no test that is not there. */
class SecurityDocTest {
    private static final Pattern TESTS = Pattern.compile("`\\w+#\\w+`(, `\\w+#\\w+`)*");
    private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");

    /** Who, instead of Mintmark, does what a row without a test asks for. */
    private static final Pattern NOT_OURS = Pattern.compile(
            "(Not built|Not needed|Not done|The embedder's|The client's|The resource server's|The operator's|The store's)([:;] .*)?");

    private record Row(String section, String asked, String done, String test) {}

    @Test
    void every_test_that_is_named_exists() throws IOException {
        Map<String, String> sources = sources();
        List<String> missing = new ArrayList<>();
        for (Row row : rows()) {
            Matcher named = TEST.matcher(row.test());
            while (named.find()) {
                if (!isTest(sources.getOrDefault(named.group(1), ""), named.group(2))) missing.add(named.group());
            }
        }

        assertThat(missing).isEmpty();
    }

    /** Annotations stand right above, with no empty line between. */
    private static boolean isTest(String source, String method) {
        Matcher declared =
                Pattern.compile("\\s(void|boolean) " + method + "\\(").matcher(source);
        return declared.find()
                && source.substring(source.lastIndexOf("\n\n", declared.start()), declared.start())
                        .matches("(?s).*@(Test|ParameterizedTest|Property)\\b.*");
    }

    @Test
    void every_row_has_a_test_or_says_whose_it_is() throws IOException {
        assertThat(rows())
                .hasSizeGreaterThan(100)
                .allSatisfy(row -> assertThat(Stream.of(row.section(), row.asked(), row.done(), row.test()))
                        .noneMatch(String::isBlank))
                .allSatisfy(row -> {
                    if (row.test().equals("–"))
                        assertThat(row.done()).as("%s", row).matches(NOT_OURS);
                    else assertThat(row.test()).as("%s", row).matches(TESTS);
                });
    }

    @Test
    void every_section_of_best_practices_attacks_and_threats_has_a_row() throws IOException {
        List<String> sections = rows().stream().map(Row::section).toList();
        List<String> all = Stream.of(
                        numbered("9700 2.", "1 1.1 1.2 2.1 2.2 3 4 5 6"),
                        numbered("9700 4.", "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17"),
                        numbered("6819 4.1.", "1 2 3 4 5"),
                        numbered("6819 4.2.", "1 2 3 4"),
                        numbered("6819 4.3.", "1 2 3 4 5"),
                        numbered("6819 4.4.1.", "1 2 3 4 5 6 7 8 9 10 11 12 13"),
                        numbered("6819 4.4.", "2 3 4"),
                        numbered("6819 4.5.", "1 2 3 4"),
                        numbered("6819 4.6.", "1 2 3 4 5 6 7"))
                .flatMap(List::stream)
                .filter(wanted ->
                        sections.stream().noneMatch(found -> found.equals(wanted) || found.startsWith(wanted + ".")))
                .toList();

        assertThat(all).isEmpty();
    }

    private static List<String> numbered(String before, String numbers) {
        return Arrays.stream(numbers.split(" ", -1))
                .map(number -> before + number)
                .toList();
    }

    private static List<Row> rows() throws IOException {
        return Files.readAllLines(Path.of("../docs/security.md")).stream()
                .filter(line -> line.matches("\\| (9700|6819) .*"))
                .map(line -> line.split("\\|", -1))
                .peek(cells -> assertThat(cells).as(String.join("|", cells)).hasSize(6))
                .map(cells -> new Row(cells[1].strip(), cells[2].strip(), cells[3].strip(), cells[4].strip()))
                .toList();
    }

    /** Every source file of every module, by the name of its class. */
    private static Map<String, String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(".."))) {
            return files
                    .filter(file -> file.toString().matches(".*[/\\\\]src[/\\\\].*\\.java"))
                    .filter(file -> !file.endsWith("package-info.java"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""),
                            Function.identity(),
                            (one, other) -> one.toString().contains("test") ? one : other))
                    .entrySet()
                    .stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, entry -> read(entry.getValue())));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
