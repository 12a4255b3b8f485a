package dev.mintmark.auth.fuzz;

import com.nimbusds.jose.jwk.JWK;
import dev.mintmark.auth.AuthEvent;
import dev.mintmark.auth.AuthorizationServer;
import dev.mintmark.auth.AuthorizationServerBuilder;
import dev.mintmark.auth.Overheard;
import dev.mintmark.auth.keys.SigningKey;
import dev.mintmark.auth.protocol.Authentication;
import dev.mintmark.auth.protocol.AuthorizationRequest;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Pkce;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.protocol.Secret;
import dev.mintmark.auth.protocol.SigningAlgorithm;
import dev.mintmark.auth.protocol.TokenKind;
import dev.mintmark.auth.store.ClientStore;
import dev.mintmark.auth.store.StoreException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A fresh server of an API, set up as its golden files want it, with secrets that can be recognised wherever they turn up.
 * All chance comes from one seed: what failed once fails again.
 */
final class Stage {
    static final JWK ACCESS_KEY = SigningKey.generate(SigningAlgorithm.RS256, seeded(1));
    static final String USER = "ada@example.com";
    static final String PASSWORD = "planted-Passw0rd-of-a-person";

    /** What a refusal of {@link #trapped} says to the log, and never to a client. */
    static final String REASON = "planted reason for the log";

    private static final JWK ID_KEY = SigningKey.generate(SigningAlgorithm.RS256, seeded(2));
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000L);
    private static final String CLIENT = "a1b2c3d4-0000-4000-8000-000000000001";
    private static final String OTHER = "a1b2c3d4-0000-4000-8000-000000000002";
    private static final String PUBLIC = "a1b2c3d4-0000-4000-8000-000000000003";
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static final URI CALLBACK = URI.create("https://app.example/cb");
    private static final Secret.Generated SECRET = Secret.generate(seeded(3));
    private static final Secret.Generated OTHER_SECRET = Secret.generate(seeded(4));
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

    final Api api;
    final AuthorizationServer server;
    final List<AuthEvent> events = new ArrayList<>();
    final List<Refusal> refusals = new ArrayList<>();
    final Map<String, String> presets = new HashMap<>();

    Stage(Api api) {
        this.api = api;
        ClientStore clients = ClientStore.of(api.clients().toArray(new Client[0]));
        AuthorizationServerBuilder builder = AuthorizationServer.builder(
                        URI.create("https://auth.example" + api.mount()))
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .random(seeded(5))
                .serverSecret(SERVER_SECRET)
                .listener(events::add)
                .clients(id -> id.startsWith("trap-") ? trapped(id.substring(5)) : clients.find(id))
                .signingKeys(TokenKind.ID, SigningAlgorithm.RS256, ID_KEY);
        api.server().accept(builder);
        Overheard.refusals(builder, refusals::add);
        this.server = builder.build();
        preset();
    }

    private void preset() {
        presets.putAll(Map.of(
                "issuer", server.issuer(),
                "now", Long.toString(NOW.getEpochSecond()),
                "verifier", VERIFIER,
                "client", CLIENT,
                "secret", SECRET.plaintext(),
                "basic", basic(CLIENT, SECRET),
                "other", OTHER,
                "other_secret", OTHER_SECRET.plaintext(),
                "other_basic", basic(OTHER, OTHER_SECRET)));
        for (Client client : api.clients()) {
            if (!client.grantTypes().contains(GrantType.AUTHORIZATION_CODE)) continue;
            presets.put(client.isPublic() ? "code_public" : "code", code(client.clientId()));
        }
        presets.put("public", PUBLIC);
        presets.put("user", USER);
        presets.put("password", PASSWORD);
    }

    static Client client(String method, String scope) {
        return Client.of(CLIENT)
                .secret(SECRET.secret())
                .tokenEndpointAuthMethod(method)
                .grantTypes(GrantType.CLIENT_CREDENTIALS, GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN)
                .redirectUris(CALLBACK)
                .scope(scope)
                .build();
    }

    static Client other(String method, String scope) {
        return Client.of(OTHER)
                .secret(OTHER_SECRET.secret())
                .tokenEndpointAuthMethod(method)
                .grantTypes(GrantType.CLIENT_CREDENTIALS)
                .scope(scope)
                .build();
    }

    static Client open(String scope) {
        return Client.of(PUBLIC)
                .tokenEndpointAuthMethod("none")
                .grantTypes(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN)
                .redirectUris(CALLBACK)
                .scope(scope)
                .build();
    }

    /** What must not turn up in any answer or event, in any of its spellings. */
    List<String> secrets() {
        return List.of(
                PASSWORD,
                VERIFIER,
                SECRET.plaintext(),
                OTHER_SECRET.plaintext(),
                presets.get("basic").substring(6),
                presets.get("other_basic").substring(6),
                new String(SERVER_SECRET, StandardCharsets.US_ASCII),
                Base64.getUrlEncoder().withoutPadding().encodeToString(SERVER_SECRET),
                Base64.getEncoder().encodeToString(SERVER_SECRET),
                HexFormat.of().formatHex(SERVER_SECRET));
    }

    private static Optional<Client> trapped(String code) {
        if (code.equals("store")) throw new StoreException(REASON);
        boolean wait = code.equals("temporarily_unavailable");
        Refusal refusal = Refusal.of(new ErrorCode(code), REASON).about("client_id");
        throw (wait ? refusal.retryAfter(Duration.ofSeconds(7)) : refusal.saying("a public text")).thrown();
    }

    private String code(String client) {
        return server.approve(
                        AuthorizationRequest.of(client)
                                .redirectUri(CALLBACK)
                                .scope("openid offline_access")
                                .codeChallenge(Pkce.challenge(VERIFIER))
                                .with("nonce", "n-0S6_WzA2Mj"),
                        Authentication.of("1302", NOW).withAmr(List.of("pwd")))
                .code();
    }

    private static String basic(String id, Secret.Generated secret) {
        byte[] pair = (id + ":" + secret.plaintext()).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    private static SecureRandom seeded(long seed) {
        try {
            SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
            random.setSeed(seed);
            return random;
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA1PRNG", e);
        }
    }
}
