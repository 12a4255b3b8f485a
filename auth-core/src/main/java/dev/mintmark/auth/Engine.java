package dev.mintmark.auth;

import dev.mintmark.auth.grant.ClientCall;
import dev.mintmark.auth.keys.ServerSecrets;
import dev.mintmark.auth.protocol.Approved;
import dev.mintmark.auth.protocol.Authentication;
import dev.mintmark.auth.protocol.Authorization;
import dev.mintmark.auth.protocol.AuthorizationRequest;
import dev.mintmark.auth.protocol.Binding;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.ClientRequest;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.FamilyId;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Issued;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.protocol.Refused;
import dev.mintmark.auth.protocol.Subject;
import dev.mintmark.auth.protocol.TokenKind;
import dev.mintmark.auth.protocol.TokenResult;
import dev.mintmark.auth.store.ClientStore;
import dev.mintmark.auth.store.GrantStore;
import dev.mintmark.auth.store.Selector;
import dev.mintmark.auth.store.StoreException;
import dev.mintmark.auth.token.TokenPlan;
import dev.mintmark.auth.wire.WireRequest;
import dev.mintmark.auth.wire.WireResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The parts of a server put together. Every call goes through here: here it is told to the listener, and here it fails safely.
 */
final class Engine {
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** By how much the clocks of two nodes may differ. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private static final Set<ErrorCode> CHALLENGES =
            Set.of(ErrorCode.MFA_REQUIRED, ErrorCode.INSUFFICIENT_AUTHORIZATION);

    private final Settings settings;
    private final GrantStore store;
    private final EngineMemory memory;
    private final KeyRings keys;
    private final Events events;
    private final ScopeRules scopes;
    private final ClientAuthenticator authenticator;
    private final TokenEndpoint tokens;
    private final IdTokenHints hints;
    private final CodeIssuer codes;
    private final GrantCall.Parts parts;
    private final TokenReader reader;
    private final BearerTokens bearers;
    private final ClientEndpoint introspection;
    private final ClientEndpoint revocation;
    private final ClientEndpoint mfaChallenge;
    private final BearerEndpoint userInfo;
    private final ClientEndpoint challenge;
    private final Optional<Browsers> browsers;

    Engine(AuthorizationServerBuilder b) {
        this.settings = b.settings();
        this.store = b.storeOrDefault();
        ServerSecrets secrets =
                new ServerSecrets(b.serverSecrets.isEmpty() ? List.of(random32(b.random)) : b.serverSecrets, b.random);
        ClientStore clients = b.clientsOrNone();
        this.memory = new EngineMemory(settings.issuer(), store, secrets, b.clock, b.random);
        this.keys = KeyRings.of(b, store, secrets);
        this.events = new Events(settings.issuer(), b.clock, b.listener);
        this.scopes = b.scopeRules();
        SecretChecker checker =
                new SecretChecker(b.clock, b.random, Runtime.getRuntime().availableProcessors());
        this.authenticator = new ClientAuthenticator(b, checker);
        Families families = new Families(settings, secrets, keys, memory);
        Challenges challenges = new Challenges(settings.issuer(), b.signInRules(), secrets, memory);
        EnginePeople people = new EnginePeople(b, memory, challenges);
        this.parts = new GrantCall.Parts(scopes, memory, families, challenges, people);
        boolean refreshable = b.grants.containsKey(GrantType.REFRESH_TOKEN);
        Subjects subjects = new Subjects(b.pairwiseSalt);
        TokenMinter minter = new TokenMinter(settings, b.policy, keys, parts, subjects, refreshable);
        this.tokens = new TokenEndpoint(Map.copyOf(b.grants), parts, minter, b.users);
        this.hints = new IdTokenHints(settings.issuer(), keys, memory, this::client);
        AuthorizationRules rules = new AuthorizationRules(settings, clients, scopes, hints);
        Redirects redirects = new Redirects(settings.issuer());
        this.codes = new CodeIssuer(settings, rules, memory, redirects, subjects);
        this.reader = new TokenReader(settings.issuer(), keys, memory, families, store);
        this.bearers = new BearerTokens(reader, b.users);
        this.introspection = new IntrospectionEndpoint(reader, subjects);
        this.revocation = new RevocationEndpoint(reader, this::end);
        this.userInfo = new UserInfoEndpoint(
                settings,
                authenticator::known,
                (client, claims) -> minter.signed(
                        client,
                        client.userinfoSignedResponseAlg().orElseThrow(),
                        "JWT",
                        claims.with("iss", settings.issuer()).with("aud", client.clientId())));
        this.mfaChallenge = new MfaChallengeEndpoint(parts);
        this.challenge = new AuthorizationChallengeEndpoint(
                parts, rules, b.browserRules(), codes, subjects, b.signInRules().challenge());
        this.browsers = b.pages.map(pages -> new Browsers(this, b, pages, rules, redirects, subjects, minter));
    }

    private static byte[] random32(SecureRandom random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return bytes;
    }

    Settings settings() {
        return settings;
    }

    GrantCall.Parts parts() {
        return parts;
    }

    CodeIssuer codes() {
        return codes;
    }

    IdTokenHints hints() {
        return hints;
    }

    Events events() {
        return events;
    }

    /** A client by name alone. */
    Optional<Client> client(String clientId) {
        return authenticator.known(clientId);
    }

    Browsers browsers() {
        return browsers.orElseThrow(() -> new IllegalStateException("this server has no pages"));
    }

    void close() {
        browsers.ifPresent(Browsers::close);
    }

    EngineMemory memory() {
        return memory;
    }

    KeyRings keys() {
        return keys;
    }

    ScopeRules scopes() {
        return scopes;
    }

    AuthEvent event(AuthEvent.Type type) {
        return events.event(type);
    }

    void tell(AuthEvent event) {
        events.tell(event);
    }

    TokenResult token(ClientRequest request) {
        Optional<String> client = Optional.empty();
        try {
            Client authenticated = authenticator.authenticate(request, this::beganAtTheTokenEndpoint);
            client = Optional.of(authenticated.clientId());
            return told("token", tokens.exchange(authenticated, Binding.NONE, request));
        } catch (RuntimeException e) {
            return new TokenResult.Denied(refusal(e, "token", client));
        }
    }

    /** Tokens for what the application decided itself. */
    TokenResult issue(Authorization authorization, UnaryOperator<TokenPlan> last) {
        Optional<String> client = Optional.empty();
        try {
            Client registered = authenticator
                    .known(authorization.client())
                    .orElseThrow(() ->
                            Refusal.badParameter("client_id", "is unknown").thrown());
            client = Optional.of(registered.clientId());
            return told("none", tokens.issue(registered, authorization, last));
        } catch (RuntimeException e) {
            return new TokenResult.Denied(refusal(e, "none", client));
        }
    }

    private Issued told(String endpoint, TokenEndpoint.Outcome outcome) {
        Issued issued = outcome.issued();
        Subject subject = issued.authorization().subject();
        events.tell(events.event(outcome.type())
                .endpoint(endpoint)
                .client(Optional.of(issued.authorization().client()))
                .subject(subject instanceof Subject.OfUser ? Optional.of(subject.value()) : Optional.empty())
                .grant(outcome.grant())
                .family(issued.authorization().family())
                .scope(issued.scope().toString()));
        return issued;
    }

    /** Whose is what a request goes on with: by the very parameter that its grant will redeem, and no other. */
    private Optional<String> beganAtTheTokenEndpoint(Params params) {
        GrantType grant = params.get("grant_type").map(GrantType::new).orElse(GrantType.NONE);
        if (grant.equals(GrantType.REFRESH_TOKEN)) {
            Optional<Held> family =
                    params.get("refresh_token").flatMap(t -> parts.families().find(t, Optional.empty(), memory.now()));
            return family.map(held -> held.authorization().client());
        }
        boolean second = grant.equals(GrantType.MFA_OTP)
                || grant.equals(GrantType.MFA_OOB)
                || grant.equals(GrantType.MFA_RECOVERY_CODE);
        return second ? beganAChallenge(params) : Optional.empty();
    }

    private Optional<String> beganAChallenge(Params params) {
        Optional<Held> challenge = params.get("mfa_token").flatMap(parts.challenges()::find);
        return challenge.map(held -> held.authorization().client());
    }

    boolean revokeFamilyOf(String accessToken) {
        Optional<TokenReader.Read> read = reader.read(accessToken).filter(TokenReader.Read::isAccess);
        Optional<FamilyId> family =
                read.flatMap(token -> token.claims().string("fid")).map(FamilyId::new);
        family.ifPresent(this::revokeFamily);
        if (family.isEmpty()) {
            read.filter(token -> token.active() && token.revocation().isPresent())
                    .ifPresent(this::end);
        }
        if (read.isPresent()) events.tell(events.event(AuthEvent.Type.REVOKED).family(family));
        return read.isPresent();
    }

    Optional<VerifiedToken> verify(TokenKind kind, String token) {
        return reader.read(token)
                .filter(read -> read.kind() == kind && read.active())
                .map(VerifiedToken::new);
    }

    Answer introspect(ClientRequest request) {
        return call("introspection", AuthEvent.Type.INTROSPECTED, introspection, request);
    }

    Answer revoke(ClientRequest request) {
        return call("revocation", AuthEvent.Type.REVOKED, revocation, request);
    }

    Answer mfaChallenge(ClientRequest request) {
        return call("mfa_challenge", AuthEvent.Type.CALLED, caller -> {
            Client client = caller.is(authenticator.authenticate(request, this::beganAChallenge));
            return mfaChallenge.call(new Asked(client, request));
        });
    }

    Answer userInfo(ClientRequest request) {
        return bearer("userinfo", userInfo, request);
    }

    Answer push(ClientRequest request) {
        return call("par", AuthEvent.Type.CALLED, browsers().pushed(), request);
    }

    Answer challenge(ClientRequest request) {
        return call("authorization_challenge", AuthEvent.Type.CODE_ISSUED, challenge, request);
    }

    Answer device(ClientRequest request) {
        return call("device_authorization", AuthEvent.Type.CALLED, browsers().devices(), request);
    }

    private record Asked(Client client, Params params, Optional<String> remoteAddress, Binding binding)
            implements ClientCall {
        Asked(Client client, ClientRequest request) {
            this(client, request.params(), request.remoteAddress(), Binding.NONE);
        }
    }

    /** What any endpoint for authenticated clients does with a request. */
    Answer call(String name, AuthEvent.Type type, ClientEndpoint endpoint, ClientRequest request) {
        return call(name, type, caller -> {
            Client client = caller.is(authenticator.authenticate(request));
            return endpoint.call(new Asked(client, request));
        });
    }

    /** What any endpoint for bearers of an access token does with a request. */
    Answer bearer(String name, BearerEndpoint endpoint, ClientRequest request) {
        return call(name, AuthEvent.Type.CALLED, caller -> {
            BearerCall call = bearers.verified(request);
            caller.client = call.token().client();
            caller.subject = call.token().person();
            return endpoint.call(call);
        });
    }

    /** Whose a call turns out to be. */
    static final class Caller {
        private Optional<String> client = Optional.empty();
        private Optional<String> subject = Optional.empty();

        Client is(Client authenticated) {
            client = Optional.of(authenticated.clientId());
            return authenticated;
        }

        Optional<String> client() {
            return client;
        }
    }

    /** Something that ends in an answer. */
    interface Answering {
        WireResponse answer();
    }

    /** The same for pages: what goes wrong, the person is shown. */
    WireResponse shown(String name, WireRequest request, Parlour parlour, Function<Caller, WireResponse> work) {
        Caller caller = new Caller();
        try {
            return work.apply(caller);
        } catch (RuntimeException e) {
            return parlour.failure(refusal(e, name, caller.client), request);
        }
    }

    void tellOfEnrolment(Authentication authentication) {
        events.tell(events.event(AuthEvent.Type.FACTORS_CHANGED)
                .endpoint("enrolment")
                .subject(Optional.of(authentication.subject().value())));
    }

    void revokeSubjectAtClient(String subject, String client) {
        revoke(Selector.ofSubjectAtClient(settings.issuer(), subject, client), memory.now());
        tell(event(AuthEvent.Type.REVOKED).subject(Optional.of(subject)).client(Optional.of(client)));
    }

    void tellOfSignIn(Authentication authentication, Optional<String> client) {
        events.tell(events.event(AuthEvent.Type.SIGNED_IN)
                .endpoint("interaction")
                .client(client)
                .subject(Optional.of(authentication.subject().value())));
    }

    void tellOfCode(Authorization authorization) {
        events.tell(events.event(AuthEvent.Type.CODE_ISSUED)
                .endpoint("authorization")
                .client(Optional.of(authorization.client()))
                .subject(Optional.of(authorization.subject().value()))
                .family(authorization.family())
                .scope(authorization.scope().toString()));
    }

    /** Whatever is called, the listener is told of it, and it fails safely. */
    Answer call(String name, AuthEvent.Type type, Function<Caller, Claims> work) {
        Caller caller = new Caller();
        try {
            Answer answer = new Answer(work.apply(caller), Optional.empty());
            events.tell(events.event(type).endpoint(name).client(caller.client).subject(caller.subject));
            return answer;
        } catch (RuntimeException e) {
            return new Answer(Claims.none(), Optional.of(refusal(e, name, caller.client)));
        }
    }

    Approved approve(AuthorizationRequest request, Authentication authentication) {
        Optional<String> client = Optional.empty();
        try {
            CodeIssuer.Coded coded = codes.approve(request, authentication);
            client = Optional.of(coded.authorization().client());
            tellOfCode(coded.authorization());
            return coded.approved();
        } catch (RuntimeException e) {
            throw refusal(e, "authorization", client).thrown();
        }
    }

    /** Revokes what was born until a moment. */
    void revoke(Selector what, Instant bornUntil) {
        store.revoke(what, bornUntil.truncatedTo(ChronoUnit.MILLIS), remembered());
    }

    void revokeFamily(FamilyId family) {
        revokeWhole(new Selector(settings.issuer(), Selector.By.FAMILY, family.value()));
    }

    /** A person signed out: what is offline stays. */
    void endSession(String session) {
        revokeWhole(new Selector(settings.issuer(), Selector.By.ONLINE, session));
    }

    void revokeSubject(String subject) {
        List<Held> open = open(Selector.By.SUBJECT, subject);
        revoke(new Selector(settings.issuer(), Selector.By.SUBJECT, subject), memory.now());
        open.forEach(ended -> browsers().parts().backChannel().tell(ended));
    }

    private List<Held> open(Selector.By by, String value) {
        return browsers.map(any -> any.open(by, value)).orElse(List.of());
    }

    /** A name that comes once: whatever has it, whenever it was born by whichever node's clock. */
    void revokeSession(String session) {
        List<Held> open = open(Selector.By.SESSION, session);
        revokeWhole(new Selector(settings.issuer(), Selector.By.SESSION, session));
        open.forEach(ended -> browsers().parts().backChannel().tell(ended));
    }

    /** Revokes a token, or the family it stands for; a token's revocation is remembered until the token would have ended. */
    private void end(TokenReader.Read read) {
        Selector what = read.revocation().orElseThrow();
        if (what.by() != Selector.By.TOKEN) revokeWhole(what);
        else store.revoke(what, read.expires().plus(SKEW), read.expires().plus(SKEW));
    }

    /** Revokes a family, whenever it was born. */
    private void revokeWhole(Selector what) {
        Instant until = remembered();
        store.revoke(what, until, until);
    }

    /**
     * Until when a revocation of this moment has to be remembered. No caller could say: families slide. But once revoked nothing
     * is written any more, so that all of it expires within the longest lifetimes that a write of now can have given: a family's,
     * and then a token's; and by how much the nodes' clocks may differ.
     */
    private Instant remembered() {
        return memory.now()
                .plus(settings.longestLifetime())
                .plus(settings.longestRefreshLifetime())
                .plus(SKEW);
    }

    /** Turns whatever went wrong into a refusal, does what the refusal demands, and tells the listener. */
    Refusal refusal(RuntimeException e, String endpoint, Optional<String> client) {
        if (!(e instanceof Refused refused)) return fault(e, endpoint, client);
        Refusal refusal = refused.refusal();
        Optional<FamilyId> replayed = refusal.revokes();
        try {
            replayed.ifPresent(this::revokeFamily);
        } catch (RuntimeException unrevoked) {
            return fault(unrevoked, endpoint, client);
        }
        events.tell(events.event(type(refusal))
                .endpoint(endpoint)
                .client(client)
                .family(replayed)
                .refused(refusal.code(), refusal.reason()));
        return refusal;
    }

    private static AuthEvent.Type type(Refusal refusal) {
        if (refusal.revokes().isPresent()) return AuthEvent.Type.REPLAYED;
        return CHALLENGES.contains(refusal.code()) ? AuthEvent.Type.CHALLENGED : AuthEvent.Type.REFUSED;
    }

    private Refusal fault(RuntimeException e, String endpoint, Optional<String> client) {
        String reference = memory.newId();
        Refusal refusal = e instanceof StoreException || e instanceof EnginePeople.Unsent
                ? Refusal.of(ErrorCode.TEMPORARILY_UNAVAILABLE, "something this server needs cannot be reached")
                        .retryAfter(RETRY)
                : Refusal.of(ErrorCode.SERVER_ERROR, "a fault").saying("reference " + reference);
        events.tell(events.event(AuthEvent.Type.FAILED)
                .endpoint(endpoint)
                .client(client)
                .refused(refusal.code(), refusal.reason())
                .reference(reference)
                .cause(e));
        return refusal;
    }
}
