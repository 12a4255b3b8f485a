package dev.mintmark.auth;

import com.nimbusds.jose.jwk.JWK;
import dev.mintmark.auth.keys.SigningKey;
import dev.mintmark.auth.protocol.Authentication;
import dev.mintmark.auth.protocol.AuthorizationRequest;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Pkce;
import dev.mintmark.auth.protocol.Secret;
import dev.mintmark.auth.protocol.SigningAlgorithm;
import dev.mintmark.auth.protocol.TokenKind;
import dev.mintmark.auth.store.ClientStore;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** A server under test: its clock moves when told to, its events are kept, and it knows a handful of clients. */
public final class TestServer {
    public static final String ISSUER = "https://auth.example";
    public static final String VERIFIER = "the-verifier-of-these-tests-is-long-enough-1234";
    public static final String USER = "alice";
    public static final String SCOPE = "openid read offline_access";
    public static final String SCOPES =
            "openid profile email offline_access read write customer.{customer_id} order.{order_id:int}";

    private static final Secret.Generated GENERATED = Secret.generate(new SecureRandom());
    private static final JWK ID_KEY = SigningKey.generate(SigningAlgorithm.RS256, new SecureRandom());

    /** The secret of every confidential client here. */
    public static final String SECRET = GENERATED.plaintext();

    public final MovableClock clock;
    public final Queue<AuthEvent> events = new ConcurrentLinkedQueue<>();
    public final AuthorizationServer server;

    private TestServer(MovableClock clock, Consumer<AuthorizationServerBuilder> more) {
        this.clock = clock;
        AuthorizationServerBuilder builder = AuthorizationServer.builder(URI.create(ISSUER))
                .clients(ClientStore.of(web().build(), spa().build(), machine().build(), poster().build()))
                .scopes(SCOPES)
                .signingKeys(TokenKind.ID, SigningAlgorithm.RS256, ID_KEY)
                .clock(clock)
                .listener(events::add);
        more.accept(builder);
        this.server = builder.build();
    }

    public static TestServer standard() {
        return of(builder -> {});
    }

    public static TestServer of(Consumer<AuthorizationServerBuilder> more) {
        return of(new MovableClock(), more);
    }

    public static TestServer of(MovableClock clock, Consumer<AuthorizationServerBuilder> more) {
        return new TestServer(clock, more);
    }

    public static TestServer knowing(Client... clients) {
        return of(builder -> builder.clients(ClientStore.of(clients)));
    }

    public static Secret secret() {
        return GENERATED.secret();
    }

    /** A confidential client with people. */
    public static Client.Builder web() {
        return Client.of("web")
                .secret(GENERATED.secret())
                .grantTypes(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN)
                .redirectUris(URI.create("https://web.example/cb"))
                .scope("openid profile offline_access read write");
    }

    /** A public client with people. */
    public static Client.Builder spa() {
        return Client.of("spa")
                .tokenEndpointAuthMethod("none")
                .grantTypes(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN)
                .redirectUris(URI.create("https://spa.example/cb"))
                .scope("openid offline_access read");
    }

    /** A client that acts for itself. */
    public static Client.Builder machine() {
        return Client.of("machine")
                .secret(GENERATED.secret())
                .grantTypes(GrantType.CLIENT_CREDENTIALS)
                .scope("read write customer.*");
    }

    /** The same, with its secret in the body. */
    public static Client.Builder poster() {
        return Client.of("poster")
                .secret(GENERATED.secret())
                .tokenEndpointAuthMethod("client_secret_post")
                .grantTypes(GrantType.CLIENT_CREDENTIALS)
                .scope("read");
    }

    public Call call(String method, String path) {
        return new Call(server, method, path);
    }

    /** A token request by a client, authenticated as it is registered. */
    public Call token(String client, String grant) {
        return as(client, call("POST", "/token")).with("grant_type", grant);
    }

    public Call as(String client, Call call) {
        return client.equals("spa") ? call.with("client_id", client) : call.basic(client, SECRET);
    }

    public AuthorizationRequest request(String client) {
        return AuthorizationRequest.of(client).scope(SCOPE).codeChallenge(Pkce.challenge(VERIFIER));
    }

    public Authentication alice() {
        return Authentication.of(USER, clock.instant());
    }

    public String code(String client) {
        return server.approve(request(client), alice()).code();
    }

    public Call redeem(String client, String code) {
        return token(client, "authorization_code").with("code", code).with("code_verifier", VERIFIER);
    }

    /** The tokens of a person who has just approved. */
    public Reply signIn(String client) {
        return redeem(client, code(client)).send().issued();
    }

    public Call refresh(String client, String refreshToken) {
        return token(client, "refresh_token").with("refresh_token", refreshToken);
    }

    public Claims introspect(String client, String token) {
        Reply reply =
                as(client, call("POST", "/introspect")).with("token", token).send();
        return reply.issued().json();
    }

    public boolean isActive(String client, String token) {
        return introspect(client, token).isTrue("active");
    }

    public Call revoke(String client, String token) {
        return as(client, call("POST", "/revoke")).with("token", token);
    }

    public List<AuthEvent.Type> eventTypes() {
        return events.stream().map(AuthEvent::type).toList();
    }

    public AuthEvent lastEvent() {
        return events.stream().reduce((a, b) -> b).orElseThrow();
    }

    /** A clock that stands still until it is moved. */
    public static final class MovableClock extends Clock {
        private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));

        public void advance(Duration by) {
            now.updateAndGet(instant -> instant.plus(by));
        }

        @Override
        public Instant instant() {
            return now.get();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
