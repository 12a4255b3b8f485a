package dev.mintmark.auth;

import dev.mintmark.auth.wire.WireDialect;
import dev.mintmark.auth.wire.WireRequest;
import dev.mintmark.auth.wire.WireResponse;
import java.util.List;
import java.util.Optional;

/**
 * A path, and who answers there in which dialect.
 *
 * @param name what events call it
 * @param path below the base URI
 * @param endpoint which of the engine's own endpoints this is, if it is one
 * @param methods what it answers
 * @param crossOrigin whether scripts of any origin may call it
 * @param dialect how it speaks
 * @param handler answers
 */
record Route(
        String name,
        String path,
        Optional<Endpoint> endpoint,
        List<String> methods,
        boolean crossOrigin,
        WireDialect dialect,
        Handler handler) {
    /** Answers a request of an allowed method. */
    @FunctionalInterface
    interface Handler {
        WireResponse handle(WireRequest request, WireDialect dialect);
    }
}
