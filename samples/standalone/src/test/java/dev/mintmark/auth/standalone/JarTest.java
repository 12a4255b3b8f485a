package dev.mintmark.auth.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The jar as it is handed out, run as a process of its own. */
@Tag("jar")
@Timeout(180)
class JarTest {
    private static final String JAVA = System.getProperty("standalone.java", "java");
    private static final String JAR = System.getProperty("standalone.jar", "target/standalone.jar");

    /** What a JVM says of itself on standard error, whatever it runs. */
    private static final String PICKED_UP = "Picked up ";

    /** 128 and the number of SIGTERM: what a JVM that was told to stop, and stopped cleanly, ends with. */
    private static final int TERMINATED = 143;

    @TempDir
    Path directory;

    @Test
    void it_is_ready_answers_and_stops_when_it_is_told_to() throws Exception {
        Path err = directory.resolve("err.txt");
        Process process = new ProcessBuilder(JAVA, "-jar", JAR, "--port", "0")
                .redirectError(err.toFile())
                .start();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            String ready = out.readLine();
            assertThat(ready).matches("ready http://127\\.0\\.0\\.1:[1-9][0-9]*");
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < 6; i++) lines.add(out.readLine());
            String issuer = ready.substring("ready ".length());
            assertThat(lines).isEqualTo(Demonstration.requests(issuer));
            for (String line : Demonstration.signIn(issuer))
                assertThat(out.readLine()).isEqualTo(line);
            for (String line : lines) {
                HttpResponse<String> answer = new HttpCalls(HttpClient.newHttpClient()).curl(line);
                assertThat(answer.statusCode()).as(line).isEqualTo(200);
            }
            process.toHandle().destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(TERMINATED);
            assertThat(out.readLine()).isNull();
        } finally {
            process.destroyForcibly();
        }
        assertThat(Files.readAllLines(err)).allMatch(line -> line.startsWith(PICKED_UP));
    }

    @Test
    void a_bad_file_ends_it_with_status_2() throws Exception {
        Path file = Files.writeString(directory.resolve("bad.yaml"), "prot: 1\n");
        Process process = new ProcessBuilder(JAVA, "-jar", JAR, "--config", file.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(err).contains(file + ":1: prot: is an unknown key", file + ":1: servers: is missing");
    }
}
