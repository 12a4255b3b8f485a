package dev.mintmark.auth.benchmarks;

import dev.mintmark.auth.AuthorizationServer;
import dev.mintmark.auth.AuthorizationServerBuilder;
import dev.mintmark.auth.keys.Jwt;
import dev.mintmark.auth.keys.SigningKey;
import dev.mintmark.auth.protocol.Approved;
import dev.mintmark.auth.protocol.Authentication;
import dev.mintmark.auth.protocol.AuthorizationRequest;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.ClientRequest;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Issued;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.Pkce;
import dev.mintmark.auth.protocol.Secret;
import dev.mintmark.auth.protocol.SigningAlgorithm;
import dev.mintmark.auth.protocol.TokenKind;
import dev.mintmark.auth.store.ClientStore;
import dev.mintmark.auth.token.TokenFormat;
import dev.mintmark.auth.wire.WireRequest;
import dev.mintmark.auth.wire.WireResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A server with one client that has a generated secret, and what that client asks for, again and again. */
final class Party {
    private static final URI BASE = URI.create("https://auth.example.com");
    private static final URI CALLBACK = URI.create("https://orders.example.com/callback");
    private static final String SCOPE = "orders.read orders.write";
    private static final String FORM = "grant_type=client_credentials&scope=orders.read+orders.write";

    private final SecureRandom random = new SecureRandom();
    private final String secret;
    private final AuthorizationServer server;

    private Party(UnaryOperator<AuthorizationServerBuilder> setting) {
        Secret.Generated generated = Secret.generate(random);
        Client client = Client.of("orders-service")
                .secret(generated.secret())
                .grantTypes(GrantType.CLIENT_CREDENTIALS, GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN)
                .redirectUris(CALLBACK)
                .scope(SCOPE)
                .build();
        this.secret = generated.plaintext();
        this.server = setting.apply(AuthorizationServer.builder(BASE)
                        .clients(ClientStore.of(client))
                        .scopes(SCOPE))
                .build();
    }

    static Party signing(SigningAlgorithm algorithm) {
        return new Party(builder -> builder.signing(TokenKind.ACCESS, algorithm));
    }

    static Party opaque() {
        return new Party(builder -> builder.accessTokens(TokenFormat.OPAQUE));
    }

    /** Tokens are stored until they expire: here a microsecond counts for a millisecond, so that they do. */
    static Party hastyOpaque() {
        long start = System.currentTimeMillis();
        long origin = System.nanoTime();
        InstantSource hasty = () -> Instant.ofEpochMilli(start + (System.nanoTime() - origin) / 1000);
        return new Party(builder -> builder.accessTokens(TokenFormat.OPAQUE)
                .accessTokenLifetime(Duration.ofMinutes(1))
                .clock(clock(hasty)));
    }

    private static Clock clock(InstantSource source) {
        return source.withZone(ZoneOffset.UTC);
    }

    /** client_credentials in-process: the Basic header is read and the secret checked as ever. */
    Supplier<Object> clientCredentials() {
        ClientRequest request = asking();
        return () -> server.token(request).issued();
    }

    /** client_credentials as a form in a POST, until the response stands ready. */
    Supplier<Object> post() {
        String basic = asking().authorization().orElseThrow();
        byte[] form = FORM.getBytes(StandardCharsets.US_ASCII);
        return () -> answered(WireRequest.of("POST", "/token")
                .header("Host", "auth.example.com")
                .header("User-Agent", "orders/1.0")
                .header("Accept", "application/json")
                .header("Authorization", basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Content-Length", Integer.toString(form.length))
                .remoteAddress("192.0.2.7")
                .body(form)
                .build());
    }

    private WireResponse answered(WireRequest request) {
        WireResponse response = server.handle(request).orElseThrow();
        if (response.status() != 200) throw new IllegalStateException(response.text());
        return response;
    }

    /** One family, rotated by every call. */
    Supplier<Object> refresh() {
        String[] current = {refreshToken()};
        return () -> {
            Issued issued = server.token(
                            authenticated(ClientRequest.of(GrantType.REFRESH_TOKEN, "refresh_token", current[0])))
                    .issued();
            current[0] = issued.refreshToken().orElseThrow();
            return issued;
        };
    }

    private String refreshToken() {
        String verifier = "v".repeat(43);
        Approved approved = server.approve(
                AuthorizationRequest.of("orders-service").codeChallenge(Pkce.challenge(verifier)),
                Authentication.of("alice", Instant.now()));
        return server.token(authenticated(ClientRequest.of(
                        GrantType.AUTHORIZATION_CODE, "code", approved.code(), "code_verifier", verifier)))
                .issued()
                .refreshToken()
                .orElseThrow();
    }

    Supplier<Object> introspection() {
        String token = server.token(asking()).issued().accessToken();
        ClientRequest request = authenticated(ClientRequest.of(Params.of("token", token)));
        return () -> {
            Claims answer = server.introspect(request);
            if (!answer.isTrue("active")) throw new IllegalStateException("the token is not active");
            return answer;
        };
    }

    private ClientRequest asking() {
        return authenticated(ClientRequest.of(GrantType.CLIENT_CREDENTIALS, "scope", SCOPE));
    }

    private ClientRequest authenticated(ClientRequest request) {
        return request.withBasic("orders-service", secret);
    }

    /** The token alone: claims that stand ready become a signed JWT. */
    static Supplier<Object> minting(SigningAlgorithm algorithm) {
        SecureRandom random = new SecureRandom();
        SigningKey key = algorithm == SigningAlgorithm.HS256
                ? SigningKey.hmac("7fUOcQ", new byte[32])
                : SigningKey.of(SigningKey.generate(algorithm, random), algorithm, random, Optional.empty());
        Claims claims = Claims.builder()
                .put("iss", BASE.toString())
                .put("sub", "orders-service")
                .put("aud", BASE.toString())
                .put("client_id", "orders-service")
                .put("scope", SCOPE)
                .put("iat", 1_800_000_000L)
                .put("exp", 1_800_003_600L)
                .put("jti", "3f0e5b1c-8a64-4a55-9d0a-6c2f4d1f7a10")
                .build();
        Optional<String> typ = Optional.of("at+jwt");
        return () -> Jwt.sign(key, typ, true, claims);
    }
}
