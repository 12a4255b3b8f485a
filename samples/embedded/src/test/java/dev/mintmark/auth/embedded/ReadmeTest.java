package dev.mintmark.auth.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The README shows what compiles: its Java blocks are the tagged parts of the sample. */
class ReadmeTest {
    private static final Path README = Path.of("../../README.md");
    private static final Path SAMPLE = Path.of("src/main/java/dev/mintmark/auth/embedded");

    @ParameterizedTest
    @CsvSource({
        "Embedded.java, embed",
        "OwnLogin.java, own-login",
        "LoginServlet.java, resume",
        "PasswordSignIn.java, people",
        "PasswordSignIn.java, second-factor"
    })
    void a_java_block_of_the_readme_is_a_part_of_the_sample(String file, String tag) throws IOException {
        String source = Files.readString(SAMPLE.resolve(file));
        String tagged = source.substring(
                source.indexOf('\n', source.indexOf("// tag::" + tag + "[]")) + 1,
                source.lastIndexOf('\n', source.indexOf("// end::" + tag + "[]")));

        List<String> blocks = Pattern.compile("(?ms)^```java\\R(.*?)^```$")
                .matcher(Files.readString(README))
                .results()
                .map(block -> block.group(1))
                .toList();

        assertThat(blocks).contains(tagged.stripIndent() + "\n");
    }
}
