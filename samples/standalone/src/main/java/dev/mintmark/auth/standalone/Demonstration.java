package dev.mintmark.auth.standalone;

import dev.mintmark.auth.protocol.Pkce;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
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
    private static final String CALLBACK = "http://127.0.0.1:8000/callback";

    /** Of RFC 7636 appendix B: an application makes a new one each time. */
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    private Demonstration() {}

    /** The file as understood. */
    static Configuration read(String host, int port, PrintStream out) {
        Environment environment =
                new Environment(Map.of("MINTMARK_HOST", reachable(host), "MINTMARK_PORT", Integer.toString(port)));
        Faults faults = new Faults(FILE);
        return Configuration.read(text(), Path.of(""), environment, out, faults)
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

    /** A request for tokens in the accent of each API, to be pasted into a shell. */
    static List<String> requests(String issuer) {
        return List.of(
                "curl -u demo:demo-secret-of-the-standard-server -d grant_type=client_credentials -d scope=api "
                        + issuer + "/token",
                "curl -H 'Content-Type: application/json' -d '{\"grantType\":\"password\",\"username\":\"alice\","
                        + "\"password\":\"demo-password-of-alice\"}' " + issuer
                        + "/lerian/v1/login/oauth/access_token",
                "curl -d username=alice -d password=demo-password-of-alice " + issuer + "/geolens/auth/login",
                "curl -u 3d8f1b6e-7c25-4a90-b1d4-6e0f9a2c5b78:demo-secret-of-the-screening-eagle-server"
                        + " -d grant_type=client_credentials -d 'scope=openid email profile inspect' " + issuer
                        + "/screening-eagle/api/id/v1/auth/token",
                "curl -u 0b9d7a52-3c1f-4e68-8a4d-91e5c6f2b7d3:demo-secret-of-the-slashid-server"
                        + " -d grant_type=client_credentials -d 'scope=customers:read customers:create' " + issuer
                        + "/slashid/oauth2/tokens",
                "curl -d client_id=6f0c1d3e-5a87-4b1e-9c35-2d8f7e1a4b90 -d client_secret=demo-secret-of-the-lean-server"
                        + " -d grant_type=client_credentials -d scope=customer.42 " + issuer + "/lean/oauth2/token");
    }

    /** How to sign in with a browser at the standard server, and what to do with the code. */
    static List<String> signIn(String issuer) {
        return List.of(
                "in a browser, as alice (demo-password-of-alice):",
                issuer + "/authorize?client_id=demo-web&response_type=code&redirect_uri=" + CALLBACK
                        + "&scope=openid+profile+email&state=demo&code_challenge_method=S256&code_challenge="
                        + Pkce.challenge(VERIFIER),
                "nothing listens where it ends: the code is in the address; with it in place of CODE, within five minutes:",
                "curl -d grant_type=authorization_code -d client_id=demo-web -d redirect_uri=" + CALLBACK
                        + " -d code_verifier=" + VERIFIER + " -d code=CODE " + issuer + "/token");
    }
}
