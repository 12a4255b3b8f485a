package dev.mintmark.auth.wire;

import dev.mintmark.auth.protocol.Claims;
import java.util.List;
import java.util.Optional;

/**
 * Answers requests, or says that a path is not its own. Servers, pages and well-known documents are handlers, and so is any
 * number of them together. Thread-safe.
 */
public interface WireHandler {
    /**
     * Answers a request.
     *
     * @param request the request
     * @return the answer; empty if the path is not this handler's
     */
    Optional<WireResponse> handle(WireRequest request);

    /**
     * Words the answer for a path that is no one's, if the path is in this handler's part of the host.
     *
     * @param request the request
     * @return a 404; empty if another handler, or no one, is to speak
     */
    default Optional<WireResponse> missing(WireRequest request) {
        return Optional.empty();
    }

    /**
     * Answers a request in any case: what bindings call.
     *
     * @param request the request
     * @return the answer; 404 if the path is no one's
     */
    default WireResponse answer(WireRequest request) {
        return handle(request)
                .or(() -> missing(request))
                .orElseGet(() -> WireResponse.json(404, Claims.of("error", "not_found")));
    }

    /**
     * Several handlers as one: the first that knows the path answers. Put the longest mounts first.
     *
     * @param handlers the handlers
     * @return a handler of all their paths
     */
    static WireHandler firstOf(WireHandler... handlers) {
        List<WireHandler> all = List.of(handlers);
        return new WireHandler() {
            @Override
            public Optional<WireResponse> handle(WireRequest request) {
                return all.stream().flatMap(h -> h.handle(request).stream()).findFirst();
            }

            @Override
            public Optional<WireResponse> missing(WireRequest request) {
                return all.stream().flatMap(h -> h.missing(request).stream()).findFirst();
            }
        };
    }
}
