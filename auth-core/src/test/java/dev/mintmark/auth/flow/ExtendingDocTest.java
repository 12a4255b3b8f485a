package dev.mintmark.auth.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The documentation shows a grant that compiles: its block is the one of a test. */
class ExtendingDocTest {
    @Test
    void the_grant_in_the_docs_is_the_grant_in_the_test() throws IOException {
        String docs = Files.readString(Path.of("../docs/extending.md"));
        String source = Files.readString(Path.of("src/test/java/dev/mintmark/auth/flow/VoucherGrantTest.java"));

        String block = Pattern.compile("(?ms)^```java\\R(.*?)^```$")
                .matcher(docs)
                .results()
                .map((MatchResult found) -> found.group(1))
                .filter(text -> text.contains("implements Grant"))
                .findFirst()
                .orElseThrow();

        assertThat(source.replaceAll("(?m)^ {4}", "")).contains(block.stripTrailing());
    }
}
