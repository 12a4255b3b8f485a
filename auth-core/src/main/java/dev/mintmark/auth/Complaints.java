package dev.mintmark.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import dev.mintmark.auth.keys.SigningKey;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Refused;
import dev.mintmark.auth.protocol.Scope;
import dev.mintmark.auth.protocol.ScopePatterns;
import dev.mintmark.auth.protocol.Scopes;
import dev.mintmark.auth.protocol.SigningAlgorithm;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Everything that is wrong with a builder's settings, found before the server exists. Nothing is repaired. */
final class Complaints {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    private final AuthorizationServerBuilder b;
    private final List<String> all = new ArrayList<>();

    Complaints(AuthorizationServerBuilder b) {
        this.b = b;
    }

    List<String> all() {
        baseUri();
        memory();
        scopes();
        keys();
        lifetimes();
        paths();
        people();
        browsers();
        if (b.clients.isEmpty() && !b.onlyClient) all.add("clients are missing: clients(ClientStore.of(...))");
        if (b.anonymousClient.filter(client -> !client.isPublic()).isPresent()) {
            all.add("the client of those who name none must be public: " + b.anonymousClient.get());
        }
        if (b.methods.isEmpty()) all.add("clientAuthMethods are none");
        if (b.issuer.filter(String::isBlank).isPresent()) all.add("issuer is blank");
        if (b.issuer.orElse(b.baseUri.toString()).length() > 255) all.add("issuer has more than 255 characters");
        return all;
    }

    private void baseUri() {
        URI uri = b.baseUri;
        boolean http = "http".equals(uri.getScheme());
        if (!http && !"https".equals(uri.getScheme())) all.add("the base URI must be https: " + uri);
        else if (uri.getHost() == null) all.add("the base URI has no host: " + uri);
        else if (http && !b.insecureHttp && !LOOPBACK.contains(uri.getHost())) {
            all.add("the base URI must be https, or http on a loopback address: " + uri
                    + " (allowInsecureHttp() if you must)");
        }
        // RFC 8414 section 2: no query or fragment
        if (uri.getRawQuery() != null || uri.getRawFragment() != null || uri.getRawUserInfo() != null) {
            all.add("the base URI must have no query, fragment or user: " + uri);
        }
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        if (path.endsWith("/")) all.add("the base URI must not end with a slash: " + uri);
        else if (!path.isEmpty() && !isPlain(path)) all.add("the base URI's path must be plain: " + uri);
    }

    private static boolean isPlain(String path) {
        return path.matches("(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+|(/\\.well-known(/[A-Za-z0-9._~-]+)+)");
    }

    private void memory() {
        if (b.store.isPresent() && b.serverSecrets.isEmpty()) {
            all.add("serverSecret is missing: a store that outlives the process needs a secret that does, too");
        }
        for (byte[] secret : b.serverSecrets) {
            if (secret.length < 32) all.add("serverSecret must have at least 32 bytes, and one has " + secret.length);
        }
    }

    private void people() {
        if (b.grants.containsKey(GrantType.PASSWORD) && b.users.isEmpty()) {
            all.add("the password grant needs people: users(UserStore.of(...))");
        }
        if (b.challengeEndpoint && b.users.isEmpty()) {
            all.add("the authorization challenge endpoint needs people: users(UserStore.of(...))");
        }
        positive("loginAttempts (within)", b.guessesWithin);
        positive("loginAttempts (lock)", b.guessesLock);
        if (b.guesses < 1) all.add("loginAttempts must allow at least one");
        positive("mfa", b.challengeLifetime);
        within("mfa", b.challengeLifetime, Duration.ofHours(1));
        positive("rememberDevices", b.deviceLifetime);
        if (b.challengeAttempts < 1) all.add("mfa must allow at least one attempt");
        if (b.resends < 0) all.add("mfa must not have fewer than no resends");
    }

    private void browsers() {
        if (b.pages.isEmpty() && b.asksForDevices()) {
            all.add("the device grant needs pages: interaction(..)");
        }
        if (b.pages.isEmpty() && b.accountPage) all.add("the account page needs pages: interaction(..)");
        if (b.enrolment && b.users.isEmpty()) all.add("enrolment needs people: users(UserStore.of(...))");
        if (b.pages.isEmpty()) return;
        if (b.authorizationEndpoint.isPresent()) {
            all.add("interaction and authorizationEndpoint: people are sent to one of them");
        }
        boolean whole = b.routes.containsKey(Endpoint.INTERACTION) || !b.routes.containsKey(Endpoint.AUTHORIZATION);
        if (!whole) all.add("the authorization endpoint needs the interaction endpoint");
        positive("sessions (idle)", b.sessionIdle);
        within("sessions (idle)", b.sessionIdle, b.sessionMost);
        within("sessions", b.sessionMost, b.longestRefreshLifetime);
        positive("interactionLifetime", b.interactionLifetime);
        within("interactionLifetime", b.interactionLifetime, Duration.ofDays(1));
        positive("rememberConsents", b.consentLifetime);
        positive("deviceGrant", b.deviceCodeLifetime);
        within("deviceGrant", b.deviceCodeLifetime, Duration.ofHours(1));
        within("rememberConsents", b.consentLifetime, b.longestRefreshLifetime);
        if (b.oneFactor.equals(b.twoFactors) || b.oneFactor.isBlank() || b.twoFactors.isBlank()) {
            all.add("contextClasses must be two");
        }
        if (b.pairwiseSalt.filter(salt -> salt.length < 32).isPresent()) {
            all.add("pairwiseSubjects needs at least 32 bytes");
        }
        b.logoutRetries.forEach(wait -> within("backChannelLogout", wait, Duration.ofMinutes(10)));
        b.pages.get().assets().keySet().stream()
                .filter(name -> !name.matches("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*"))
                .forEach(name -> all.add("an asset cannot be called " + name));
    }

    private void scopes() {
        Optional<ScopePatterns> known = readable("scopes", () -> ScopePatterns.parse(b.scopes));
        Optional<Scopes> defaults = readable("defaultScopes", () -> Scopes.parse(b.defaultScopes.orElse("")));
        if (known.isEmpty() || defaults.isEmpty()) return;
        for (Scope scope : defaults.get()) {
            if (!known.get().literals().contains(scope))
                all.add("defaultScopes has " + scope + ", which is not in scopes");
        }
    }

    private void keys() {
        b.fixedKeys.forEach((kind, byAlgorithm) -> byAlgorithm.forEach((algorithm, keys) -> {
            if (!b.algorithms(kind).contains(algorithm)) {
                all.add("signingKeys for " + kind + " are " + algorithm.alg() + ", which signing() does not name");
            }
            if (algorithm == SigningAlgorithm.HS256) all.add("HS256 keys are derived from serverSecret, not brought");
            else if (keys.isEmpty()) all.add("signingKeys for " + kind + " are none");
            else
                keys.forEach(key -> readable(
                        "signingKeys for " + kind, () -> SigningKey.of(key, algorithm, b.random, b.rsaProvider)));
        }));
        Set<Object> seen = new HashSet<>();
        b.fixedKeys.values().stream()
                .flatMap(byAlgorithm -> byAlgorithm.values().stream())
                .flatMap(List::stream)
                .filter(key -> !seen.add(material(key)))
                .forEach(key -> all.add("a signing key serves one kind of token only: " + key.getKeyID()));
        positive("keyRotation", b.keysSignFor);
        if (b.keysPublishedAhead.compareTo(Duration.ofMinutes(10)) < 0) {
            all.add("keyRotation must publish keys at least ten minutes ahead: caches keep them for five");
        }
    }

    /** The same key is the same key whatever it is called (RFC 7638). */
    private static Object material(JWK key) {
        try {
            return key.computeThumbprint();
        } catch (JOSEException e) {
            return key;
        }
    }

    private void lifetimes() {
        positive("accessTokenLifetime", b.accessLifetime);
        positive("idTokenLifetime", b.idLifetime);
        positive("refreshTokenLifetime", b.refreshLifetime);
        positive("refreshTokenLifetime (idle)", b.refreshIdle);
        positive("codeLifetime", b.codeLifetime);
        // RFC 6749 section 4.1.2: a maximum of ten minutes is RECOMMENDED
        within("codeLifetime", b.codeLifetime, Duration.ofMinutes(10));
        within("accessTokenLifetime", b.accessLifetime, b.longestLifetime);
        within("idTokenLifetime", b.idLifetime, b.longestLifetime);
        within("refreshTokenLifetime", b.refreshLifetime, b.longestRefreshLifetime);
        b.refreshGrace.filter(Duration::isNegative).ifPresent(d -> all.add("refreshGrace is negative"));
        b.refreshGrace.ifPresent(grace -> within("refreshGrace", grace, Duration.ofMinutes(5)));
    }

    private void paths() {
        Set<String> seen = new HashSet<>();
        b.routes.forEach((endpoint, places) -> {
            if (b.offers(endpoint)) places.forEach(place -> place(place, endpoint.methods(), seen));
        });
        b.added.forEach(added -> place(added.place(), List.of("GET", "HEAD", "POST"), seen));
    }

    private void place(Place place, List<String> possible, Set<String> seen) {
        path(place.path(), seen);
        if (!possible.containsAll(place.methodsOr(List.of()))) {
            all.add("at " + place.path() + " only " + String.join(", ", possible) + " can be answered");
        }
    }

    private void path(String path, Set<String> seen) {
        // Some APIs have a slash at the end.
        if (!isPlain(path.endsWith("/") ? path.substring(0, path.length() - 1) : path))
            all.add("a path must begin with a slash and be plain: " + path);
        if (!seen.add(path)) all.add("two endpoints stand at " + path);
    }

    private void positive(String name, Duration value) {
        if (value.compareTo(Duration.ofSeconds(1)) < 0) all.add(name + " must be at least a second");
    }

    private void within(String name, Duration value, Duration most) {
        if (value.compareTo(most) > 0) all.add(name + " must be at most " + most);
    }

    private <T> Optional<T> readable(String name, Supplier<T> read) {
        try {
            return Optional.of(read.get());
        } catch (IllegalArgumentException e) {
            all.add(name + ": " + e.getMessage());
        } catch (Refused e) {
            all.add(name + ": " + e.refusal().reason());
        }
        return Optional.empty();
    }
}
