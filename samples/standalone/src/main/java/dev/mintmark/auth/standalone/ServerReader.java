package dev.mintmark.auth.standalone;

import dev.mintmark.auth.AuthorizationServer;
import dev.mintmark.auth.AuthorizationServerBuilder;
import dev.mintmark.auth.Profile;
import dev.mintmark.auth.profile.SlashIdProfile;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.TokenKind;
import dev.mintmark.auth.protocol.User;
import dev.mintmark.auth.store.ClientStore;
import dev.mintmark.auth.token.TokenFormat;
import dev.mintmark.auth.token.TokenPolicy;
import dev.mintmark.auth.user.OtpSender;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads one server, and makes it. */
final class ServerReader {
    /** Stands in for an issuer that cannot be read, so that the rest is read nevertheless. */
    private static final URI NOWHERE = URI.create("https://issuer.invalid");

    /** What the engine writes, and nothing else may: a constant in its place would make every token a lie. */
    private static final Set<String> RESERVED = Set.of(
            "iss",
            "sub",
            "exp",
            "iat",
            "nbf",
            "jti",
            "client_id",
            "cnf",
            "act",
            "nonce",
            "at_hash",
            "sid",
            "fid",
            "token_version");

    private final Path directory;
    private final List<byte[]> secrets;
    private final Hashes hashes;
    private final Optional<HttpClient> http;
    private final OtpSender codes;
    private final SecureRandom random;

    ServerReader(
            Path directory,
            List<byte[]> secrets,
            Hashes hashes,
            Optional<HttpClient> http,
            OtpSender codes,
            SecureRandom random) {
        this.directory = directory;
        this.secrets = secrets;
        this.hashes = hashes;
        this.http = http;
        this.codes = codes;
        this.random = random;
    }

    Optional<Mounted> read(Value value) {
        return value.section().flatMap(this::read);
    }

    private Optional<Mounted> read(Section s) {
        int before = s.at().faults().count();
        Optional<URI> issuer = s.required("issuer", Value::uri);
        Profiles.Accent accent = s.find("profile")
                .map(v -> accent(v).orElse(Profiles.UNREADABLE))
                .orElse(Profiles.STANDARD);
        AuthorizationServerBuilder builder = AuthorizationServer.builder(issuer.orElse(NOWHERE))
                .profile(profile(s, accent))
                .otpSender(codes)
                .random(random);
        if (!secrets.isEmpty()) builder.serverSecret(secrets.toArray(byte[][]::new));
        List<User> users = distinct(s.find("users"), new UserReader(hashes)::read, User::toString, "sub");
        List<Client> clients = clients(s, accent, users);
        builder.clients(ClientStore.of(clients.toArray(Client[]::new)));
        if (s.find("profile").isPresent()) ClientReader.methods(clients).forEach(builder::clientAuthMethod);
        SignIn signIn = new SignIn(builder);
        signIn.people(s, accent, clients, users);
        signIn.limits(s);
        new BrowserReader(builder, random).read(s, accent, clients, secrets, http);
        ScopeReader.scopes(s, accent, clients).ifPresent(builder::scopes);
        ScopeReader.compare(s);
        s.find("default_scopes").ifPresent(v -> builder.defaultScopes(String.join(" ", s.texts("default_scopes"))));
        tokens(s, accent, clients, builder);
        s.read("pkce", v -> v.oneOf(List.of("required", "optional")))
                .filter("optional"::equals)
                .ifPresent(optional -> builder.pkceOptionalForConfidentialClients());
        s.within("claims", claims -> claims(claims, builder));
        s.end();
        Optional<AuthorizationServer> server = new LibraryComplaints(s.at()).build(builder);
        if (s.at().faults().count() > before) return Optional.empty();
        return issuer.flatMap(uri -> server.map(built -> new Mounted(uri, built)));
    }

    private static Optional<Profiles.Accent> accent(Value value) {
        return value.text().flatMap(name -> {
            Optional<Profiles.Accent> accent = Profiles.named(name);
            if (accent.isEmpty()) {
                value.fault("there is no profile " + name + ", only " + String.join(", ", Profiles.names()));
            }
            return accent;
        });
    }

    /** An organisation and its key come together, or not at all. */
    private static Profile profile(Section s, Profiles.Accent accent) {
        if (!accent.has(Profiles.Trait.MINTING)) return accent.profile();
        Optional<Value> organization = s.find("organization");
        Optional<Value> key = s.find("api_key");
        if (organization.isPresent() && key.isEmpty()) s.at().faultBelow("api_key", "is missing beside organization");
        if (key.isPresent() && organization.isEmpty()) s.at().faultBelow("organization", "is missing beside api_key");
        String id = organization.flatMap(Value::text).orElse("");
        return key.flatMap(v -> v.<Profile>as(text -> SlashIdProfile.of(id, text)))
                .orElse(accent.profile());
    }

    private List<Client> clients(Section s, Profiles.Accent accent, List<User> users) {
        Optional<Value> written = s.find("clients");
        if (!accent.has(Profiles.Trait.CLIENTS_OPTIONAL)) {
            s.required("clients", Value::list)
                    .filter(List::isEmpty)
                    .ifPresent(none -> s.find("clients").ifPresent(v -> v.fault("has no client")));
        }
        int wanted = s.find("users").map(Value::items).orElse(List.of()).size();
        boolean known = s.find("users").isPresent() && users.size() == wanted;
        ClientReader reader =
                new ClientReader(accent, hashes, Optional.of(users).filter(all -> known));
        List<Client> clients = distinct(written, reader::read, Client::clientId, "client_id");
        if (!accent.has(Profiles.Trait.CLIENTS_IGNORED)) return clients;
        if (!clients.isEmpty())
            written.ifPresent(v -> v.note("no request of this API names a client: these are unused"));
        return List.of();
    }

    /** Items of a list, of which no two have the same name. */
    private static <T> List<T> distinct(
            Optional<Value> list, Function<Value, Optional<T>> reader, Function<T, String> name, String key) {
        Set<String> seen = new HashSet<>();
        return list.map(v -> v.each(item -> reader.apply(item).filter(read -> {
                    boolean first = seen.add(name.apply(read));
                    if (!first) item.fault("another one has the " + key + " " + name.apply(read));
                    return first;
                })))
                .orElse(List.of());
    }

    private void tokens(Section s, Profiles.Accent accent, List<Client> clients, AuthorizationServerBuilder builder) {
        Lifetimes lifetimes = new Lifetimes(builder);
        Signing signing = new Signing(builder, accent);
        s.within("signing", signing::signing);
        s.within("id_token", id -> {
            id.find("alg").ifPresent(signing::id);
            id.find("lifetime").ifPresent(lifetimes::id);
        });
        s.within("access_token", access -> {
            access.read("format", v -> v.oneOf(List.of("jwt", "opaque")))
                    .ifPresent(f -> format(f.equals("jwt") ? TokenFormat.JWT : TokenFormat.OPAQUE, builder));
            access.find("lifetime").ifPresent(lifetimes::access);
        });
        s.within("refresh_token", refresh -> lifetimes.refresh(refresh, accent));
        s.within(
                "authorization_code",
                code -> code.read("lifetime", Lifetimes::positive).ifPresent(builder::codeLifetime));
        lifetimes.end(clients);
        signing.end(OpenIdMetadata.algorithms(clients), directory);
    }

    /** What is written wins over the policies of a profile, too. */
    private static void format(TokenFormat format, AuthorizationServerBuilder builder) {
        builder.accessTokens(format)
                .tokens((by, client, granted, user, plan) -> plan.access(token -> token.format(format)));
    }

    private static void claims(Section s, AuthorizationServerBuilder builder) {
        s.within("access_token", claims -> constants(claims, TokenKind.ACCESS, builder));
        s.within("id_token", claims -> constants(claims, TokenKind.ID, builder));
    }

    private static void constants(Section s, TokenKind kind, AuthorizationServerBuilder builder) {
        Claims.Builder claims = Claims.builder();
        for (String name : new ArrayList<>(s.at().members().keySet())) {
            Optional<Value> value = s.find(name);
            if (RESERVED.contains(name)) value.ifPresent(v -> v.fault("is the engine's to write"));
            else claims.put(name, value.flatMap(Value::json));
        }
        Claims all = claims.build();
        if (!all.isEmpty()) builder.tokens(TokenPolicy.claims(kind, (client, authorization) -> all));
    }
}
