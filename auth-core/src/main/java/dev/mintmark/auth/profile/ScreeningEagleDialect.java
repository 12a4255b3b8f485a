package dev.mintmark.auth.profile;

import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.Issued;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.wire.WireDialect;
import dev.mintmark.auth.wire.WireRequest;
import dev.mintmark.auth.wire.WireResponse;
import java.util.Map;
import java.util.Optional;

/** How Screening Eagle speaks; see {@link ScreeningEagleProfile} for what is documented and what is chosen. */
final class ScreeningEagleDialect implements WireDialect {
    private static final Map<Integer, String> PHRASES = Map.of(
            400, "Bad Request",
            401, "Unauthorized",
            403, "Forbidden",
            404, "Not Found",
            405, "Method Not Allowed",
            413, "Content Too Large",
            429, "Too Many Requests",
            500, "Internal Server Error",
            503, "Service Unavailable");

    private static final Map<String, String> SENTENCES = Map.of(
            "invalid_client", "the client is unknown, or did not prove who it is",
            "invalid_grant", "the code or refresh token is not valid for this client",
            "unauthorized_client", "permission denied",
            "unsupported_grant_type", "the grant type is not supported",
            "server_error", "something went wrong on our side",
            "temporarily_unavailable", "try again in a moment",
            "not_found", "nothing is here");

    @Override
    public WireResponse issued(Issued issued, WireRequest request) {
        return WireDialect.unstored(WireResponse.json(
                200,
                Claims.builder()
                        .put("scope", issued.scope().toString())
                        .put("token_type", issued.tokenType())
                        .put("access_token", issued.accessToken())
                        .put("expires_in", issued.expiresIn().toSeconds())
                        .put("id_token", issued.idToken())
                        .put("refresh_token", issued.refreshToken())
                        .build()));
    }

    @Override
    public WireResponse refused(Refusal refusal, WireRequest request) {
        int status = status(refusal);
        String sentence = SENTENCES.getOrDefault(
                refusal.code().value(), refusal.description().orElse("the request is malformed"));
        Claims body = Claims.of("error", PHRASES.getOrDefault(status, "Error"))
                .with("errorDescription", status == 403 ? "permission denied" : sentence);
        WireResponse response = WireDialect.envelope(refusal, WireResponse.json(status, body));
        // RFC 9110 section 15.5.2: a 401 MUST name a scheme
        return status == 401 ? response.withHeader("WWW-Authenticate", "Basic realm=\"oauth\"") : response;
    }

    private static int status(Refusal refusal) {
        boolean notForTheClient = refusal.code().equals(ErrorCode.INVALID_SCOPE)
                && refusal.parameter().equals(Optional.of("client_id"));
        if (notForTheClient || refusal.code().equals(ErrorCode.UNAUTHORIZED_CLIENT)) return 403;
        int status = WireDialect.status(refusal.code());
        return status == 415 ? 400 : status;
    }
}
