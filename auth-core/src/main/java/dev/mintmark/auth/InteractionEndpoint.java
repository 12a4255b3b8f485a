package dev.mintmark.auth;

import dev.mintmark.auth.AuthorizationEndpoint.Ask;
import dev.mintmark.auth.AuthorizationRules.Wanted;
import dev.mintmark.auth.Sessions.Session;
import dev.mintmark.auth.Visits.Visit;
import dev.mintmark.auth.prompt.Problem;
import dev.mintmark.auth.protocol.Authentication;
import dev.mintmark.auth.protocol.Authorization;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.MfaFactor;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.protocol.Refused;
import dev.mintmark.auth.protocol.User;
import dev.mintmark.auth.store.Change;
import dev.mintmark.auth.store.GrantStore;
import dev.mintmark.auth.user.People;
import dev.mintmark.auth.wire.WireRequest;
import dev.mintmark.auth.wire.WireResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Where people answer: GET shows what is asked next, or ends with the code if nothing is; POST takes what was entered, and sends
 * the browser to where things then stand. What does not fit to what is asked, such as a form from before going back, changes
 * nothing.
 */
final class InteractionEndpoint {
    private static final int ATTEMPTS = 3;

    private final Engine engine;
    private final BrowserParts parts;
    private final AuthorizationEndpoint authorization;
    private final PromptPages pages;
    private final LogoutEndpoint logout;

    InteractionEndpoint(
            Engine engine,
            BrowserParts parts,
            AuthorizationEndpoint authorization,
            PromptPages pages,
            LogoutEndpoint logout) {
        this.engine = engine;
        this.parts = parts;
        this.authorization = authorization;
        this.pages = pages;
        this.logout = logout;
    }

    WireResponse handle(WireRequest request) {
        return engine.shown("interaction", request, parts.parlour(), caller -> {
            boolean posted = request.method().equals("POST");
            Params params = AuthorizationEndpoint.params(request);
            Visit visit = standing(params.required(PromptPages.INTERACTION));
            if (visit.isUnopened() && !posted) return opened(visit, request);
            Optional<String> browser = parts.cookies().read(request, Cookies.Name.BROWSER);
            if (browser.filter(visit::belongsTo).isEmpty()) {
                throw refused("it was begun in another browser, or cookies are off");
            }
            if (visit.moved().isPresent()) return at(visit.moved().get());
            Params asked = visit.params();
            Target target = parts.target(visit);
            target.asking().ifPresent(caller::is);
            return authorization.told(caller, target, Optional.of(visit), request, () -> {
                Wanted wanted = parts.wanted(target, asked);
                Optional<String> resumed = params.get("resumed");
                if (posted) return entered(caller, wanted, visit, params, request);
                if (resumed.isPresent()) return resumed(caller, visit, resumed.get(), request);
                return authorization.proceed(wanted, Optional.of(visit), request);
            });
        });
    }

    private Visit standing(String handle) {
        Visit visit = parts.visits().find(handle).orElseThrow(() -> refused("it has expired, or there is none"));
        if (visit.held().stored().expired()) throw refused("it has expired");
        if (visit.held().stored().spent()) throw refused("it is finished");
        return visit;
    }

    private static Refused refused(String how) {
        return Refusal.of(ErrorCode.INVALID_REQUEST, "an interaction: " + how)
                .about(PromptPages.INTERACTION)
                .saying("this sign-in cannot go on: " + how + ". Go back to the application and begin again")
                .thrown();
    }

    /** What another site posted: whoever opens it first has it, as with any link. */
    private WireResponse opened(Visit visit, WireRequest request) {
        Optional<String> known = parts.cookies().read(request, Cookies.Name.BROWSER);
        String browser = known.orElseGet(() -> parts.memory().newHandle());
        Visits.Begun own = parts.visits().opened(visit, browser);
        if (parts.memory().apply(own.change()) != GrantStore.Outcome.DONE) return here(visit);
        WireResponse there = at(own.handle());
        return known.isPresent() ? there : parts.cookies().set(there, Cookies.Name.BROWSER, browser);
    }

    private WireResponse here(Visit visit) {
        return at(visit.handle());
    }

    private WireResponse at(String visit) {
        return parts.parlour().redirect(parts.parlour().at(visit));
    }

    private WireResponse entered(Engine.Caller caller, Wanted wanted, Visit visit, Params params, WireRequest request) {
        Optional<Session> session = parts.session(request);
        Ask ask = authorization.ask(wanted, session, Optional.of(visit), false);
        return switch (ask) {
            case SIGN_IN ->
                params.get("username").isPresent() || params.get("password").isPresent()
                        ? signIn(caller, visit, params, request)
                        : isFromElsewhere(params) ? here(visit) : incomplete(visit);
            case SECOND_FACTOR -> secondFactor(caller, visit, session, params, request);
            case RECOVERY_CODE -> seen(visit, params) ? kept(visit.toldAll(), visit) : here(visit);
            case CONSENT -> consented(wanted, visit, session.orElseThrow(), params, request);
            case NOTHING -> here(visit);
        };
    }

    /** A form of another page than the one where people say who they are. */
    private static boolean isFromElsewhere(Params params) {
        return Stream.of(PromptPages.FACTOR, PromptPages.PERSON, PromptPages.SHOWN)
                .anyMatch(name -> params.get(name).isPresent());
    }

    private static boolean seen(Visit visit, Params params) {
        return params.get(PromptPages.SHOWN).equals(visit.told().map(visit::markOf));
    }

    private WireResponse incomplete(Visit visit) {
        return kept(visit.troubled(new Problem(ErrorCode.INVALID_REQUEST, Optional.empty())), visit);
    }

    /** Whoever was faster has brought things further: the browser is sent to where they stand, either way. */
    private WireResponse kept(Visit after, Visit before) {
        parts.memory().apply(after.change());
        return here(before);
    }

    // ---- who are you? ----

    private WireResponse signIn(Engine.Caller caller, Visit visit, Params params, WireRequest request) {
        String username = params.get("username").orElse("");
        Visit named = visit.namedLast(username.substring(0, Math.min(username.length(), 255)));
        Optional<String> device = parts.cookies().read(request, Cookies.Name.DEVICE);
        User user;
        try {
            user = parts.people()
                    .password(username, params.get("password").orElse(""), request.remoteAddress(), device);
        } catch (Refused e) {
            return kept(named.troubled(problem(caller, e)), visit);
        }
        Authentication first =
                Authentication.of(user.subject().value(), parts.memory().now()).withAmr(List.of("pwd"));
        boolean known = device.filter(token -> parts.people().knows(token, Sessions.ITSELF, user))
                .isPresent();
        if (user.factors().isEmpty() || known)
            return begun(new SignedIn(first, true, Change.none(), UnaryOperator.identity()), visit, request);
        Visit waiting = named.waitingFor(first);
        List<MfaFactor> usable = parts.people().usable(user);
        boolean sendingOnly = usable.stream()
                .allMatch(factor ->
                        factor instanceof MfaFactor.SentCode || factor.type().equals("recovery-code"));
        Optional<String> toSend = usable.stream()
                .filter(MfaFactor.SentCode.class::isInstance)
                .map(MfaFactor::type)
                .filter(type -> sendingOnly)
                .findFirst();
        return toSend.map(type -> sent(caller, waiting, visit, user, type)).orElseGet(() -> kept(waiting, visit));
    }

    private Problem problem(Engine.Caller caller, RuntimeException e) {
        Refusal refusal = engine.refusal(e, "interaction", caller.client());
        return new Problem(refusal.code(), refusal.retryAfter());
    }

    /** What a sign-in leaves behind. */
    private record SignedIn(Authentication authentication, boolean anew, Change also, UnaryOperator<Visit> after) {}

    /** A session begins, under a new handle, and the visit goes on; or another was faster, and the browser sees what came of it. */
    private WireResponse begun(SignedIn signedIn, Visit visit, WireRequest request) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Optional<Session> before = parts.session(request);
            // A step-up lifts the session that it saw, and revives none that has ended meanwhile.
            Optional<String> lifted = signedIn.anew()
                    ? Optional.empty()
                    : signedIn.authentication().session();
            if (lifted.isPresent()
                    && before.map(Session::sid).filter(lifted.get()::equals).isEmpty()) return here(visit);
            // Whoever else was signed in here is not any more. First: if that fails, nothing has happened yet.
            before.filter(old -> !old.subject().equals(signedIn.authentication().subject()))
                    .ifPresent(logout::end);
            Sessions.Begun begun = parts.sessions().begin(signedIn.authentication(), before, signedIn.anew());
            String sid = begun.authentication().session().orElseThrow();
            Visit after = signedIn.after()
                    .apply(
                            signedIn.anew()
                                    ? visit.signedIn(sid, begun.authentication().time())
                                    : visit.provenMore());
            Change change = begun.change().and(after.change()).and(signedIn.also());
            if (parts.memory().apply(change) != GrantStore.Outcome.DONE) {
                boolean same = parts.visits()
                        .find(visit.handle())
                        .filter(visit::isAsFound)
                        .isPresent();
                if (same) continue;
                return here(visit);
            }
            engine.tellOfSignIn(begun.authentication(), visit.client());
            return parts.cookies().set(here(visit), Cookies.Name.SESSION, begun.handle());
        }
        return here(visit);
    }

    private WireResponse resumed(Engine.Caller caller, Visit visit, String token, WireRequest request) {
        Optional<Authentication> proven = visit.resumed(token);
        if (proven.isEmpty()) {
            engine.refusal(refused("the sign-in was used"), "interaction", caller.client());
            return here(visit);
        }
        if (!parts.sessions().admits(proven.get().subject())) {
            // Or the browser would be sent to sign in for ever, and someone else's session end for it.
            Refused unknown = Refusal.of(ErrorCode.ACCESS_DENIED, "resumed for a person who is disabled or gone")
                    .thrown();
            return kept(visit.provenMore().troubled(problem(caller, unknown)), visit);
        }
        return begun(new SignedIn(proven.get(), true, Change.none(), UnaryOperator.identity()), visit, request);
    }

    // ---- the second factor ----

    private WireResponse secondFactor(
            Engine.Caller caller, Visit visit, Optional<Session> session, Params params, WireRequest request) {
        User user = pages.who(session, visit);
        Optional<String> send = params.get("send");
        if (send.isPresent()) return sent(caller, visit, visit, user, send.get());
        Optional<String> recovery = params.get("recovery_code");
        Optional<String> otp = params.get("otp");
        if (recovery.isEmpty() && otp.isEmpty()) {
            return params.get(PromptPages.FACTOR).isPresent() ? incomplete(visit) : here(visit);
        }
        People.Proven proven;
        try {
            proven = recovery.isPresent()
                    ? parts.people().recoveryCode(user, visit.name(), recovery.get())
                    : code(user, visit, params, otp.orElseThrow());
        } catch (Refused e) {
            // Its attempts are used up: from the password on, or not at all.
            boolean over = e.refusal().parameter().equals(Optional.of("mfa_token"));
            Problem problem = problem(caller, e);
            if (over) return kept(visit.startingOver().troubled(tooMany()), visit);
            kept(visit.troubled(problem), visit);
            // To the same field again.
            String factor = recovery.isPresent()
                    ? "recovery-code"
                    : params.get(PromptPages.FACTOR).orElse("otp");
            return parts.parlour().redirect(parts.parlour().at(visit.handle()) + "&factor=" + Redirects.encode(factor));
        }
        return passed(visit, session, user, proven, params, request);
    }

    private static Problem tooMany() {
        return new Problem(ErrorCode.TOO_MANY_ATTEMPTS, Optional.empty());
    }

    /** A code of the authenticator and one that was sent are entered in the same field; the form says which it is. */
    private People.Proven code(User user, Visit visit, Params params, String code) {
        boolean sent = params.get("factor").filter(type -> !type.equals("otp")).isPresent();
        return sent
                ? parts.people().sentCode(user, visit.name(), visit.sent(), code)
                : parts.people().otp(user, visit.name(), code);
    }

    private WireResponse sent(Engine.Caller caller, Visit after, Visit before, User user, String type) {
        People.Sent sent;
        try {
            sent = parts.people().newCode(user, after.name(), type);
        } catch (Refused e) {
            return kept(after.troubled(problem(caller, e)), before);
        }
        if (parts.memory().apply(after.sent(sent).change()) != GrantStore.Outcome.DONE) return here(before);
        // Only now: a code that came before it was valid would be a wrong one.
        Duration left = parts.browserRules().code();
        try {
            parts.people().send(user, sent, left);
        } catch (EnginePeople.Unsent e) {
            // Nothing else of what was proven is lost: the person may ask for another.
            Problem problem = problem(caller, e);
            parts.visits().find(before.handle()).ifPresent(now -> kept(now.troubled(problem), now));
        }
        return here(before);
    }

    private WireResponse passed(
            Visit visit,
            Optional<Session> session,
            User user,
            People.Proven proven,
            Params params,
            WireRequest request) {
        Optional<Authentication> pending = parts.pending(visit);
        Authentication first =
                pending.or(() -> session.map(Session::authentication)).orElseThrow();
        List<String> amr = new ArrayList<>(first.amr());
        proven.amr().stream().filter(how -> !amr.contains(how)).forEach(amr::add);
        if (!amr.contains("mfa")) amr.add("mfa");
        Authentication both = first.withAmr(amr).withAcr(parts.browserRules().twoFactors());
        UnaryOperator<Visit> after = proven.told()
                .string("recovery_code")
                .<UnaryOperator<Visit>>map(
                        code -> visited -> visited.telling(code, user.subject().value()))
                .orElse(UnaryOperator.identity());
        boolean anew = pending.isPresent();
        if (params.get("remember_device").filter("true"::equals).isEmpty()) {
            return begun(new SignedIn(both, anew, proven.change(), after), visit, request);
        }
        Authorization here = Authorization.ofUser(Sessions.ITSELF, both).build();
        People.Device device = parts.people().remember(here, user);
        SignedIn signedIn = new SignedIn(both, anew, proven.change().and(device.change()), after);
        WireResponse response = begun(signedIn, visit, request);
        // Only what was written is kept by the browser.
        if (response.header("Set-Cookie").isEmpty()) return response;
        Duration lifetime = parts.browserRules().device();
        return parts.cookies().set(response, Cookies.Name.DEVICE, device.token(), lifetime);
    }

    // ---- may it have this? ----

    private WireResponse consented(Wanted wanted, Visit visit, Session session, Params params, WireRequest request) {
        boolean asked = params.get(PromptPages.PERSON)
                .equals(Optional.of(visit.markOf(session.subject().value())));
        String decision = params.get("decision").orElse("");
        if (asked && decision.equals("allow")) {
            return authorization.proceed(wanted, Optional.of(visit), true, request);
        }
        if (asked && decision.equals("deny")) {
            if (wanted.target() instanceof Target.Device device) return denied(device, wanted, visit, request);
            throw Refusal.of(ErrorCode.ACCESS_DENIED, "the person said no")
                    .saying("the person said no")
                    .thrown();
        }
        return here(visit);
    }

    private WireResponse denied(Target.Device device, Wanted wanted, Visit visit, WireRequest request) {
        parts.devices().denied(device);
        authorization.over(visit);
        return parts.parlour().show(new Prompts.DeviceDone(parts.parlour().frame(wanted.params()), false), request);
    }
}
