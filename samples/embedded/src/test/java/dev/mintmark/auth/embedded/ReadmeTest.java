package dev.mintmark.auth.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README shows what compiles: its Java block is the tagged part of the sample. */
class ReadmeTest {
    private static final Path README = Path.of("../../README.md");
    private static final Path SAMPLE = Path.of("src/main/java/dev/mintmark/auth/embedded/Embedded.java");

    @Test
    void the_readme_s_java_block_is_the_sample() throws IOException {
        String source = Files.readString(SAMPLE);
        String tagged = source.substring(
                source.indexOf('\n', source.indexOf("// tag::embed[]")) + 1,
                source.lastIndexOf('\n', source.indexOf("// end::embed[]")));

        String readme = Files.readString(README);
        List<String> blocks = Pattern.compile("(?ms)^```java\\R(.*?)^```$")
                .matcher(readme)
                .results()
                .map((MatchResult block) -> block.group(1))
                .filter(block -> block.contains("new AuthServlet("))
                .toList();

        assertThat(blocks).containsExactly(tagged.stripIndent() + "\n");
    }
}
