package dev.mintmark.auth.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintmark.auth.protocol.Refused;
import dev.mintmark.auth.wire.WireRequest;
import dev.mintmark.auth.wire.WireResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that take their time, and more of them than the pool has threads (200). */
@Timeout(120)
class SlowClientsTest {
    private static final int MANY = 250;
    private static final int PATIENCE = 20_000;

    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Socket socket : sockets) socket.close();
    }

    @Test
    void bodies_that_trickle_in_keep_no_one_else_waiting() throws Exception {
        try (HttpListener listener = echo(1_000)) {
            for (String framing :
                    List.of("Content-Length: 60000\r\n\r\na=", "Transfer-Encoding: chunked\r\n\r\n2\r\na=\r\n")) {
                for (int i = 0; i < MANY / 2; i++)
                    send(connect(listener), "POST /token HTTP/1.1\r\nHost: a\r\n" + framing);
            }
            for (Socket socket : sockets) send(socket, "1");

            HttpRequest honest = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + listener.port() + "/jwks"))
                    .timeout(Duration.ofMillis(PATIENCE))
                    .build();
            HttpResponse<String> answer = HttpClient.newHttpClient().send(honest, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);

            // Their idle time is not over, so the listener would wait for them.
            close();
        }
    }

    @Test
    void a_body_that_comes_in_pieces_arrives_whole() throws Exception {
        try (HttpListener listener = echo(10)) {
            Socket socket = connect(listener);
            send(socket, "POST /token HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (String piece : List.of("one", "two")) send(socket, "3\r\n" + piece + "\r\n");
            send(socket, "0\r\n\r\n");
            assertThat(answer(socket)).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\nonetwo");
        }
    }

    @Test
    void the_largest_body_arrives_in_however_many_chunks() throws Exception {
        try (HttpListener listener = echo(10)) {
            Socket socket = connect(listener);
            send(socket, "POST /token HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n");
            send(socket, "1\r\na\r\n".repeat(WireRequest.MOST_BODY) + "0\r\n\r\n");
            assertThat(answer(socket)).startsWith("HTTP/1.1 200 ").endsWith("a".repeat(WireRequest.MOST_BODY));
        }
    }

    @Test
    void a_body_that_is_too_large_is_refused_before_its_end() throws Exception {
        try (HttpListener listener = echo(10)) {
            Socket socket = connect(listener);
            send(socket, "POST /token HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n");
            send(socket, "a".repeat(WireRequest.MOST_BODY + 1));
            assertThat(answer(socket)).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void one_connection_carries_several_bodies() throws Exception {
        try (HttpListener listener = echo(10)) {
            Socket socket = connect(listener);
            send(socket, "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\none");
            send(socket, "POST /b HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nConnection: close\r\n\r\ntwo");
            assertThat(answer(socket)).contains("\r\n\r\noneHTTP/1.1 200 ").endsWith("\r\n\r\ntwo");
        }
    }

    @Test
    void connections_beyond_the_bound_wait_until_another_one_ends() throws Exception {
        try (HttpListener listener = echo(2)) {
            Socket first = asking(listener);
            Socket second = asking(listener);
            assertThat(first.getInputStream().read()).isEqualTo('H');
            assertThat(second.getInputStream().read()).isEqualTo('H');
            Socket third = asking(listener);
            third.setSoTimeout(500);
            assertThatThrownBy(() -> third.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);

            first.close();
            third.setSoTimeout(PATIENCE);
            assertThat(third.getInputStream().read()).isEqualTo('H');
            close();
        }
    }

    private static HttpListener echo(int mostConnections) throws IOException {
        HttpListener listener = HttpListener.take("127.0.0.1", 0, Optional.empty(), mostConnections);
        listener.serve(request -> Optional.of(answer(request)));
        return listener;
    }

    private static WireResponse answer(WireRequest request) {
        try {
            return WireResponse.of(200).withBody(new String(request.body(), StandardCharsets.US_ASCII));
        } catch (Refused e) {
            return WireResponse.of(413);
        }
    }

    private Socket asking(HttpListener listener) throws IOException {
        Socket socket = connect(listener);
        send(socket, "GET /jwks HTTP/1.1\r\nHost: a\r\n\r\n");
        return socket;
    }

    private Socket connect(HttpListener listener) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port());
        socket.setSoTimeout(PATIENCE);
        sockets.add(socket);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static String answer(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
}
