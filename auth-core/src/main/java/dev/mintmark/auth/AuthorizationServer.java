package dev.mintmark.auth;

import com.nimbusds.jose.jwk.JWKSet;
import dev.mintmark.auth.grant.Memory;
import dev.mintmark.auth.prompt.Prompt;
import dev.mintmark.auth.protocol.Approved;
import dev.mintmark.auth.protocol.Authentication;
import dev.mintmark.auth.protocol.Authorization;
import dev.mintmark.auth.protocol.AuthorizationRequest;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.ClientRequest;
import dev.mintmark.auth.protocol.FamilyId;
import dev.mintmark.auth.protocol.Refused;
import dev.mintmark.auth.protocol.Subject;
import dev.mintmark.auth.protocol.TokenKind;
import dev.mintmark.auth.protocol.TokenResult;
import dev.mintmark.auth.store.Change;
import dev.mintmark.auth.store.GrantStore;
import dev.mintmark.auth.store.Selector;
import dev.mintmark.auth.token.TokenPlan;
import dev.mintmark.auth.wire.WireHandler;
import dev.mintmark.auth.wire.WireRequest;
import dev.mintmark.auth.wire.WireResponse;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * An OAuth 2 authorization server inside your process. It speaks HTTP through a binding, which hands it
 * {@linkplain #handle requests}, and Java through its methods: both go the same way. Thread-safe.
 *
 * <pre>{@code
 * AuthorizationServer server = AuthorizationServer.builder(URI.create("https://auth.example"))
 *     .clients(ClientStore.of(client))
 *     .build();
 * }</pre>
 */
public final class AuthorizationServer implements WireHandler, AutoCloseable {
    private final Engine engine;
    private final HttpFront front;

    AuthorizationServer(AuthorizationServerBuilder builder) {
        this.engine = new Engine(builder);
        this.front = new HttpFront(engine, builder, this);
    }

    /**
     * A server to be set up.
     *
     * @param baseUri where clients reach it: https, or http on a loopback address; without query, fragment or slash at the
     *     end. Its path is the path of every route's beginning. It is the issuer, too, unless told otherwise
     * @return a builder with secure defaults
     */
    public static AuthorizationServerBuilder builder(URI baseUri) {
        return new AuthorizationServerBuilder(baseUri);
    }

    /**
     * Asks for tokens (RFC 6749 section 3.2). The client is authenticated like any other.
     *
     * @param request the request
     * @return tokens, or a refusal; never throws for what a client can cause
     */
    public TokenResult token(ClientRequest request) {
        return engine.token(request);
    }

    /**
     * Strikes tokens without a grant: the application itself decided that this client may have this authorization. Nobody is
     * asked for a password or a consent here, so this belongs behind a check of one's own. Client and person must stand, and the
     * scope be within the client's.
     *
     * @param authorization what is authorized
     * @param plan changes the tokens that would be struck; {@code UnaryOperator.identity()} for none
     * @return tokens, or a refusal
     */
    public TokenResult issueWithoutGrant(Authorization authorization, UnaryOperator<TokenPlan> plan) {
        return engine.issue(authorization, plan);
    }

    /**
     * Verifies a token of this server: for resources in the same process. Unlike a validator that works offline it notices at once
     * what was revoked. Whether {@code aud} names this resource is for the resource to see, and whoever sends a token with
     * {@code cnf} has to prove the key.
     *
     * @param kind what it is to be: a resource takes access tokens and nothing else
     * @param token any text
     * @return what the token says; empty unless it is this server's own, of that kind, and valid now
     */
    public Optional<VerifiedToken> verify(TokenKind kind, String token) {
        return engine.verify(kind, token);
    }

    /**
     * Ends what an access token belongs to: its whole family, or the token alone if it has none. An expired token will do, for
     * those who sign out late. Behind this belongs no check: whoever has the token may give it back.
     *
     * @param accessToken any text
     * @return whether it is an access token of this server
     */
    public boolean revokeFamilyOf(String accessToken) {
        return engine.revokeFamilyOf(accessToken);
    }

    /**
     * Asks for the second factor of a challenge: which one, and that its code be sent.
     *
     * @param request with the parameter {@code mfa_token}
     * @return {@code challenge_type}, and {@code oob_code} if a code was sent
     * @throws Refused if there is no such challenge, or the factor is not possible
     */
    public Claims mfaChallenge(ClientRequest request) {
        return engine.mfaChallenge(request).orThrow();
    }

    /**
     * Asks what a token is worth (RFC 7662).
     *
     * @param request with the parameter {@code token}
     * @return {@code active} and, if it is, what the token says
     * @throws Refused if the client may not ask
     */
    public Claims introspect(ClientRequest request) {
        return engine.introspect(request).orThrow();
    }

    /**
     * Gives a token back (RFC 7009).
     *
     * @param request with the parameter {@code token}
     * @throws Refused if the token is another client's, or the client is not authenticated
     */
    public void revoke(ClientRequest request) {
        engine.revoke(request).orThrow();
    }

    /**
     * Turns a person's approval into a code (RFC 6749 section 4.1.2): for an application with its own sign-in.
     *
     * @param request what the client asked for
     * @param authentication who approved it, and how that person had signed in
     * @return the code, and where to send the browser
     * @throws Refused if the request is not one this server would grant; it must not be redirected if the parameter at fault is
     *     {@code client_id} or {@code redirect_uri}
     */
    public Approved approve(AuthorizationRequest request, Authentication authentication) {
        return engine.approve(request, authentication);
    }

    /**
     * Goes on with an interaction: for an application that draws {@link Prompt.SignIn} by sending people to a login of its own. The
     * response takes effect once, and in the browser that began; there it begins a session.
     *
     * @param interaction as the prompt named it
     * @param authentication who signed in, and how
     * @return where to send the browser; to an error page if the interaction is over
     * @throws IllegalStateException on a server without pages
     */
    public WireResponse resume(String interaction, Authentication authentication) {
        return engine.browsers().resume(interaction, authentication);
    }

    /**
     * The sessions of a person that are going on in browsers.
     *
     * @param subject the person's {@code sub}
     * @return at most 1000, the oldest first
     */
    public List<BrowserSession> sessions(String subject) {
        return engine.browsers().parts().sessions().list(subject).stream()
                .map(BrowserSession::new)
                .toList();
    }

    /**
     * What a person has allowed clients, and stands. It is taken back by {@link #revokeSubjectAtClient}.
     *
     * @param subject the person's {@code sub}
     * @return at most 1000, the oldest first
     */
    public List<Consent> consents(String subject) {
        return engine.browsers().parts().consents().list(subject).stream()
                .map(Consent::new)
                .toList();
    }

    /**
     * The keys that verify this server's tokens (RFC 7517).
     *
     * @return public keys
     */
    public JWKSet jwks() {
        return new JWKSet(engine.keys().published(now()));
    }

    /**
     * What this server says of itself (RFC 8414).
     *
     * @return the metadata document
     */
    public Claims metadata() {
        return front.documents().metadata();
    }

    /**
     * Ends everything one person has granted so far, sessions in browsers included, at once and durably; clients are told. JWTs that are verified offline notice at their expiry.
     *
     * @param subject the person's {@code sub}
     */
    public void revokeSubject(String subject) {
        engine.revokeSubject(subject);
        engine.tell(revoked().subject(Optional.of(subject)));
    }

    /**
     * Ends everything one person has granted to one client so far.
     *
     * @param subject the person's {@code sub}
     * @param client {@code client_id}
     */
    public void revokeSubjectAtClient(String subject, String client) {
        revokeSubjectAtClient(subject, client, now());
    }

    /**
     * Ends everything one person had granted to one client until a moment.
     *
     * @param subject the person's {@code sub}
     * @param client {@code client_id}
     * @param until the last moment that is covered; a later one than now counts as now
     * @throws IllegalArgumentException if the subject is none that a person of this server could have
     */
    public void revokeSubjectAtClient(String subject, String client, Instant until) {
        Instant now = now();
        AuthEvent event = revoked().subject(Optional.of(subject)).client(Optional.of(client));
        String person = new Subject.OfUser(subject).value();
        revoke(Selector.ofSubjectAtClient(issuer(), person, client), until.isBefore(now) ? until : now, event);
    }

    /**
     * Ends everything one client holds so far.
     *
     * @param client {@code client_id}
     */
    public void revokeClient(String client) {
        revoke(
                new Selector(issuer(), Selector.By.CLIENT, client),
                now(),
                revoked().client(Optional.of(client)));
    }

    /**
     * Ends one session and everything that came of it. No other session may ever be called so. Clients of a session in a browser
     * are told.
     *
     * @param session {@code sid}
     */
    public void revokeSession(String session) {
        engine.revokeSession(session);
        engine.tell(revoked());
    }

    /**
     * Ends one family: the code, its refresh tokens, its access tokens.
     *
     * @param family the family
     */
    public void revokeFamily(FamilyId family) {
        engine.revokeFamily(family);
        engine.tell(revoked().family(Optional.of(family)));
    }

    private void revoke(Selector what, Instant bornUntil, AuthEvent event) {
        engine.revoke(what, bornUntil);
        engine.tell(event);
    }

    private AuthEvent revoked() {
        return engine.event(AuthEvent.Type.REVOKED);
    }

    /**
     * The server's time.
     *
     * @return in milliseconds: no finer than every store can keep
     */
    public Instant now() {
        return engine.memory().now();
    }

    /**
     * Makes new signing keys. They are published at once, and sign once every cache has had time to see them.
     */
    public void rotateKeys() {
        engine.keys().rotate(now());
    }

    /**
     * Makes new signing keys that sign at once, and forgets all others: for keys that someone else may have. Every JWT signed
     * so far stops being valid: here at once, at other nodes within a minute, wherever published keys are kept within five
     * more. Keys brought by {@link AuthorizationServerBuilder#signingKeys} and those derived from the server's secrets (HS256)
     * are not among them: whoever brought them replaces them. If the store cannot answer, call again.
     */
    public void revokeKeys() {
        engine.keys().revoke(now());
        engine.tell(engine.event(AuthEvent.Type.KEYS_REVOKED));
    }

    /**
     * The engine's memory, for endpoints that bring kinds of grant of their own.
     *
     * @return the memory
     */
    public Memory memory() {
        return engine.memory();
    }

    /**
     * Applies a change that the memory made, outside of a grant's decision.
     *
     * @param change all or nothing
     * @return what became of it; after {@link GrantStore.Outcome#LOST} recall and try again
     */
    public GrantStore.Outcome apply(Change change) {
        return engine.memory().apply(change);
    }

    /**
     * The issuer.
     *
     * @return the {@code iss} of every token
     */
    public String issuer() {
        return engine.settings().issuer();
    }

    /** Ends what the server started: clients that are not told of a logout yet will not be. */
    @Override
    public void close() {
        engine.close();
    }

    @Override
    public Optional<WireResponse> handle(WireRequest request) {
        return front.router().handle(request);
    }

    @Override
    public Optional<WireResponse> missing(WireRequest request) {
        return front.router().missing(request);
    }
}
