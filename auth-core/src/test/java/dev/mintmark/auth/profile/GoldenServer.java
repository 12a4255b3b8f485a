package dev.mintmark.auth.profile;

import com.nimbusds.jose.jwk.JWK;
import dev.mintmark.auth.AuthorizationServer;
import dev.mintmark.auth.AuthorizationServerBuilder;
import dev.mintmark.auth.Profile;
import dev.mintmark.auth.TestServer.MovableClock;
import dev.mintmark.auth.browser.SpelledOut;
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
import dev.mintmark.auth.store.UserStore;
import dev.mintmark.auth.wire.WireHandler;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A fresh server on which golden files of one folder are played, with the clients and people that wire/README.md tells of. Their
 * secrets come from one seed: what failed once fails again.
 */
public final class GoldenServer implements AutoCloseable {
    private static final String CLIENT = "a1b2c3d4-0000-4000-8000-000000000001";
    private static final String OTHER = "a1b2c3d4-0000-4000-8000-000000000002";
    private static final String PUBLIC = "a1b2c3d4-0000-4000-8000-000000000003";
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static final String API_KEY = "l0Tq8Yw3Zr5Bv7Nc1Xd9Kf2Hj4=";
    private static final String ORGANIZATION = "5c2e8a10-93b4-4f6d-8e7a-0d1c2b3a4f5e";
    private static final String ALICE = "4f0c6a52-7d1e-4b3a-9c88-1e2f3a4b5c6d";
    private static final URI CALLBACK = URI.create("https://app.example/cb");
    private static final URI AFTERWARDS = URI.create("https://app.example/bye");
    private static final SecureRandom RANDOM = seeded(1);

    /** Keys of the tests' own, so that none has to be made for each file. */
    private static final Map<TokenKind, JWK> KEYS = Stream.of(TokenKind.ACCESS, TokenKind.ID, TokenKind.REFRESH)
            .collect(Collectors.toMap(kind -> kind, kind -> SigningKey.generate(SigningAlgorithm.RS256, RANDOM)));

    private static final Secret.Generated SECRET = Secret.generate(RANDOM);
    private static final Secret.Generated OTHER_SECRET = Secret.generate(RANDOM);

    /** What a folder's server is set up with beside a clock and people. */
    private record Setting(
            Profile profile,
            List<TokenKind> rs256,
            String scopes,
            String codeScope,
            Optional<UserStore> users,
            List<Client> clients) {}

    private static final Map<String, Setting> SETTINGS = Map.of(
            "standard",
            standard(),
            "lean",
            lean(),
            "slashid",
            slashId(),
            "lerian",
            lerian(),
            "geolens",
            geoLens(),
            "screening-eagle",
            screeningEagle());

    private final String mount;
    private final AuthorizationServer server;
    private final GoldenPeople people;
    private final Map<String, String> presets = new HashMap<>();

    private GoldenServer(String folder, Consumer<AuthorizationServerBuilder> more) {
        this.mount = mount(folder);
        MovableClock clock = new MovableClock();
        this.people = new GoldenPeople(clock);
        Setting setting = SETTINGS.get(folder);
        AuthorizationServerBuilder builder = AuthorizationServer.builder(URI.create("https://auth.example" + mount))
                .clock(clock)
                .listener(event -> {})
                .otpSender(people)
                .profile(setting.profile())
                .clients(clients(folder));
        setting.users().ifPresent(builder::users);
        if (!setting.scopes().isEmpty()) builder.scopes(setting.scopes());
        setting.rs256().forEach(kind -> builder.signingKeys(kind, SigningAlgorithm.RS256, KEYS.get(kind)));
        more.accept(builder);
        this.server = builder.build();
        preset(setting, clock);
    }

    /** A server for one file, more of whose settings the caller may see to. */
    public static GoldenServer of(String folder, Consumer<AuthorizationServerBuilder> more) {
        return new GoldenServer(folder, more);
    }

    public static Set<String> folders() {
        return SETTINGS.keySet();
    }

    /** Below what the folder's paths stand; empty for the root of the host. */
    public static String mount(String folder) {
        return folder.equals("standard") ? "" : "/" + folder;
    }

    public static ClientStore clients(String folder) {
        return ClientStore.of(SETTINGS.get(folder).clients().toArray(Client[]::new));
    }

    public static Optional<UserStore> users(String folder) {
        return SETTINGS.get(folder).users();
    }

    /** Plays a file of the folder, with whoever is asked in the place of the server. */
    public void play(Path file, WireHandler handler) {
        new WireFile(file, known(), people).play(handler, mount);
    }

    public AuthorizationServer server() {
        return server;
    }

    /** What files call by a name, as of now. */
    public Map<String, String> known() {
        Map<String, String> known = new HashMap<>(presets);
        known.putAll(people.known());
        return known;
    }

    /** What was ever known to clients, people and their mail alone. */
    public List<String> secrets() {
        return Stream.concat(
                        Stream.of(VERIFIER, API_KEY, presets.get("basic"), presets.get("other_basic"))
                                .map(text -> text.replace("Basic ", "")),
                        Stream.concat(
                                Stream.of(SECRET.plaintext(), OTHER_SECRET.plaintext()), people.secrets().stream()))
                .toList();
    }

    @Override
    public void close() {
        server.close();
    }

    private void preset(Setting setting, MovableClock clock) {
        presets.putAll(Map.of(
                "issuer", server.issuer(),
                "verifier", VERIFIER,
                "client", CLIENT,
                "secret", SECRET.plaintext(),
                "basic", basic(CLIENT, SECRET),
                "other", OTHER,
                "other_secret", OTHER_SECRET.plaintext(),
                "other_basic", basic(OTHER, OTHER_SECRET),
                "public", PUBLIC));
        presets.put("api_key", API_KEY);
        presets.put("org", ORGANIZATION);
        if (setting.codeScope().isEmpty()) return;
        for (Client client : setting.clients()) {
            if (!client.grantTypes().contains(GrantType.AUTHORIZATION_CODE)) continue;
            String code = code(client.clientId(), setting.codeScope(), clock);
            presets.put(client.isPublic() ? "code_public" : "code", code);
        }
    }

    private String code(String client, String scope, MovableClock clock) {
        return server.approve(
                        AuthorizationRequest.of(client)
                                .redirectUri(CALLBACK)
                                .scope(scope)
                                .codeChallenge(Pkce.challenge(VERIFIER))
                                .with("nonce", "n-0S6_WzA2Mj"),
                        Authentication.of("1302", clock.instant()).withAmr(List.of("pwd")))
                .code();
    }

    private static Setting standard() {
        String scopes = "openid profile email offline_access read";
        return new Setting(
                builder -> builder.passwordGrant().interaction(new SpelledOut()),
                List.of(TokenKind.ID),
                scopes + " customer.{customer_id}",
                "openid offline_access",
                Optional.of(GoldenPeople.store("1302")),
                List.of(
                        client("client_secret_basic", scopes + " customer.*").build(),
                        other("client_secret_post", "read").build(),
                        open(scopes)));
    }

    private static Setting lean() {
        return new Setting(
                new LeanProfile(),
                List.of(TokenKind.ACCESS, TokenKind.ID),
                "openid offline_access api customer.{customer_id}",
                "openid offline_access",
                Optional.empty(),
                List.of(
                        client("client_secret_post", "openid offline_access api customer.*")
                                .build(),
                        other("client_secret_basic", "api").build()));
    }

    private static Setting slashId() {
        String scopes = "openid offline_access email phone username customers:read customers:create";
        return new Setting(
                SlashIdProfile.of(ORGANIZATION, API_KEY),
                List.of(TokenKind.ID),
                scopes,
                "openid offline_access",
                Optional.of(GoldenPeople.store("1302")),
                List.of(
                        client("client_secret_basic", scopes).build(),
                        other("client_secret_basic", "customers:read").build(),
                        open(scopes)));
    }

    private static Setting lerian() {
        String scopes = "openid profile email";
        return new Setting(
                new LerianProfile(),
                List.of(TokenKind.ACCESS, TokenKind.ID, TokenKind.REFRESH),
                "",
                "",
                Optional.of(GoldenPeople.store(ALICE)),
                List.of(
                        client("client_secret_post", scopes).build(),
                        other("client_secret_post", scopes).build()));
    }

    private static Setting geoLens() {
        return new Setting(new GeoLensProfile(), List.of(), "", "", Optional.of(GoldenPeople.store(ALICE)), List.of());
    }

    private static Setting screeningEagle() {
        Claims acting = Claims.of(ScreeningEagleProfile.ACTS_FOR, "1302");
        String scopes = "openid email profile inspect";
        return new Setting(
                new ScreeningEagleProfile(),
                List.of(),
                "",
                scopes,
                Optional.of(GoldenPeople.screeningEagle()),
                List.of(
                        client("client_secret_basic", scopes).metadata(acting).build(),
                        other("client_secret_basic", "inspect").metadata(acting).build()));
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
                .postLogoutRedirectUris(AFTERWARDS)
                .scope(scope);
    }

    private static Client.Builder other(String method, String scope) {
        return Client.of(OTHER)
                .secret(OTHER_SECRET.secret())
                .tokenEndpointAuthMethod(method)
                .grantTypes(GrantType.CLIENT_CREDENTIALS)
                .scope(scope);
    }

    private static Client open(String scope) {
        return Client.of(PUBLIC)
                .tokenEndpointAuthMethod("none")
                .grantTypes(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN)
                .redirectUris(CALLBACK)
                .postLogoutRedirectUris(AFTERWARDS)
                .scope(scope)
                .build();
    }

    private static String basic(String id, Secret.Generated secret) {
        byte[] pair = (id + ":" + secret.plaintext()).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    /** Chance that can be had again. */
    public static SecureRandom seeded(long seed) {
        try {
            SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
            random.setSeed(seed);
            return random;
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA1PRNG", e);
        }
    }
}
