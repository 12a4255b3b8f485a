package dev.mintmark.auth.profile;

import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.Issued;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.wire.WireDialect;
import dev.mintmark.auth.wire.WireRequest;
import dev.mintmark.auth.wire.WireResponse;
import java.util.List;
import java.util.Map;

/** How SlashID speaks, one manner for each endpoint; see {@link SlashIdProfile} for what is documented and what is chosen. */
final class SlashIdDialect implements WireDialect {
    static final SlashIdDialect TOKEN = new SlashIdDialect();
    static final SlashIdDialect REVOCATION = new SlashIdDialect();
    static final SlashIdDialect MINT = new SlashIdDialect();
    static final SlashIdDialect USERINFO = new SlashIdDialect();

    private static final String MALFORMED = "Malformed request: a parameter is missing, repeated or invalid.";

    private static final Map<String, String> MESSAGES = Map.of(
            "invalid_client", "The client could not be authenticated.",
            "invalid_grant", "The code or refresh token is not valid for this client.",
            "unauthorized_client", "This client may not use this grant type.",
            "unsupported_grant_type", "This grant type is not supported.",
            "invalid_scope", "The scope is unknown, malformed or not allowed.",
            "invalid_target", "The resource is unknown or not allowed.",
            "invalid_token", "The credentials are missing or not valid.",
            "insufficient_scope", "The credentials are missing or not valid.",
            "server_error", "Something went wrong on our side.",
            "temporarily_unavailable", "Try again in a moment.");

    private SlashIdDialect() {}

    @Override
    public WireResponse issued(Issued issued, WireRequest request) {
        return WireDialect.unstored(json(
                200,
                Claims.builder()
                        .put("access_token", issued.accessToken())
                        .put("expires_in", issued.expiresIn().toSeconds() - 1)
                        .put("id_token", issued.idToken())
                        .put("refresh_token", issued.refreshToken())
                        .put("scope", issued.scope().toString())
                        .put("token_type", "bearer")
                        .build()));
    }

    /** An introspection has these five members and no other; what the profile itself answers is worded already. */
    @Override
    public WireResponse json(Claims body, WireRequest request) {
        if (body.isEmpty()) return WireDialect.super.json(body, request);
        if (this == MINT || this == USERINFO) return WireDialect.unstored(json(200, body));
        Claims.Builder out = Claims.builder();
        for (String name : List.of("active", "client_id", "exp", "iat", "scope")) out.put(name, body.get(name));
        return WireDialect.unstored(json(200, out.build()));
    }

    @Override
    public WireResponse refused(Refusal refusal, WireRequest request) {
        ErrorCode code = refusal.code();
        if (this == REVOCATION && code.equals(ErrorCode.INVALID_GRANT))
            return WireDialect.super.json(Claims.none(), request);
        int status = status(refusal);
        if (status == 404 || status == 405 || status == 413) {
            return WireDialect.envelope(refusal, WireResponse.of(status));
        }
        String message = status == 400 && code.equals(ErrorCode.INVALID_CLIENT)
                ? MALFORMED
                : MESSAGES.getOrDefault(code.value(), MALFORMED);
        Claims error = Claims.of("httpcode", status).with("message", message);
        WireResponse response = WireDialect.envelope(refusal, json(status, Claims.of("errors", List.of(error))));
        if (status != 401) return response;
        // RFC 9110 section 15.5.2: a 401 MUST name a scheme
        String challenge = this == MINT ? "SlashID-API-Key" : WireDialect.bearerChallenge(refusal);
        return response.withHeader("WWW-Authenticate", challenge);
    }

    /** Its pages know 400 and 403, and 401 for access tokens alone. */
    private static int status(Refusal refusal) {
        if (refusal.code().equals(ErrorCode.INVALID_CLIENT)) {
            String parameter = refusal.parameter().orElse("");
            boolean absent = parameter.equals("client_id") || parameter.equals("authorization");
            return absent ? 400 : 403;
        }
        if (refusal.code().equals(ErrorCode.INSUFFICIENT_SCOPE)) return 401;
        int status = WireDialect.status(refusal.code());
        return status == 415 ? 400 : status;
    }

    private static WireResponse json(int status, Claims body) {
        return WireResponse.json(status, body).withHeader("Content-Type", "application/json;charset=UTF-8");
    }
}
