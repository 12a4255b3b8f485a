package dev.mintmark.auth.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What is served without a file: a file of our own, whose issuers follow the port that was taken. */
final class Demonstration {
    private static final String FILE = "demonstration.yaml";
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    private Demonstration() {}

    /** The file as understood. */
    static Configuration read(String host, int port) {
        Environment environment =
                new Environment(Map.of("MINTMARK_HOST", reachable(host), "MINTMARK_PORT", Integer.toString(port)));
        Faults faults = new Faults(FILE);
        return Configuration.read(text(), Path.of(""), environment, faults)
                .orElseThrow(() -> new IllegalStateException(String.join("\n", faults.lines())));
    }

    /** An issuer without TLS stands on a loopback address, whatever else is listened on. */
    private static String reachable(String host) {
        String literal = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        return LOOPBACK.contains(literal) ? literal : Configuration.DEFAULT_HOST;
    }

    private static String text() {
        try (InputStream in = Demonstration.class.getResourceAsStream(FILE)) {
            return new String(Objects.requireNonNull(in, FILE).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A request for a token in the accent of each API, to be pasted into a shell. */
    static List<String> requests(String issuer) {
        return List.of(
                "curl -u demo:demo-secret-of-the-standard-server -d grant_type=client_credentials -d scope=api "
                        + issuer + "/token",
                "curl -d client_id=6f0c1d3e-5a87-4b1e-9c35-2d8f7e1a4b90 -d client_secret=demo-secret-of-the-lean-server"
                        + " -d grant_type=client_credentials -d scope=customer.42 " + issuer + "/lean/oauth2/token",
                "curl -u 0b9d7a52-3c1f-4e68-8a4d-91e5c6f2b7d3:demo-secret-of-the-slashid-server"
                        + " -d grant_type=client_credentials -d 'scope=customers:read customers:create' " + issuer
                        + "/slashid/oauth2/tokens");
    }
}
