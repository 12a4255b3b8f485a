package dev.mintmark.auth;

import dev.mintmark.auth.AuthorizationRules.Wanted;
import dev.mintmark.auth.grant.ClientCall;
import dev.mintmark.auth.protocol.Authentication;
import dev.mintmark.auth.protocol.Authorization;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.MfaFactor;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.protocol.Refused;
import dev.mintmark.auth.protocol.User;
import dev.mintmark.auth.store.Change;
import dev.mintmark.auth.store.GrantStore;
import dev.mintmark.auth.store.Kind;
import dev.mintmark.auth.user.People;
import dev.mintmark.auth.user.People.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where an application of the same house signs people in at its own screens, step by step, and ends with a code (OAuth 2.0 for
 * First-Party Applications). Parameters beside those of an authorization request: {@code username} and {@code password};
 * {@code otp} (with {@code factor} for whoever has several), or {@code recovery_code}, or {@code send} with {@code email} or {@code sms}; {@code device_token},
 * {@code remember_device}. What is still to be shown, {@code challenge} lists. Each answer has a new {@code auth_session}.
 */
final class AuthorizationChallengeEndpoint implements ClientEndpoint {
    /** What is for one request alone, and not put down. */
    private static final Set<String> PASSING = Set.of(
            "client_secret",
            "client_assertion",
            "client_assertion_type",
            "auth_session",
            "username",
            "password",
            "otp",
            "recovery_code",
            "send",
            "factor",
            "device_token",
            "remember_device");

    private static final String PARAMS = "params";
    private static final String NAME = "name";
    private static final String SENT = "sent";

    private final GrantCall.Parts parts;
    private final AuthorizationRules rules;
    private final BrowserRules browserRules;
    private final CodeIssuer codes;
    private final Subjects subjects;
    private final Duration lifetime;

    AuthorizationChallengeEndpoint(
            GrantCall.Parts parts,
            AuthorizationRules rules,
            BrowserRules browserRules,
            CodeIssuer codes,
            Subjects subjects,
            Duration lifetime) {
        this.parts = parts;
        this.rules = rules;
        this.browserRules = browserRules;
        this.codes = codes;
        this.subjects = subjects;
        this.lifetime = lifetime;
    }

    /** How far a sign-in has come: what was put down, if it began before, and what is known by now. */
    private record Step(ClientCall call, Wanted wanted, Optional<Held> before, Claims details) {
        String name() {
            return details.string(NAME).orElseThrow();
        }

        Optional<Authentication> first() {
            return before.flatMap(held -> held.authorization().authentication());
        }

        Optional<String> param(String name) {
            return call.params().get(name);
        }
    }

    @Override
    public Claims call(ClientCall call) {
        Client client = call.client();
        if (!client.firstParty()) {
            throw Refusal.of(ErrorCode.UNAUTHORIZED_CLIENT, client + " is no client of the same house")
                    .thrown();
        }
        Step step = step(call);
        return step.first().isPresent() ? second(step) : first(step);
    }

    private Step step(ClientCall call) {
        Optional<Held> before = call.params().get("auth_session").map(handle -> standing(handle, call));
        Claims details = before.map(Held::details)
                .orElseGet(() -> Claims.of(PARAMS, Visits.claims(call.params(), PASSING))
                        .with(NAME, parts.memory().newId()));
        Params asked = Visits.params(details.object(PARAMS));
        return new Step(call, rules.wanted(new Target.Direct(call.client()), asked), before, details);
    }

    private Held standing(String handle, ClientCall call) {
        return parts.memory()
                .find(parts.memory().key(Kind.AUTH_SESSION, handle))
                .filter(Held::usable)
                .filter(held ->
                        held.authorization().client().equals(call.client().clientId()))
                .filter(held -> held.authorization().binding().equals(call.binding()))
                .orElseThrow(() -> Refusal.of(ErrorCode.INVALID_SESSION, "auth_session is not one that can go on")
                        .about("auth_session")
                        .thrown());
    }

    private Claims first(Step step) {
        Optional<String> username = step.param("username");
        Optional<String> password = step.param("password");
        if (username.isEmpty() || password.isEmpty()) {
            throw unfinished(step, nobody(step), List.of("password"), Optional.empty());
        }
        Optional<String> device = step.param("device_token");
        User user;
        try {
            user = parts.people()
                    .password(username.get(), password.get(), step.call().remoteAddress(), device);
        } catch (Refused e) {
            if (!e.refusal().code().equals(ErrorCode.INVALID_GRANT)) throw e;
            throw unfinished(step, nobody(step), List.of("password"), Optional.of("the name or the password is wrong"));
        }
        Authentication authentication =
                Authentication.of(user.subject().value(), parts.memory().now()).withAmr(List.of("pwd"));
        boolean known = device.filter(token ->
                        parts.people().knows(token, step.call().client().clientId(), user))
                .isPresent();
        boolean met = step.wanted().isMetBy(browserRules.contextClass(authentication), browserRules);
        boolean enough = user.factors().isEmpty() || (known && met);
        if (enough) return finished(step, authentication, user, Change.none(), Claims.none());
        throw unfinished(step, authorization(step, authentication), factors(user), Optional.empty());
    }

    private List<String> factors(User user) {
        return parts.people().usable(user).stream().map(MfaFactor::type).toList();
    }

    private Claims second(Step step) {
        Authentication first = step.first().orElseThrow();
        User user = parts.people().standing(first.subject());
        Optional<String> send = step.param("send");
        if (send.isPresent()) throw sent(step, user, send.get());
        Optional<String> otp = step.param("otp");
        Optional<String> recovery = step.param("recovery_code");
        Optional<Sent> sent = Sent.of(step.details().object(SENT));
        if (otp.isEmpty() && recovery.isEmpty()) {
            throw unfinished(step, authorization(step, first), factors(user), Optional.empty());
        }
        People.Proven proven;
        try {
            if (recovery.isPresent()) proven = parts.people().recoveryCode(user, step.name(), recovery.get());
            else if (isSent(step, sent)) proven = parts.people().sentCode(user, step.name(), sent, otp.orElseThrow());
            else proven = parts.people().otp(user, step.name(), otp.orElseThrow());
        } catch (Refused e) {
            boolean over = e.refusal().parameter().equals(Optional.of("mfa_token"));
            if (over || !e.refusal().code().equals(ErrorCode.INVALID_GRANT)) throw over ? ended(e) : e;
            Optional<String> how = Optional.of("the code is wrong or was used");
            throw unfinished(step, authorization(step, first), factors(user), how);
        }
        List<String> amr = new ArrayList<>(first.amr());
        amr.addAll(proven.amr());
        amr.add("mfa");
        Authentication both = first.withAmr(amr);
        Change change = proven.change();
        Claims told = proven.told();
        if (step.param("remember_device").filter("true"::equals).isPresent()) {
            People.Device device = parts.people().remember(authorization(step, both), user);
            change = change.and(device.change());
            told = told.with("device_token", device.token());
        }
        return finished(step, both, user, change, told);
    }

    /** Both are entered as {@code otp}: {@code factor} says which it is, and where it does not, what was sent last is meant. */
    private static boolean isSent(Step step, Optional<Sent> sent) {
        return step.param("factor").map(type -> !type.equals("otp")).orElse(sent.isPresent());
    }

    private static Refused ended(Refused e) {
        return Refusal.of(ErrorCode.INVALID_SESSION, e.refusal().reason())
                .about("auth_session")
                .thrown();
    }

    private Refused sent(Step step, User user, String type) {
        Sent sent = parts.people().newCode(user, step.name(), type);
        Step with = new Step(
                step.call(), step.wanted(), step.before(), step.details().with(SENT, sent.toClaims()));
        Refused next =
                unfinished(with, authorization(step, step.first().orElseThrow()), factors(user), Optional.empty());
        // Only now: a code that came before it was valid would be a wrong one.
        try {
            parts.people().send(user, sent, left(step));
        } catch (EnginePeople.Unsent e) {
            // Nothing else of what was shown is lost: the application may ask for another.
            // Why, no log is told: whoever sends codes may name the code in what it throws.
            return Refusal.of(ErrorCode.TEMPORARILY_UNAVAILABLE, "a code could not be sent")
                    .retryAfter(Duration.ofSeconds(1))
                    .telling(next.refusal().members())
                    .thrown();
        }
        return next;
    }

    private Authorization nobody(Step step) {
        return Authorization.ofClient(step.call().client().clientId())
                .binding(step.call().binding())
                .build();
    }

    private static Authorization authorization(Step step, Authentication authentication) {
        return Authorization.ofUser(step.call().client().clientId(), authentication)
                .binding(step.call().binding())
                .build();
    }

    /** Put down under a new handle; the old one is used up. */
    private Refused unfinished(Step step, Authorization pending, List<String> challenge, Optional<String> how) {
        // Each answer is a row of its own, and anyone can say to be a public client.
        if (step.before().isEmpty() || step.call().client().isPublic()) {
            parts.people().visited(step.call().remoteAddress());
        }
        String handle = parts.memory().newHandle();
        Change change = parts.memory()
                .remember(Kind.AUTH_SESSION, handle, pending, step.details(), left(step))
                .and(used(step));
        if (parts.memory().apply(change) != GrantStore.Outcome.DONE) throw lost();
        List<Claims> types =
                challenge.stream().map(type -> Claims.of("type", type)).toList();
        return Refusal.of(ErrorCode.INSUFFICIENT_AUTHORIZATION, how.orElse("not everything is shown yet"))
                .saying(how.orElse("more is to be shown"))
                .telling(Claims.of("auth_session", handle)
                        .with("expires_in", left(step).toSeconds())
                        .with("challenge", types))
                .thrown();
    }

    /** Once the password is shown, the rest has to follow: what was proven does not last for as long as somebody asks. */
    private Duration left(Step step) {
        return step.before()
                .filter(held -> held.authorization().authentication().isPresent())
                .map(held -> Duration.between(held.now(), held.expires()))
                .orElse(lifetime);
    }

    private Change used(Step step) {
        return step.before().map(parts.memory()::spend).orElse(Change.none());
    }

    private static Refused lost() {
        return Refusal.of(ErrorCode.INVALID_SESSION, "auth_session was used meanwhile")
                .about("auth_session")
                .thrown();
    }

    private Claims finished(Step step, Authentication proven, User user, Change also, Claims told) {
        Wanted wanted = step.wanted();
        if (!wanted.isAbout(subjects.of(wanted.client(), user.subject()))) {
            throw Refusal.of(ErrorCode.LOGIN_REQUIRED, "somebody else signed in")
                    .thrown();
        }
        String has = browserRules.contextClass(proven);
        boolean met = wanted.isMetBy(has, browserRules);
        // Someone without a second factor cannot get one here.
        if (!met && wanted.contextClassIsEssential()) {
            throw Refusal.of(ErrorCode.UNMET_AUTHENTICATION_REQUIREMENTS, "no such acr is possible")
                    .thrown();
        }
        Authentication authentication = proven.withAcr(browserRules.told(has, wanted.contextClasses()));
        CodeIssuer.Code code = codes.code(
                wanted,
                Authorization.ofUser(step.call().client().clientId(), authentication)
                        .scope(parts.scopes()
                                .standing(
                                        wanted.scope(),
                                        wanted.params().get("scope").map(any -> wanted.scope()),
                                        wanted.client(),
                                        Optional.of(user))));
        if (parts.memory().apply(code.change().and(also).and(used(step))) != GrantStore.Outcome.DONE) throw lost();
        return Claims.of("authorization_code", code.value()).with(told);
    }
}
