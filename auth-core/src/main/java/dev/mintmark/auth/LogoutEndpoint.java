package dev.mintmark.auth;

import dev.mintmark.auth.IdTokenHints.Hint;
import dev.mintmark.auth.Sessions.Session;
import dev.mintmark.auth.protocol.Authentication;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.wire.WireRequest;
import dev.mintmark.auth.wire.WireResponse;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Where clients send people to sign out (OpenID Connect RP-Initiated Logout). Whoever brings an ID token of the very session ends
 * it; of anyone else the person is asked.
 */
final class LogoutEndpoint {
    /** In the form: what was asked, sealed, and of which session. */
    private static final String LOGOUT = "logout";

    /** In the query: what was asked, sealed. */
    private static final String ASKED = "asked";

    private final Engine engine;
    private final BrowserParts parts;

    LogoutEndpoint(Engine engine, BrowserParts parts) {
        this.engine = engine;
        this.parts = parts;
    }

    /** What a client asks for: where to go afterwards, if anywhere. */
    private record Asked(Optional<Client> client, Optional<Hint> hint, Optional<String> next) {}

    WireResponse handle(WireRequest request) {
        return engine.shown("end_session", request, parts.parlour(), caller -> {
            boolean posted = request.method().equals("POST");
            Params params = AuthorizationEndpoint.params(request);
            Optional<Session> session = parts.session(request);
            if (posted && params.get(LOGOUT).isPresent()) return decided(params, session, request);
            Optional<String> sealed = posted ? Optional.empty() : params.get(ASKED);
            Asked asked = sealed.isPresent() ? unsealed(sealed.get()) : asked(params);
            asked.client().ifPresent(caller::is);
            // Another site's POST comes without our cookies; the GET that follows brings them.
            if (posted) return again(asked, params, request);
            if (session.isEmpty()) return signedOut(asked.next(), params, request);
            if (asked.hint().filter(hint -> isOf(hint, session.get())).isEmpty()) {
                return confirm(asked, session.get(), params, request);
            }
            return ended(session.get(), asked.next(), params, request);
        });
    }

    private Asked asked(Params params) {
        Optional<Hint> hint = params.get("id_token_hint")
                .map(token -> parts.hints()
                        .read(token)
                        .orElseThrow(() -> bad("id_token_hint", "is no ID token of this server")));
        Optional<Client> client = params.get("client_id")
                .map(id -> parts.clients().apply(id).orElseThrow(() -> bad("client_id", "is unknown")));
        // RP-Initiated Logout section 2: MUST verify that the ID token was issued to this client
        if (hint.isPresent()
                && client.filter(named ->
                                !named.clientId().equals(hint.get().client().clientId()))
                        .isPresent()) {
            throw bad("client_id", "is not the client of the id_token_hint");
        }
        Optional<Client> known = client.or(() -> hint.map(Hint::client));
        Optional<String> to = params.get("post_logout_redirect_uri").map(uri -> {
            // Section 3: MUST have been registered by that client, character by character
            boolean registered = known.stream()
                    .flatMap(by -> by.postLogoutRedirectUris().stream())
                    .anyMatch(one -> one.toString().equals(uri));
            if (!registered) throw bad("post_logout_redirect_uri", "is not registered");
            return withState(URI.create(uri), params.get("state"));
        });
        return new Asked(known, hint, to);
    }

    /** What was posted, once more by GET; the ID token stays out of the browser's history. */
    private WireResponse again(Asked asked, Params params, WireRequest request) {
        Claims.Builder told = Claims.builder()
                .put("client", asked.client().map(Client::clientId))
                .put("next", asked.next())
                .put("until", until());
        asked.hint()
                .ifPresent(hint -> told.put("hint_client", hint.client().clientId())
                        .put("sub", hint.subject())
                        .put("sid", hint.session()));
        String sealed = parts.memory().sealed(ASKED, told.build().toJson());
        String locales = params.get("ui_locales")
                .map(tags -> "&ui_locales=" + Redirects.encode(tags))
                .orElse("");
        return parts.parlour().redirect(request.path() + '?' + ASKED + '=' + sealed + locales);
    }

    private Asked unsealed(String sealed) {
        Claims told = parts.memory()
                .unsealed(ASKED, sealed)
                .map(Claims::parse)
                .filter(this::isTimely)
                .orElseThrow(() -> bad(ASKED, "is not this server's, or from before: go back and try again"));
        Optional<Hint> hint = known(told, "hint_client")
                .map(client -> new Hint(client, told.string("sub").orElseThrow(), told.string("sid")));
        return new Asked(known(told, "client"), hint, told.string("next"));
    }

    private Optional<Client> known(Claims told, String name) {
        return told.string(name).flatMap(parts.clients());
    }

    private long until() {
        return parts.memory().now().plus(parts.browserRules().interaction()).getEpochSecond();
    }

    private boolean isTimely(Claims form) {
        return !parts.memory()
                .now()
                .isAfter(Instant.ofEpochSecond(form.number("until").orElseThrow()));
    }

    private static RuntimeException bad(String parameter, String how) {
        return Refusal.badParameter(parameter, how).thrown();
    }

    private static Optional<String> origin(String uri) {
        return Target.Redirect.source(URI.create(uri));
    }

    private static String withState(URI uri, Optional<String> state) {
        String begin = uri + (uri.getRawQuery() == null ? "?" : "&");
        return state.map(value -> begin + "state=" + Redirects.encode(value)).orElse(uri.toString());
    }

    /** Section 2: of the current session with that client, or of the person who is signed in. */
    private boolean isOf(Hint hint, Session session) {
        if (hint.session().isPresent()) return hint.session().get().equals(session.sid());
        return hint.subject().equals(parts.subjects().of(hint.client(), session.subject()));
    }

    private WireResponse confirm(Asked asked, Session session, Params params, WireRequest request) {
        Claims.Builder form = Claims.builder()
                .put("sid", session.sid())
                .put("next", asked.next())
                .put("until", until());
        Prompts.Sheet sheet = new Prompts.Sheet(
                parts.parlour().frame(params),
                request.path(),
                Map.of(LOGOUT, parts.memory().sealed(LOGOUT, form.build().toJson())),
                asked.next().flatMap(LogoutEndpoint::origin),
                asked.client(),
                Optional.empty());
        return parts.parlour().show(new Prompts.Logout(sheet, session.person()), request);
    }

    /** The form can only come from the page: no one else could seal it for this session. */
    private WireResponse decided(Params params, Optional<Session> session, WireRequest request) {
        Claims form = parts.memory()
                .unsealed(LOGOUT, params.required(LOGOUT))
                .map(Claims::parse)
                .orElseThrow(() -> bad(LOGOUT, "is not this server's form"));
        Optional<String> next = form.string("next");
        if (session.isEmpty()) return signedOut(next, params, request);
        boolean own = form.string("sid").equals(Optional.of(session.get().sid()));
        if (!own || !isTimely(form)) throw bad(LOGOUT, "is a form from before: go back and try again");
        String decision = params.get("decision").orElse("");
        if (decision.equals("allow")) return ended(session.get(), next, params, request);
        Prompts.SignedOut staying = new Prompts.SignedOut(parts.parlour().frame(params), true);
        return parts.parlour().show(staying, request);
    }

    private WireResponse ended(Session session, Optional<String> next, Params params, WireRequest request) {
        end(session);
        return parts.cookies().clear(signedOut(next, params, request), Cookies.Name.SESSION);
    }

    private WireResponse signedOut(Optional<String> next, Params params, WireRequest request) {
        return next.map(parts.parlour()::redirect)
                .orElseGet(() -> parts.parlour()
                        .show(new Prompts.SignedOut(parts.parlour().frame(params), false), request));
    }

    /** The session ends, with every token that is not to outlive it; and the clients are told. */
    void end(Session session) {
        end(session.held());
    }

    void end(Held session) {
        Authentication ended = session.authorization().authentication().orElseThrow();
        engine.endSession(ended.session().orElseThrow());
        engine.tell(engine.event(AuthEvent.Type.SIGNED_OUT)
                .endpoint("end_session")
                .subject(Optional.of(ended.subject().value())));
        parts.backChannel().tell(session);
    }
}
