package dev.mintmark.auth;

import dev.mintmark.auth.prompt.Problem;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.protocol.Refused;
import dev.mintmark.auth.wire.WireRequest;
import dev.mintmark.auth.wire.WireResponse;
import java.util.Map;
import java.util.Optional;

/**
 * Where people type the code that their device shows (RFC 8628 section 3.3). A link that has the code fills it in and no more: the
 * person looks at it, and is asked once more after signing in.
 */
final class DeviceEndpoint {
    private static final String USER_CODE = "user_code";

    /** Longer than any code, however it is written. */
    private static final int LONGEST = 40;

    private final Engine engine;
    private final BrowserParts parts;
    private final AuthorizationEndpoint authorization;

    DeviceEndpoint(Engine engine, BrowserParts parts, AuthorizationEndpoint authorization) {
        this.engine = engine;
        this.parts = parts;
        this.authorization = authorization;
    }

    WireResponse handle(WireRequest request) {
        return engine.shown("device", request, parts.parlour(), caller -> {
            boolean posted = request.method().equals("POST");
            Params params = AuthorizationEndpoint.params(request);
            Optional<String> code = params.get(USER_CODE);
            if (!posted) return known(asked(code, Optional.empty(), params, request), request);
            // Another site's form comes without our cookies. It is no more than a link: the person looks at the code
            // first.
            if (parts.cookies().read(request, Cookies.Name.BROWSER).isEmpty()) return filledIn(code, request);
            if (code.isEmpty()) return asked(code, problem(ErrorCode.INVALID_REQUEST), params, request);
            try {
                return typed(caller, code.get(), request);
            } catch (Refused e) {
                Refusal refusal = engine.refusal(e, "device", caller.client());
                return asked(code, Optional.of(new Problem(refusal.code(), refusal.retryAfter())), params, request);
            }
        });
    }

    /** The page's own form comes with the browser's cookie. */
    private WireResponse known(WireResponse page, WireRequest request) {
        if (parts.cookies().read(request, Cookies.Name.BROWSER).isPresent()) return page;
        return parts.cookies().set(page, Cookies.Name.BROWSER, parts.memory().newHandle());
    }

    private WireResponse filledIn(Optional<String> code, WireRequest request) {
        String query = code.filter(text -> text.length() <= LONGEST)
                .map(text -> '?' + USER_CODE + '=' + Redirects.encode(text))
                .orElse("");
        return parts.parlour().redirect(request.path() + query);
    }

    private static Optional<Problem> problem(ErrorCode code) {
        return Optional.of(new Problem(code, Optional.empty()));
    }

    private WireResponse asked(Optional<String> code, Optional<Problem> problem, Params params, WireRequest request) {
        Prompts.Sheet sheet = new Prompts.Sheet(
                parts.parlour().frame(params), request.path(), Map.of(), Optional.empty(), Optional.empty(), problem);
        return parts.parlour().show(new Prompts.Device(sheet, code), request);
    }

    /** Section 5.1: so short a code is only as good as the limit on guesses. */
    private WireResponse typed(Engine.Caller caller, String code, WireRequest request) {
        Target.Device device = parts.people()
                .guessing(
                        "user code",
                        request.remoteAddress(),
                        () -> parts.devices().typed(code))
                .orElseThrow(() -> Refusal.of(ErrorCode.INVALID_GRANT, "no device shows this code")
                        .thrown());
        caller.is(device.client());
        return authorization.entered(parts.devices().wanted(device), request);
    }
}
