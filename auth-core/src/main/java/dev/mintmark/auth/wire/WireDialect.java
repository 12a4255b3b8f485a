package dev.mintmark.auth.wire;

import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.Issued;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.protocol.Refused;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * How one API speaks: reads its parameters into RFC names, and dresses results and refusals in its own words, statuses and
 * headers. Every method does what the RFCs say unless a dialect says otherwise. It words decisions and makes none.
 * Thread-safe.
 */
public interface WireDialect {
    /** The dialect of the RFCs. */
    WireDialect STANDARD = new WireDialect() {};

    /** The same, with bodies in JSON as well as in forms: for endpoints of which no RFC says which. */
    WireDialect FORM_OR_JSON = new WireDialect() {
        @Override
        public Params params(WireRequest request) {
            if (!request.mediaType().equals("application/json")) return STANDARD.params(request);
            Claims body = jsonObject(request);
            return members(body, name -> Optional.of(name));
        }
    };

    /**
     * Reads the parameters from the body; RFC 6749 section 3.2 keeps credentials out of the URL, so the query is not looked at.
     *
     * @param request the request on the wire
     * @return parameters in RFC names
     * @throws Refused if the body is no form, too large or malformed
     */
    default Params params(WireRequest request) {
        if (!request.mediaType().equals("application/x-www-form-urlencoded")) {
            throw Refusal.of(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "the body is no form")
                    .saying("the body must be application/x-www-form-urlencoded")
                    .thrown();
        }
        return Params.ofForm(request.body());
    }

    /**
     * Writes tokens (RFC 6749 section 5.1).
     *
     * @param issued the tokens
     * @param request the request it answers
     * @return the response
     */
    default WireResponse issued(Issued issued, WireRequest request) {
        Claims.Builder body = Claims.builder()
                .put("access_token", issued.accessToken())
                .put("token_type", issued.tokenType())
                .put("expires_in", issued.expiresIn().toSeconds());
        if (!issued.scope().isEmpty()) body.put("scope", issued.scope().toString());
        body.put("refresh_token", issued.refreshToken())
                .put("id_token", issued.idToken())
                .putAll(issued.extra());
        return unstored(WireResponse.json(200, body.build()));
    }

    /**
     * Writes what else the server answers: an introspection, a revocation's empty body.
     *
     * @param body the members; none for an empty body
     * @param request the request it answers
     * @return the response
     */
    default WireResponse json(Claims body, WireRequest request) {
        return unstored(body.isEmpty() ? WireResponse.of(200) : WireResponse.json(200, body));
    }

    /**
     * Writes a document that may be kept: metadata, keys.
     *
     * @param body the members
     * @param maxAge how long it may be kept
     * @return the response
     */
    default WireResponse document(Claims body, Duration maxAge) {
        return WireResponse.json(200, body).withHeader("Cache-Control", "public, max-age=" + maxAge.toSeconds());
    }

    /**
     * Writes a refusal (RFC 6749 section 5.2).
     *
     * @param refusal what and why; the reason is not for the wire
     * @param request the request it answers
     * @return the response
     */
    default WireResponse refused(Refusal refusal, WireRequest request) {
        int status = status(refusal.code());
        ErrorCode code = status == 405 || status == 413 || status == 415 ? ErrorCode.INVALID_REQUEST : refusal.code();
        Claims.Builder body = Claims.builder().put("error", code.value());
        body.put("error_description", refusal.description()).putAll(refusal.members());
        WireResponse response = envelope(refusal, WireResponse.json(status, body.build()));
        if (refusal.code().equals(ErrorCode.INVALID_TOKEN) || refusal.code().equals(ErrorCode.INSUFFICIENT_SCOPE)) {
            return response.withHeader("WWW-Authenticate", bearerChallenge(refusal));
        }
        // RFC 9110 section 15.5.2: a 401 MUST name a scheme
        return status == 401
                ? response.withHeader("WWW-Authenticate", "Basic realm=\"oauth\", charset=\"UTF-8\"")
                : response;
    }

    /**
     * The challenge to a bearer (RFC 6750 section 3).
     *
     * @param refusal of an access token
     * @return a {@code WWW-Authenticate} header; without an error if no token was sent (section 3.1)
     */
    static String bearerChallenge(Refusal refusal) {
        String challenge = "Bearer realm=\"oauth\"";
        if (refusal.parameter().equals(Optional.of("access_token"))) return challenge;
        String error = challenge + ", error=\"" + refusal.code() + '"';
        return refusal.description()
                .map(text -> error + ", error_description=\"" + text + '"')
                .orElse(error);
    }

    /**
     * Reads a JSON object from a body, for dialects that have one in the place of a form.
     *
     * @param request the request on the wire
     * @return its members
     * @throws Refused if the body is too large, of another media type, or no JSON object in UTF-8
     */
    static Claims jsonObject(WireRequest request) {
        if (!request.mediaType().equals("application/json")) {
            throw Refusal.of(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "the body is no JSON")
                    .saying("the body must be application/json")
                    .thrown();
        }
        try {
            return Claims.parse(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(request.body()))
                    .toString());
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw Refusal.of(ErrorCode.INVALID_REQUEST, "the body is no JSON object")
                    .saying("the body must be a JSON object")
                    .thrown();
        }
    }

    /**
     * Takes members of a JSON object for parameters. Strings and booleans only: what a form could have held.
     *
     * @param body the object
     * @param rfcName what the RFCs call a member; empty for one to be passed over
     * @return parameters in RFC names
     * @throws Refused {@code invalid_request} if a member is of another type, or by the rules of {@link Params}
     */
    static Params members(Claims body, Function<String, Optional<String>> rfcName) {
        Params.Builder params = Params.builder();
        body.forEach((name, value) -> rfcName.apply(name).ifPresent(parameter -> {
            if (!(value instanceof String || value instanceof Boolean)) {
                throw Refusal.badParameter(parameter, "must be a string").thrown();
            }
            params.add(parameter, value.toString());
        }));
        return params.build();
    }

    /**
     * The status the RFCs give a refusal.
     *
     * @param code why
     * @return an HTTP status
     */
    static int status(ErrorCode code) {
        return switch (code.value()) {
            case "invalid_client", "invalid_token" -> 401;
            case "insufficient_scope", "mfa_required" -> 403;
            case "not_found" -> 404;
            case "method_not_allowed" -> 405;
            case "body_too_large" -> 413;
            case "unsupported_media_type" -> 415;
            case "too_many_attempts" -> 429;
            case "server_error" -> 500;
            case "temporarily_unavailable" -> 503;
            default -> 400;
        };
    }

    /**
     * Adds the headers that any refusal may need, whatever its body: {@code Allow}, {@code Retry-After}, no storing.
     *
     * @param refusal the refusal
     * @param response its response
     * @return the response with headers
     */
    static WireResponse envelope(Refusal refusal, WireResponse response) {
        WireResponse out = unstored(response);
        if (!refusal.allow().isEmpty()) out = out.withHeader("Allow", String.join(", ", refusal.allow()));
        if (refusal.retryAfter().isEmpty()) return out;
        long seconds = Math.max(1, refusal.retryAfter().get().plusMillis(999).toSeconds());
        return out.withHeader("Retry-After", Long.toString(seconds));
    }

    /**
     * Forbids storing (RFC 6749 section 5.1).
     *
     * @param response a response
     * @return the response with {@code Cache-Control: no-store} and {@code Pragma: no-cache}
     */
    static WireResponse unstored(WireResponse response) {
        return response.withHeader("Cache-Control", "no-store").withHeader("Pragma", "no-cache");
    }
}
