package dev.mintmark.auth;

import com.nimbusds.jose.jwk.JWK;
import dev.mintmark.auth.keys.Jwt;
import dev.mintmark.auth.keys.KeyRing;
import dev.mintmark.auth.keys.RotatingKeyRing;
import dev.mintmark.auth.keys.ServerSecrets;
import dev.mintmark.auth.keys.SigningKey;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.SigningAlgorithm;
import dev.mintmark.auth.protocol.TokenKind;
import dev.mintmark.auth.store.GrantKey;
import dev.mintmark.auth.store.GrantStore;
import dev.mintmark.auth.store.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every key of the server: a ring for each kind of token and each algorithm. */
final class KeyRings {
    private final Map<TokenKind, Map<SigningAlgorithm, KeyRing>> rings = new EnumMap<>(TokenKind.class);

    private KeyRings() {}

    static KeyRings of(AuthorizationServerBuilder b, GrantStore store, ServerSecrets secrets) {
        KeyRings rings = new KeyRings();
        b.algorithms.forEach((kind, algorithms) -> {
            for (SigningAlgorithm algorithm : algorithms) {
                rings.add(kind, algorithm, ring(b, store, secrets, kind, algorithm));
            }
        });
        return rings;
    }

    private static KeyRing ring(
            AuthorizationServerBuilder b,
            GrantStore store,
            ServerSecrets secrets,
            TokenKind kind,
            SigningAlgorithm algorithm) {
        Settings settings = b.settings();
        if (algorithm == SigningAlgorithm.HS256) {
            String purpose = "hs256 " + kind + " " + settings.issuer();
            return KeyRing.fixed(secrets.ids().stream()
                    .map(id -> SigningKey.hmac(id, secrets.key(id, purpose)))
                    .toList());
        }
        List<JWK> brought = b.fixedKeys.getOrDefault(kind, Map.of()).getOrDefault(algorithm, List.of());
        if (!brought.isEmpty()) {
            return KeyRing.fixed(brought.stream()
                    .map(key -> SigningKey.of(key, algorithm, b.random, b.rsaProvider))
                    .toList());
        }
        return new RotatingKeyRing(
                store,
                secrets,
                GrantKey.of(settings.issuer(), Kind.KEY_RING, kind + " " + algorithm.alg()),
                algorithm,
                new RotatingKeyRing.Schedule(b.keysSignFor, b.keysPublishedAhead, settings.longest(kind)),
                b.random,
                jwk -> SigningKey.of(jwk, algorithm, b.random, b.rsaProvider));
    }

    private void add(TokenKind kind, SigningAlgorithm algorithm, KeyRing ring) {
        rings.computeIfAbsent(kind, k -> new EnumMap<>(SigningAlgorithm.class)).put(algorithm, ring);
    }

    SigningKey signer(TokenKind kind, SigningAlgorithm algorithm, Instant now) {
        KeyRing ring = of(kind).get(algorithm);
        if (ring == null) throw new IllegalStateException("no " + algorithm.alg() + " keys for " + kind + " tokens");
        return ring.signer(now);
    }

    /** Verifies with the keys of one kind alone, whatever the header says. */
    Optional<Claims> verify(TokenKind kind, String token, Instant now) {
        if (!Jwt.looksLike(token)) return Optional.empty();
        List<SigningKey> keys = new ArrayList<>();
        of(kind).values().forEach(ring -> keys.addAll(ring.keys(now)));
        return Jwt.verify(token, keys);
    }

    List<JWK> published(Instant now) {
        return rings.values().stream()
                .flatMap(byAlgorithm -> byAlgorithm.values().stream())
                .flatMap(ring -> ring.keys(now).stream())
                .flatMap(key -> key.publicJwk().stream())
                .toList();
    }

    void rotate(Instant now) {
        rings.values().forEach(byAlgorithm -> byAlgorithm.values().forEach(ring -> ring.rotate(now)));
    }

    void revoke(Instant now) {
        rings.values().forEach(byAlgorithm -> byAlgorithm.values().forEach(ring -> ring.revoke(now)));
    }

    private Map<SigningAlgorithm, KeyRing> of(TokenKind kind) {
        return rings.getOrDefault(kind, Map.of());
    }
}
