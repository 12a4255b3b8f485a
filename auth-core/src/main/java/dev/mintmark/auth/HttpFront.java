package dev.mintmark.auth;

import dev.mintmark.auth.protocol.ClientRequest;
import dev.mintmark.auth.protocol.TokenResult;
import dev.mintmark.auth.wire.WireDialect;
import dev.mintmark.auth.wire.WireRequest;
import dev.mintmark.auth.wire.WireResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The engine's calls as routes: reads by the route's dialect, calls, and has the dialect dress what comes back. */
final class HttpFront {
    /** How long verifiers may keep keys and metadata: shorter than a key is published ahead. */
    private static final Duration KEPT = Duration.ofMinutes(5);

    private final Engine engine;
    private final Documents documents;
    private final Router router;

    HttpFront(Engine engine, AuthorizationServerBuilder b, AuthorizationServer server) {
        this.engine = engine;
        List<Route> routes = new ArrayList<>();
        b.routes.forEach((endpoint, placed) -> routes.add(new Route(
                endpoint.label(),
                placed.path(),
                Optional.of(endpoint),
                endpoint.methods(),
                endpoint.crossOrigin(),
                placed.dialect().orElse(b.dialect),
                handler(endpoint))));
        for (AuthorizationServerBuilder.Added added : b.added) {
            ClientEndpoint endpoint = added.of().apply(server);
            routes.add(new Route(
                    added.name(),
                    added.path(),
                    Optional.empty(),
                    List.of("POST"),
                    false,
                    b.dialect,
                    (request, dialect) -> answered(
                            engine.call(added.name(), AuthEvent.Type.CALLED, endpoint, read(request, dialect)),
                            request,
                            dialect)));
        }
        this.documents = new Documents(
                engine.settings(),
                routes,
                Set.copyOf(b.grants.keySet()),
                List.copyOf(b.methods),
                engine.scopes(),
                engine.keys());
        this.router = new Router(engine, routes, b.dialect);
    }

    Documents documents() {
        return documents;
    }

    Router router() {
        return router;
    }

    private Route.Handler handler(Endpoint endpoint) {
        return switch (endpoint) {
            case TOKEN -> this::token;
            case INTROSPECTION ->
                (request, dialect) -> answered(engine.introspect(read(request, dialect)), request, dialect);
            case REVOCATION -> (request, dialect) -> answered(engine.revoke(read(request, dialect)), request, dialect);
            case JWKS ->
                (request, dialect) ->
                        dialect.document(documents.jwks(engine.memory().now()), KEPT);
            case METADATA -> (request, dialect) -> dialect.document(documents.metadata(), KEPT);
        };
    }

    private WireResponse token(WireRequest request, WireDialect dialect) {
        TokenResult result = engine.token(read(request, dialect));
        return result instanceof TokenResult.Denied denied
                ? dialect.refused(denied.refusal(), request)
                : dialect.issued(result.issued(), request);
    }

    private static WireResponse answered(Answer answer, WireRequest request, WireDialect dialect) {
        return answer.refusal().isPresent()
                ? dialect.refused(answer.refusal().get(), request)
                : dialect.json(answer.claims(), request);
    }

    /** What a client proves itself with is read here, the same for every dialect. */
    private static ClientRequest read(WireRequest request, WireDialect dialect) {
        ClientRequest read = ClientRequest.of(dialect.params(request));
        if (request.remoteAddress().isPresent()) {
            read = read.withRemoteAddress(request.remoteAddress().get());
        }
        return request.header("Authorization").map(read::withAuthorization).orElse(read);
    }
}
