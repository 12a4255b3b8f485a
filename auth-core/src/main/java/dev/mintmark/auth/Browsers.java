package dev.mintmark.auth;

import dev.mintmark.auth.prompt.Interaction;
import dev.mintmark.auth.protocol.Authentication;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.TokenKind;
import dev.mintmark.auth.store.GrantStore;
import dev.mintmark.auth.store.Kind;
import dev.mintmark.auth.store.Selector;
import dev.mintmark.auth.wire.WireResponse;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The endpoints for browsers put together: there if there are pages. */
final class Browsers {
    private static final int ATTEMPTS = 3;

    private final BrowserParts parts;
    private final AuthorizationEndpoint authorization;
    private final InteractionEndpoint interaction;
    private final LogoutEndpoint logout;
    private final DeviceEndpoint device;
    private final AccountEndpoint account;
    private final Optional<EnrolmentEndpoint> enrolment;

    Browsers(
            Engine engine,
            AuthorizationServerBuilder b,
            Interaction drawn,
            AuthorizationRules rules,
            Redirects redirects,
            Subjects subjects,
            TokenMinter minter) {
        Settings settings = engine.settings();
        EngineMemory memory = engine.memory();
        BrowserRules browserRules = b.browserRules();
        Function<String, Optional<Client>> clients = engine::client;
        IdTokenHints hints = engine.hints();
        this.parts = new BrowserParts(
                browserRules,
                rules,
                engine.scopes(),
                memory,
                engine.parts().people(),
                clients,
                engine.codes(),
                subjects,
                hints,
                new Parlour(settings, b.pathOf(Endpoint.INTERACTION), redirects, drawn),
                new Cookies(settings),
                new Sessions(browserRules, memory, b.users),
                new Consents(browserRules, memory),
                new Visits(browserRules, memory),
                new PushedRequests(rules, memory, engine.parts().people()),
                new Devices(
                        b.deviceCodeLifetime,
                        URI.create(settings.baseUri() + b.pathOf(Endpoint.DEVICE)),
                        engine.scopes(),
                        memory,
                        clients,
                        engine.parts().people()),
                new BackChannel(
                        settings,
                        memory,
                        subjects,
                        engine.events(),
                        clients,
                        (client, claims) -> minter.signed(
                                client,
                                client.idTokenSignedResponseAlg().orElse(settings.algorithm(TokenKind.ID)),
                                "logout+jwt",
                                claims),
                        b.http,
                        b.logoutRetries));
        PromptPages pages = new PromptPages(parts);
        this.authorization = new AuthorizationEndpoint(engine, parts, pages);
        this.logout = new LogoutEndpoint(engine, parts);
        this.device = new DeviceEndpoint(engine, parts, authorization);
        String base = settings.baseUri().getRawPath();
        String accountPath = base + b.pathOf(Endpoint.ACCOUNT);
        String enrolmentPath = base + b.pathOf(Endpoint.ENROLMENT);
        Optional<String> enrolling = Optional.of(enrolmentPath).filter(any -> b.offers(Endpoint.ENROLMENT));
        this.account = new AccountEndpoint(engine, parts, authorization, logout, accountPath, enrolling);
        this.enrolment =
                enrolling.map(path -> new EnrolmentEndpoint(engine, parts, authorization, b, path, accountPath));
        this.interaction = new InteractionEndpoint(engine, parts, authorization, pages, logout);
    }

    AuthorizationEndpoint authorization() {
        return authorization;
    }

    InteractionEndpoint interaction() {
        return interaction;
    }

    LogoutEndpoint logout() {
        return logout;
    }

    DeviceEndpoint device() {
        return device;
    }

    AccountEndpoint account() {
        return account;
    }

    EnrolmentEndpoint enrolment() {
        return enrolment.orElseThrow();
    }

    ClientEndpoint devices() {
        return parts.devices();
    }

    ClientEndpoint pushed() {
        return parts.pushed();
    }

    /** Somebody signed in at the application's own page. */
    WireResponse resume(String handle, Authentication authentication) {
        String token = memory().newHandle();
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Optional<Visits.Visit> visit =
                    parts.visits().find(handle).filter(found -> found.held().usable());
            if (visit.isEmpty()) break;
            if (memory().apply(visit.get().resumedBy(token, authentication).change()) != GrantStore.Outcome.DONE) {
                continue;
            }
            return parts.parlour().redirect(parts.parlour().at(handle) + "&resumed=" + token);
        }
        // What became of it, its browser is shown there.
        return parts.parlour().redirect(parts.parlour().at(Redirects.encode(handle)));
    }

    private EngineMemory memory() {
        return parts.memory();
    }

    /** Sessions that are going on. */
    List<Held> open(Selector.By by, String value) {
        return memory().list(by, value, Kind.SESSION);
    }

    BrowserParts parts() {
        return parts;
    }

    void close() {
        parts.backChannel().close();
    }
}
