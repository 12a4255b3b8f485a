package dev.mintmark.auth.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import dev.mintmark.auth.AuthorizationServer;
import dev.mintmark.auth.AuthorizationServerBuilder;
import dev.mintmark.auth.Profile;
import dev.mintmark.auth.TestServer.MovableClock;
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
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Plays every golden file of every profile, each on a server of its own. */
class GoldenWireTest {
    private static final String CLIENT = "a1b2c3d4-0000-4000-8000-000000000001";
    private static final String OTHER = "a1b2c3d4-0000-4000-8000-000000000002";
    private static final String PUBLIC = "a1b2c3d4-0000-4000-8000-000000000003";
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static final String API_KEY = "l0Tq8Yw3Zr5Bv7Nc1Xd9Kf2Hj4=";
    private static final String ORGANIZATION = "5c2e8a10-93b4-4f6d-8e7a-0d1c2b3a4f5e";
    private static final URI CALLBACK = URI.create("https://app.example/cb");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Map<TokenKind, JWK> KEYS = Map.of(
            TokenKind.ACCESS, SigningKey.generate(SigningAlgorithm.RS256, RANDOM),
            TokenKind.ID, SigningKey.generate(SigningAlgorithm.RS256, RANDOM),
            TokenKind.REFRESH, SigningKey.generate(SigningAlgorithm.RS256, RANDOM));
    private static final Secret.Generated SECRET = Secret.generate(RANDOM);
    private static final Secret.Generated OTHER_SECRET = Secret.generate(RANDOM);

    @TestFactory
    Stream<DynamicTest> lean_speaks_as_documented() throws IOException {
        return played(
                "lean",
                new LeanProfile(),
                "openid offline_access",
                b -> rs256(b, TokenKind.ACCESS, TokenKind.ID)
                        .scopes("openid offline_access api customer.{customer_id}")
                        .clients(ClientStore.of(
                                client("client_secret_post", "openid offline_access api customer.*")
                                        .build(),
                                other("client_secret_basic", "api").build())));
    }

    @TestFactory
    Stream<DynamicTest> slashid_speaks_as_documented() throws IOException {
        String scopes = "openid offline_access email phone username customers:read customers:create";
        Profile profile = SlashIdProfile.of(ORGANIZATION, API_KEY);
        return played(
                "slashid",
                profile,
                "openid offline_access",
                b -> rs256(b, TokenKind.ID)
                        .scopes(scopes)
                        .users(GoldenPeople.store("1302"))
                        .clients(ClientStore.of(
                                client("client_secret_basic", scopes).build(),
                                other("client_secret_basic", "customers:read").build(),
                                Client.of(PUBLIC)
                                        .tokenEndpointAuthMethod("none")
                                        .grantTypes(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN)
                                        .redirectUris(CALLBACK)
                                        .scope(scopes)
                                        .build())));
    }

    @TestFactory
    Stream<DynamicTest> lerian_speaks_as_documented() throws IOException {
        String scopes = "openid profile email";
        return played(
                "lerian",
                new LerianProfile(),
                scopes,
                b -> rs256(b, TokenKind.ACCESS, TokenKind.REFRESH)
                        .users(GoldenPeople.store("4f0c6a52-7d1e-4b3a-9c88-1e2f3a4b5c6d"))
                        .clients(ClientStore.of(
                                client("client_secret_post", scopes).build(),
                                other("client_secret_post", scopes).build())));
    }

    @TestFactory
    Stream<DynamicTest> geolens_speaks_as_documented() throws IOException {
        return played(
                "geolens",
                new GeoLensProfile(),
                "",
                b -> b.users(GoldenPeople.store("4f0c6a52-7d1e-4b3a-9c88-1e2f3a4b5c6d")));
    }

    @TestFactory
    Stream<DynamicTest> screening_eagle_speaks_as_documented() throws IOException {
        Claims acting = Claims.of(ScreeningEagleProfile.ACTS_FOR, "1302");
        String scopes = "openid email profile inspect";
        return played(
                "screening-eagle",
                new ScreeningEagleProfile(),
                scopes,
                b -> b.users(GoldenPeople.screeningEagle())
                        .clients(ClientStore.of(
                                client("client_secret_basic", scopes)
                                        .metadata(acting)
                                        .build(),
                                other("client_secret_basic", "inspect")
                                        .metadata(acting)
                                        .build())));
    }

    private static Stream<DynamicTest> played(
            String folder, Profile profile, String codeScope, Consumer<AuthorizationServerBuilder> more)
            throws IOException {
        try (Stream<Path> all = Files.list(Path.of("src/test/resources/wire", folder))) {
            List<Path> files = all.sorted().toList();
            assertThat(files).hasSizeGreaterThan(50);
            return files.stream()
                    .map(file ->
                            DynamicTest.dynamicTest(name(file), () -> play(file, folder, profile, codeScope, more)));
        }
    }

    private static void play(
            Path file, String mount, Profile profile, String codeScope, Consumer<AuthorizationServerBuilder> more) {
        MovableClock clock = new MovableClock();
        GoldenPeople people = new GoldenPeople(clock);
        AuthorizationServerBuilder builder = AuthorizationServer.builder(URI.create("https://auth.example/" + mount))
                .clock(clock)
                .listener(event -> {})
                .otpSender(people)
                .profile(profile);
        more.accept(builder);
        try (AuthorizationServer server = builder.build()) {
            Map<String, String> presets = presets(server);
            presets.putAll(people.known());
            if (!codeScope.isEmpty() && !mount.equals("lerian")) {
                presets.put("code", code(server, CLIENT, codeScope, clock));
                if (mount.equals("slashid")) presets.put("code_public", code(server, PUBLIC, codeScope, clock));
            }
            new WireFile(file, presets, people).play(server, "/" + mount);
        }
    }

    private static Map<String, String> presets(AuthorizationServer server) {
        Map<String, String> presets = new HashMap<>(Map.of(
                "issuer", server.issuer(),
                "verifier", VERIFIER,
                "client", CLIENT,
                "secret", SECRET.plaintext(),
                "basic", basic(CLIENT, SECRET),
                "other", OTHER,
                "other_secret", OTHER_SECRET.plaintext(),
                "other_basic", basic(OTHER, OTHER_SECRET)));
        presets.put("public", PUBLIC);
        presets.put("api_key", API_KEY);
        presets.put("org", ORGANIZATION);
        return presets;
    }

    /** Keys of the tests' own, so that none has to be made for each file. */
    private static AuthorizationServerBuilder rs256(AuthorizationServerBuilder builder, TokenKind... kinds) {
        for (TokenKind kind : kinds) builder.signingKeys(kind, SigningAlgorithm.RS256, KEYS.get(kind));
        return builder;
    }

    private static Client.Builder client(String method, String scope) {
        return Client.of(CLIENT)
                .secret(SECRET.secret())
                .tokenEndpointAuthMethod(method)
                .grantTypes(
                        GrantType.CLIENT_CREDENTIALS,
                        GrantType.AUTHORIZATION_CODE,
                        GrantType.REFRESH_TOKEN,
                        GrantType.PASSWORD)
                .redirectUris(CALLBACK)
                .scope(scope);
    }

    private static Client.Builder other(String method, String scope) {
        return Client.of(OTHER)
                .secret(OTHER_SECRET.secret())
                .tokenEndpointAuthMethod(method)
                .grantTypes(GrantType.CLIENT_CREDENTIALS)
                .scope(scope);
    }

    private static String code(AuthorizationServer server, String client, String scope, MovableClock clock) {
        return server.approve(
                        AuthorizationRequest.of(client)
                                .redirectUri(CALLBACK)
                                .scope(scope)
                                .codeChallenge(Pkce.challenge(VERIFIER))
                                .with("nonce", "n-0S6_WzA2Mj"),
                        Authentication.of("1302", clock.instant()).withAmr(List.of("pwd")))
                .code();
    }

    private static String basic(String id, Secret.Generated secret) {
        byte[] pair = (id + ":" + secret.plaintext()).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".http", "").replace('-', ' ');
    }
}
