package dev.mintmark.auth.standalone;

import dev.mintmark.auth.wire.WireHandler;
import java.io.IOException;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The servers of a file, on one port. Thread-safe. */
final class StandaloneServer implements AutoCloseable {
    private final HttpListener listener;
    private final List<Mounted> servers;

    private StandaloneServer(HttpListener listener, List<Mounted> servers) {
        this.listener = listener;
        this.servers = servers;
    }

    /**
     * Listens, and answers.
     *
     * @throws IOException if the port cannot be had
     */
    static StandaloneServer start(Configuration configuration, String host, int port) throws IOException {
        HttpListener listener = HttpListener.take(host, port, configuration.tls());
        return serve(listener, configuration);
    }

    /** Answers on a port already taken. */
    static StandaloneServer serve(HttpListener listener, Configuration configuration) throws IOException {
        List<Mounted> servers = configuration.servers();
        // The longest mount first: the shorter one's paths include its own.
        WireHandler[] handlers = servers.stream()
                .sorted(Comparator.comparing((Mounted m) -> m.path().length()).reversed())
                .map(Mounted::server)
                .toArray(WireHandler[]::new);
        listener.serve(WireHandler.firstOf(handlers), configuration.proxies());
        return new StandaloneServer(listener, servers);
    }

    /** The issuer of the first server. */
    String issuer() {
        return servers.get(0).issuer().toString();
    }

    /** Where it listens, if that is not what the first issuer says. */
    Optional<String> elsewhere() {
        URI issuer = servers.get(0).issuer();
        int standard = "https".equals(issuer.getScheme()) ? 443 : 80;
        String said = issuer.getHost() + ":" + (issuer.getPort() < 0 ? standard : issuer.getPort());
        return Optional.of(listener.authority())
                .filter(at -> !at.equals(said))
                .map(at -> listener.scheme() + "://" + at);
    }

    int port() {
        return listener.port();
    }

    /** Waits until it is closed. */
    void join() throws InterruptedException {
        listener.join();
    }

    @Override
    public void close() {
        listener.close();
        servers.forEach(mounted -> mounted.server().close());
    }
}
