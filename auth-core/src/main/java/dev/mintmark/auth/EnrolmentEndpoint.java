package dev.mintmark.auth;

import dev.mintmark.auth.AuthorizationEndpoint.Ask;
import dev.mintmark.auth.AuthorizationRules.Wanted;
import dev.mintmark.auth.Sessions.Session;
import dev.mintmark.auth.prompt.Problem;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.MfaFactor;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.Secret;
import dev.mintmark.auth.protocol.Totp;
import dev.mintmark.auth.protocol.User;
import dev.mintmark.auth.store.Change;
import dev.mintmark.auth.store.GrantStore;
import dev.mintmark.auth.store.UserStore;
import dev.mintmark.auth.wire.WireRequest;
import dev.mintmark.auth.wire.WireResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a person sets up an authenticator, and gets recovery codes. Whoever does has just signed in, with a second factor if
 * there is one: or a browser left alone for a moment would be enough to take an account over.
 */
final class EnrolmentEndpoint {
    private static final String AUTHENTICATOR = "authenticator";
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final int CODES = 8;

    private final Engine engine;
    private final BrowserParts parts;
    private final AuthorizationEndpoint authorization;
    private final UserStore users;
    private final SecureRandom random;
    private final String path;
    private final String next;
    private final String issuerName;

    EnrolmentEndpoint(
            Engine engine,
            BrowserParts parts,
            AuthorizationEndpoint authorization,
            AuthorizationServerBuilder b,
            String path,
            String next) {
        this.engine = engine;
        this.parts = parts;
        this.authorization = authorization;
        this.users = b.users.orElseThrow();
        this.random = b.random;
        this.path = path;
        this.next = next;
        this.issuerName = b.baseUri.getHost();
    }

    WireResponse handle(WireRequest request) {
        return engine.shown("enrolment", request, parts.parlour(), caller -> {
            boolean posted = request.method().equals("POST");
            Params params = AuthorizationEndpoint.params(request);
            Optional<Session> session = parts.session(request);
            // Another site's form comes without our cookies, and changes nothing.
            if (posted && session.isEmpty()) return parts.parlour().redirect(request.path());
            Params demands = Parlour.locales(params)
                    .with("max_age", String.valueOf(FRESH.toSeconds()))
                    .with("acr_values", parts.browserRules().twoFactors());
            Wanted wanted = Wanted.own(path, demands);
            if (authorization.ask(wanted, session, Optional.empty(), false) != Ask.NOTHING) {
                // Another site's form comes without our cookies; the GET that follows brings them.
                return posted ? parts.parlour().redirect(request.path()) : authorization.entered(wanted, request);
            }
            if (posted) return entered(session.orElseThrow(), params, request);
            return page(session.orElseThrow(), Totp.generate(random), Optional.empty(), params, request);
        });
    }

    private WireResponse page(
            Session session, Totp totp, Optional<Problem> problem, Params params, WireRequest request) {
        // The key is nowhere but in the page until a code shows that the person has it.
        String sealed = parts.memory().sealed(purpose(session), totp.base32());
        Prompts.Sheet sheet = new Prompts.Sheet(
                parts.parlour().frame(params),
                request.path(),
                Map.of(AUTHENTICATOR, sealed),
                Optional.empty(),
                Optional.empty(),
                problem);
        String uri = totp.uri(issuerName, session.person());
        return parts.parlour().show(new Prompts.Enrolment(sheet, uri, totp.base32()), request);
    }

    private static String purpose(Session session) {
        return AUTHENTICATOR + ' ' + session.sid();
    }

    private WireResponse entered(Session session, Params params, WireRequest request) {
        Optional<Totp> offered = params.get(AUTHENTICATOR)
                .flatMap(text -> parts.memory().unsealed(purpose(session), text))
                .map(Totp::of);
        // A form from before, or of another session: with a new key.
        if (offered.isEmpty()) return parts.parlour().redirect(request.path());
        Totp totp = offered.get();
        String code = params.get("otp").orElse("").strip();
        User user = session.user().orElseThrow();
        Optional<Change> shown = parts.people().shown(user, totp, code);
        if (shown.isEmpty()) {
            ErrorCode how = code.isEmpty() ? ErrorCode.INVALID_REQUEST : ErrorCode.INVALID_GRANT;
            return page(session, totp, Optional.of(new Problem(how, Optional.empty())), params, request);
        }
        List<String> codes =
                Stream.generate(parts.people()::newRecoveryCode).limit(CODES).toList();
        List<Secret> hashed = parts.people().hashed(user, codes);
        List<MfaFactor> factors = new ArrayList<>(user.factors());
        factors.removeIf(factor -> factor instanceof Totp || factor instanceof MfaFactor.RecoveryCodes);
        factors.add(totp);
        factors.add(new MfaFactor.RecoveryCodes(hashed));
        // First: what was entered once is not entered again, and nobody has an authenticator without having its codes.
        if (parts.memory().apply(shown.get()) != GrantStore.Outcome.DONE)
            return parts.parlour().redirect(request.path());
        if (!users.enrol(user, factors)) throw new IllegalStateException("the user store did not take the factors");
        engine.tellOfEnrolment(session.authentication());
        return parts.parlour().show(new Prompts.RecoveryCodes(parts.parlour().frame(params), codes, next), request);
    }
}
