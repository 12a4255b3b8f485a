package dev.mintmark.auth;

import dev.mintmark.auth.prompt.Interaction;
import dev.mintmark.auth.prompt.Prompt;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.wire.WireRequest;
import dev.mintmark.auth.wire.WireResponse;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shows pages, and sends browsers on: whatever leaves for a browser passes here. */
final class Parlour {
    /** Below the base URI: where what pages refer to stands. */
    static final String ASSETS = "/pages/";

    private final String base;
    private final String interactionPath;
    private final Redirects redirects;
    private final Interaction pages;

    Parlour(Settings settings, String interactionPath, Redirects redirects, Interaction pages) {
        // Paths from the root of the host: right behind a proxy, too.
        this.base = settings.baseUri().getRawPath();
        this.interactionPath = base + interactionPath;
        this.redirects = redirects;
        this.pages = pages;
    }

    /** Where forms go. */
    String interactionPath() {
        return interactionPath;
    }

    /** Where a visit goes on. */
    String at(String visit) {
        return interactionPath + "?interaction=" + visit;
    }

    Prompts.Frame frame(Params asked) {
        List<String> locales = asked.get("ui_locales").stream()
                .flatMap(tags -> Arrays.stream(tags.split(" ", -1)))
                .filter(tag -> tag.matches("[A-Za-z0-9-]{2,35}"))
                .limit(10)
                .toList();
        return new Prompts.Frame(base + ASSETS, locales);
    }

    /** What a page of the server's own goes on with. */
    static Params locales(Params params) {
        return params.get("ui_locales")
                .map(tags -> Params.of("ui_locales", tags))
                .orElse(Params.none());
    }

    WireResponse show(Prompt prompt, WireRequest request) {
        WireResponse page = pages.ask(prompt, request);
        page = standing(page, "Cache-Control", "no-store");
        page = standing(page, "X-Frame-Options", "DENY");
        // Not no-referrer: browsers would then send no Origin with forms, and some guards before us want one.
        page = standing(page, "Referrer-Policy", "same-origin");
        return standing(page, "Content-Security-Policy", "frame-ancestors 'none'");
    }

    private static WireResponse standing(WireResponse page, String header, String value) {
        return page.header(header).isPresent() ? page : page.withHeader(header, value);
    }

    /** What is wrong and cannot be told to a client. */
    WireResponse failure(Refusal refusal, WireRequest request) {
        Prompt prompt = new Prompts.Failure(frame(Params.none()), refusal.code(), refusal.description());
        WireResponse page = show(prompt, request).withStatus(status(refusal.code()));
        return refusal.retryAfter()
                .map(wait -> page.withHeader("Retry-After", String.valueOf(Math.max(1, wait.toSeconds()))))
                .orElse(page);
    }

    private static int status(ErrorCode code) {
        if (code.equals(ErrorCode.TEMPORARILY_UNAVAILABLE)) return 503;
        if (code.equals(ErrorCode.SERVER_ERROR)) return 500;
        if (code.equals(ErrorCode.TOO_MANY_ATTEMPTS)) return 429;
        if (code.equals(ErrorCode.BODY_TOO_LARGE)) return 413;
        if (code.equals(ErrorCode.UNSUPPORTED_MEDIA_TYPE)) return 415;
        return 400;
    }

    /** RFC 9700 section 4.12: 303, or the browser would post again what a person typed. */
    WireResponse redirect(String location) {
        return WireResponse.of(303)
                .withHeader("Location", location)
                .withHeader("Cache-Control", "no-store")
                .withHeader("Referrer-Policy", "same-origin");
    }

    /** An answer to a client (RFC 6749 section 4.1.2). */
    WireResponse answer(Target.Redirect target, Map<String, String> members, WireRequest request) {
        if (target.mode() != ResponseMode.FORM_POST)
            return redirect(redirects.uri(target, members).toString());
        Prompts.Frame frame = frame(Params.none());
        String leadsTo = target.leadsTo().orElseThrow();
        return show(new Prompts.FormPost(frame, target.uri(), redirects.complete(target, members), leadsTo), request);
    }

    WireResponse refused(Target.Redirect target, Refusal refusal, WireRequest request) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("error", refusal.code().value());
        refusal.description().ifPresent(text -> members.put("error_description", text));
        return answer(target, members, request);
    }
}
