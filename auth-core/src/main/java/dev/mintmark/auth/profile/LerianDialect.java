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
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** How Lerian speaks, one manner for each route; see {@link LerianProfile} for what is documented and what is chosen. */
final class LerianDialect implements WireDialect {
    static final LerianDialect LOGIN = new LerianDialect(LerianRequests::login);
    static final LerianDialect REFRESH = new LerianDialect(LerianRequests::refresh);
    static final LerianDialect MFA_CHALLENGE = new LerianDialect(LerianRequests::mfaChallenge);
    static final LerianDialect MFA_VERIFY = new LerianDialect(LerianRequests::mfaVerify);
    static final LerianDialect LOGOUT = new LerianDialect(LerianRequests::logout);
    static final LerianDialect AUTHORIZE = new LerianDialect(LerianRequests::authorize);
    static final LerianDialect API = new LerianDialect(request -> Params.none());

    /** What a wrong code is a fault of; every other fault of a challenge is one of its token. */
    private static final Set<String> CODES = Set.of("otp", "binding_code", "recovery_code");

    private static final Map<String, String> MFA_TYPES = Map.of("otp", "app", "email", "email", "sms", "sms");

    private final Function<WireRequest, Params> reader;

    private LerianDialect(Function<WireRequest, Params> reader) {
        this.reader = reader;
    }

    @Override
    public Params params(WireRequest request) {
        return reader.apply(request);
    }

    @Override
    public WireResponse issued(Issued issued, WireRequest request) {
        return WireDialect.unstored(WireResponse.json(
                200,
                Claims.builder()
                        .put("accessToken", issued.accessToken())
                        .put("idToken", issued.idToken())
                        .put("tokenType", issued.tokenType())
                        .put("expiresIn", issued.expiresIn().toSeconds())
                        .put("refreshToken", issued.refreshToken())
                        .put("scope", issued.scope().toString())
                        .put("deviceToken", issued.extra().string("device_token"))
                        .build()));
    }

    @Override
    public WireResponse json(Claims body, WireRequest request) {
        if (this == LOGOUT) return WireDialect.unstored(WireResponse.of(204));
        Claims told = this == MFA_CHALLENGE ? Claims.of("message", "MFA challenge initiated") : body;
        return WireDialect.unstored(WireResponse.json(200, told));
    }

    @Override
    public WireResponse refused(Refusal refusal, WireRequest request) {
        ErrorCode code = refusal.code();
        if (code.equals(ErrorCode.MFA_REQUIRED)) return challenge(refusal.members());
        int status = WireDialect.status(code);
        if (status == 404 || status == 405 || status == 413) {
            return WireDialect.envelope(refusal, WireResponse.of(status));
        }
        LerianError error = error(refusal);
        // What is more than the code says is for whoever wrote the request, never about who is known here.
        String message = error.status() == 400 ? refusal.description().orElse(error.message()) : error.message();
        Claims body =
                Claims.of("code", error.code()).with("title", error.title()).with("message", message);
        WireResponse response = WireDialect.envelope(refusal, WireResponse.json(error.status(), body));
        return code.equals(ErrorCode.INVALID_TOKEN) || code.equals(ErrorCode.INSUFFICIENT_SCOPE)
                ? response.withHeader("WWW-Authenticate", WireDialect.bearerChallenge(refusal))
                : response;
    }

    /** In the place of tokens, and with their status. */
    private static WireResponse challenge(Claims told) {
        List<String> have = told.object("mfa_requirements").objects("challenge").stream()
                .flatMap(factor -> factor.string("type").stream())
                .toList();
        List<String> types = List.of("otp", "email", "sms").stream()
                .filter(have::contains)
                .map(type -> MFA_TYPES.getOrDefault(type, type))
                .toList();
        return WireDialect.unstored(WireResponse.json(
                200,
                Claims.builder()
                        .put("mfaToken", told.string("mfa_token"))
                        .put("mfaRequired", true)
                        .put("mfaTypes", types)
                        .build()));
    }

    private LerianError error(Refusal refusal) {
        String parameter = refusal.parameter().orElse("");
        return switch (refusal.code().value()) {
            case "invalid_grant" -> ofTheGrant(parameter);
            case "access_denied" -> LerianError.WRONG_PASSWORD;
            case "invalid_client" -> LerianError.WRONG_CLIENT;
            case "invalid_token", "insufficient_scope" ->
                parameter.equals("access_token") ? LerianError.NO_TOKEN : LerianError.WRONG_TOKEN;
            default -> LerianError.of(refusal.code());
        };
    }

    private LerianError ofTheGrant(String parameter) {
        if (this == REFRESH) return LerianError.WRONG_REFRESH_TOKEN;
        if (this == LOGIN) return LerianError.WRONG_PASSWORD;
        return CODES.contains(parameter) ? LerianError.WRONG_MFA_CODE : LerianError.WRONG_MFA_TOKEN;
    }
}
