package dev.mintmark.auth;

import com.nimbusds.jose.jwk.JWK;
import dev.mintmark.auth.client.ClientAuthMethod;
import dev.mintmark.auth.client.ClientSecretBasic;
import dev.mintmark.auth.client.ClientSecretPost;
import dev.mintmark.auth.client.PublicClient;
import dev.mintmark.auth.grant.AuthorizationCodeGrant;
import dev.mintmark.auth.grant.ClientCredentialsGrant;
import dev.mintmark.auth.grant.DeviceCodeGrant;
import dev.mintmark.auth.grant.Grant;
import dev.mintmark.auth.grant.MfaOobGrant;
import dev.mintmark.auth.grant.MfaOtpGrant;
import dev.mintmark.auth.grant.MfaRecoveryCodeGrant;
import dev.mintmark.auth.grant.PasswordGrant;
import dev.mintmark.auth.grant.RefreshTokenGrant;
import dev.mintmark.auth.prompt.Interaction;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.ScopePatterns;
import dev.mintmark.auth.protocol.Scopes;
import dev.mintmark.auth.protocol.SigningAlgorithm;
import dev.mintmark.auth.protocol.TokenKind;
import dev.mintmark.auth.store.AttemptStore;
import dev.mintmark.auth.store.ClientStore;
import dev.mintmark.auth.store.GrantStore;
import dev.mintmark.auth.store.InMemoryAttemptStore;
import dev.mintmark.auth.store.InMemoryGrantStore;
import dev.mintmark.auth.store.UserStore;
import dev.mintmark.auth.token.TokenFormat;
import dev.mintmark.auth.token.TokenPolicy;
import dev.mintmark.auth.user.OtpSender;
import dev.mintmark.auth.user.PasswordCheck;
import dev.mintmark.auth.user.UserScopePolicy;
import dev.mintmark.auth.wire.WireDialect;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.Provider;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Sets a server up. Everything has a secure default but the clients; what weakens a default is named for it. Calls may come in
 * any order, the later one winning. Not thread-safe.
 */
public final class AuthorizationServerBuilder {
    final URI baseUri;
    Optional<String> issuer = Optional.empty();
    Optional<ClientStore> clients = Optional.empty();
    Optional<UserStore> users = Optional.empty();
    Optional<GrantStore> store = Optional.empty();
    List<byte[]> serverSecrets = List.of();
    Clock clock = Clock.systemUTC();
    SecureRandom random = new SecureRandom();
    AuthListener listener = AuthListener.logging();
    Map<GrantType, Grant> grants = new LinkedHashMap<>();
    final List<ClientAuthMethod> methods =
            new ArrayList<>(List.of(new ClientSecretBasic(), new ClientSecretPost(), new PublicClient()));
    boolean secretInHeaderOrBody;
    String scopes = "openid profile email address phone offline_access";
    Optional<String> defaultScopes = Optional.empty();
    Optional<URI> authorizationEndpoint = Optional.empty();
    boolean scopeRequired;
    Set<URI> resources = Set.of();
    Optional<String> audience = Optional.empty();
    TokenPolicy policy = (by, client, authorization, user, standard) -> standard;
    UserScopePolicy userScopes = UserScopePolicy.OWN_PARAMETERS;
    Optional<PasswordCheck> passwords = Optional.empty();
    Optional<OtpSender> otpSender = Optional.empty();
    Optional<AttemptStore> attempts = Optional.empty();
    int guesses = 5;
    Duration guessesWithin = Duration.ofMinutes(15);
    Duration guessesLock = Duration.ofMinutes(15);
    Duration challengeLifetime = Duration.ofMinutes(5);
    int challengeAttempts = 5;
    int resends = 3;
    Duration deviceLifetime = Duration.ofDays(30);
    TokenFormat mfaTokens = TokenFormat.OPAQUE;
    Optional<Client> anonymousClient = Optional.empty();
    boolean onlyClient;
    boolean continuingWithoutProof;
    TokenFormat accessFormat = TokenFormat.JWT;
    final Map<TokenKind, List<SigningAlgorithm>> algorithms = new EnumMap<>(Map.of(
            TokenKind.ACCESS, List.of(SigningAlgorithm.ES256),
            TokenKind.ID, List.of(SigningAlgorithm.RS256),
            TokenKind.REFRESH, List.of(SigningAlgorithm.HS256)));
    final Map<TokenKind, Map<SigningAlgorithm, List<JWK>>> fixedKeys = new EnumMap<>(TokenKind.class);
    Optional<Provider> rsaProvider = Optional.empty();
    Duration keysSignFor = Duration.ofDays(90);
    Duration keysPublishedAhead = Duration.ofDays(1);
    Duration accessLifetime = Duration.ofHours(1);
    Duration idLifetime = Duration.ofHours(1);
    Duration refreshLifetime = Duration.ofDays(30);
    Duration refreshIdle = Duration.ofDays(7);
    Optional<Duration> refreshGrace = Optional.empty();
    Duration codeLifetime = Duration.ofMinutes(1);
    Duration longestLifetime = Duration.ofDays(7);
    Duration longestRefreshLifetime = Duration.ofDays(400);
    boolean pkceRequired = true;
    boolean insecureHttp;
    Optional<Interaction> pages = Optional.empty();
    Duration sessionIdle = Duration.ofHours(2);
    Duration sessionMost = Duration.ofHours(12);
    Duration interactionLifetime = Duration.ofMinutes(30);
    boolean challengeEndpoint;
    boolean accountPage;
    boolean enrolment;
    Duration deviceCodeLifetime = Duration.ofMinutes(10);
    Duration consentLifetime = Duration.ofDays(400);
    String oneFactor = "1";
    String twoFactors = "2";
    Optional<byte[]> pairwiseSalt = Optional.empty();
    Optional<HttpClient> http = Optional.empty();
    List<Duration> logoutRetries = List.of(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofMinutes(1));
    WireDialect dialect = WireDialect.STANDARD;
    final Map<Endpoint, List<Place>> routes = new EnumMap<>(Endpoint.class);
    final List<Added> added = new ArrayList<>();

    /** An endpoint that is not the engine's. */
    record Added(String name, Place place, List<String> methods, Handling handler) {}

    /** Makes a handler, once there is a server. */
    @FunctionalInterface
    interface Handling {
        Route.Handler of(Engine engine, AuthorizationServer server);
    }

    AuthorizationServerBuilder(URI baseUri) {
        this.baseUri = baseUri;
        grants(new AuthorizationCodeGrant(), new RefreshTokenGrant(), new ClientCredentialsGrant());
        for (Endpoint endpoint : Endpoint.values()) route(endpoint, endpoint.path());
    }

    /**
     * Takes on the accent of a real API.
     *
     * @param value the profile
     * @return this
     */
    public AuthorizationServerBuilder profile(Profile value) {
        value.configure(this);
        return this;
    }

    // ---- who ----

    /**
     * Sets the issuer, where it is not the base URI: some APIs write a name.
     *
     * @param value the {@code iss} of every token
     * @return this
     */
    public AuthorizationServerBuilder issuer(String value) {
        issuer = Optional.of(value);
        return this;
    }

    /**
     * Sets where clients are registered. There is no default.
     *
     * @param value the clients
     * @return this
     */
    public AuthorizationServerBuilder clients(ClientStore value) {
        clients = Optional.of(value);
        return this;
    }

    /**
     * Sets where people are known. With it, whoever is gone or disabled is given no more tokens, and policies see who is asking.
     *
     * @param value the people
     * @return this
     */
    public AuthorizationServerBuilder users(UserStore value) {
        users = Optional.of(value);
        return this;
    }

    /**
     * Adds a way for clients to prove who they are, beside {@code client_secret_basic}, {@code client_secret_post} and
     * {@code none}.
     *
     * @param value the method
     * @return this
     */
    public AuthorizationServerBuilder clientAuthMethod(ClientAuthMethod value) {
        methods.removeIf(method -> method.name().equals(value.name()));
        methods.add(value);
        return this;
    }

    /**
     * Sets the ways for clients to prove who they are, all of them.
     *
     * @param values the methods
     * @return this
     */
    public AuthorizationServerBuilder clientAuthMethods(ClientAuthMethod... values) {
        methods.clear();
        for (ClientAuthMethod method : values) clientAuthMethod(method);
        return this;
    }

    /**
     * Lets a client that is registered for its secret in the header send it in the body, and the other way round.
     *
     * @return this
     */
    public AuthorizationServerBuilder secretInHeaderOrBody() {
        secretInHeaderOrBody = true;
        return this;
    }

    /**
     * Takes requests that bring no client credentials at all for this client's: for APIs that let people sign in without naming a
     * client. Credentials that are sent must verify, and no request can name this client.
     *
     * @param value a public client, which need not be in the store; its grants are all it can be used for
     * @return this
     */
    public AuthorizationServerBuilder anonymousClient(Client value) {
        anonymousClient = Optional.of(value);
        onlyClient = false;
        return this;
    }

    /**
     * Takes every request for this client's and looks at no client credentials, whatever is sent: for APIs that have no clients.
     *
     * @param value a public client
     * @return this
     */
    public AuthorizationServerBuilder onlyClient(Client value) {
        anonymousClient = Optional.of(value);
        onlyClient = true;
        return this;
    }

    /**
     * Lets a confidential client go on with a refresh token or a challenge without proving itself again, though RFC 6749 section 6
     * wants it to: for APIs that have no place for the proof. Whoever steals such a token can use it, as with public clients.
     *
     * @return this
     */
    public AuthorizationServerBuilder allowContinuingWithoutClientProof() {
        continuingWithoutProof = true;
        return this;
    }

    // ---- people ----

    /**
     * Lets clients that are registered for it send names and passwords (RFC 6749 section 4.3), and complete the sign-in with a
     * second factor. RFC 9700 section 2.4 advises against it: have people sign in at a page instead wherever that is possible.
     *
     * @return this
     */
    public AuthorizationServerBuilder passwordGrant() {
        return grant(new PasswordGrant())
                .grant(new MfaOtpGrant())
                .grant(new MfaOobGrant())
                .grant(new MfaRecoveryCodeGrant());
    }

    /**
     * Sets who checks names and passwords. The default looks at the hashes in the user store.
     *
     * @param value the check
     * @return this
     */
    public AuthorizationServerBuilder passwords(PasswordCheck value) {
        passwords = Optional.of(value);
        return this;
    }

    /**
     * Sets who sends codes. Without it, factors that need one cannot be used.
     *
     * @param value the sender
     * @return this
     */
    public AuthorizationServerBuilder otpSender(OtpSender value) {
        otpSender = Optional.of(value);
        return this;
    }

    /**
     * Sets where guesses are counted. The default is this process's memory: with several nodes each counts for itself.
     *
     * @param value the store
     * @return this
     */
    public AuthorizationServerBuilder attempts(AttemptStore value) {
        attempts = Optional.of(value);
        return this;
    }

    /**
     * Sets how often a password may be guessed: for one name from one network. Twenty times as many are let in from one network
     * for all names; ten times as many for one name from everywhere in a day, and then one a minute. The default is 5 within 15
     * minutes, and a lock of 15 minutes.
     *
     * @param failures at least 1
     * @param within how long they are counted
     * @param lock how long it takes until the next try
     * @return this
     */
    public AuthorizationServerBuilder loginAttempts(int failures, Duration within, Duration lock) {
        guesses = failures;
        guessesWithin = within;
        guessesLock = lock;
        return this;
    }

    /**
     * Sets how long a second factor may take, and how often it may be tried. The default is 5 minutes, 5 attempts, and 3 more
     * codes after the first.
     *
     * @param lifetime of a challenge, and of the codes sent for it
     * @param attempts at one challenge
     * @param resends how often a code may be sent again
     * @return this
     */
    public AuthorizationServerBuilder mfa(Duration lifetime, int attempts, int resends) {
        challengeLifetime = lifetime;
        challengeAttempts = attempts;
        this.resends = resends;
        return this;
    }

    /**
     * Sets the form of the token that names a challenge. The default is opaque.
     *
     * @param value opaque, or a JWT signed with HS256 whose {@code jti} is the handle
     * @return this
     */
    public AuthorizationServerBuilder mfaTokens(TokenFormat value) {
        mfaTokens = value;
        return this;
    }

    /**
     * Sets how long a device is remembered on which a second factor was passed. The default is 30 days.
     *
     * @param value a lifetime
     * @return this
     */
    public AuthorizationServerBuilder rememberDevices(Duration value) {
        deviceLifetime = value;
        return this;
    }

    /**
     * Sets what of a scope is a person's to give. By default a scope with a parameter must be the person's own.
     *
     * @param value the policy; asked only where there is a user store
     * @return this
     */
    public AuthorizationServerBuilder userScopes(UserScopePolicy value) {
        userScopes = value;
        return this;
    }

    // ---- browsers ----

    /**
     * Sets the pages, and makes the server an OpenID Provider: people sign in with a browser, have sessions, allow clients what
     * they want, and sign out.
     *
     * @param value draws what people are asked
     * @return this
     */
    public AuthorizationServerBuilder interaction(Interaction value) {
        pages = Optional.of(value);
        return this;
    }

    /**
     * Sets how long a session in a browser lasts. The default is 2 hours without use, and 12 in any case.
     *
     * @param idle without use
     * @param most from the sign-in on
     * @return this
     */
    public AuthorizationServerBuilder sessions(Duration idle, Duration most) {
        sessionIdle = idle;
        sessionMost = most;
        return this;
    }

    /**
     * Sets how long a person may take from the request to the answer. The default is half an hour.
     *
     * @param value a lifetime
     * @return this
     */
    public AuthorizationServerBuilder interactionLifetime(Duration value) {
        interactionLifetime = value;
        return this;
    }

    /**
     * Sets how long a consent is remembered. The default is 400 days.
     *
     * @param value a lifetime
     * @return this
     */
    public AuthorizationServerBuilder rememberConsents(Duration value) {
        consentLifetime = value;
        return this;
    }

    /**
     * Lets devices without a browser ask (RFC 8628): a person types the code that the device shows, at a page of this server.
     *
     * @param lifetime how long a person may take until the code is typed and the device allowed
     * @return this
     */
    public AuthorizationServerBuilder deviceGrant(Duration lifetime) {
        deviceCodeLifetime = lifetime;
        return grant(new DeviceCodeGrant());
    }

    /**
     * Lets clients of the same house sign people in at their own screens (OAuth 2.0 for First-Party Applications):
     * {@link dev.mintmark.auth.protocol.Client.Builder#firstParty}. They see passwords; a page in a browser never should.
     *
     * @return this
     */
    public AuthorizationServerBuilder authorizationChallenge() {
        challengeEndpoint = true;
        return this;
    }

    /**
     * Adds a page where people see in which browsers they are signed in, which clients they have allowed what, which devices are
     * remembered, and can end any of it.
     *
     * @return this
     */
    public AuthorizationServerBuilder accountPage() {
        accountPage = true;
        return this;
    }

    /**
     * The same, and lets people set up an authenticator there, which comes with recovery codes. The user store must be one that
     * {@linkplain UserStore#enrol takes} them.
     *
     * @return this
     */
    public AuthorizationServerBuilder accountPageWithEnrolment() {
        enrolment = true;
        return accountPage();
    }

    /**
     * Names the context classes ({@code acr}) of sign-ins with a browser. The default is {@code 1} and {@code 2}.
     *
     * @param one of a sign-in with one factor
     * @param two of a sign-in with two
     * @return this
     */
    public AuthorizationServerBuilder contextClasses(String one, String two) {
        oneFactor = one;
        twoFactors = two;
        return this;
    }

    /**
     * Lets clients have pairwise subjects (OpenID Connect Core section 8). The salt is not among the server's secrets because it
     * cannot be replaced: with another one, every such client sees strangers.
     *
     * @param salt at least 32 secret bytes
     * @return this
     */
    public AuthorizationServerBuilder pairwiseSubjects(byte[] salt) {
        pairwiseSalt = Optional.of(salt.clone());
        return this;
    }

    /**
     * Sets how clients are told of a logout (OpenID Connect Back-Channel Logout). The default is an HTTP client of the server's
     * own, which follows no redirects; and three more tries after a second, ten and sixty.
     *
     * @param client the application's own: for its proxies and certificates
     * @param retries how long to wait before each further try
     * @return this
     */
    public AuthorizationServerBuilder backChannelLogout(HttpClient client, Duration... retries) {
        http = Optional.of(client);
        logoutRetries = List.of(retries);
        return this;
    }

    // ---- memory ----

    /**
     * Sets where the server remembers. The default is this process's memory.
     *
     * @param value the store, which several servers and nodes may share
     * @return this
     */
    public AuthorizationServerBuilder store(GrantStore value) {
        store = Optional.of(value);
        return this;
    }

    /**
     * Sets the server's secrets, from which refresh tokens are made and what is stored is encrypted. Required with a store of
     * one's own; random with the default one.
     *
     * @param values each at least 32 bytes, the active one first, the others kept while what they made is valid
     * @return this
     */
    public AuthorizationServerBuilder serverSecret(byte[]... values) {
        serverSecrets = List.of(values);
        return this;
    }

    /**
     * Sets the time.
     *
     * @param value the server's clock
     * @return this
     */
    public AuthorizationServerBuilder clock(Clock value) {
        clock = value;
        return this;
    }

    /**
     * Sets chance: everything random comes from here.
     *
     * @param value a strong source; thread-safe
     * @return this
     */
    public AuthorizationServerBuilder random(SecureRandom value) {
        random = value;
        return this;
    }

    /**
     * Sets who is told of what happens. The default writes to a {@link System.Logger}.
     *
     * @param value the listener
     * @return this
     */
    public AuthorizationServerBuilder listener(AuthListener value) {
        listener = value;
        return this;
    }

    // ---- what may be asked for ----

    /**
     * Sets the grants, all of them. The default is authorization_code, refresh_token and client_credentials.
     *
     * @param values the grants
     * @return this
     */
    public AuthorizationServerBuilder grants(Grant... values) {
        grants = new LinkedHashMap<>();
        for (Grant grant : values) grant(grant);
        return this;
    }

    /**
     * Adds a grant, or replaces the one of its type.
     *
     * @param value the grant
     * @return this
     */
    public AuthorizationServerBuilder grant(Grant value) {
        grants.put(value.type(), value);
        return this;
    }

    /**
     * Sets the scopes that the server knows. The default is those of OpenID Connect.
     *
     * @param patterns scopes and patterns such as <code>customer.{customer_id}</code>, separated by spaces
     * @return this
     */
    public AuthorizationServerBuilder scopes(String patterns) {
        scopes = patterns;
        return this;
    }

    /**
     * Sets what an empty request is given, as far as the client may have it. The default is all of the client's plain scopes.
     *
     * @param values plain scopes, separated by single spaces; empty for none at all
     * @return this
     */
    public AuthorizationServerBuilder defaultScopes(String values) {
        defaultScopes = Optional.of(values);
        return this;
    }

    /**
     * Refuses requests that name no scope.
     *
     * @return this
     */
    public AuthorizationServerBuilder scopeRequired() {
        scopeRequired = true;
        return this;
    }

    /**
     * Sets the resources that any client may name (RFC 8707); a client may be registered for others.
     *
     * @param values absolute URIs without a fragment
     * @return this
     */
    public AuthorizationServerBuilder resources(URI... values) {
        resources = new LinkedHashSet<>(List.of(values));
        return this;
    }

    /**
     * Sets the audience of access tokens when no resource is named. The default is the issuer.
     *
     * @param value the {@code aud} claim
     * @return this
     */
    public AuthorizationServerBuilder audience(String value) {
        audience = Optional.of(value);
        return this;
    }

    /**
     * Lets confidential clients go without PKCE. Public ones never may.
     *
     * @return this
     */
    public AuthorizationServerBuilder pkceOptionalForConfidentialClients() {
        pkceRequired = false;
        return this;
    }

    // ---- tokens ----

    /**
     * Adds a policy, which is handed what those before it planned.
     *
     * @param value the policy
     * @return this
     */
    public AuthorizationServerBuilder tokens(TokenPolicy value) {
        policy = policy.then(value);
        return this;
    }

    /**
     * Sets the form of access tokens. The default is JWT.
     *
     * @param value the form
     * @return this
     */
    public AuthorizationServerBuilder accessTokens(TokenFormat value) {
        accessFormat = value;
        return this;
    }

    /**
     * Sets how one kind of token is signed. The default is ES256 for access tokens and RS256 for ID tokens.
     *
     * @param kind the kind of token
     * @param preferred the algorithm unless a client or a policy asks for another
     * @param others what they may ask for
     * @return this
     */
    public AuthorizationServerBuilder signing(TokenKind kind, SigningAlgorithm preferred, SigningAlgorithm... others) {
        List<SigningAlgorithm> all = new ArrayList<>(List.of(preferred));
        all.addAll(List.of(others));
        algorithms.put(kind, List.copyOf(new LinkedHashSet<>(all)));
        return this;
    }

    /**
     * Brings keys of one's own for one kind of token and one algorithm, instead of a ring that the server keeps and rotates. A
     * key serves one kind only.
     *
     * @param kind the kind of token
     * @param algorithm an algorithm named by {@link #signing}
     * @param keys private JWKs, the first signing, all of them published
     * @return this
     */
    public AuthorizationServerBuilder signingKeys(TokenKind kind, SigningAlgorithm algorithm, JWK... keys) {
        fixedKeys
                .computeIfAbsent(kind, k -> new EnumMap<>(SigningAlgorithm.class))
                .put(algorithm, List.of(keys));
        return this;
    }

    /**
     * Sets when the server's own keys are replaced. The default is every 90 days, published a day ahead.
     *
     * @param every how long a key signs
     * @param ahead how long it is published before: longer than any verifier caches keys
     * @return this
     */
    public AuthorizationServerBuilder keyRotation(Duration every, Duration ahead) {
        keysSignFor = every;
        keysPublishedAhead = ahead;
        return this;
    }

    /**
     * Sets the JCA provider for RSA, such as a native one. The others are Bouncy Castle's.
     *
     * @param value the provider
     * @return this
     */
    public AuthorizationServerBuilder rsaProvider(Provider value) {
        rsaProvider = Optional.of(value);
        return this;
    }

    /**
     * Sets how long access tokens live. The default is an hour.
     *
     * @param value at least a second; whole seconds count
     * @return this
     */
    public AuthorizationServerBuilder accessTokenLifetime(Duration value) {
        accessLifetime = value;
        return this;
    }

    /**
     * Sets how long ID tokens live. The default is an hour.
     *
     * @param value at least a second; whole seconds count
     * @return this
     */
    public AuthorizationServerBuilder idTokenLifetime(Duration value) {
        idLifetime = value;
        return this;
    }

    /**
     * Sets how long a refresh family lives. The default is 30 days, and 7 days without use.
     *
     * @param most from its first token on
     * @param idle from its latest token on
     * @return this
     */
    public AuthorizationServerBuilder refreshTokenLifetime(Duration most, Duration idle) {
        refreshLifetime = most;
        refreshIdle = idle;
        return this;
    }

    /**
     * Sets for how long a refresh token that was just used may be presented again by a client that did not get the answer. The
     * default is 30 seconds for confidential or bound clients, 10 for others; zero makes every second use a replay.
     *
     * @param value the grace, for every client
     * @return this
     */
    public AuthorizationServerBuilder refreshGrace(Duration value) {
        refreshGrace = Optional.of(value);
        return this;
    }

    /**
     * Sets how long a code may be redeemed. The default is a minute.
     *
     * @param value at most ten minutes (RFC 6749 section 4.1.2)
     * @return this
     */
    public AuthorizationServerBuilder codeLifetime(Duration value) {
        codeLifetime = value;
        return this;
    }

    /**
     * Sets the longest lifetimes there are: keys and revocations are remembered for so long. A client registered for more gets
     * this much; a policy that plans more is at fault. The default is 7 days, and 400 days for refresh tokens.
     *
     * @param accessAndId for access and ID tokens
     * @param refresh for refresh tokens
     * @return this
     */
    public AuthorizationServerBuilder longestLifetimes(Duration accessAndId, Duration refresh) {
        longestLifetime = accessAndId;
        longestRefreshLifetime = refresh;
        return this;
    }

    // ---- the wire ----

    /**
     * Sets how the server speaks where a route says nothing else.
     *
     * @param value the dialect
     * @return this
     */
    public AuthorizationServerBuilder dialect(WireDialect value) {
        dialect = value;
        return this;
    }

    /**
     * Moves an endpoint.
     *
     * @param endpoint which
     * @param path below the base URI, beginning with a slash
     * @return this
     */
    public AuthorizationServerBuilder route(Endpoint endpoint, String path) {
        return route(endpoint, Place.at(path));
    }

    /**
     * Moves an endpoint to one place or several; metadata names the first.
     *
     * @param endpoint which
     * @param places where it stands, and how it speaks there
     * @return this
     */
    public AuthorizationServerBuilder route(Endpoint endpoint, Place... places) {
        routes.put(endpoint, List.of(places));
        return this;
    }

    /**
     * Takes an endpoint away: metadata will not name it, and its path is no one's.
     *
     * @param endpoint which
     * @return this
     */
    public AuthorizationServerBuilder withoutRoute(Endpoint endpoint) {
        routes.remove(endpoint);
        return this;
    }

    /**
     * Takes all of the engine's endpoints away, those of later versions too: for APIs that have none but those which they then
     * {@linkplain #route name}.
     *
     * @return this
     */
    public AuthorizationServerBuilder withoutRoutes() {
        routes.clear();
        return this;
    }

    /**
     * Adds an endpoint for authenticated clients: POST.
     *
     * @param name what events call it
     * @param place where it stands
     * @param endpoint makes the endpoint, given the server, which answers once it is built
     * @return this
     */
    public AuthorizationServerBuilder clientEndpoint(
            String name, Place place, Function<AuthorizationServer, ClientEndpoint> endpoint) {
        return add(name, place, "POST", (engine, server) -> {
            ClientEndpoint made = endpoint.apply(server);
            return HttpFront.answering(request -> engine.call(name, AuthEvent.Type.CALLED, made, request));
        });
    }

    /**
     * Adds an endpoint for bearers of an access token: GET, unless the place says otherwise.
     *
     * @param name what events call it
     * @param place where it stands
     * @param endpoint makes the endpoint, given the server, which answers once it is built
     * @return this
     */
    public AuthorizationServerBuilder bearerEndpoint(
            String name, Place place, Function<AuthorizationServer, BearerEndpoint> endpoint) {
        return add(name, place, "GET", (engine, server) -> {
            BearerEndpoint made = endpoint.apply(server);
            return HttpFront.bearing(request -> engine.bearer(name, made, request));
        });
    }

    /**
     * Adds an endpoint for anyone: POST, unless the place says otherwise. It must check by itself who may call it.
     *
     * @param name what events call it
     * @param place where it stands
     * @param endpoint makes the endpoint, given the server, which answers once it is built
     * @return this
     */
    public AuthorizationServerBuilder openEndpoint(
            String name, Place place, Function<AuthorizationServer, OpenEndpoint> endpoint) {
        return add(name, place, "POST", (engine, server) -> {
            OpenEndpoint made = endpoint.apply(server);
            return HttpFront.open(request -> engine.call(name, AuthEvent.Type.CALLED, caller -> made.call(request)));
        });
    }

    private AuthorizationServerBuilder add(String name, Place place, String method, Handling handler) {
        added.add(new Added(name, place, List.of(method), handler));
        return this;
    }

    /**
     * Names the application's own authorization page, which ends in {@link AuthorizationServer#approve}: with it, metadata
     * lists the code flow.
     *
     * @param value where browsers are sent
     * @return this
     */
    public AuthorizationServerBuilder authorizationEndpoint(URI value) {
        authorizationEndpoint = Optional.of(value);
        return this;
    }

    /**
     * Allows a base URI of plain http that is not a loopback address. Whoever listens on the way reads every secret and token.
     *
     * @return this
     */
    public AuthorizationServerBuilder allowInsecureHttp() {
        insecureHttp = true;
        return this;
    }

    /**
     * The server.
     *
     * @return a server, ready to answer
     * @throws IllegalStateException with every complaint at once
     */
    public AuthorizationServer build() {
        List<String> complaints = new Complaints(this).all();
        if (!complaints.isEmpty()) {
            throw new IllegalStateException("this server cannot be built:\n - " + String.join("\n - ", complaints));
        }
        return new AuthorizationServer(this);
    }

    Settings settings() {
        return new Settings(
                baseUri,
                issuer.orElse(baseUri.toString()),
                audience.orElse(issuer.orElse(baseUri.toString())),
                authorizationEndpoint,
                accessFormat,
                preferred(),
                accessLifetime,
                idLifetime,
                refreshLifetime,
                refreshIdle,
                refreshGrace,
                codeLifetime,
                longestLifetime,
                longestRefreshLifetime,
                pkceRequired);
    }

    private Map<TokenKind, SigningAlgorithm> preferred() {
        Map<TokenKind, SigningAlgorithm> first = new EnumMap<>(TokenKind.class);
        algorithms.forEach((kind, all) -> first.put(kind, all.get(0)));
        return first;
    }

    List<SigningAlgorithm> algorithms(TokenKind kind) {
        return algorithms.getOrDefault(kind, List.of());
    }

    ScopeRules scopeRules() {
        return new ScopeRules(
                ScopePatterns.parse(scopes), defaultScopes.map(Scopes::parse), scopeRequired, resources, userScopes);
    }

    /** A server whose only client is built in needs none. */
    ClientStore clientsOrNone() {
        return clients.orElse(clientId -> Optional.empty());
    }

    SignInRules signInRules() {
        return new SignInRules(
                new AttemptStore.Limit(guesses, guessesWithin, guessesLock),
                challengeLifetime,
                challengeAttempts,
                resends,
                deviceLifetime,
                mfaTokens);
    }

    ClientAuthenticator.Anonymous anonymous() {
        return new ClientAuthenticator.Anonymous(anonymousClient, onlyClient, continuingWithoutProof);
    }

    Optional<PasswordCheck> passwordsOrDefault() {
        return passwords.or(() -> users.map(store -> PasswordCheck.of(store, random)));
    }

    AttemptStore attemptsOrDefault() {
        return attempts.orElseGet(() -> new InMemoryAttemptStore(clock, InMemoryAttemptStore.DEFAULT_CAPACITY));
    }

    /** Whether an endpoint has anything to do: what has not is not there. */
    boolean offers(Endpoint endpoint) {
        return switch (endpoint) {
            case USERINFO -> users.isPresent();
            case AUTHORIZATION, INTERACTION, PAR, END_SESSION -> pages.isPresent();
            case AUTHORIZATION_CHALLENGE -> challengeEndpoint;
            case ACCOUNT -> pages.isPresent() && accountPage;
            case ENROLMENT -> pages.isPresent() && accountPage && enrolment && users.isPresent();
            case DEVICE_AUTHORIZATION, DEVICE -> pages.isPresent() && asksForDevices();
            case OPENID_CONFIGURATION -> pages.isPresent() || authorizationEndpoint.isPresent();
            case MFA_CHALLENGE -> grants.containsKey(GrantType.MFA_OTP) || grants.containsKey(GrantType.MFA_OOB);
            default -> true;
        };
    }

    BrowserRules browserRules() {
        return new BrowserRules(
                sessionIdle,
                sessionMost,
                interactionLifetime,
                consentLifetime,
                challengeLifetime,
                deviceLifetime,
                oneFactor,
                twoFactors);
    }

    /** A device grant of the application's own brings its own pages. */
    boolean asksForDevices() {
        return grants.get(GrantType.DEVICE_CODE) instanceof DeviceCodeGrant;
    }

    /** The first place of an endpoint, or its own. */
    String pathOf(Endpoint endpoint) {
        return routes.getOrDefault(endpoint, List.of()).stream()
                .map(Place::path)
                .findFirst()
                .orElse(endpoint.path());
    }

    /** Where the RFCs are silent, those whose wire it is read JSON as well as forms. */
    WireDialect dialectOf(Endpoint endpoint) {
        boolean lenient = endpoint == Endpoint.MFA_CHALLENGE && dialect == WireDialect.STANDARD;
        return lenient ? WireDialect.FORM_OR_JSON : dialect;
    }

    GrantStore storeOrDefault() {
        return store.orElseGet(() -> new InMemoryGrantStore(clock, InMemoryGrantStore.DEFAULT_CAPACITY));
    }
}
