package dev.mintmark.auth.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.protocol.Claims;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The servers of a file on a free port, asked over HTTP. */
final class Served implements AutoCloseable {
    static final HttpCalls HTTP = new HttpCalls(HttpClient.newHttpClient());

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final StandaloneServer server;

    Served(String file) throws IOException {
        Faults faults = new Faults("file.yaml");
        Optional<Configuration> read = Configuration.read(
                file,
                Path.of(""),
                new Environment(Map.of()),
                new PrintStream(printed, true, StandardCharsets.UTF_8),
                faults);
        assertThat(faults.lines()).isEmpty();
        server = StandaloneServer.start(read.orElseThrow(), "127.0.0.1", 0);
    }

    @Override
    public void close() {
        server.close();
    }

    /** What it has printed so far. */
    String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    String at(String path) {
        return "http://127.0.0.1:" + server.port() + path;
    }

    /** A form, as a client that authenticates with Basic sends it, or one without credentials. */
    HttpResponse<String> form(String path, String client, String form) throws Exception {
        HttpRequest.Builder request = HttpCalls.form(at(path), form);
        if (!client.isEmpty()) request.header("Authorization", HttpCalls.basic(client, "s"));
        return HTTP.send(request);
    }

    HttpResponse<String> json(String path, String body) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(URI.create(at(path)))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> get(String path, String bearer) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(at(path)));
        if (!bearer.isEmpty()) request.header("Authorization", "Bearer " + bearer);
        return HTTP.send(request);
    }

    /** The members of an answer that is a success. */
    static Claims ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return HttpCalls.json(answer);
    }

    /** The claims of a JWT among the members of an answer. */
    static Claims jwt(Claims answer, String name) {
        return HttpCalls.payload(answer.string(name).orElseThrow());
    }

    /** The code of an answer that is a refusal in the words of RFC 6749. */
    static String error(HttpResponse<String> answer) {
        return HttpCalls.json(answer).string("error").orElse(answer.body());
    }
}
