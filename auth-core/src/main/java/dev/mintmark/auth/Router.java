package dev.mintmark.auth;

import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.wire.WireDialect;
import dev.mintmark.auth.wire.WireRequest;
import dev.mintmark.auth.wire.WireResponse;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** From a path to whoever answers there; nothing thrown gets past it. */
final class Router {
    private static final String WELL_KNOWN = "/.well-known/";

    private final Engine engine;
    private final WireDialect dialect;
    private final String base;
    private final Map<String, Route> byPath = new LinkedHashMap<>();

    Router(Engine engine, List<Route> routes, WireDialect dialect) {
        this.engine = engine;
        this.dialect = dialect;
        this.base = engine.settings().baseUri().getRawPath();
        for (Route route : routes) {
            byPath.put(base + route.path(), route);
            // RFC 8414 section 3.1: for an issuer with a path, the well-known part goes before that path
            if (route.path().startsWith(WELL_KNOWN) && !base.isEmpty()) byPath.put(route.path() + base, route);
        }
    }

    Optional<WireResponse> handle(WireRequest request) {
        Route route = byPath.get(request.path());
        if (route != null) return Optional.of(answer(route, request));
        if (!isDisguise(request.path())) return Optional.empty();
        Refusal refusal =
                Refusal.of(ErrorCode.INVALID_REQUEST, "a path in disguise").saying("the path is malformed");
        return Optional.of(dialect.refused(engine.refusal(refusal.thrown(), "none", Optional.empty()), request));
    }

    /** A server at the root of its host claims no path that it does not know; another one claims what lies below it. */
    Optional<WireResponse> missing(WireRequest request) {
        if (!isBelow(request.path())) return Optional.empty();
        return Optional.of(dialect.refused(Refusal.of(ErrorCode.NOT_FOUND, "no such path"), request));
    }

    private WireResponse answer(Route route, WireRequest request) {
        if (route.crossOrigin() && request.method().equals("OPTIONS")) return preflight(route);
        WireResponse response;
        try {
            if (!route.methods().contains(request.method()))
                throw wrongMethod(route).thrown();
            response = route.handler().handle(request, route.dialect());
        } catch (RuntimeException e) {
            response = route.dialect().refused(engine.refusal(e, route.name(), Optional.empty()), request);
        }
        // No credentials of the browser are ever read here, so any origin may look.
        return route.crossOrigin() ? response.withHeader("Access-Control-Allow-Origin", "*") : response;
    }

    private static Refusal wrongMethod(Route route) {
        return Refusal.of(ErrorCode.METHOD_NOT_ALLOWED, "the method is not allowed")
                .saying("the method is not allowed")
                .allowing(route.methods());
    }

    private static WireResponse preflight(Route route) {
        return WireResponse.of(204)
                .withHeader("Access-Control-Allow-Origin", "*")
                .withHeader("Access-Control-Allow-Methods", String.join(", ", route.methods()))
                .withHeader("Access-Control-Allow-Headers", "Authorization, Content-Type, DPoP")
                .withHeader("Access-Control-Max-Age", "7200");
    }

    /** Encoded, with dot segments, empty segments or path parameters, yet meaning one of our routes. */
    private boolean isDisguise(String path) {
        boolean plain = path.indexOf('%') < 0 && path.indexOf(';') < 0 && !path.contains("/.") && !path.contains("//");
        if (plain) return false;
        try {
            String undressed = path.replaceAll(";[^/]*", "").replaceAll("/{2,}", "/");
            String decoded = URI.create(undressed).normalize().getPath();
            return byPath.containsKey(decoded)
                    || byPath.containsKey(
                            new URI(null, null, decoded, null).normalize().getPath());
        } catch (IllegalArgumentException | URISyntaxException e) {
            return isBelow(path);
        }
    }

    private boolean isBelow(String path) {
        return !base.isEmpty() && path.startsWith(base + "/");
    }
}
