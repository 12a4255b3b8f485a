package dev.mintmark.auth.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mintmark.auth.wire.WireHandler;
import dev.mintmark.auth.wire.WireRequest;
import dev.mintmark.auth.wire.WireResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The JDK's own HTTP server in front of a handler: turns its exchanges into wire requests and wire responses into answers,
 * and decides nothing. It listens on a loopback address. Thread-safe; {@link #close} ends its threads.
 */
public final class JdkHttpBinding implements AutoCloseable {
    private static final int THREADS = 16;
    private static final AtomicInteger BINDINGS = new AtomicInteger();

    static {
        // The JDK's server writes head and body apart; without this, Nagle's algorithm holds the body back for 40 ms on
        // every
        // kept-alive connection. It is read when that server's classes load, and set only if no one else has.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private final HttpServer server;
    private final ExecutorService threads;

    private JdkHttpBinding(HttpServer server) {
        int number = BINDINGS.incrementAndGet();
        AtomicInteger thread = new AtomicInteger();
        this.server = server;
        this.threads = Executors.newFixedThreadPool(THREADS, work -> {
            Thread made = new Thread(work, "mintmark-http-" + number + "-" + thread.incrementAndGet());
            made.setDaemon(true);
            return made;
        });
        server.setExecutor(threads);
    }

    /**
     * Takes a port; nothing is answered before {@link #serve}.
     *
     * @param port the port, or 0 for a free one
     * @return a binding
     * @throws UncheckedIOException if the port is taken
     */
    public static JdkHttpBinding listen(int port) {
        try {
            InetAddress loopback = InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
            return new JdkHttpBinding(HttpServer.create(new InetSocketAddress(loopback, port), 0));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on 127.0.0.1:" + port, e);
        }
    }

    /**
     * Where it listens.
     *
     * @return {@code http://127.0.0.1:port}
     */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /**
     * Begins to answer. Call it once.
     *
     * @param handler a server, or several as one
     * @return this
     */
    public JdkHttpBinding serve(WireHandler handler) {
        server.createContext("/", exchange -> answer(handler, exchange));
        server.start();
        return this;
    }

    private static void answer(WireHandler handler, HttpExchange exchange) throws IOException {
        try (exchange) {
            WireResponse response = handler.answer(read(exchange));
            boolean head = exchange.getRequestMethod().equals("HEAD");
            response.headers()
                    .forEach((name, values) -> exchange.getResponseHeaders().put(name, new ArrayList<>(values)));
            if (head) exchange.getResponseHeaders().set("Content-Length", Integer.toString(response.body().length));
            drain(exchange.getRequestBody());
            exchange.sendResponseHeaders(
                    response.status(), head || response.body().length == 0 ? -1 : response.body().length);
            if (!head) exchange.getResponseBody().write(response.body());
        }
    }

    private static WireRequest read(HttpExchange exchange) {
        URI uri = exchange.getRequestURI();
        WireRequest.Builder wire = WireRequest.of(exchange.getRequestMethod(), uri.getRawPath())
                .remoteAddress(exchange.getRemoteAddress().getAddress().getHostAddress())
                .body(exchange.getRequestBody());
        if (uri.getRawQuery() != null) wire.query(uri.getRawQuery());
        exchange.getRequestHeaders().forEach((name, values) -> values.forEach(value -> wire.header(name, value)));
        return wire.build();
    }

    /** The JDK's server neither closes nor reuses a connection whose body was left unread. A little is worth reading, much is not. */
    private static void drain(InputStream body) throws IOException {
        body.readNBytes(WireRequest.MOST_BODY);
    }

    /** Stops listening, and ends the threads. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }
}
