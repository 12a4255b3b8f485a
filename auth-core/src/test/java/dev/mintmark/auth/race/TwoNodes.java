package dev.mintmark.auth.race;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.mintmark.auth.PassThroughStore;
import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.protocol.SigningAlgorithm;
import dev.mintmark.auth.protocol.TokenKind;
import dev.mintmark.auth.store.Change;
import dev.mintmark.auth.store.GrantKey;
import dev.mintmark.auth.store.GrantStore;
import dev.mintmark.auth.store.InMemoryGrantStore;
import dev.mintmark.auth.store.Lineage;
import dev.mintmark.auth.store.StoreException;
import dev.mintmark.auth.store.Stored;
import dev.mintmark.auth.token.TokenFormat;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Two servers of one issuer. They share a store and a secret; their clocks differ. All tokens are JWTs and live as long as any
 * may, so that a key that goes too early has someone to miss it.
 */
final class TwoNodes {
    static final Duration EVERY = Duration.ofHours(1);
    static final Duration AHEAD = Duration.ofMinutes(20);
    static final Duration ACCESS = Duration.ofMinutes(15);
    static final Duration REFRESH = Duration.ofHours(1);

    /** For how long documents may be kept. */
    private static final Duration KEPT = Duration.ofMinutes(5);

    /** A token as someone outside holds it. */
    record Token(TokenKind kind, String text, String kid, Instant expires) {}

    private record Document(Instant at, JWKSet keys) {}

    /** One of the two. */
    static final class Node {
        final TestServer.MovableClock clock = new TestServer.MovableClock();
        final Link link;
        final TestServer server;

        /** For each kind of token the keys that signed here, the first one first. */
        private final Map<TokenKind, List<String>> signers = new EnumMap<>(TokenKind.class);

        private Node(Duration skew, GrantStore shared) {
            clock.advance(skew);
            link = new Link(shared);
            server = TestServer.of(
                    clock,
                    b -> b.store(link)
                            .serverSecret(new byte[32])
                            .signing(TokenKind.ACCESS, SigningAlgorithm.ES256)
                            .signing(TokenKind.ID, SigningAlgorithm.ES256, SigningAlgorithm.RS256)
                            .signing(TokenKind.REFRESH, SigningAlgorithm.ES256)
                            .keyRotation(EVERY, AHEAD)
                            .longestLifetimes(ACCESS, REFRESH)
                            .accessTokenLifetime(ACCESS)
                            .idTokenLifetime(ACCESS)
                            .codeLifetime(Duration.ofMinutes(10))
                            .refreshTokenLifetime(REFRESH, REFRESH)
                            .tokens((by, client, authorization, user, plan) ->
                                    plan.refresh(r -> r.format(TokenFormat.JWT))));
        }
    }

    /** A node's way to the store. */
    static final class Link extends PassThroughStore {
        boolean down;
        boolean losesAnswer;

        /** What another node does between this one's next look and its write. */
        Runnable overtaking = () -> {};

        private Link(GrantStore shared) {
            super(shared);
        }

        private void reach() {
            if (down) throw new StoreException("out of reach");
        }

        @Override
        public Outcome apply(Change change) {
            reach();
            Runnable other = overtaking;
            overtaking = () -> {};
            other.run();
            Outcome outcome = super.apply(change);
            if (losesAnswer) throw new StoreException("the answer was lost");
            return outcome;
        }

        @Override
        public Optional<Stored> find(GrantKey key) {
            reach();
            return super.find(key);
        }

        @Override
        public boolean revoked(Lineage lineage) {
            reach();
            return super.revoked(lineage);
        }
    }

    private final TestServer.MovableClock time = new TestServer.MovableClock();
    private final Instant start = time.instant();
    private final List<Document> documents = new ArrayList<>();

    /** The last token of each key: whoever misses a key misses it for that one at the latest. */
    private final Map<String, Token> last = new LinkedHashMap<>();

    private final Map<String, Boolean> verified = new HashMap<>();
    private final Set<String> published = new LinkedHashSet<>();
    private final List<Instant> switches = new ArrayList<>();

    final Node one;
    final Node two;

    TwoNodes(Duration skewOfOne, Duration skewOfTwo) {
        GrantStore shared = new InMemoryGrantStore(time, 10_000);
        one = new Node(skewOfOne, shared);
        two = new Node(skewOfTwo, shared);
        sign(one);
        publish(two);
    }

    List<Node> both() {
        return List.of(one, two);
    }

    Instant now() {
        return time.instant();
    }

    void advance(Duration by) {
        time.advance(by);
        both().forEach(node -> node.clock.advance(by));
    }

    /** Rotates by hand; the next key signs no later than one that is published now. */
    void rotate(Node node) {
        node.server.server.rotateKeys();
        switches.add(node.clock.instant().plus(AHEAD));
    }

    /** How long it is until the slower clock is a second short of the next switch that was made by hand. */
    Duration untilSwitch() {
        return untilNext(switches);
    }

    /** How long it is until the slower clock is a second short of the next moment at which a key has no token left. */
    Duration untilExpiry() {
        return untilNext(last.values().stream().map(Token::expires).toList());
    }

    private Duration untilNext(List<Instant> moments) {
        Instant slower = one.clock.instant().isBefore(two.clock.instant()) ? one.clock.instant() : two.clock.instant();
        return moments.stream()
                .map(moment -> Duration.between(slower, moment).minusSeconds(1))
                .filter(wait -> !wait.isNegative() && !wait.isZero())
                .min(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** Signs, and holds what was signed against every document that anyone may still keep. */
    List<Token> sign(Node node) {
        List<Token> signed = new ArrayList<>();
        signed.add(token(
                TokenKind.ACCESS,
                node.server
                        .token("machine", "client_credentials")
                        .send()
                        .issued()
                        .access()));
        if (!node.link.down) {
            Reply tokens = node.server.signIn("web");
            signed.add(token(TokenKind.ID, tokens.string("id_token")));
            signed.add(token(TokenKind.REFRESH, tokens.refresh()));
        }
        for (Token token : signed) {
            for (Document document : documents) {
                if (document.at().plus(KEPT).isBefore(now())) continue;
                assertThat(verifies(document.keys(), token))
                        .as("%s, signed at %s, by what was published at %s", token.kind(), now(), document.at())
                        .isTrue();
            }
            last.merge(
                    token.kid(), token, (before, after) -> before.expires().isAfter(after.expires()) ? before : after);
            inOrder(node, token);
        }
        return signed;
    }

    /** Both nodes sign with the same keys in the same order, and none goes back; a node that is idle may leave some out. */
    private void inOrder(Node node, Token token) {
        List<String> mine = node.signers.computeIfAbsent(token.kind(), kind -> new ArrayList<>());
        if (mine.isEmpty() || !mine.get(mine.size() - 1).equals(token.kid())) {
            assertThat(mine).doesNotContain(token.kid());
            mine.add(token.kid());
        }
        List<String> others = new ArrayList<>((node == one ? two : one).signers.getOrDefault(token.kind(), List.of()));
        others.retainAll(mine);
        List<String> common = new ArrayList<>(mine);
        common.retainAll(others);
        assertThat(common).isEqualTo(others);
    }

    /** Publishes, and holds every token that is still valid by the node's clock against it. */
    JWKSet publish(Node node) {
        JWKSet keys = jwks(node);
        documents.removeIf(document -> document.at().plus(KEPT).isBefore(now()));
        documents.add(new Document(now(), keys));
        for (Token token : living(node)) {
            assertThat(verifies(keys, token))
                    .as("%s until %s, at %s", token.kind(), token.expires(), now())
                    .isTrue();
        }
        keys.getKeys().forEach(key -> published.add(key.getKeyID()));
        // Three rings; from one key's first signature to the next one's it takes as long as a key is published ahead.
        long most = 3 * (3 + Duration.between(start, now()).dividedBy(AHEAD));
        assertThat(published.size() - 1L).isLessThanOrEqualTo(most);
        return keys;
    }

    /** Asks a node about every token that is still valid by its clock and the store's. */
    void introspect(Node node) {
        for (Token token : living(node)) {
            if (token.kind() == TokenKind.ID || !token.expires().isAfter(now())) continue;
            assertThat(node.server.isActive("web", token.text()))
                    .as("%s until %s, at %s", token.kind(), token.expires(), now())
                    .isTrue();
        }
    }

    private List<Token> living(Node node) {
        return last.values().stream()
                .filter(token -> token.expires().isAfter(node.clock.instant()))
                .toList();
    }

    /** The keys that have signed one kind of token. */
    Set<String> signers(TokenKind kind) {
        Set<String> all = new LinkedHashSet<>();
        for (Node node : both()) all.addAll(node.signers.getOrDefault(kind, List.of()));
        return all;
    }

    /** Expects nothing any more of what was signed and published so far. */
    void forget() {
        last.clear();
        documents.clear();
        both().forEach(node -> node.signers.clear());
    }

    private static JWKSet jwks(Node node) {
        try {
            return JWKSet.parse(node.server
                    .call("GET", "/jwks")
                    .contentType("")
                    .send()
                    .issued()
                    .response()
                    .text());
        } catch (ParseException e) {
            throw new AssertionError(e);
        }
    }

    /** Once for each token and key: most documents hold the same ones. */
    private boolean verifies(JWKSet keys, Token token) {
        JWK key = keys.getKeyByKeyId(token.kid());
        if (key == null) return false;
        return verified.computeIfAbsent(token.text() + key.toJSONString(), t -> verifies(key, token));
    }

    private static boolean verifies(JWK key, Token token) {
        try {
            return SignedJWT.parse(token.text()).verify(new ECDSAVerifier(key.toECKey()));
        } catch (ParseException | JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static Token token(TokenKind kind, String text) {
        try {
            SignedJWT jwt = SignedJWT.parse(text);
            Instant expires = jwt.getJWTClaimsSet().getExpirationTime().toInstant();
            return new Token(kind, text, jwt.getHeader().getKeyID(), expires);
        } catch (ParseException e) {
            throw new AssertionError(e);
        }
    }
}
