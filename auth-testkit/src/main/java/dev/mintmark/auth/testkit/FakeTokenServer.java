package dev.mintmark.auth.testkit;

import dev.mintmark.auth.AuthorizationServer;
import dev.mintmark.auth.AuthorizationServerBuilder;
import java.net.URI;
import java.util.function.Consumer;

/**
 * The engine as a token server for tests, on a loopback port of its own. It checks what the real one checks, because it is the
 * real one. Thread-safe.
 *
 * <pre>{@code
 * try (FakeTokenServer tokens = FakeTokenServer.start(server -> server.clients(ClientStore.of(client)))) {
 *     call(tokens.uri().resolve("/token"));
 * }
 * }</pre>
 */
public final class FakeTokenServer implements AutoCloseable {
    private final JdkHttpBinding binding;
    private final AuthorizationServer server;

    private FakeTokenServer(JdkHttpBinding binding, AuthorizationServer server) {
        this.binding = binding;
        this.server = server;
    }

    /**
     * Starts a server on a free port.
     *
     * @param setUp sets it up; its base URI is known already
     * @return the server, answering
     * @throws IllegalStateException if it cannot be built
     */
    public static FakeTokenServer start(Consumer<AuthorizationServerBuilder> setUp) {
        JdkHttpBinding binding = JdkHttpBinding.listen(0);
        try {
            AuthorizationServerBuilder builder = AuthorizationServer.builder(binding.uri());
            setUp.accept(builder);
            AuthorizationServer server = builder.build();
            binding.serve(server);
            return new FakeTokenServer(binding, server);
        } catch (RuntimeException e) {
            binding.close();
            throw e;
        }
    }

    /**
     * Where it answers; its issuer, unless it was given another.
     *
     * @return {@code http://127.0.0.1:port}
     */
    public URI uri() {
        return binding.uri();
    }

    /**
     * The engine itself, for calls without HTTP.
     *
     * @return the server
     */
    public AuthorizationServer server() {
        return server;
    }

    /** Stops answering, and ends every thread. */
    @Override
    public void close() {
        binding.close();
        server.close();
    }
}
