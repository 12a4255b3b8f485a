package dev.mintmark.auth;

import dev.mintmark.auth.protocol.ClientRequest;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.SigningAlgorithm;
import dev.mintmark.auth.protocol.TokenKind;
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
        b.pages.ifPresent(pages -> pages.assets()
                .forEach((name, asset) -> routes.add(new Route(
                        "asset",
                        Parlour.ASSETS + name,
                        Optional.empty(),
                        List.of("GET", "HEAD"),
                        false,
                        b.dialect,
                        (request, dialect) -> asset))));
        this.documents = new Documents(
                engine.settings(),
                routes,
                Set.copyOf(b.grants.keySet()),
                List.copyOf(b.methods),
                engine.scopes(),
                engine.keys(),
                new Documents.OpenId(
                        b.algorithms(TokenKind.ID).stream()
                                .map(SigningAlgorithm::alg)
                                .toList(),
                        b.browserRules().contextClasses(),
                        b.pairwiseSalt.isPresent()));
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
            case AUTHORIZATION ->
                (request, dialect) -> engine.browsers().authorization().handle(request);
            case INTERACTION ->
                (request, dialect) -> engine.browsers().interaction().handle(request);
            case END_SESSION -> (request, dialect) -> engine.browsers().logout().handle(request);
            case PAR -> this::push;
            case AUTHORIZATION_CHALLENGE -> answering(request -> engine.challenge(request));
            case DEVICE_AUTHORIZATION -> answering(request -> engine.device(request));
            case ACCOUNT -> (request, dialect) -> engine.browsers().account().handle(request);
            case ENROLMENT ->
                (request, dialect) -> engine.browsers().enrolment().handle(request);
            case DEVICE -> (request, dialect) -> engine.browsers().device().handle(request);
            case TOKEN -> this::token;
            case INTROSPECTION -> answering(request -> engine.introspect(request));
            case REVOCATION -> answering(request -> engine.revoke(request));
            case MFA_CHALLENGE -> answering(request -> engine.mfaChallenge(request));
            case USERINFO -> userInfo();
            case JWKS ->
                (request, dialect) ->
                        dialect.document(documents.jwks(engine.memory().now()), KEPT);
            case METADATA, OPENID_CONFIGURATION -> (request, dialect) -> dialect.document(documents.metadata(), KEPT);
        };
    }

    /** OpenID Connect Core section 5.3.2: a JWT for clients that are registered for it. */
    private Route.Handler userInfo() {
        return (request, dialect) -> {
            Answer answer = engine.userInfo(bearing(request, dialect));
            Optional<String> jwt = answer.claims().string(UserInfoEndpoint.SIGNED);
            if (jwt.isEmpty()) return answered(answer, request, dialect);
            return WireResponse.of(200)
                    .withHeader("Content-Type", "application/jwt")
                    .withHeader("Cache-Control", "no-store")
                    .withBody(jwt.get());
        };
    }

    private WireResponse token(WireRequest request, WireDialect dialect) {
        TokenResult result = engine.token(read(request, dialect.params(request)));
        return result instanceof TokenResult.Denied denied
                ? dialect.refused(denied.refusal(), request)
                : dialect.issued(result.issued(), request);
    }

    /** RFC 9126 section 2.2: 201. */
    private WireResponse push(WireRequest request, WireDialect dialect) {
        Answer answer = engine.push(read(request, dialect.params(request)));
        WireResponse response = answered(answer, request, dialect);
        return answer.refusal().isPresent() ? response : response.withStatus(201);
    }

    /** Reads a request by the dialect, and has it dress the answer. */
    static Route.Handler answering(Function<ClientRequest, Answer> call) {
        return (request, dialect) -> answered(call.apply(read(request, dialect.params(request))), request, dialect);
    }

    /** The same where the credentials may be all there is. */
    static Route.Handler bearing(Function<ClientRequest, Answer> call) {
        return (request, dialect) -> answered(call.apply(bearing(request, dialect)), request, dialect);
    }

    private static ClientRequest bearing(WireRequest request, WireDialect dialect) {
        boolean bodiless = !request.method().equals("POST") || !request.hasHeader("Content-Type");
        return read(request, bodiless ? Params.none() : dialect.params(request));
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
