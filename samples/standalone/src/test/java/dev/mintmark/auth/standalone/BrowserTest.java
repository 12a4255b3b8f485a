package dev.mintmark.auth.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.mintmark.auth.protocol.Claims;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the file says of browsers, and of the clients whose people use them. The rest is asked by clients that others wrote. */
class BrowserTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String OTHER = "fedcba9876543210fedcba9876543210";

    @TempDir
    Path directory;

    @Test
    void clients_behind_certificates_of_one_s_own_are_told_of_a_logout() throws Exception {
        SSLContext tls = certificate();
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        HttpsServer client = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        client.setHttpsConfigurator(new HttpsConfigurator(tls));
        client.createContext("/logout", exchange -> {
            told.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        client.start();
        try (HttpListener listener = HttpListener.take("127.0.0.1", 0, Optional.empty());
                StandaloneServer server = StandaloneServer.serve(
                        listener,
                        read(
                                """
                        truststore: {path: trust.p12, password: changeit}
                        servers:
                          - issuer: http://127.0.0.1:${PORT}
                            clients:
                              - client_id: app
                                token_endpoint_auth_method: none
                                redirect_uris: [https://app.example/cb]
                                backchannel_logout_uri: https://localhost:${CLIENT}/logout
                                scope: openid
                            users: [{username: alice, password: secret}]
                        """,
                                Map.of(
                                        "PORT",
                                        "" + listener.port(),
                                        "CLIENT",
                                        "" + client.getAddress().getPort())))) {
            Visitor alice = Visitor.of(server.issuer());
            alice.open(server.issuer()
                            + "/authorize?client_id=app&response_type=code&scope=openid&code_challenge_method=S256"
                            + "&code_challenge=" + "A".repeat(43))
                    .sees("login")
                    .submit("username", "alice", "password", "secret")
                    .sees("consent")
                    .submit("decision", "allow");
            assertThat(alice.at()).hasHost("app.example");
            alice.open(server.issuer() + "/end_session").sees("logout").submit("decision", "allow");
            alice.sees("signed-out");

            assertThat(told.poll(30, TimeUnit.SECONDS)).startsWith("logout_token=ey");
        } finally {
            client.stop(0);
        }
    }

    @Test
    void a_truststore_that_trusts_nobody_is_a_complaint() throws Exception {
        KeyStore empty = KeyStore.getInstance("PKCS12");
        empty.load(null, null);
        store(empty, "empty.p12");
        Faults faults = new Faults("file.yaml");
        Configuration.read("""
                truststore: {path: empty.p12, password: changeit}
                servers: [{issuer: "http://127.0.0.1:9000", clients: [{client_id: x, client_secret: s}]}]
                """, directory, new Environment(Map.of()), System.out, faults);
        assertThat(faults.lines())
                .containsExactly("file.yaml:1: truststore.path: has no trusted certificate (keytool -importcert writes"
                        + " them): " + directory.resolve("empty.p12"));
    }

    @Test
    void pairwise_subjects_outlast_new_server_secrets() throws Exception {
        String sub = pairwise("server_secret: " + SECRET, "");
        assertThat(sub).isNotEqualTo("1302");
        assertThat(pairwise("server_secret: [" + OTHER + ", " + SECRET + "]", ""))
                .isEqualTo(sub);
        assertThat(pairwise("server_secret: " + OTHER, "")).isNotEqualTo(sub);

        String salted = pairwise("server_secret: " + SECRET, "pairwise_salt: " + OTHER);
        assertThat(salted).isNotEqualTo(sub);
        assertThat(pairwise("server_secret: " + OTHER, "pairwise_salt: " + OTHER))
                .isEqualTo(salted);
    }

    private static String pairwise(String first, String more) throws Exception {
        try (Served server = new Served(first + """

                servers:
                  - issuer: http://127.0.0.1:9000
                    SALT
                    clients:
                      - client_id: app
                        client_secret: s
                        grant_types: [password]
                        scope: openid
                        subject_type: pairwise
                        sector_identifier_uri: https://app.example/sector.json
                    users: [{username: alice, password: secret, claims: {sub: "1302"}}]
                """.replace("SALT", more))) {
            Claims tokens = Served.ok(
                    server.form("/token", "app", "grant_type=password&username=alice&password=secret&scope=openid"));
            return Served.jwt(tokens, "id_token").string("sub").orElseThrow();
        }
    }

    @Test
    void id_tokens_are_signed_as_clients_ask_and_always_with_rs256_for_whoever_does_not_say() throws Exception {
        try (Served server = new Served("""
                servers:
                  - issuer: http://127.0.0.1:9000
                    id_token: {alg: ES256}
                    acr: [bronze, silver]
                    clients:
                      - client_id: a
                        client_secret: 0123456789abcdef0123456789abcdef
                        id_token_signed_response_alg: HS256
                        userinfo_signed_response_alg: EdDSA
                    users: [{username: alice, password: secret}]
                """)) {
            Claims metadata = Served.ok(server.get("/.well-known/openid-configuration", ""));
            assertThat(metadata.strings("id_token_signing_alg_values_supported"))
                    .containsExactly("ES256", "HS256", "EdDSA", "RS256");
            assertThat(metadata.strings("acr_values_supported")).containsExactly("bronze", "silver");
            assertThat(metadata.strings("subject_types_supported")).containsExactly("public", "pairwise");
            assertThat(URI.create(metadata.string("authorization_endpoint").orElseThrow()))
                    .hasPath("/authorize");
        }
    }

    @Test
    void a_server_without_people_has_no_pages() throws Exception {
        try (Served server = new Served("""
                servers:
                  - issuer: http://127.0.0.1:9000
                    clients: [{client_id: a, client_secret: s, grant_types: [client_credentials]}]
                """)) {
            assertThat(server.get("/authorize", "").statusCode()).isEqualTo(404);
            assertThat(server.get("/.well-known/openid-configuration", "").statusCode())
                    .isEqualTo(404);
        }
    }

    private Configuration read(String text, Map<String, String> environment) {
        Faults faults = new Faults("file.yaml");
        Optional<Configuration> read =
                Configuration.read(text, directory, new Environment(environment), System.out, faults);
        assertThat(faults.lines()).isEmpty();
        return read.orElseThrow();
    }

    /** A certificate for localhost that nobody trusts but for trust.p12. */
    private SSLContext certificate() throws Exception {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        String command = "-genkeypair -alias a -keyalg EC -groupname secp256r1 -dname CN=localhost"
                + " -ext san=dns:localhost -storetype PKCS12 -storepass changeit -keystore client.p12";
        Process made = new ProcessBuilder((keytool + " " + command).split(" "))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        made.getInputStream().readAllBytes();
        assertThat(made.waitFor()).isZero();
        char[] password = "changeit".toCharArray();
        KeyStore own = KeyStore.getInstance(directory.resolve("client.p12").toFile(), password);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("a", own.getCertificate("a"));
        store(trusted, "trust.p12");
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private void store(KeyStore store, String name) throws Exception {
        try (OutputStream out = new FileOutputStream(directory.resolve(name).toFile())) {
            store.store(out, "changeit".toCharArray());
        }
    }
}
