package dev.mintmark.auth.standalone;

import dev.mintmark.auth.protocol.Secret;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The secrets of a file, hashed. A hash takes tens of milliseconds, and a file may have hundreds of them: each distinct text is
 * hashed once, and as many at a time as there are processors. That two people have the same password then shows in the hashes,
 * which never leave the process; the file shows it anyway.
 */
final class Hashes {
    private final Map<String, Secret> known = new ConcurrentHashMap<>();
    private final SecureRandom random;

    private Hashes(SecureRandom random) {
        this.random = random;
    }

    /** Hashes whatever stands in a file where its clients' and users' secrets stand. */
    static Hashes of(Value file, SecureRandom random) {
        Hashes hashes = new Hashes(random);
        Set<String> texts = items(file, "servers")
                .flatMap(Hashes::secrets)
                .flatMap(secret -> secret.text().stream())
                .collect(Collectors.toSet());
        texts.parallelStream().forEach(hashes::hash);
        return hashes;
    }

    private static Stream<Value> secrets(Value server) {
        Stream<Value> clients = items(server, "clients").flatMap(c -> c.member("client_secret").stream());
        Stream<Value> users = items(server, "users")
                .flatMap(u -> Stream.concat(u.member("password").stream(), items(u, "recovery_codes")));
        return Stream.concat(clients, users);
    }

    private static Stream<Value> items(Value map, String key) {
        return map.member(key).map(Value::items).orElse(List.of()).stream();
    }

    /** What a text is stored as. */
    Secret hash(String text) {
        return known.computeIfAbsent(text, plain -> Secret.hash(plain, random));
    }

    /** A secret that stands in the clear at a key, or hashed at the same key with {@code _hash}. */
    Optional<Secret> read(Section s, String key) {
        Optional<Secret> plain = s.read(key, Value::text).map(this::hash);
        Optional<Secret> hashed = s.read(key + "_hash", v -> {
            if (s.find(key).isPresent()) v.fault("cannot stand beside " + key);
            return v.as(Secret::parse);
        });
        return plain.or(() -> hashed);
    }
}
