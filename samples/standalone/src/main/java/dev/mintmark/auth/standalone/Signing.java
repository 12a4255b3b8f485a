package dev.mintmark.auth.standalone;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import dev.mintmark.auth.AuthorizationServerBuilder;
import dev.mintmark.auth.protocol.SigningAlgorithm;
import dev.mintmark.auth.protocol.TokenKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which keys sign. Of the private JWKs of a file the first that fits signs access tokens, and the others ID tokens, each with
 * its algorithm: a key serves one kind of token only.
 */
final class Signing {
    private static final List<String> ALGORITHMS =
            Arrays.stream(SigningAlgorithm.values()).map(SigningAlgorithm::alg).toList();

    private final AuthorizationServerBuilder builder;
    private final Profiles.Accent accent;
    private Optional<SigningAlgorithm> access = Optional.empty();
    private Optional<SigningAlgorithm> id = Optional.empty();
    private Optional<Value> file = Optional.empty();

    Signing(AuthorizationServerBuilder builder, Profiles.Accent accent) {
        this.builder = builder;
        this.accent = accent;
    }

    void signing(Section s) {
        access = s.read("alg", Signing::algorithm);
        file = s.find("jwks_file");
    }

    void id(Value value) {
        id = idAlgorithm(value);
    }

    static Optional<SigningAlgorithm> algorithm(Value value) {
        return value.oneOf(ALGORITHMS).flatMap(SigningAlgorithm::of);
    }

    /** HS256 needs the client's secret in the clear (OpenID Connect Core section 10.1), so each client says so for itself. */
    private static Optional<SigningAlgorithm> idAlgorithm(Value value) {
        Optional<SigningAlgorithm> read = algorithm(value);
        Optional<SigningAlgorithm> common = read.filter(SigningAlgorithm::isPublic);
        if (read.isPresent() && common.isEmpty()) {
            value.fault("HS256 is each client's to ask for, by id_token_signed_response_alg");
        }
        return common;
    }

    /** Sets the builder up, once everything is read. */
    void end(List<SigningAlgorithm> asked, Path directory) {
        access.ifPresent(algorithm -> builder.signing(TokenKind.ACCESS, algorithm));
        SigningAlgorithm preferred = id.orElse(accent.id());
        Set<SigningAlgorithm> others = new LinkedHashSet<>(asked);
        file.ifPresent(value -> others.addAll(keys(value, preferred, asked, directory)));
        // OpenID Connect Discovery section 3: RS256 MUST be among them
        if (accent.has(Profiles.Trait.PAGES)) others.add(SigningAlgorithm.RS256);
        others.remove(preferred);
        if (id.isPresent() || !others.isEmpty()) {
            builder.signing(TokenKind.ID, preferred, others.toArray(SigningAlgorithm[]::new));
        }
    }

    private List<SigningAlgorithm> keys(
            Value value, SigningAlgorithm preferred, List<SigningAlgorithm> asked, Path directory) {
        List<JWK> keys = new ArrayList<>(
                value.text().map(name -> load(value, directory.resolve(name))).orElse(List.of()));
        if (keys.isEmpty()) return List.of();
        SigningAlgorithm first = access.orElse(accent.access());
        if (first.isPublic()) {
            Optional<JWK> key = keys.stream().filter(k -> fits(k, first)).findFirst();
            key.ifPresentOrElse(
                    k -> builder.signingKeys(TokenKind.ACCESS, first, k),
                    () -> value.fault("has no key for " + first.alg() + ", which signs access tokens"));
            key.ifPresent(keys::remove);
        }
        Set<SigningAlgorithm> wanted = new LinkedHashSet<>(List.of(preferred));
        wanted.addAll(asked);
        wanted.addAll(Arrays.asList(SigningAlgorithm.values()));
        List<SigningAlgorithm> used = new ArrayList<>();
        for (SigningAlgorithm algorithm : wanted) {
            List<JWK> fitting = keys.stream().filter(k -> fits(k, algorithm)).toList();
            if (fitting.isEmpty()) continue;
            builder.signingKeys(TokenKind.ID, algorithm, fitting.toArray(JWK[]::new));
            keys.removeAll(fitting);
            used.add(algorithm);
        }
        return used;
    }

    private static List<JWK> load(Value value, Path file) {
        try {
            List<JWK> keys = JWKSet.parse(Files.readString(file)).getKeys();
            if (keys.isEmpty()) value.fault("has no key");
            for (JWK key : keys) {
                String name = key.getKeyID() == null ? "without a kid" : key.getKeyID();
                if (!key.isPrivate()) value.fault("the key " + name + " is not private");
                else if (Arrays.stream(SigningAlgorithm.values()).noneMatch(a -> fits(key, a))) {
                    value.fault("the key " + name + " fits none of RS256, PS256, ES256, ES384, EdDSA");
                }
            }
            return keys;
        } catch (IOException e) {
            value.fault(Unreadable.because(file, e) + ": " + file);
        } catch (ParseException e) {
            value.fault("is no JWK set: " + file);
        }
        return List.of();
    }

    /** A key that names no algorithm fits every one of its type. */
    private static boolean fits(JWK key, SigningAlgorithm algorithm) {
        if (key.getAlgorithm() != null && !key.getAlgorithm().getName().equals(algorithm.alg())) return false;
        return switch (algorithm) {
            case RS256, PS256 -> key instanceof RSAKey;
            case ES256 -> key instanceof ECKey ec && ec.getCurve().equals(Curve.P_256);
            case ES384 -> key instanceof ECKey ec && ec.getCurve().equals(Curve.P_384);
            case EDDSA -> key instanceof OctetKeyPair pair && pair.getCurve().equals(Curve.Ed25519);
            case HS256 -> false;
        };
    }
}
