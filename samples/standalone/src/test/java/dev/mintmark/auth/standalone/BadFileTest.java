package dev.mintmark.auth.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Beside the bad file stands what is said of it: one line a fault, all of them at once. */
class BadFileTest {
    private static final Path BAD = Path.of("src/test/resources/faults/bad.yaml");

    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void a_bad_file_ends_the_program_with_every_complaint_at_once() throws Exception {
        List<String> golden = Files.readAllLines(BAD.resolveSibling("bad.txt"));
        Files.copy(BAD, directory.resolve("bad.yaml"));

        assertThat(run("--config", directory.resolve("bad.yaml").toString())).isEqualTo(2);

        String said = err.toString(StandardCharsets.UTF_8).replace(directory + "/", "");
        assertThat(said.lines()).containsExactlyElementsOf(golden);
        assertThat(out.size()).isZero();
    }

    @Test
    void a_file_that_is_not_there_is_a_bad_file() {
        assertThat(run("--config", directory.resolve("none.yaml").toString())).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).endsWith("none.yaml: cannot be read: not found\n");
        assertThat(run("--config", directory.toString())).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).endsWith(": cannot be read: it is a directory\n");
    }

    @Test
    void a_bad_command_line_ends_the_program_with_the_same_status() {
        assertThat(run("--prot", "1")).isEqualTo(2);
        assertThat(run("--port", "many")).isEqualTo(2);
        assertThat(run("--port", "70000")).isEqualTo(2);
    }

    @Test
    void help_and_version_are_told_on_standard_output() {
        assertThat(run("--help")).isZero();
        assertThat(run("--version")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("--config", "--port", "--host", "--print-config", "Mintmark (development)");
        assertThat(err.size()).isZero();
    }

    @Test
    void the_file_is_printed_as_understood_and_without_its_secrets() throws Exception {
        Path file = Files.writeString(directory.resolve("good.yaml"), """
                server_secret: [hidden-hidden-hidden-hidden-hidden-1, hidden-hidden-hidden-hidden-hidden-2]
                servers:
                  - issuer: ${ISSUER}
                    clients:
                      - {client_id: a, client_secret: hidden-3}
                      - {client_id: b, client_secret_hash: "$2b$04$abcdefghijklmnopqrstuuI8V6F4F6E0l1qQbWlPxK6yQ8J0mYc1q"}
                """);
        int status = Main.run(
                List.of("--config", file.toString(), "--print-config", "--port", "1234"),
                Map.of("ISSUER", "https://auth.example"),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));

        assertThat(status).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("""
                host: 127.0.0.1
                port: 1234
                storage: memory
                server_secret:
                - '********'
                - '********'
                servers:
                - issuer: https://auth.example
                  clients:
                  - client_id: a
                    client_secret: '********'
                  - client_id: b
                    client_secret_hash: '********'
                """);
    }

    @Test
    void what_looks_like_a_secret_is_masked_among_claims_too() throws Exception {
        Path file = Files.writeString(directory.resolve("claims.yaml"), """
                servers:
                  - issuer: https://auth.example
                    access_token: {lifetime: 60}
                    clients: [{client_id: a, client_secret: hidden}]
                    users:
                      - {username: alice, claims: {sub: "1", API_Key: hidden, keys: [hidden], deep: {apiToken: hidden}}}
                    claims:
                      access_token: {region: SG, dbPassword: {at: hidden}, list: [{clientSecret: hidden}]}
                """);
        assertThat(run("--config", file.toString(), "--print-config")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .doesNotContain("hidden")
                .contains("lifetime: 60", "username: alice", "API_Key: '********'", "region: SG");
    }

    @Test
    void what_people_sign_in_with_is_masked() throws Exception {
        Path file = Files.writeString(directory.resolve("people.yaml"), """
                servers:
                  - issuer: https://auth.example
                    profile: slashid
                    organization: o-1
                    api_key: hidden-hidden-hidden
                    clients: [{client_id: a, client_secret: hidden}]
                    users: &people
                      - username: alice
                        password: hidden
                        totp_secret: JBSWY3DPEHPK3PXP
                        recovery_codes: [hidden-1, hidden-2]
                        email_otp: alice@example.com
                      - {username: bob, password_hash: "$2b$04$abcdefghijklmnopqrstuuI8V6F4F6E0l1qQbWlPxK6yQ8J0mYc1q"}
                  - issuer: https://auth.example/pages
                    pairwise_salt: hidden-hidden-hidden-hidden-hidden-hidden
                    session: {idle: 60}
                    clients: [{client_id: a, client_secret: hidden}]
                    users: *people
                """);
        assertThat(run("--config", file.toString(), "--print-config")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .doesNotContain("hidden", "JBSW", "$2b$")
                .contains("pairwise_salt: '********'", "idle: 60")
                .contains("organization: o-1", "api_key: '********'", "email_otp: alice@example.com");
        assertThat(err.size()).isZero();
    }

    @Test
    void clients_that_no_request_can_name_are_warned_of() throws Exception {
        Path file = Files.writeString(directory.resolve("unused.yaml"), """
                servers:
                  - issuer: https://auth.example
                    profile: geolens
                    clients: [{client_id: a, client_secret: hidden}]
                    users: [{username: alice}]
                """);
        assertThat(run("--config", file.toString(), "--print-config")).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("warning: " + file
                        + ":4: servers[0].clients: no request of this API names a client: these are unused\n");
    }

    @Test
    void the_demonstration_is_printed_like_any_file() {
        assertThat(run("--print-config")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("http://127.0.0.1:9000/lean", "'********'")
                .doesNotContain("demo-secret", "demo-password", "demo-key", "JBSW", "8f3k");
    }

    private int run(String... args) {
        return Main.run(
                List.of(args),
                Map.of(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }
}
