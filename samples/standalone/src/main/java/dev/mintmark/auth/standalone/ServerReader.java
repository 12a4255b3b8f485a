package dev.mintmark.auth.standalone;

import dev.mintmark.auth.AuthorizationServer;
import dev.mintmark.auth.AuthorizationServerBuilder;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.Scope;
import dev.mintmark.auth.protocol.ScopePattern;
import dev.mintmark.auth.protocol.ScopePatterns;
import dev.mintmark.auth.protocol.TokenKind;
import dev.mintmark.auth.protocol.User;
import dev.mintmark.auth.store.ClientStore;
import dev.mintmark.auth.store.UserStore;
import dev.mintmark.auth.token.TokenFormat;
import dev.mintmark.auth.token.TokenPolicy;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads one server, and makes it. */
final class ServerReader {
    /** Stands in for an issuer that cannot be read, so that the rest is read nevertheless. */
    private static final URI NOWHERE = URI.create("https://issuer.invalid");

    /** What the engine writes, and nothing else may: a constant in its place would make every token a lie. */
    private static final Set<String> RESERVED = Set.of(
            "iss", "sub", "exp", "iat", "nbf", "jti", "client_id", "cnf", "act", "nonce", "at_hash", "sid", "fid");

    private final Path directory;
    private final List<byte[]> secrets;
    private final SecureRandom random = new SecureRandom();

    ServerReader(Path directory, List<byte[]> secrets) {
        this.directory = directory;
        this.secrets = secrets;
    }

    Optional<Mounted> read(Value value) {
        return value.section().flatMap(this::read);
    }

    private Optional<Mounted> read(Section s) {
        int before = s.at().faults().count();
        Optional<URI> issuer = s.required("issuer", Value::uri);
        Profiles.Accent accent = s.read("profile", ServerReader::accent).orElse(Profiles.STANDARD);
        AuthorizationServerBuilder builder = AuthorizationServer.builder(issuer.orElse(NOWHERE))
                .profile(accent.profile())
                .random(random);
        if (!secrets.isEmpty()) builder.serverSecret(secrets.toArray(byte[][]::new));
        List<Client> clients = clients(s, accent);
        builder.clients(ClientStore.of(clients.toArray(Client[]::new)));
        users(s).ifPresent(builder::users);
        scopes(s, accent, clients).ifPresent(builder::scopes);
        known(s);
        s.find("default_scopes").ifPresent(v -> builder.defaultScopes(String.join(" ", s.texts("default_scopes"))));
        tokens(s, accent, clients, builder);
        s.read("pkce", v -> v.oneOf(List.of("required", "optional")))
                .filter("optional"::equals)
                .ifPresent(optional -> builder.pkceOptionalForConfidentialClients());
        s.within("claims", claims -> claims(claims, builder));
        s.notBuilt("mfa", "login_attempts");
        s.end();
        Optional<AuthorizationServer> server = new LibraryComplaints(s.at()).build(builder);
        if (s.at().faults().count() > before) return Optional.empty();
        return issuer.flatMap(uri -> server.map(built -> new Mounted(uri, built)));
    }

    private static Optional<Profiles.Accent> accent(Value value) {
        return value.text().flatMap(name -> {
            Optional<Profiles.Accent> accent = Profiles.named(name);
            if (Profiles.NOT_BUILT.contains(name)) value.fault("the profile " + name + " is not built yet");
            else if (accent.isEmpty()) {
                value.fault("there is no profile " + name + ", only " + String.join(", ", Profiles.names()));
            }
            return accent;
        });
    }

    private List<Client> clients(Section s, Profiles.Accent accent) {
        s.required("clients", Value::list)
                .filter(List::isEmpty)
                .ifPresent(none -> s.find("clients").ifPresent(v -> v.fault("has no client")));
        ClientReader reader = new ClientReader(accent, random);
        return distinct(s.find("clients"), reader::read, Client::clientId, "client_id");
    }

    private static Optional<UserStore> users(Section s) {
        Optional<Value> users = s.find("users");
        List<User> read =
                distinct(users, UserReader::read, user -> user.subject().value(), "sub");
        return users.map(v -> UserStore.of(read.toArray(User[]::new)));
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

    /** As written; otherwise a profile brings its API's scopes and those that its clients name. */
    private static Optional<String> scopes(Section s, Profiles.Accent accent, List<Client> clients) {
        Optional<Value> written = s.find("scopes");
        if (written.isPresent()) {
            return Optional.of(String.join(
                    " ", written.get().each(v -> v.as(ScopePattern::parse).map(ScopePattern::toString))));
        }
        if (accent.scopes().isEmpty()) return Optional.empty();
        ScopePatterns known = ScopePatterns.parse(accent.scopes());
        Stream<String> named = clients.stream()
                .flatMap(client -> Stream.of(client.scope().toString().split(" ", -1)))
                .filter(name -> !name.isEmpty() && !known.admits(new Scope(name.replace('*', '0'))))
                .distinct();
        return Optional.of(Stream.concat(Stream.of(accent.scopes()), named).collect(Collectors.joining(" ")));
    }

    /** Where scopes are written, a plain one that a client names and the server does not is a slip of the pen. */
    private static void known(Section s) {
        Optional<Value> scopes = s.find("scopes").filter(v -> v.isList() && !v.isUnknown());
        if (scopes.isEmpty()) return;
        List<ScopePattern> read = scopes.get().each(v -> v.as(ScopePattern::parse));
        if (read.size() < scopes.get().items().size()) return;
        ScopePatterns known = ScopePatterns.of(read);
        for (Value client : s.find("clients").map(Value::items).orElse(List.of())) {
            Optional<Value> named = Optional.ofNullable(client.members().get("scope"));
            named.ifPresent(v -> v.as(ScopePatterns::parse)
                    .map(ScopePatterns::literals)
                    .ifPresent(plain -> plain.forEach(scope -> {
                        if (!known.admits(scope)) v.fault("has " + scope + ", which is not in scopes");
                    })));
        }
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
                    .ifPresent(f -> builder.accessTokens(f.equals("jwt") ? TokenFormat.JWT : TokenFormat.OPAQUE));
            access.find("lifetime").ifPresent(lifetimes::access);
        });
        s.within("refresh_token", refresh -> lifetimes.refresh(refresh, accent));
        s.within(
                "authorization_code",
                code -> code.read("lifetime", Lifetimes::positive).ifPresent(builder::codeLifetime));
        lifetimes.end(clients);
        signing.end(ClientReader.idAlgorithms(clients), directory);
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
