package dev.mintmark.auth;

import dev.mintmark.auth.protocol.ClientRequest;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.TokenResult;
import dev.mintmark.auth.wire.WireDialect;
import dev.mintmark.auth.wire.WireRequest;
import dev.mintmark.auth.wire.WireResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

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
        b.routes.forEach((endpoint, places) -> {
            if (!b.offers(endpoint)) return;
            for (Place place : places) {
                routes.add(new Route(
                        endpoint.label(),
                        place.path(),
                        Optional.of(endpoint),
                        place.methodsOr(endpoint.methods()),
                        endpoint.crossOrigin(),
                        place.dialectOr(b.dialectOf(endpoint)),
                        handler(endpoint)));
            }
        });
        for (AuthorizationServerBuilder.Added added : b.added) {
            Place place = added.place();
            routes.add(new Route(
                    added.name(),
                    place.path(),
                    Optional.empty(),
                    place.methodsOr(added.methods()),
                    false,
                    place.dialectOr(b.dialect),
                    added.handler().of(engine, server)));
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
            case INTROSPECTION -> answering(request -> engine.introspect(request));
            case REVOCATION -> answering(request -> engine.revoke(request));
            case MFA_CHALLENGE -> answering(request -> engine.mfaChallenge(request));
            case USERINFO -> bearing(request -> engine.userInfo(request));
            case JWKS ->
                (request, dialect) ->
                        dialect.document(documents.jwks(engine.memory().now()), KEPT);
            case METADATA -> (request, dialect) -> dialect.document(documents.metadata(), KEPT);
        };
    }

    private WireResponse token(WireRequest request, WireDialect dialect) {
        TokenResult result = engine.token(read(request, dialect.params(request)));
        return result instanceof TokenResult.Denied denied
                ? dialect.refused(denied.refusal(), request)
                : dialect.issued(result.issued(), request);
    }

    /** Reads a request by the dialect, and has it dress the answer. */
    static Route.Handler answering(Function<ClientRequest, Answer> call) {
        return (request, dialect) -> answered(call.apply(read(request, dialect.params(request))), request, dialect);
    }

    /** The same where the credentials may be all there is. */
    static Route.Handler bearing(Function<ClientRequest, Answer> call) {
        return (request, dialect) -> {
            boolean bodiless = !request.method().equals("POST") || !request.hasHeader("Content-Type");
            Params params = bodiless ? Params.none() : dialect.params(request);
            return answered(call.apply(read(request, params)), request, dialect);
        };
    }

    /** The same where no credentials are looked at. */
    static Route.Handler open(Function<WireRequest, Answer> call) {
        return (request, dialect) -> answered(call.apply(request), request, dialect);
    }

    private static WireResponse answered(Answer answer, WireRequest request, WireDialect dialect) {
        return answer.refusal().isPresent()
                ? dialect.refused(answer.refusal().get(), request)
                : dialect.json(answer.claims(), request);
    }

    /** What a client proves itself with is read here, the same for every dialect. */
    private static ClientRequest read(WireRequest request, Params params) {
        ClientRequest read = ClientRequest.of(params);
        if (request.remoteAddress().isPresent()) {
            read = read.withRemoteAddress(request.remoteAddress().get());
        }
        return request.header("Authorization").map(read::withAuthorization).orElse(read);
    }
}
