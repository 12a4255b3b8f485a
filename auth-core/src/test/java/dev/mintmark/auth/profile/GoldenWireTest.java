package dev.mintmark.auth.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import dev.mintmark.auth.AuthorizationServer;
import dev.mintmark.auth.AuthorizationServerBuilder;
import dev.mintmark.auth.Profile;
import dev.mintmark.auth.keys.SigningKey;
import dev.mintmark.auth.protocol.Authentication;
import dev.mintmark.auth.protocol.AuthorizationRequest;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Pkce;
import dev.mintmark.auth.protocol.Secret;
import dev.mintmark.auth.protocol.SigningAlgorithm;
import dev.mintmark.auth.protocol.TokenKind;
import dev.mintmark.auth.store.ClientStore;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Plays every golden file of every profile, each on a server of its own. */
class GoldenWireTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000L);
    private static final String CLIENT = "a1b2c3d4-0000-4000-8000-000000000001";
    private static final String OTHER = "a1b2c3d4-0000-4000-8000-000000000002";
    private static final String PUBLIC = "a1b2c3d4-0000-4000-8000-000000000003";
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static final URI CALLBACK = URI.create("https://app.example/cb");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final JWK ACCESS_KEY = SigningKey.generate(SigningAlgorithm.RS256, RANDOM);
    private static final JWK ID_KEY = SigningKey.generate(SigningAlgorithm.RS256, RANDOM);
    private static final Secret.Generated SECRET = Secret.generate(RANDOM);
    private static final Secret.Generated OTHER_SECRET = Secret.generate(RANDOM);

    @TestFactory
    Stream<DynamicTest> lean_speaks_as_documented() throws IOException {
        return files("lean")
                .map(file -> DynamicTest.dynamicTest(name(file), () -> {
                    AuthorizationServerBuilder builder = builder("lean", new LeanProfile())
                            .signingKeys(TokenKind.ACCESS, SigningAlgorithm.RS256, ACCESS_KEY)
                            .scopes("openid offline_access api customer.{customer_id}")
                            .clients(ClientStore.of(
                                    client("client_secret_post", "openid offline_access api customer.*"),
                                    other("client_secret_basic", "api")));
                    play(file, builder, false);
                }));
    }

    @TestFactory
    Stream<DynamicTest> slashid_speaks_as_documented() throws IOException {
        String scopes = "openid offline_access email phone username customers:read customers:create";
        return files("slashid")
                .map(file -> DynamicTest.dynamicTest(name(file), () -> {
                    AuthorizationServerBuilder builder = builder("slashid", new SlashIdProfile())
                            .scopes(scopes)
                            .clients(ClientStore.of(
                                    client("client_secret_basic", scopes),
                                    other("client_secret_basic", "customers:read"),
                                    Client.of(PUBLIC)
                                            .tokenEndpointAuthMethod("none")
                                            .grantTypes(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN)
                                            .redirectUris(CALLBACK)
                                            .scope(scopes)
                                            .build()));
                    play(file, builder, true);
                }));
    }

    private static AuthorizationServerBuilder builder(String mount, Profile profile) {
        return AuthorizationServer.builder(URI.create("https://auth.example/" + mount))
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .listener(event -> {})
                .profile(profile)
                .signingKeys(TokenKind.ID, SigningAlgorithm.RS256, ID_KEY);
    }

    private static Client client(String method, String scope) {
        return Client.of(CLIENT)
                .secret(SECRET.secret())
                .tokenEndpointAuthMethod(method)
                .grantTypes(GrantType.CLIENT_CREDENTIALS, GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN)
                .redirectUris(CALLBACK)
                .scope(scope)
                .build();
    }

    private static Client other(String method, String scope) {
        return Client.of(OTHER)
                .secret(OTHER_SECRET.secret())
                .tokenEndpointAuthMethod(method)
                .grantTypes(GrantType.CLIENT_CREDENTIALS)
                .scope(scope)
                .build();
    }

    private static void play(Path file, AuthorizationServerBuilder builder, boolean hasPublic) {
        try (AuthorizationServer server = builder.build()) {
            Map<String, String> presets = new HashMap<>(Map.of(
                    "issuer", server.issuer(),
                    "now", Long.toString(NOW.getEpochSecond()),
                    "verifier", VERIFIER,
                    "client", CLIENT,
                    "secret", SECRET.plaintext(),
                    "basic", basic(CLIENT, SECRET),
                    "other", OTHER,
                    "other_secret", OTHER_SECRET.plaintext(),
                    "other_basic", basic(OTHER, OTHER_SECRET)));
            presets.put("public", PUBLIC);
            presets.put("code", code(server, CLIENT));
            if (hasPublic) presets.put("code_public", code(server, PUBLIC));
            new WireFile(file, presets).play(server, URI.create(server.issuer()).getPath());
        }
    }

    private static String code(AuthorizationServer server, String client) {
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

    private static Stream<Path> files(String dialect) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("src/test/resources/wire", dialect))) {
            List<Path> files = new ArrayList<>(all.sorted().toList());
            assertThat(files).hasSizeGreaterThan(50);
            return files.stream();
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".http", "").replace('-', ' ');
    }
}
