package dev.mintmark.auth.standalone;

import dev.mintmark.auth.servlet.AuthServlet;
import dev.mintmark.auth.servlet.TrustedProxies;
import dev.mintmark.auth.wire.WireHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Jetty on one port. The port is taken first and answers later, so that what is served can depend on the port. Thread-safe;
 * {@link #close} answers the requests under way and ends the threads.
 */
final class HttpListener implements AutoCloseable {
    /** Far above what any honest request to a token endpoint has in its header. */
    private static final int MOST_HEADER = 16 * 1024;

    /** Each may keep a body of 64 KiB waiting. Those beyond wait until another one ends. */
    private static final int MOST_CONNECTIONS = 4_000;

    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** Kept, so that its level is: loggers that no one holds are collected. */
    private static final Logger JETTY = Logger.getLogger("org.eclipse.jetty");

    private final Server server;
    private final ServerConnector connector;

    private HttpListener(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /**
     * Takes a port.
     *
     * @throws IOException if it cannot be had
     */
    static HttpListener take(String host, int port, Optional<Configuration.Tls> tls) throws IOException {
        return take(host, port, tls, MOST_CONNECTIONS);
    }

    /** As above, with a bound of the caller's on connections. */
    static HttpListener take(String host, int port, Optional<Configuration.Tls> tls, int mostConnections)
            throws IOException {
        JETTY.setLevel(Level.WARNING);
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setName("http");
        Server server = new Server(threads);
        server.setStopTimeout(PATIENCE.toMillis());
        server.setErrorHandler(new JsonErrors());
        ServerConnector connector = new ServerConnector(server, factories(tls));
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE.toMillis());
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(mostConnections, connector));
        connector.open();
        return new HttpListener(server, connector);
    }

    private static ConnectionFactory[] factories(Optional<Configuration.Tls> tls) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(MOST_HEADER);
        if (tls.isEmpty()) return new ConnectionFactory[] {new HttpConnectionFactory(http)};
        // The certificate's name is the client's to check; a server reached by its address has no SNI to compare.
        http.addCustomizer(new SecureRequestCustomizer(false));
        SslContextFactory.Server context = new SslContextFactory.Server();
        context.setKeyStorePath(tls.get().keystore().toUri().toString());
        context.setKeyStorePassword(tls.get().password());
        context.setKeyStoreType("PKCS12");
        return new ConnectionFactory[] {new SslConnectionFactory(context, "http/1.1"), new HttpConnectionFactory(http)};
    }

    int port() {
        return connector.getLocalPort();
    }

    /** The address that was bound: the host's first. */
    InetAddress address() throws IOException {
        if (connector.getTransport() instanceof ServerSocketChannel channel
                && channel.getLocalAddress() instanceof InetSocketAddress local) {
            return local.getAddress();
        }
        throw new IOException("no port is taken");
    }

    /** Host and port as a URI writes them. */
    String authority() {
        String host = String.valueOf(connector.getHost());
        return (host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host) + ":" + port();
    }

    String scheme() {
        return connector.getConnectionFactory(SslConnectionFactory.class) == null ? "http" : "https";
    }

    /** Begins to answer. Call it once. */
    void serve(WireHandler handler) throws IOException {
        serve(handler, TrustedProxies.none());
    }

    /** The same behind proxies. */
    void serve(WireHandler handler, TrustedProxies proxies) throws IOException {
        ServletContextHandler context = new ServletContextHandler();
        context.addServlet(new ServletHolder(new AuthServlet(handler, proxies)), "/*");
        context.setErrorHandler(new JsonErrors());
        server.setHandler(new GracefulHandler(new WholeBody(context)));
        try {
            server.start();
        } catch (Exception e) {
            throw new IOException("the HTTP server does not start", e);
        }
    }

    /** Whether new connections are taken. */
    boolean accepting() {
        return server.isStarted() && connector.isOpen();
    }

    /** Waits until it is closed. */
    void join() throws InterruptedException {
        server.join();
    }

    @Override
    public void close() {
        try {
            server.stop();
            connector.close();
        } catch (Exception e) {
            JETTY.log(Level.WARNING, "the HTTP server does not stop as it should", e);
        }
    }
}
