package dev.mintmark.auth.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.wire.WireResponse;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What depends on the listener, and on files beside the file. */
@Timeout(180)
class ListeningTest {
    @TempDir
    Path directory;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void issuers_stay_as_the_file_says_wherever_it_listens() throws Exception {
        Configuration read = configuration("""
                servers:
                  - {issuer: https://auth.example/at, clients: [{client_id: x, client_secret: s}]}
                  - {issuer: https://auth.example, clients: [{client_id: x, client_secret: s}]}
                """);
        try (StandaloneServer server = StandaloneServer.start(read, "127.0.0.1", 0)) {
            HttpCalls http = new HttpCalls(HttpClient.newHttpClient());
            String base = "http://127.0.0.1:" + server.port();
            assertThat(server.issuer()).isEqualTo("https://auth.example/at");
            assertThat(server.elsewhere()).contains(base);
            assertThat(issuer(http.method("GET", base + "/at/.well-known/oauth-authorization-server")))
                    .contains("https://auth.example/at");
            assertThat(issuer(http.method("GET", base + "/.well-known/oauth-authorization-server")))
                    .contains("https://auth.example");
        }
    }

    @Test
    void a_port_that_is_taken_ends_the_program() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            int status = Main.run(
                    List.of("--port", Integer.toString(taken.getLocalPort()), "--host", "0.0.0.0"),
                    Map.of(),
                    new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8));
            assertThat(status).isEqualTo(1);
        }
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("cannot listen on 0.0.0.0:");
    }

    @Test
    void a_request_under_way_is_answered_when_the_server_stops() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        HttpListener listener = HttpListener.take("127.0.0.1", 0, Optional.empty());
        URI uri = URI.create("http://127.0.0.1:" + listener.port() + "/slow");
        listener.serve(request -> {
            entered.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                return Optional.of(WireResponse.of(500));
            }
            return Optional.of(WireResponse.of(204));
        });
        CompletableFuture<HttpResponse<String>> answer = HttpClient.newHttpClient()
                .sendAsync(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();

        CompletableFuture<Void> closing = CompletableFuture.runAsync(listener::close);
        while (listener.accepting()) Thread.onSpinWait();
        released.countDown();

        assertThat(answer.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(204);
        closing.get(30, TimeUnit.SECONDS);
        assertThatThrownBy(() -> HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void the_file_s_keys_sign_the_first_access_tokens_and_the_next_id_tokens() throws Exception {
        JWK first = new ECKeyGenerator(Curve.P_256).keyID("first").generate();
        JWK second = new ECKeyGenerator(Curve.P_256).keyID("second").generate();
        JWK rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
        Files.writeString(directory.resolve("keys.json"), new JWKSet(List.of(rsa, first, second)).toString(false));
        Configuration read = configuration("""
                servers:
                  - issuer: http://127.0.0.1:9000
                    scopes: [api]
                    signing: {alg: ES256, jwks_file: keys.json}
                    id_token: {alg: ES256}
                    claims: {access_token: {userRegion: SG}}
                    clients:
                      - {client_id: a, client_secret: s, grant_types: [client_credentials], scope: api}
                """);
        try (StandaloneServer server = StandaloneServer.start(read, "127.0.0.1", 0)) {
            HttpCalls http = new HttpCalls(HttpClient.newHttpClient());
            String base = "http://127.0.0.1:" + server.port();
            Claims tokens =
                    HttpCalls.json(http.curl("curl -u a:s -d grant_type=client_credentials " + base + "/token"));
            String token = tokens.string("access_token").orElseThrow();
            assertThat(SignedJWT.parse(token).getHeader().getKeyID()).isEqualTo("first");
            assertThat(HttpCalls.payload(token).string("userRegion")).contains("SG");
            assertThat(JWKSet.parse(http.method("GET", base + "/jwks").body()).getKeys())
                    .extracting(JWK::getKeyID)
                    .containsExactlyInAnyOrder("first", "second", "rsa");
            assertThat(http.method("GET", base + "/jwks").body()).doesNotContain("\"d\"");
        }
    }

    @Test
    void keys_that_cannot_sign_are_complaints() throws Exception {
        JWK other = new ECKeyGenerator(Curve.P_384).keyID("other").generate();
        JWK bare = new ECKeyGenerator(Curve.P_256).keyID("bare").generate().toPublicJWK();
        Files.writeString(directory.resolve("keys.json"), new JWKSet(List.of(other, bare)).toString(true));
        assertThat(faults("""
                servers:
                  - issuer: http://127.0.0.1:9000
                    signing: {jwks_file: keys.json}
                """)).contains("file.yaml:3: servers[0].signing.jwks_file: the key bare is not private");
    }

    @Test
    void with_a_key_store_it_speaks_https_only() throws Exception {
        keystore();
        Configuration read = configuration("""
                tls: {keystore: server.p12, password: changeit}
                servers:
                  - {issuer: https://localhost, clients: [{client_id: x, client_secret: s}]}
                """);
        try (StandaloneServer server = StandaloneServer.start(read, "127.0.0.1", 0)) {
            HttpCalls http =
                    new HttpCalls(HttpClient.newBuilder().sslContext(trusting()).build());
            String path = "127.0.0.1:" + server.port() + "/.well-known/oauth-authorization-server";
            assertThat(issuer(http.method("GET", "https://" + path))).contains("https://localhost");
            assertThat(server.elsewhere()).contains("https://127.0.0.1:" + server.port());
            assertThatThrownBy(() -> http.method("GET", "http://" + path)).isInstanceOf(IOException.class);
        }
        assertThat(faults("""
                tls: {keystore: server.p12, password: wrong}
                servers: [{issuer: "https://localhost", clients: [{client_id: x, client_secret: s}]}]
                """))
                .containsExactly("file.yaml:1: tls.keystore: does not open with this password: "
                        + directory.resolve("server.p12"));
    }

    @Test
    void after_ready_it_says_where_it_listens_if_the_issuer_does_not() throws Exception {
        Path file = Files.writeString(directory.resolve("file.yaml"), """
                servers:
                  - {issuer: "http://127.0.0.1:9000/at", clients: [{client_id: x, client_secret: s}]}
                """);
        List<String> said = said(2, "--port", "0", "--config", file.toString());
        assertThat(said.get(0)).isEqualTo("ready http://127.0.0.1:9000/at");
        assertThat(said.get(1)).matches("listening on http://127\\.0\\.0\\.1:[1-9][0-9]*");
    }

    @Test
    void a_demonstration_for_everyone_is_warned_of() throws Exception {
        assertThat(said(1, "--port", "0", "--host", "0.0.0.0")).hasSize(1);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .startsWith("warning: 0.0.0.0 ")
                .contains("secrets are published", "--config");
    }

    @Test
    void a_demonstration_at_home_is_not() throws Exception {
        assertThat(said(2, "--port", "0").get(1)).startsWith("curl ");
        assertThat(err.size()).isZero();
    }

    /** The first lines of the program, which is then told to stop. */
    private List<String> said(int lines, String... args) throws Exception {
        List<String> said = new ArrayList<>();
        PipedInputStream pipe = new PipedInputStream(64 * 1024);
        PrintStream out = new PrintStream(new PipedOutputStream(pipe), true, StandardCharsets.UTF_8);
        PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
        Thread program = new Thread(() -> Main.run(List.of(args), Map.of(), out, errors));
        program.start();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(pipe, StandardCharsets.UTF_8))) {
            for (int i = 0; i < lines; i++) said.add(reader.readLine());
        } finally {
            String before = err.toString(StandardCharsets.UTF_8);
            program.interrupt();
            program.join();
            // What picocli says of the interruption is not the program's.
            err.reset();
            err.writeBytes(before.getBytes(StandardCharsets.UTF_8));
        }
        return said;
    }

    private void keystore() throws Exception {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        String command = "-genkeypair -alias a -keyalg EC -groupname secp256r1 -dname CN=localhost"
                + " -ext san=ip:127.0.0.1 -storetype PKCS12 -storepass changeit -keystore server.p12";
        Process made = new ProcessBuilder((keytool + " " + command).split(" "))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        made.getInputStream().readAllBytes();
        assertThat(made.waitFor()).isZero();
    }

    private SSLContext trusting() throws Exception {
        KeyStore store = KeyStore.getInstance(directory.resolve("server.p12").toFile(), "changeit".toCharArray());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("a", store.getCertificate("a"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static Optional<String> issuer(HttpResponse<String> metadata) {
        return HttpCalls.json(metadata).string("issuer");
    }

    private Configuration configuration(String text) {
        Faults faults = new Faults("file.yaml");
        Optional<Configuration> read =
                Configuration.read(text, directory, new Environment(Map.of()), System.out, faults);
        assertThat(faults.lines()).isEmpty();
        return read.orElseThrow();
    }

    private List<String> faults(String text) {
        Faults faults = new Faults("file.yaml");
        assertThat(Configuration.read(text, directory, new Environment(Map.of()), System.out, faults))
                .isEmpty();
        return faults.lines();
    }
}
