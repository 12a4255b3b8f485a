package dev.mintmark.auth.profile;

import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Issued;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.protocol.Refused;
import dev.mintmark.auth.wire.WireDialect;
import dev.mintmark.auth.wire.WireRequest;
import dev.mintmark.auth.wire.WireResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How GeoLens speaks, one manner for each route; see {@link GeoLensProfile} for what is documented and what is chosen. */
final class GeoLensDialect implements WireDialect {
    static final GeoLensDialect LOGIN = new GeoLensDialect();
    static final GeoLensDialect REFRESH = new GeoLensDialect();
    static final GeoLensDialect LOGOUT = new GeoLensDialect();
    static final GeoLensDialect API = new GeoLensDialect();

    private static final ErrorCode VALIDATION = new ErrorCode("validation_error");
    private static final int LONGEST_TOKEN = 512;

    private static final Map<Integer, String> TITLES = Map.of(
            400, "Bad Request",
            401, "Unauthorized",
            403, "Forbidden",
            413, "Payload Too Large",
            422, "Validation Error",
            429, "Too Many Requests",
            500, "Internal Server Error",
            503, "Service Unavailable");

    private GeoLensDialect() {}

    @Override
    public Params params(WireRequest request) {
        if (this == LOGIN) return login(request);
        Optional<String> token = refreshToken(request);
        Params.Builder params = Params.builder();
        if (this == REFRESH) params.add("grant_type", GrantType.REFRESH_TOKEN.value());
        token.ifPresent(value -> params.add("refresh_token", value));
        return params.build();
    }

    /** A body that is no form has no fields. Whatever else a form has is passed over, clients' credentials and scope included. */
    private static Params login(WireRequest request) {
        boolean isForm = request.mediaType().equals("application/x-www-form-urlencoded");
        Params form = isForm ? Params.ofForm(request.body()) : Params.none();
        List<String> faults = new ArrayList<>();
        if (form.get("grant_type").filter(type -> !type.equals("password")).isPresent()) {
            faults.add("body.grant_type: String should match pattern '^password$'");
        }
        for (String name : List.of("username", "password")) {
            if (form.get(name).isEmpty()) faults.add("body." + name + ": Field required");
        }
        if (!faults.isEmpty()) throw invalid(String.join("; ", faults));
        return Params.builder()
                .add("grant_type", GrantType.PASSWORD.value())
                .add("username", form.required("username"))
                .add("password", form.required("password"))
                .build();
    }

    private static Optional<String> refreshToken(WireRequest request) {
        byte[] body = request.body();
        if (body.length == 0) return Optional.empty();
        if (!request.mediaType().equals("application/json")) throw noObject();
        String text = new String(body, StandardCharsets.UTF_8);
        Claims read = object(text);
        // Claims have no null: a member that is one is told from a missing one by its name.
        if (!text.contains("\"refresh_token\"")) throw invalid("body.refresh_token: Field required");
        String token = read.string("refresh_token")
                .orElseThrow(() -> invalid("body.refresh_token: Input should be a valid string"));
        if (token.length() > LONGEST_TOKEN) {
            throw invalid("body.refresh_token: String should have at most 512 characters");
        }
        return Optional.of(token).filter(sent -> !sent.isEmpty());
    }

    private static Claims object(String text) {
        try {
            return Claims.parse(text);
        } catch (IllegalArgumentException e) {
            String json = text.strip();
            if (json.startsWith("[") && json.endsWith("]")) throw noObject();
            if (!json.startsWith("{") || !json.endsWith("}")) throw invalid("body.0: JSON decode error");
            throw Refusal.of(ErrorCode.INVALID_REQUEST, "the body is no JSON object, or a member is repeated")
                    .saying("the body is malformed")
                    .thrown();
        }
    }

    private static Refused noObject() {
        return invalid("body: Input should be a valid dictionary or object to extract fields from");
    }

    private static Refused invalid(String detail) {
        return Refusal.of(VALIDATION, detail).saying(detail).thrown();
    }

    @Override
    public WireResponse issued(Issued issued, WireRequest request) {
        return WireDialect.unstored(WireResponse.json(
                200,
                Claims.builder()
                        .put("access_token", issued.accessToken())
                        .put("refresh_token", issued.refreshToken())
                        .put("token_type", "bearer")
                        .put("expires_in", issued.expiresIn().toSeconds())
                        .build()));
    }

    @Override
    public WireResponse json(Claims body, WireRequest request) {
        return WireDialect.unstored(this == LOGOUT ? WireResponse.of(204) : WireResponse.json(200, body));
    }

    @Override
    public WireResponse refused(Refusal refusal, WireRequest request) {
        int status = status(refusal);
        // The framework's own answers are no problem documents.
        if (status == 404 || status == 405) {
            String detail = status == 404 ? "Not Found" : "Method Not Allowed";
            return WireDialect.envelope(refusal, WireResponse.json(status, Claims.of("detail", detail)));
        }
        Claims problem = Claims.of("type", "about:blank")
                .with("title", TITLES.getOrDefault(status, "Error"))
                .with("status", status)
                .with("detail", detail(refusal, status));
        WireResponse response = WireDialect.envelope(
                refusal, WireResponse.json(status, problem).withHeader("Content-Type", "application/problem+json"));
        if (status != 401 || this == REFRESH) return response;
        return response.withHeader("WWW-Authenticate", challenge(refusal));
    }

    private int status(Refusal refusal) {
        return switch (refusal.code().value()) {
            case "validation_error" -> 422;
            case "invalid_grant" -> 401;
            case "invalid_request" -> isMissing(refusal) ? 401 : 400;
            case "access_denied" -> 403;
            default -> WireDialect.status(refusal.code());
        };
    }

    /** A refresh without a token is as good as one with a wrong one. */
    private boolean isMissing(Refusal refusal) {
        return this == REFRESH && refusal.parameter().equals(Optional.of("refresh_token"));
    }

    private String detail(Refusal refusal, int status) {
        String said = refusal.description().orElse("");
        return switch (refusal.code().value()) {
            case "access_denied" -> said.isEmpty() ? "Account not active" : said;
            case "invalid_token" -> ofTheToken(said);
            case "server_error" -> "Internal server error";
            default -> {
                if (status == 401)
                    yield this == LOGIN ? "Incorrect username or password" : "Invalid or expired refresh token";
                yield said.isEmpty() ? TITLES.getOrDefault(status, "Error") : said;
            }
        };
    }

    private String ofTheToken(String said) {
        if (this == LOGOUT) return "Not authenticated";
        return said.isEmpty() ? "Could not validate credentials" : said;
    }

    private static String challenge(Refusal refusal) {
        boolean expired = refusal.code().equals(ErrorCode.INVALID_TOKEN)
                && refusal.description().isPresent();
        return expired
                ? "Bearer error=\"invalid_token\", error_description=\""
                        + refusal.description().get() + '"'
                : "Bearer";
    }
}
