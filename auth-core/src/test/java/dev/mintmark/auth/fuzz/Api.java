package dev.mintmark.auth.fuzz;

import dev.mintmark.auth.profile.GoldenServer;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.wire.WireResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * One API as it is fuzzed. A new one is an entry in {@link #ALL}; its golden files are those in {@code wire/<name>}, and its
 * server is theirs.
 *
 * @param name of the directory of its golden files
 * @param routes every path that is answered
 * @param statuses all that its documentation knows
 * @param refusal what everything else than a success looks like
 */
record Api(String name, List<Route> routes, Set<Integer> statuses, Predicate<WireResponse> refusal) {
    /** A path, the method that is answered there, and what a success looks like; whether any of a request's tokens will do. */
    record Route(String method, String path, Predicate<WireResponse> success, boolean takesAnyToken) {
        boolean answers(String other) {
            return other.equals(method) || (other.equals("HEAD") && method.equals("GET"));
        }
    }

    /** A person is asked, or a client answered: at its redirect URI, and at no other. */
    private static final Predicate<WireResponse> PERSON_OR_CLIENT = Shapes.page(
                    "login", "mfa", "recovery-code", "consent", "form-post")
            .or(Shapes.redirect("/interaction?interaction="))
            .or(Shapes.redirect("https://app.example/cb?"))
            .or(Shapes.redirect("https://app.example/cb#"));

    private static final Predicate<WireResponse> GOODBYE = Shapes.page("logout", "signed-out")
            .or(Shapes.redirect("/end_session?asked="))
            .or(Shapes.redirect("https://app.example/bye"));

    static final List<Api> ALL = List.of(standard(), lean(), slashId(), lerian(), geoLens(), screeningEagle());

    private static final String METADATA = "/.well-known/oauth-authorization-server";

    private static Api standard() {
        return new Api(
                "standard",
                List.of(
                        post("/token", Shapes.unstored("access_token", "token_type", "expires_in")),
                        post("/introspect", Shapes.unstored("active")),
                        post("/revoke", Shapes.NOTHING),
                        post("/mfa/challenge", Shapes.unstored("challenge_type")),
                        get("/userinfo", Shapes.unstored("sub")),
                        post("/userinfo", Shapes.unstored("sub")),
                        get("/jwks", Shapes.members("keys")),
                        get(METADATA, Shapes.members("issuer", "token_endpoint")),
                        get("/.well-known/openid-configuration", Shapes.members("issuer", "authorization_endpoint")),
                        get("/authorize", PERSON_OR_CLIENT),
                        post("/authorize", PERSON_OR_CLIENT),
                        get("/interaction", PERSON_OR_CLIENT),
                        post("/interaction", PERSON_OR_CLIENT),
                        post(
                                "/par",
                                Shapes.unstored("request_uri", "expires_in").and(r -> r.status() == 201)),
                        get("/end_session", GOODBYE),
                        post("/end_session", GOODBYE)),
                Set.of(200, 201, 204, 303, 400, 401, 403, 404, 405, 413, 415, 429, 503),
                Shapes.json("application/json", Api::isRfc6749Error)
                        .or(Api::isMfaRequired)
                        .or(Shapes.page("error")));
    }

    private static Api lean() {
        return new Api(
                "lean",
                List.of(
                        post("/oauth2/token", Shapes.unstored("access_token", "token_type", "expires_in")),
                        post("/oauth2/introspect", Shapes.unstored("active")),
                        post("/oauth2/revoke", Shapes.NOTHING),
                        get("/oauth2/jwks", Shapes.members("keys")),
                        get(METADATA, Shapes.members("issuer", "token_endpoint"))),
                Set.of(200, 204, 400, 401, 404, 405, 413, 503),
                Shapes.nothing(401, 404, 405, 413).or(Shapes.json("application/json", Api::isRfc6749Error)));
    }

    private static Api slashId() {
        return new Api(
                "slashid",
                List.of(
                        post("/oauth2/tokens", Shapes.unstored("access_token", "token_type", "expires_in", "scope")),
                        post("/oauth2/tokens/introspect", Shapes.unstored("active")),
                        post("/oauth2/tokens/revoke", Shapes.NOTHING),
                        post("/oauth2/tokens/revoke-all", Shapes.NOTHING),
                        post("/oauth2/tokens/mint", Shapes.unstored("result")),
                        get("/oauth2/userinfo", Shapes.unstored("sub", "iss")),
                        post("/oauth2/userinfo", Shapes.unstored("sub", "iss")),
                        get("/.well-known/jwks.json", Shapes.members("keys")),
                        get(METADATA, Shapes.members("issuer", "token_endpoint"))),
                Set.of(200, 204, 400, 401, 403, 404, 405, 413, 503),
                response -> Shapes.nothing(404, 405, 413).test(response)
                        || Shapes.json("application/json", body -> isSlashIdError(response.status(), body))
                                .test(response));
    }

    private static Api lerian() {
        Predicate<WireResponse> tokens =
                Shapes.unstored("accessToken", "idToken", "tokenType", "expiresIn", "refreshToken", "scope");
        return new Api(
                "lerian",
                List.of(
                        post(
                                "/v1/login/oauth/access_token",
                                tokens.or(Shapes.unstored("mfaToken", "mfaRequired", "mfaTypes"))),
                        post("/v1/login/oauth/refresh_token", tokens),
                        post("/v1/login/mfa/challenge", Shapes.unstored("message")),
                        post("/v1/login/mfa/verify", tokens),
                        post("/v1/logout", Shapes.NOTHING),
                        post("/v1/authorize", Shapes.unstored("authorized", "timestamp")),
                        get("/v1/userinfo", Shapes.unstored("sub")),
                        get("/v1/permissions", Shapes.unstored()),
                        get("/.well-known/jwks", Shapes.members("keys"))),
                Set.of(200, 204, 400, 401, 404, 405, 413, 429, 503),
                Shapes.nothing(404, 405, 413)
                        .or(Shapes.json(
                                "application/json",
                                body -> Shapes.isOf(body, Set.of("code", "title", "message"), Set.of()))));
    }

    private static Api geoLens() {
        Predicate<WireResponse> tokens = Shapes.unstored("access_token", "refresh_token", "token_type", "expires_in");
        Predicate<WireResponse> me = Shapes.unstored("id", "username");
        return new Api(
                "geolens",
                List.of(
                        post("/auth/login", tokens),
                        post("/auth/login/", tokens),
                        post("/auth/refresh", tokens),
                        post("/auth/refresh/", tokens),
                        new Route("POST", "/auth/logout", Shapes.NOTHING, true),
                        new Route("POST", "/auth/logout/", Shapes.NOTHING, true),
                        get("/auth/me", me),
                        get("/auth/me/", me)),
                Set.of(200, 204, 400, 401, 403, 404, 405, 413, 422, 429, 503),
                response -> Set.of(404, 405).contains(response.status())
                        ? Shapes.json("application/json", body -> Shapes.isOf(body, Set.of("detail"), Set.of()))
                                .test(response)
                        : Shapes.json("application/problem+json", body -> isProblem(response.status(), body))
                                .test(response));
    }

    private static Api screeningEagle() {
        return new Api(
                "screening-eagle",
                List.of(post(
                        "/api/id/v1/auth/token",
                        Shapes.unstored("scope", "token_type", "access_token", "expires_in", "refresh_token"))),
                Set.of(200, 204, 400, 401, 403, 404, 405, 413, 503),
                Shapes.json(
                        "application/json", body -> Shapes.isOf(body, Set.of("error", "errorDescription"), Set.of())));
    }

    private static Route post(String path, Predicate<WireResponse> success) {
        return new Route("POST", path, success, false);
    }

    private static Route get(String path, Predicate<WireResponse> success) {
        return new Route("GET", path, success, false);
    }

    private static boolean isRfc6749Error(Claims body) {
        return Shapes.isOf(body, Set.of("error"), Set.of("error_description", "error_uri"));
    }

    /** An error that carries what it takes to go on. */
    private static boolean isMfaRequired(WireResponse response) {
        Set<String> more = Set.of("mfa_token", "mfa_requirements", "supported_challenge_types");
        return response.status() == 403
                && Shapes.unstored("error", "mfa_token", "mfa_requirements").test(response)
                && isRfc6749Error(Shapes.parse(response).without(more.toArray(String[]::new)))
                && Shapes.parse(response).string("error").equals(Optional.of("mfa_required"));
    }

    private static boolean isSlashIdError(int status, Claims body) {
        List<Claims> errors = body.objects("errors");
        return body.names().equals(Set.of("errors"))
                && errors.size() == 1
                && errors.get(0).names().equals(Set.of("httpcode", "message"))
                && errors.get(0).number("httpcode").orElse(0) == status
                && errors.get(0).string("message").isPresent();
    }

    /** RFC 9457 section 3.1. */
    private static boolean isProblem(int status, Claims body) {
        return body.number("status").orElse(0) == status
                && Shapes.isOf(body.without("status"), Set.of("type", "title", "detail"), Set.of());
    }

    /** Below what its paths stand; empty for the root of the host. */
    String mount() {
        return GoldenServer.mount(name);
    }

    /** A route by its whole path, and by RFC 8414's form of a well-known one. */
    boolean isAt(Route route, String path) {
        return path.equals(mount() + route.path())
                || (route.path().startsWith("/.well-known/") && path.equals(route.path() + mount()));
    }

    @Override
    public String toString() {
        return name;
    }
}
