package dev.mintmark.auth.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.opentest4j.TestAbortedException;

/** The clients of {@code samples/clients-node}, which are not ours, against this server. They need Node and npm. */
@Timeout(300)
class NodeClientsTest {
    private static final Path SOURCE = Path.of("../clients-node");
    private static final Path COPY = Path.of("target/clients-node");
    private static final Pattern VERSION = Pattern.compile("v(\\d+)\\.(\\d+)\\..*", Pattern.DOTALL);
    private static final Pattern PASSED = Pattern.compile("^\\S+ pass (\\d+)$", Pattern.MULTILINE);

    /** What npm says when what it needs is neither in its cache nor to be had. */
    private static final Pattern UNREACHABLE = Pattern.compile(
            "npm (error|ERR!) (network|code E(AI_AGAIN|NOTFOUND|CONN\\w+|\\w*TIMEDOUT|NETUNREACH|NOTCACHED))");

    /** Fewer than there are: that they were found at all. */
    private static final int MANY = 50;

    /** Kept, so that its level is: what clients are refused here, they are to be refused. */
    private static final Logger SERVER = Logger.getLogger("dev.mintmark.auth");

    @Test
    void clients_that_others_wrote_get_what_they_are_promised() throws Exception {
        node();
        copy();
        install();
        int logout = port();
        HttpListener listener = HttpListener.take("127.0.0.1", 0, Optional.empty());
        Map<String, String> ports = Map.of(
                "MINTMARK_PORT", Integer.toString(listener.port()), "MINTMARK_LOGOUT_PORT", Integer.toString(logout));
        SERVER.setLevel(Level.SEVERE);
        try (StandaloneServer server = StandaloneServer.serve(listener, configuration(ports))) {
            Run run = run(ports, "node", "--test", "--test-reporter=spec");
            assertThat(run.status()).as(server.issuer() + "\n" + run.output()).isZero();
            Matcher passed = PASSED.matcher(run.output());
            assertThat(passed.find()).as(run.output()).isTrue();
            assertThat(Integer.parseInt(passed.group(1))).as(run.output()).isGreaterThan(MANY);
        } finally {
            SERVER.setLevel(null);
        }
    }

    private static Configuration configuration(Map<String, String> environment) throws IOException {
        Faults faults = new Faults("server.yaml");
        Optional<Configuration> read = Configuration.read(
                Files.readString(COPY.resolve("server.yaml")), COPY, new Environment(environment), System.out, faults);
        assertThat(faults.lines()).isEmpty();
        return read.orElseThrow();
    }

    private static void node() throws Exception {
        Matcher version = VERSION.matcher(asked("node"));
        int[] least = {20, 19};
        boolean enough = version.matches()
                && (Integer.parseInt(version.group(1)) > least[0]
                        || (Integer.parseInt(version.group(1)) == least[0]
                                && Integer.parseInt(version.group(2)) >= least[1]));
        if (!enough) throw untested("node is older than " + least[0] + "." + least[1]);
        asked("npm");
    }

    private static String asked(String program) throws Exception {
        try {
            Run run = run(Path.of("."), Map.of(), program, "--version");
            if (run.status() == 0) return run.output();
            throw untested(program + " does not run");
        } catch (IOException e) {
            throw untested(program + " is not on the PATH");
        }
    }

    private static TestAbortedException untested(String missing) {
        String said = "THE CLIENTS OF samples/clients-node ARE NOT TESTED: " + missing;
        System.err.println(said);
        return new TestAbortedException(said);
    }

    /** What npm writes, it writes among what Maven writes. */
    private static void copy() throws IOException {
        for (String directory : List.of("lib", "test")) {
            if (!Files.exists(COPY.resolve(directory))) continue;
            try (Stream<Path> old = Files.walk(COPY.resolve(directory))) {
                old.sorted(Comparator.reverseOrder()).forEach(NodeClientsTest::delete);
            }
        }
        try (Stream<Path> all = Files.walk(SOURCE)) {
            for (Path from : all.filter(Files::isRegularFile).toList()) {
                Path relative = SOURCE.relativize(from);
                if (relative.startsWith("node_modules")) continue;
                Path to = COPY.resolve(relative);
                Files.createDirectories(to.getParent());
                Files.write(to, Files.readAllBytes(from));
            }
        }
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void install() throws Exception {
        Run run = run(
                Map.of(),
                "npm",
                "ci",
                "--prefer-offline",
                "--no-audit",
                "--no-fund",
                "--ignore-scripts",
                "--fetch-retries=1",
                "--fetch-retry-mintimeout=1000");
        if (run.status() == 0) return;
        if (UNREACHABLE.matcher(run.output()).find()) {
            throw untested("npm reaches no registry, and its cache has not what they need");
        }
        assertThat(run.status()).as(run.output()).isZero();
    }

    /** A free port below those that the system gives to outgoing connections. */
    private static int port() {
        for (int i = 0; i < 100; i++) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (IOException e) {
                // the next one
            }
        }
        throw new AssertionError("no free port");
    }

    private record Run(int status, String output) {}

    private static Run run(Map<String, String> environment, String... command) throws Exception {
        return run(COPY, environment, command);
    }

    private static Run run(Path directory, Map<String, String> environment, String... command) throws Exception {
        Path output = Files.createTempFile(Path.of("target"), command[0], ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        builder.environment().remove("NODE_OPTIONS");
        try {
            Process process = builder.start();
            boolean ended = process.waitFor(150, TimeUnit.SECONDS);
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
            String said = Files.readString(output, StandardCharsets.UTF_8);
            assertThat(ended).as("it does not end:\n" + said).isTrue();
            return new Run(process.exitValue(), said);
        } finally {
            Files.delete(output);
        }
    }
}
