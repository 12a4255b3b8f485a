package dev.mintmark.auth;

import dev.mintmark.auth.AuthorizationRules.Wanted;
import dev.mintmark.auth.Sessions.Session;
import dev.mintmark.auth.Visits.Visit;
import dev.mintmark.auth.protocol.Authentication;
import dev.mintmark.auth.protocol.Authorization;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.protocol.Refused;
import dev.mintmark.auth.protocol.Scopes;
import dev.mintmark.auth.store.Change;
import dev.mintmark.auth.store.GrantStore;
import dev.mintmark.auth.wire.WireRequest;
import dev.mintmark.auth.wire.WireResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The authorization endpoint (RFC 6749 section 3.1, OpenID Connect Core section 3.1.2), and the one story of how a code comes to
 * be: a request is checked, put down if a person has to be asked, and answered.
 */
final class AuthorizationEndpoint {
    /** How often a request decides anew because another was faster. */
    private static final int ATTEMPTS = 3;

    /** What says where an answer goes: they must be right before any client is told anything. */
    private static final Set<String> DECIDING = Set.of("client_id", "redirect_uri", "request_uri");

    /** What may be over in a moment. */
    private static final Set<ErrorCode> FAULTS = Set.of(ErrorCode.TEMPORARILY_UNAVAILABLE, ErrorCode.SERVER_ERROR);

    private final Engine engine;
    private final BrowserParts parts;
    private final PromptPages pages;

    AuthorizationEndpoint(Engine engine, BrowserParts parts, PromptPages pages) {
        this.engine = engine;
        this.parts = parts;
        this.pages = pages;
    }

    /** What a person must be asked next. */
    enum Ask {
        SIGN_IN,
        SECOND_FACTOR,
        RECOVERY_CODE,
        CONSENT,
        NOTHING
    }

    WireResponse handle(WireRequest request) {
        return engine.shown("authorization", request, parts.parlour(), caller -> {
            boolean posted = request.method().equals("POST");
            byte[] raw = raw(request);
            Params deciding = Params.ofForm(raw, DECIDING);
            Optional<Params> pushed = parts.pushed().take(deciding);
            Target.Redirect target = parts.rules().target(pushed.orElseGet(() -> withHow(deciding, raw)));
            caller.is(target.client());
            return told(caller, target, Optional.empty(), request, () -> {
                Params params = pushed.orElseGet(() -> Params.ofForm(raw));
                Wanted wanted = parts.rules().wanted(target, params);
                if (pushed.isEmpty() && target.client().requirePushedAuthorizationRequests()) {
                    throw Refusal.badParameter("request_uri", "is required: requests must be pushed")
                            .thrown();
                }
                // Another site's POST comes without our cookies; the GET that follows brings them.
                return posted ? putDown(wanted, Optional.empty(), request) : proceed(wanted, Optional.empty(), request);
            });
        });
    }

    /** From the query, or from the form. */
    static Params params(WireRequest request) {
        return Params.ofForm(raw(request));
    }

    private static byte[] raw(WireRequest request) {
        return request.method().equals("POST")
                ? form(request)
                : request.query().orElse("").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] form(WireRequest request) {
        if (request.mediaType().equals("application/x-www-form-urlencoded")) return request.body();
        throw Refusal.of(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "the body is no form")
                .saying("the body must be application/x-www-form-urlencoded")
                .thrown();
    }

    /** How an answer goes is no reason not to give one. */
    private static Params withHow(Params deciding, byte[] raw) {
        Params params = deciding;
        for (String name : List.of("state", "response_mode")) {
            Optional<String> value = readable(raw, name);
            if (value.isPresent()) params = params.with(name, value.get());
        }
        return params;
    }

    /** What is not is read once more with all the others, and then the client is told. */
    private static Optional<String> readable(byte[] raw, String name) {
        try {
            return Params.ofForm(raw, Set.of(name)).get(name);
        } catch (Refused e) {
            return Optional.empty();
        }
    }

    /**
     * Work whose refusal the client is told (RFC 6749 section 4.1.2.1); a visit then is over. What passes by itself does not end
     * one: the person is told, and may try again.
     */
    WireResponse told(
            Engine.Caller caller, Target target, Optional<Visit> visit, WireRequest request, Engine.Answering work) {
        try {
            return work.answer();
        } catch (RuntimeException e) {
            Refusal refusal = engine.refusal(e, "authorization", caller.client());
            boolean passing = refusal.code().equals(ErrorCode.TOO_MANY_ATTEMPTS)
                    || (visit.isPresent() && FAULTS.contains(refusal.code()));
            if (passing) return parts.parlour().failure(refusal, request);
            visit.ifPresent(this::over);
            if (target instanceof Target.Redirect redirect) {
                return parts.parlour().refused(redirect, inItsWords(refusal), request);
            }
            return parts.parlour().failure(inItsWords(refusal), request);
        }
    }

    /** Who is gone or disabled meanwhile has no code of its own there. */
    private static Refusal inItsWords(Refusal refusal) {
        return refusal.code().equals(ErrorCode.INVALID_GRANT)
                ? Refusal.of(ErrorCode.ACCESS_DENIED, refusal.reason())
                : refusal;
    }

    /** However far it has come meanwhile. */
    void over(Visit visit) {
        try {
            if (parts.memory().apply(visit.done()) == GrantStore.Outcome.DONE) return;
            parts.visits()
                    .find(visit.handle())
                    .filter(now -> now.held().usable())
                    .ifPresent(now -> parts.memory().apply(now.done()));
        } catch (RuntimeException e) {
            // The client is told all the same, and the visit ends by itself.
            engine.refusal(e, "authorization", visit.client());
        }
    }

    /** A request that waits for a person, at a URL of its own. */
    private WireResponse putDown(Wanted wanted, Optional<String> browser, WireRequest request) {
        parts.people().visited(request.remoteAddress());
        Visits.Begun begun = parts.visits().begin(wanted.target(), wanted.params(), browser);
        if (parts.memory().apply(begun.change()) != GrantStore.Outcome.DONE) throw busy();
        return parts.parlour().redirect(parts.parlour().at(begun.handle()));
    }

    /** Answers the client, or asks the person. */
    WireResponse proceed(Wanted wanted, Optional<Visit> visit, WireRequest request) {
        return proceed(wanted, visit, false, request);
    }

    /**
     * The same.
     *
     * @param allowed whether the person just said yes
     */
    WireResponse proceed(Wanted wanted, Optional<Visit> visit, boolean allowed, WireRequest request) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Optional<Visit> now = attempt == 1
                    ? visit
                    : visit.flatMap(before -> parts.visits().find(before.handle()));
            // Answered by whoever was faster: once is enough.
            if (attempt > 1 && now.filter(found -> !found.held().usable()).isPresent()) {
                return parts.parlour().redirect(parts.parlour().at(now.get().handle()));
            }
            Optional<Session> session = parts.session(request);
            Ask ask = ask(wanted, session, now, allowed);
            if (ask != Ask.NOTHING) {
                if (now.isPresent()) return pages.page(ask, wanted, session, now.get(), request);
                return entered(wanted, request);
            }
            Optional<WireResponse> answer = answered(wanted, session.orElseThrow(), now, allowed, request);
            if (answer.isPresent()) return answer.get();
        }
        throw busy();
    }

    /** Into the parlour: from now on this is this browser's. A POST without its cookie may come from another site. */
    WireResponse entered(Wanted wanted, WireRequest request) {
        Optional<String> known = parts.cookies().read(request, Cookies.Name.BROWSER);
        if (known.isPresent() || request.method().equals("POST")) return putDown(wanted, known, request);
        String browser = parts.memory().newHandle();
        WireResponse response = putDown(wanted, Optional.of(browser), request);
        return parts.cookies().set(response, Cookies.Name.BROWSER, browser);
    }

    /** In the order of OpenID Connect Core sections 3.1.2.3 and 3.1.2.4. */
    Ask ask(Wanted wanted, Optional<Session> session, Optional<Visit> visit, boolean allowed) {
        boolean telling = session.isPresent()
                && visit.filter(v -> v.isTelling(session.get().subject().value()))
                        .isPresent();
        if (telling) return Ask.RECOVERY_CODE;
        boolean fresh = session.isPresent()
                && visit.filter(v -> v.isFresh(session.get().sid())).isPresent();
        if (session.isEmpty() || (!fresh && isStale(wanted, session.get()))) {
            if (wanted.quietly()) throw refused(ErrorCode.LOGIN_REQUIRED, "nobody is signed in as it is wanted");
            return visit.flatMap(parts::pending).isPresent() ? Ask.SECOND_FACTOR : Ask.SIGN_IN;
        }
        if (!isAbout(wanted, session.get())) throw refused(ErrorCode.LOGIN_REQUIRED, "somebody else signed in");
        if (!isMet(wanted, session.get())) {
            boolean possible =
                    wanted.contextClasses().contains(parts.browserRules().twoFactors())
                            && session.get()
                                    .user()
                                    .filter(user -> !parts.people().usable(user).isEmpty())
                                    .isPresent();
            if (possible && !wanted.quietly()) return Ask.SECOND_FACTOR;
            if (possible) throw refused(ErrorCode.LOGIN_REQUIRED, "a second factor is wanted");
            if (wanted.contextClassIsEssential())
                throw refused(ErrorCode.UNMET_AUTHENTICATION_REQUIREMENTS, "no such acr is possible");
        }
        if (allowed || isAllowed(wanted, session.get())) return Ask.NOTHING;
        if (wanted.quietly()) throw refused(ErrorCode.CONSENT_REQUIRED, "the person was not asked yet");
        return Ask.CONSENT;
    }

    private boolean isStale(Wanted wanted, Session session) {
        boolean old = wanted.maxAge()
                // OpenID Connect Core section 3.1.2.1: max_age=0 is prompt=login
                .filter(age -> age.isZero()
                        || session.authentication()
                                .time()
                                .isBefore(parts.memory().now().minus(age)))
                .isPresent();
        return old || wanted.isForAnew() || !isAbout(wanted, session);
    }

    private boolean isAbout(Wanted wanted, Session session) {
        return wanted.isAbout(parts.subjects().of(wanted.client(), session.subject()));
    }

    private boolean isMet(Wanted wanted, Session session) {
        return wanted.isMetBy(parts.browserRules().contextClass(session.authentication()), parts.browserRules());
    }

    private boolean isAllowed(Wanted wanted, Session session) {
        if (wanted.prompts().contains("consent")) return false;
        Client client = wanted.client();
        if (!client.requireConsent()) return true;
        Scopes scope = parts.scope(wanted, session.user());
        return parts.consents()
                .given(session.subject(), client.clientId())
                .covers(scope, wanted.claims().beside(scope));
    }

    /** What is granted, the consent, the session's use and the visit's end are one change; empty if another was faster. */
    private Optional<WireResponse> answered(
            Wanted wanted, Session session, Optional<Visit> visit, boolean allowed, WireRequest request) {
        if (wanted.target() instanceof Target.Own own) {
            visit.ifPresent(this::over);
            return Optional.of(parts.parlour().redirect(own.path()));
        }
        Scopes scope = parts.scope(wanted, session.user());
        String client = wanted.client().clientId();
        Granted granted = granted(
                wanted, Authorization.ofUser(client, as(wanted, session)).scope(scope), request);
        Change change = granted.change().and(parts.sessions().used(session, Optional.of(client)));
        if (allowed) {
            Consents.Given before = parts.consents().given(session.subject(), client);
            change = change.and(parts.consents()
                    .give(before, granted.authorization(), wanted.claims().beside(scope)));
        }
        if (visit.isPresent()) change = change.and(visit.get().done());
        if (parts.memory().apply(change) != GrantStore.Outcome.DONE) return Optional.empty();
        engine.tellOfCode(granted.authorization());
        return Optional.of(granted.answer().answer());
    }

    /** What a person allowed, what must be written for it, and what the browser then gets. */
    private record Granted(Authorization authorization, Change change, Engine.Answering answer) {}

    private Granted granted(Wanted wanted, Authorization.Builder granted, WireRequest request) {
        if (wanted.target() instanceof Target.Device device) {
            Authorization authorization = granted.resources(wanted.resources()).build();
            return new Granted(
                    authorization,
                    parts.devices().approved(device, authorization),
                    () -> parts.parlour()
                            .show(new Prompts.DeviceDone(parts.parlour().frame(wanted.params()), true), request));
        }
        Target.Redirect redirect = (Target.Redirect) wanted.target();
        CodeIssuer.Code code = parts.codes().code(wanted, granted);
        return new Granted(
                code.authorization(),
                code.change(),
                () -> parts.parlour().answer(redirect, Map.of("code", code.value()), request));
    }

    private Authentication as(Wanted wanted, Session session) {
        String has = parts.browserRules().contextClass(session.authentication());
        return session.authentication().withAcr(parts.browserRules().told(has, wanted.contextClasses()));
    }

    private static Refused busy() {
        return Refusal.of(ErrorCode.TEMPORARILY_UNAVAILABLE, "lost " + ATTEMPTS + " races")
                .retryAfter(Duration.ofSeconds(1))
                .thrown();
    }

    private static Refused refused(ErrorCode code, String reason) {
        return Refusal.of(code, reason).thrown();
    }
}
