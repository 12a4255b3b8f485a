package dev.mintmark.auth.profile;

import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.Issued;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.wire.WireDialect;
import dev.mintmark.auth.wire.WireRequest;
import dev.mintmark.auth.wire.WireResponse;
import java.util.List;
import java.util.Set;

/** How Lean speaks, one manner for each endpoint; see {@link LeanProfile} for what is documented and what is chosen. */
final class LeanDialect implements WireDialect {
    static final LeanDialect TOKEN = new LeanDialect("OAuth 2.0", "rfc6749#section-5.2");
    static final LeanDialect INTROSPECTION = new LeanDialect("OAuth 2.0 Token Introspection", "rfc7662#section-2.1");
    static final LeanDialect REVOCATION = new LeanDialect("OAuth 2.0 Token Revocation", "rfc7009#section-2.1");

    private static final String JSON = "application/json;charset=UTF-8";

    /** Faults in these are found while the client is authenticated, and told by the code alone. */
    private static final Set<String> OF_THE_CLIENT = Set.of("client_id", "client_secret", "code_verifier");

    private final String title;
    private final String uri;

    private LeanDialect(String title, String section) {
        this.title = title;
        this.uri = "https://datatracker.ietf.org/doc/html/" + section;
    }

    /** A body that is no form holds no parameters, and so no credentials either. */
    @Override
    public Params params(WireRequest request) {
        return request.mediaType().equals("application/x-www-form-urlencoded")
                ? WireDialect.super.params(request)
                : Params.none();
    }

    @Override
    public WireResponse issued(Issued issued, WireRequest request) {
        Claims.Builder body =
                Claims.builder().put("access_token", issued.accessToken()).put("refresh_token", issued.refreshToken());
        if (!issued.scope().isEmpty()) body.put("scope", issued.scope().toString());
        body.put("id_token", issued.idToken())
                .put("token_type", issued.tokenType())
                .put("expires_in", issued.expiresIn().toSeconds() - 1)
                .putAll(issued.extra());
        return WireDialect.unstored(json(200, body.build()));
    }

    /** An introspection: {@code aud} a list, {@code client_id} and {@code token_type} at the end. */
    @Override
    public WireResponse json(Claims body, WireRequest request) {
        List<String> audience = body.strings("aud");
        if (audience.isEmpty()) return WireDialect.super.json(body, request);
        Claims.Builder out = Claims.builder().put("active", true);
        for (String name : List.of("sub", "aud", "nbf", "scope", "iss", "exp", "customer_id", "iat", "jti")) {
            out.put(name, name.equals("aud") ? body.get(name).map(any -> audience) : body.get(name));
        }
        out.putAll(body.without("client_id", "token_type", "fid", "sid"));
        out.put("aud", audience);
        out.put("client_id", body.get("client_id")).put("token_type", body.get("token_type"));
        return WireDialect.super.json(out.build(), request);
    }

    @Override
    public WireResponse refused(Refusal refusal, WireRequest request) {
        String parameter = refusal.parameter().orElse("");
        WireResponse response = switch (refusal.code().value()) {
            case "invalid_client" -> unproven(parameter);
            case "invalid_request" -> json(400, named(refusal.code(), parameter));
            case "unsupported_grant_type" -> json(400, named(refusal.code(), parameter));
            case "invalid_grant" ->
                json(400, Claims.of("error", this == REVOCATION ? "invalid_client" : "invalid_grant"));
            case "not_found", "method_not_allowed", "body_too_large" ->
                WireResponse.of(WireDialect.status(refusal.code()));
            default ->
                json(
                        WireDialect.status(refusal.code()),
                        Claims.of("error", refusal.code().value()));
        };
        return WireDialect.envelope(refusal, response);
    }

    private static WireResponse unproven(String parameter) {
        return switch (parameter) {
            case "client_id", "client_secret" -> WireResponse.of(401); // no proof at all
            case "authorization" -> json(400, Claims.of("error", "invalid_request"));
            default -> json(401, Claims.of("error", "invalid_client"));
        };
    }

    private Claims named(ErrorCode code, String parameter) {
        if (parameter.isEmpty() || OF_THE_CLIENT.contains(parameter)) return Claims.of("error", code.value());
        return Claims.of("error_description", title + " Parameter: " + parameter)
                .with("error", code.value())
                .with("error_uri", uri);
    }

    private static WireResponse json(int status, Claims body) {
        return WireResponse.json(status, body).withHeader("Content-Type", JSON);
    }
}
