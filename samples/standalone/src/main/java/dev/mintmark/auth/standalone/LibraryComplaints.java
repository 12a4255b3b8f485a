package dev.mintmark.auth.standalone;

import dev.mintmark.auth.AuthorizationServer;
import dev.mintmark.auth.AuthorizationServerBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The library's complaints about a server, each brought to the key of the file that it is about. */
final class LibraryComplaints {
    /** How a complaint begins, and which key that is; the more particular beginnings first. */
    private static final List<Map.Entry<String, String>> KEYS = List.of(
            Map.entry("the base URI ", "issuer"),
            Map.entry("issuer ", "issuer"),
            Map.entry("clients ", "clients"),
            Map.entry("scopes: ", "scopes"),
            Map.entry("defaultScopes: ", "default_scopes"),
            Map.entry("defaultScopes ", "default_scopes"),
            Map.entry("signingKeys for ", "signing.jwks_file"),
            Map.entry("a signing key ", "signing.jwks_file"),
            Map.entry("accessTokenLifetime ", "access_token.lifetime"),
            Map.entry("idTokenLifetime ", "id_token.lifetime"),
            Map.entry("refreshTokenLifetime (idle) ", "refresh_token.idle"),
            Map.entry("refreshTokenLifetime ", "refresh_token.lifetime"),
            Map.entry("refreshGrace ", "refresh_token.grace"),
            Map.entry("codeLifetime ", "authorization_code.lifetime"));

    private final Value server;

    LibraryComplaints(Value server) {
        this.server = server;
    }

    Optional<AuthorizationServer> build(AuthorizationServerBuilder builder) {
        try {
            return Optional.of(builder.build());
        } catch (IllegalStateException e) {
            List<String> parts = List.of(String.valueOf(e.getMessage()).split("\n - ", -1));
            List<String> complaints = parts.size() > 1 ? parts.subList(1, parts.size()) : parts;
            // Said at the top, once for all servers.
            boolean scopes = server.member("scopes").filter(Value::isUnknown).isEmpty();
            complaints.stream()
                    .filter(c -> !c.startsWith("serverSecret "))
                    .filter(c -> scopes || !c.startsWith("defaultScopes has "))
                    .forEach(this::complain);
            return Optional.empty();
        }
    }

    private void complain(String said) {
        // What a program could do about it.
        String complaint = said.replaceFirst(" \\([A-Za-z]+\\(\\)[^)]*\\)$", "");
        Optional<Map.Entry<String, String>> about =
                KEYS.stream().filter(key -> complaint.startsWith(key.getKey())).findFirst();
        if (about.isEmpty()) {
            server.fault(complaint);
            return;
        }
        // Names of Java methods mean nothing to whoever writes a file; the words after them do.
        String begins = about.get().getKey();
        boolean javaName = begins.matches("[a-z]+[A-Z].*");
        at(about.get().getValue(), javaName ? complaint.substring(begins.length()) : complaint);
    }

    private void at(String key, String words) {
        Optional<Value> value = Optional.of(server);
        for (String part : key.split("\\.", -1)) {
            value = value.flatMap(v -> v.member(part));
        }
        value.ifPresentOrElse(v -> v.fault(words), () -> server.faultBelow(key, words));
    }
}
