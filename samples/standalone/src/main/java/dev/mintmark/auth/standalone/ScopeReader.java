package dev.mintmark.auth.standalone;

import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.Scope;
import dev.mintmark.auth.protocol.ScopePattern;
import dev.mintmark.auth.protocol.ScopePatterns;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads which scopes a server knows, and holds those that clients and users name against them. */
final class ScopeReader {
    private ScopeReader() {}

    /** As written; otherwise a profile brings its API's scopes and those that its clients name. */
    static Optional<String> scopes(Section s, Profiles.Accent accent, List<Client> clients) {
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

    /** Where scopes are written, a plain one that someone names and the server does not know is a slip of the pen. */
    static void compare(Section s) {
        Optional<Value> scopes = s.find("scopes").filter(v -> v.isList() && !v.isUnknown());
        if (scopes.isEmpty()) return;
        List<ScopePattern> read = scopes.get().each(v -> v.as(ScopePattern::parse));
        if (read.size() < scopes.get().items().size()) return;
        ScopePatterns known = ScopePatterns.of(read);
        Stream<Value> clients = items(s, "clients").flatMap(c -> c.member("scope").stream());
        Stream<Value> users =
                items(s, "users").flatMap(u -> u.member("scopes").map(Value::items).orElse(List.of()).stream());
        Stream.concat(clients, users).forEach(named -> compare(named, known));
    }

    private static void compare(Value named, ScopePatterns known) {
        named.as(ScopePatterns::parse)
                .map(ScopePatterns::literals)
                .ifPresent(plain -> plain.forEach(scope -> {
                    if (!known.admits(scope)) named.fault("has " + scope + ", which is not in scopes");
                }));
    }

    private static Stream<Value> items(Section s, String key) {
        return s.find(key).map(Value::items).orElse(List.of()).stream();
    }
}
