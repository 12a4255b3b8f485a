package dev.mintmark.auth;

import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.Pkce;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.protocol.Refused;
import dev.mintmark.auth.protocol.Scopes;
import dev.mintmark.auth.store.ClientStore;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a client may ask a person for (RFC 6749 section 4.1.1, RFC 7636 section 4.3, OpenID Connect Core section 3.1.2). Two
 * questions: where may an answer go, which is told to nobody but the person; and is the rest right, which the client is told.
 */
final class AuthorizationRules {
    /** A nonce is kept with the code and comes back in the ID token: no longer than any honest one. */
    private static final int LONGEST_NONCE = 512;

    /** It is put down for whoever sends it: no larger than any honest one. */
    private static final int LARGEST = 16 * 1024;

    private static final Pattern LOOPBACK_PORT =
            Pattern.compile("^(http://(?:127\\.0\\.0\\.1|localhost|\\[::1])):[0-9]{1,5}(?=/|\\?|$)");
    private static final Set<String> PROMPTS = Set.of("none", "login", "consent", "select_account");
    private static final Set<String> DISPLAYS = Set.of("page", "popup", "touch", "wap");

    private final Settings settings;
    private final ClientStore clients;
    private final ScopeRules scopes;
    private final IdTokenHints hints;

    AuthorizationRules(Settings settings, ClientStore clients, ScopeRules scopes, IdTokenHints hints) {
        this.settings = settings;
        this.clients = clients;
        this.scopes = scopes;
        this.hints = hints;
    }

    /**
     * A request in which everything is right.
     *
     * @param target where the answer goes
     * @param scope within the client's, or its default
     * @param resources within the client's
     * @param challenge the PKCE challenge, if there is one
     * @param prompts what the person must be asked, or {@code none}
     * @param maxAge how old a sign-in may be
     * @param contextClasses the {@code acr} wanted, the most wanted first
     * @param contextClassIsEssential whether one of them must be met
     * @param claims the claims asked for one by one
     * @param hinted the subject of {@code id_token_hint}, as this client knows the person
     * @param params the others, such as {@code login_hint}
     */
    record Wanted(
            Target target,
            Scopes scope,
            List<URI> resources,
            Optional<String> challenge,
            Set<String> prompts,
            Optional<Duration> maxAge,
            List<String> contextClasses,
            boolean contextClassIsEssential,
            RequestedClaims claims,
            Optional<String> hinted,
            Params params) {
        /** Whether a person is the one whom the request names, if it names one (OpenID Connect Core sections 3.1.2.1 and 5.5.1). */
        boolean isAbout(String sub) {
            return hinted.filter(named -> !named.equals(sub)).isEmpty()
                    && claims.subject().filter(named -> !named.equals(sub)).isEmpty();
        }

        /** Whether a context class is among those that were asked for, or serves for one. */
        boolean isMetBy(String has, BrowserRules rules) {
            return contextClasses.isEmpty() || contextClasses.stream().anyMatch(one -> rules.serves(has, one));
        }

        /** The server's own pages want somebody to be signed in, and no more. */
        static Wanted own(String path, Params params) {
            Client itself = Client.of("the server itself")
                    .tokenEndpointAuthMethod("none")
                    .requireConsent(false)
                    .build();
            return new Wanted(
                    new Target.Own(itself, path),
                    Scopes.none(),
                    List.of(),
                    Optional.empty(),
                    Set.of(),
                    AuthorizationRules.maxAge(itself, params),
                    params.get("acr_values").map(AuthorizationRules::words).orElse(List.of()),
                    false,
                    RequestedClaims.none(),
                    Optional.empty(),
                    params);
        }

        Client client() {
            return target.client();
        }

        /** Whoever is signed in is to sign in again. */
        boolean isForAnew() {
            return prompts.contains("login") || prompts.contains("select_account");
        }

        boolean quietly() {
            return prompts.contains("none");
        }
    }

    /**
     * Where an answer may go.
     *
     * @throws Refused what must not be redirected (RFC 6749 section 4.1.2.1)
     */
    Target.Redirect target(Params params) {
        Client client = ClientAuthenticator.find(clients, params.required("client_id"))
                .orElseThrow(
                        () -> Refusal.badParameter("client_id", "is unknown").thrown());
        Optional<String> sent = params.get("redirect_uri");
        ResponseMode mode =
                params.get("response_mode").flatMap(ResponseMode::of).orElse(ResponseMode.QUERY);
        return new Target.Redirect(client, redirectUri(client, sent), sent.isPresent(), mode, params.get("state"));
    }

    private static URI redirectUri(Client client, Optional<String> sent) {
        // RFC 6749 section 3.1.2.3: with several registered, or none named, there is nothing to fall back on
        if (sent.isEmpty() && client.redirectUris().size() == 1)
            return client.redirectUris().get(0);
        // RFC 9700 section 2.1: exact string matching, but for the port of a native app that listens on a loopback
        // address
        return sent.filter(to -> client.redirectUris().stream()
                        .anyMatch(uri -> uri.toString().equals(to)
                                || (client.isPublic()
                                        && portless(uri.toString()).equals(portless(to)))))
                .map(URI::create)
                .orElseThrow(() -> Refusal.badParameter("redirect_uri", "is not registered")
                        .thrown());
    }

    /** RFC 8252 section 7.3: the operating system chooses the port, when the app asks. */
    private static String portless(String uri) {
        return LOOPBACK_PORT.matcher(uri).replaceFirst("$1");
    }

    /**
     * Whether the rest is right.
     *
     * @throws Refused what the client is told
     */
    Wanted wanted(Target target, Params params) {
        Client client = target.client();
        if (params.get("response_mode")
                .filter(mode -> ResponseMode.of(mode).isEmpty())
                .isPresent()) {
            throw Refusal.badParameter("response_mode", "is unknown").thrown();
        }
        if (size(params) > LARGEST)
            throw Refusal.of(ErrorCode.INVALID_REQUEST, "the request is too large")
                    .saying("the request is too large")
                    .thrown();
        responseType(client, params);
        unsupported(params);
        Optional<String> challenge = challenge(client, params);
        Scopes scope = scopes.orDefault(scopes.requested(client, params), client);
        List<URI> resources = scopes.resources(client, params);
        RequestedClaims claims = RequestedClaims.of(params).within(client.scope());
        List<String> classes = claims.contextClasses();
        if (classes.isEmpty())
            classes = params.get("acr_values").map(AuthorizationRules::words).orElse(client.defaultAcrValues());
        if (params.get("nonce").filter(text -> text.length() > LONGEST_NONCE).isPresent()) {
            throw Refusal.badParameter("nonce", "is too long").thrown();
        }
        if (params.get("display").filter(value -> !DISPLAYS.contains(value)).isPresent()) {
            throw Refusal.badParameter("display", "is unknown").thrown();
        }
        return new Wanted(
                target,
                scope,
                resources,
                challenge,
                prompts(params),
                maxAge(client, params),
                classes,
                claims.contextClassIsEssential() && !classes.isEmpty(),
                claims,
                hints.subject(client, params),
                params);
    }

    private static int size(Params params) {
        return params.names().stream()
                .flatMap(name -> params.all(name).stream())
                .mapToInt(String::length)
                .sum();
    }

    private static void responseType(Client client, Params params) {
        if (!params.required("response_type").equals("code")) {
            throw refused(ErrorCode.UNSUPPORTED_RESPONSE_TYPE, "response_type is not code");
        }
        if (!client.grantTypes().contains(GrantType.AUTHORIZATION_CODE)) {
            throw refused(ErrorCode.UNAUTHORIZED_CLIENT, client + " may not use authorization_code");
        }
    }

    /** OpenID Connect Core section 3.1.2.6: what would change the request's meaning is refused, not passed over. */
    private static void unsupported(Params params) {
        if (params.get("request").isPresent()) throw refused(ErrorCode.REQUEST_NOT_SUPPORTED, "request was sent");
        if (params.get("request_uri").isPresent()) {
            throw refused(ErrorCode.REQUEST_URI_NOT_SUPPORTED, "request_uri was sent");
        }
    }

    private Optional<String> challenge(Client client, Params params) {
        Optional<String> challenge = params.get("code_challenge");
        if (challenge.isEmpty()) {
            // RFC 9700 section 2.1.1: public clients MUST use PKCE; the others too, unless this server was told
            // otherwise
            if (settings.pkceRequired()
                    || client.isPublic()
                    || params.get("code_challenge_method").isPresent()) {
                throw Refusal.badParameter("code_challenge", "is required").thrown();
            }
            return challenge;
        }
        // RFC 7636 section 4.3: an absent method means plain, which this server does not know
        if (!params.get("code_challenge_method").equals(Optional.of("S256"))) {
            throw Refusal.badParameter("code_challenge_method", "must be S256").thrown();
        }
        if (!Pkce.isChallenge(challenge.get())) {
            throw Refusal.badParameter("code_challenge", "is no SHA-256 in base64url")
                    .thrown();
        }
        return challenge;
    }

    private static Set<String> prompts(Params params) {
        Set<String> prompts = new LinkedHashSet<>(
                params.get("prompt").map(AuthorizationRules::words).orElse(List.of()));
        if (!PROMPTS.containsAll(prompts))
            throw Refusal.badParameter("prompt", "is unknown").thrown();
        // OpenID Connect Core section 3.1.2.1: none with any other value is an error
        if (prompts.contains("none") && prompts.size() > 1) {
            throw Refusal.badParameter("prompt", "is none and something else").thrown();
        }
        return prompts;
    }

    private static Optional<Duration> maxAge(Client client, Params params) {
        Optional<String> maxAge = params.get("max_age");
        if (maxAge.isEmpty()) return client.defaultMaxAge();
        if (!maxAge.get().matches("[0-9]{1,9}"))
            throw Refusal.badParameter("max_age", "is no number").thrown();
        return maxAge.map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(" ", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static Refused refused(ErrorCode code, String reason) {
        return Refusal.of(code, reason).thrown();
    }
}
