package dev.mintmark.auth.fuzz;

import dev.mintmark.auth.AuthEvent;
import dev.mintmark.auth.AuthorizationServer;
import dev.mintmark.auth.AuthorizationServerBuilder;
import dev.mintmark.auth.Overheard;
import dev.mintmark.auth.browser.SpelledOut;
import dev.mintmark.auth.profile.GoldenServer;
import dev.mintmark.auth.prompt.Interaction;
import dev.mintmark.auth.prompt.Prompt;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.protocol.User;
import dev.mintmark.auth.store.ClientStore;
import dev.mintmark.auth.store.StoreException;
import dev.mintmark.auth.store.UserStore;
import dev.mintmark.auth.wire.WireRequest;
import dev.mintmark.auth.wire.WireResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A fresh server of an API, set up as its golden files want it, overheard, and with traps. All chance comes from one seed: what
 * failed once fails again.
 */
final class Stage {
    /** What a refusal of {@link #trapped} says to the log, and never to a client. */
    static final String REASON = "planted reason for the log";

    private static final byte[] SERVER_SECRET = "planted-server-secret-of-32-bytes".getBytes(StandardCharsets.US_ASCII);

    /** Client identifiers that are refused with each code that a grant or a client's proof can bring about. */
    static final List<String> TRAPS = List.of(
            "trap-invalid_request",
            "trap-invalid_client",
            "trap-invalid_grant",
            "trap-unauthorized_client",
            "trap-unsupported_grant_type",
            "trap-invalid_scope",
            "trap-invalid_target",
            "trap-access_denied",
            "trap-temporarily_unavailable",
            "trap-of_a_stranger",
            "trap-store");

    private static final Interaction PAGES = new SpelledOut();

    final Api api;
    final GoldenServer golden;
    final AuthorizationServer server;
    final List<AuthEvent> events = new ArrayList<>();
    final List<Refusal> refusals = new ArrayList<>();

    Stage(Api api) {
        this.api = api;
        this.golden = GoldenServer.of(api.name(), this::setUp);
        this.server = golden.server();
    }

    private void setUp(AuthorizationServerBuilder builder) {
        ClientStore clients = GoldenServer.clients(api.name());
        builder.random(GoldenServer.seeded(5))
                .serverSecret(SERVER_SECRET)
                .listener(events::add)
                .clients(id -> id.startsWith("trap-") ? trapped(id.substring(5)) : clients.find(id));
        // That names which no one has cost time is not looked at here, and would cost it.
        GoldenServer.users(api.name())
                .ifPresent(users -> builder.passwords((name, password) -> named(users, name)
                        .filter(user -> user.password()
                                .filter(secret -> secret.matches(password))
                                .isPresent())
                        .map(User::subject)));
        Overheard.refusals(builder, refusals::add);
        if (api.name().equals("standard")) builder.interaction(this::overheard);
    }

    /** What is said on an error page, or told a client in a form, was meant to be public. */
    private WireResponse overheard(Prompt prompt, WireRequest request) {
        if (prompt instanceof Prompt.Failure failure) failure.description().ifPresent(this::isPublic);
        if (prompt instanceof Prompt.FormPost post)
            Optional.ofNullable(post.fields().get("error_description")).ifPresent(this::isPublic);
        return PAGES.ask(prompt, request);
    }

    private void isPublic(String text) {
        refusals.add(Refusal.of(ErrorCode.INVALID_REQUEST, text).saying(text));
    }

    private static Optional<User> named(UserStore users, String name) {
        if (name.equals("trap-store")) throw new StoreException(REASON);
        return users.named(name);
    }

    /** What must not turn up in any answer or event, in any of its spellings. */
    List<String> secrets() {
        List<String> secrets = new ArrayList<>(golden.secrets());
        secrets.addAll(List.of(
                new String(SERVER_SECRET, StandardCharsets.US_ASCII),
                Base64.getUrlEncoder().withoutPadding().encodeToString(SERVER_SECRET),
                Base64.getEncoder().encodeToString(SERVER_SECRET),
                HexFormat.of().formatHex(SERVER_SECRET)));
        return secrets;
    }

    Map<String, String> known() {
        return golden.known();
    }

    private static Optional<Client> trapped(String code) {
        if (code.equals("store")) throw new StoreException(REASON);
        boolean wait = code.equals("temporarily_unavailable");
        Refusal refusal = Refusal.of(new ErrorCode(code), REASON).about("client_id");
        throw (wait ? refusal.retryAfter(Duration.ofSeconds(7)) : refusal.saying("a public text")).thrown();
    }
}
