package dev.mintmark.auth;

import dev.mintmark.auth.AuthorizationEndpoint.Ask;
import dev.mintmark.auth.AuthorizationRules.Wanted;
import dev.mintmark.auth.Sessions.Session;
import dev.mintmark.auth.prompt.Prompt.Account.Entry;
import dev.mintmark.auth.protocol.Authentication;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.Scope;
import dev.mintmark.auth.protocol.Totp;
import dev.mintmark.auth.store.Kind;
import dev.mintmark.auth.store.Selector;
import dev.mintmark.auth.wire.WireRequest;
import dev.mintmark.auth.wire.WireResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where people see in which browsers they are signed in and what they allowed, and end any of it. */
final class AccountEndpoint {
    private static final String MARK = "account";
    private static final String END = "end";
    private static final String SESSION = "session ";
    private static final String CLIENT = "client ";
    private static final String DEVICE = "device ";

    private final Engine engine;
    private final BrowserParts parts;
    private final AuthorizationEndpoint authorization;
    private final LogoutEndpoint logout;
    private final String path;
    private final Optional<String> enrolment;

    AccountEndpoint(
            Engine engine,
            BrowserParts parts,
            AuthorizationEndpoint authorization,
            LogoutEndpoint logout,
            String path,
            Optional<String> enrolment) {
        this.engine = engine;
        this.parts = parts;
        this.authorization = authorization;
        this.logout = logout;
        this.path = path;
        this.enrolment = enrolment;
    }

    WireResponse handle(WireRequest request) {
        return engine.shown("account", request, parts.parlour(), caller -> {
            boolean posted = request.method().equals("POST");
            Params params = AuthorizationEndpoint.params(request);
            Optional<Session> session = parts.session(request);
            // Another site's form comes without our cookies, and changes nothing.
            if (posted && session.isEmpty()) return parts.parlour().redirect(request.path());
            Wanted wanted = Wanted.own(path, Parlour.locales(params));
            if (authorization.ask(wanted, session, Optional.empty(), false) != Ask.NOTHING) {
                // Another site's form comes without our cookies; the GET that follows brings them.
                return posted ? parts.parlour().redirect(request.path()) : authorization.entered(wanted, request);
            }
            // Whoever is faster has written the same.
            parts.memory().apply(parts.sessions().used(session.orElseThrow(), Optional.empty()));
            if (!posted) return page(session.orElseThrow(), params, request);
            return ended(session.orElseThrow(), params, request);
        });
    }

    private WireResponse page(Session session, Params params, WireRequest request) {
        String subject = session.subject().value();
        List<Entry> browsers = parts.sessions().list(subject).stream()
                .map(held -> browser(held, session))
                .toList();
        List<Entry> clients =
                parts.consents().list(subject).stream().map(this::client).toList();
        List<Entry> devices =
                devices(subject).stream().map(AccountEndpoint::device).toList();
        Prompts.Sheet sheet = new Prompts.Sheet(
                parts.parlour().frame(params),
                request.path(),
                Map.of(MARK, mark(session)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        boolean authenticator =
                session.user().stream().flatMap(user -> user.factors().stream()).anyMatch(Totp.class::isInstance);
        return parts.parlour()
                .show(
                        new Prompts.Account(
                                sheet, session.person(), browsers, clients, devices, authenticator, enrolment),
                        request);
    }

    /** A form of this page is this session's, and no other site can write it. */
    private String mark(Session session) {
        return parts.memory().mac(Kind.SESSION, MARK + ' ' + session.sid());
    }

    private boolean isMarked(Params params, Session session) {
        byte[] brought = params.get(MARK).orElse("").getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(brought, mark(session).getBytes(StandardCharsets.UTF_8));
    }

    private static Entry browser(Held held, Session current) {
        Authentication authentication = held.authorization().authentication().orElseThrow();
        String sid = authentication.session().orElseThrow();
        boolean same = sid.equals(current.sid());
        return new Entry(SESSION + sid, "", authentication.time(), authentication.amr(), same);
    }

    private Entry client(Held held) {
        String id = held.authorization().client();
        String name = parts.clients().apply(id).flatMap(Client::clientName).orElse(id);
        List<String> allowed = new ArrayList<>();
        for (Scope scope : held.authorization().scope()) allowed.add(scope.value());
        allowed.addAll(held.details().strings(Consents.CLAIMS));
        return new Entry(CLIENT + id, name, held.stored().lineage().born(), allowed, false);
    }

    private static Entry device(Held held) {
        String name = DEVICE + held.stored().key().hash();
        return new Entry(name, "", held.stored().lineage().born(), List.of(), false);
    }

    private List<Held> devices(String subject) {
        return parts.memory().list(Selector.By.SUBJECT, subject, Kind.DEVICE);
    }

    /** What is not the person's, or has ended, changes nothing. */
    private WireResponse ended(Session session, Params params, WireRequest request) {
        WireResponse here = parts.parlour().redirect(request.path());
        if (!isMarked(params, session)) return here;
        String subject = session.subject().value();
        String what = params.get(END).orElse("");
        Optional<Held> browser = parts.sessions().list(subject).stream()
                .filter(held -> browser(held, session).name().equals(what))
                .findFirst();
        browser.ifPresent(logout::end);
        if (what.equals(SESSION + session.sid())) {
            Prompts.SignedOut out = new Prompts.SignedOut(parts.parlour().frame(params), false);
            return parts.cookies().clear(parts.parlour().show(out, request), Cookies.Name.SESSION);
        }
        parts.consents().list(subject).stream()
                .filter(held -> client(held).name().equals(what))
                .findFirst()
                .ifPresent(held -> engine.revokeSubjectAtClient(
                        subject, held.authorization().client()));
        devices(subject).stream()
                .filter(held -> device(held).name().equals(what))
                .findFirst()
                .ifPresent(held -> parts.memory().apply(parts.memory().spend(held)));
        return here;
    }
}
