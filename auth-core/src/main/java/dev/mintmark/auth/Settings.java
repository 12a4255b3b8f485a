package dev.mintmark.auth;

import dev.mintmark.auth.protocol.SigningAlgorithm;
import dev.mintmark.auth.protocol.TokenKind;
import dev.mintmark.auth.token.TokenFormat;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What a server was told, once and for all. */
record Settings(
        URI baseUri,
        String issuer,
        String audience,
        Optional<URI> authorizationEndpoint,
        TokenFormat accessFormat,
        Map<TokenKind, SigningAlgorithm> algorithms,
        Duration accessLifetime,
        Duration idLifetime,
        Duration refreshLifetime,
        Duration refreshIdle,
        Optional<Duration> refreshGrace,
        Duration codeLifetime,
        Duration longestLifetime,
        Duration longestRefreshLifetime,
        boolean pkceRequired) {
    /** How tokens of one kind are signed unless someone asks for another way. */
    SigningAlgorithm algorithm(TokenKind kind) {
        return Objects.requireNonNull(algorithms.get(kind));
    }

    /** How long a token of one kind may live at the most: for so long keys and revocations are remembered. */
    Duration longest(TokenKind kind) {
        return kind == TokenKind.REFRESH ? longestRefreshLifetime : longestLifetime;
    }
}
