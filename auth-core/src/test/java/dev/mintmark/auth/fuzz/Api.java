package dev.mintmark.auth.fuzz;

import dev.mintmark.auth.AuthorizationServerBuilder;
import dev.mintmark.auth.profile.LeanProfile;
import dev.mintmark.auth.profile.SlashIdProfile;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.SigningAlgorithm;
import dev.mintmark.auth.protocol.TokenKind;
import dev.mintmark.auth.wire.WireResponse;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One API as it is fuzzed. A new one is an entry in {@link #ALL}; its golden files are those in {@code wire/<name>}.
 *
 * @param name of the directory of its golden files
 * @param mount below which its paths stand; empty for the root of the host
 * @param server what its server needs beside {@link Stage}'s clock, secrets and listener
 * @param clients {@link Stage#client}, {@link Stage#other} and, if it has public ones, {@link Stage#open}
 * @param routes every path that is answered
 * @param statuses all that its documentation knows
 * @param refusal what everything else than a success looks like
 */
record Api(
        String name,
        String mount,
        Consumer<AuthorizationServerBuilder> server,
        List<Client> clients,
        List<Route> routes,
        Set<Integer> statuses,
        Predicate<WireResponse> refusal) {
    /** A path, the method that is answered there, and what a success looks like. */
    record Route(String method, String path, Predicate<WireResponse> success) {
        boolean answers(String other) {
            return other.equals(method) || (other.equals("HEAD") && method.equals("GET"));
        }
    }

    static final List<Api> ALL = List.of(standard(), lean(), slashId());

    private static final String METADATA = "/.well-known/oauth-authorization-server";

    private static Api standard() {
        String scopes = "openid offline_access read customer.{customer_id}";
        return new Api(
                "standard",
                "",
                builder -> builder.scopes(scopes),
                List.of(
                        Stage.client("client_secret_basic", "openid offline_access read customer.*"),
                        Stage.other("client_secret_post", "read"),
                        Stage.open("openid offline_access read")),
                List.of(
                        post("/token", Shapes.unstored("access_token", "token_type", "expires_in")),
                        post("/introspect", Shapes.unstored("active")),
                        post("/revoke", Shapes.NOTHING),
                        get("/jwks", Shapes.members("keys")),
                        get(METADATA, Shapes.members("issuer", "token_endpoint"))),
                Set.of(200, 204, 400, 401, 404, 405, 413, 415, 503),
                Shapes.json("application/json", Api::isRfc6749Error));
    }

    private static Api lean() {
        return new Api(
                "lean",
                "/lean",
                builder -> builder.profile(new LeanProfile())
                        .signingKeys(TokenKind.ACCESS, SigningAlgorithm.RS256, Stage.ACCESS_KEY)
                        .scopes("openid offline_access api customer.{customer_id}"),
                List.of(
                        Stage.client("client_secret_post", "openid offline_access api customer.*"),
                        Stage.other("client_secret_basic", "api")),
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
        String scopes = "openid offline_access email phone username customers:read customers:create";
        return new Api(
                "slashid",
                "/slashid",
                builder -> builder.profile(new SlashIdProfile()).scopes(scopes),
                List.of(
                        Stage.client("client_secret_basic", scopes),
                        Stage.other("client_secret_basic", "customers:read"),
                        Stage.open(scopes)),
                List.of(
                        post("/oauth2/tokens", Shapes.unstored("access_token", "token_type", "expires_in", "scope")),
                        post("/oauth2/tokens/introspect", Shapes.unstored("active")),
                        post("/oauth2/tokens/revoke", Shapes.NOTHING),
                        post("/oauth2/tokens/revoke-all", Shapes.NOTHING),
                        get("/.well-known/jwks.json", Shapes.members("keys")),
                        get(METADATA, Shapes.members("issuer", "token_endpoint"))),
                Set.of(200, 204, 400, 403, 404, 405, 413, 503),
                response -> Shapes.nothing(404, 405, 413).test(response)
                        || Shapes.json("application/json", body -> isSlashIdError(response.status(), body))
                                .test(response));
    }

    private static Route post(String path, Predicate<WireResponse> success) {
        return new Route("POST", path, success);
    }

    private static Route get(String path, Predicate<WireResponse> success) {
        return new Route("GET", path, success);
    }

    private static boolean isRfc6749Error(Claims body) {
        return Shapes.isOf(body, Set.of("error"), Set.of("error_description", "error_uri"));
    }

    private static boolean isSlashIdError(int status, Claims body) {
        List<Claims> errors = body.objects("errors");
        return body.names().equals(Set.of("errors"))
                && errors.size() == 1
                && errors.get(0).names().equals(Set.of("httpcode", "message"))
                && errors.get(0).number("httpcode").orElse(0) == status
                && errors.get(0).string("message").isPresent();
    }

    /** A route by its whole path, and by RFC 8414's form of a well-known one. */
    boolean isAt(Route route, String path) {
        return path.equals(mount + route.path())
                || (route.path().startsWith("/.well-known/") && path.equals(route.path() + mount));
    }

    @Override
    public String toString() {
        return name;
    }
}
