package dev.mintmark.auth;

import com.nimbusds.jwt.SignedJWT;
import dev.mintmark.auth.keys.Jwt;
import dev.mintmark.auth.keys.SigningKey;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.protocol.Refused;
import dev.mintmark.auth.protocol.SigningAlgorithm;
import dev.mintmark.auth.protocol.TokenKind;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Reads ID tokens that clients give back: this server's own, and no others; expired ones as well (OpenID Connect Core section 3.1.2.2). */
final class IdTokenHints {
    private final String issuer;
    private final KeyRings keys;
    private final EngineMemory memory;
    private final Function<String, Optional<Client>> clients;

    IdTokenHints(String issuer, KeyRings keys, EngineMemory memory, Function<String, Optional<Client>> clients) {
        this.issuer = issuer;
        this.keys = keys;
        this.memory = memory;
        this.clients = clients;
    }

    /**
     * An ID token that this server gave out.
     *
     * @param client to which client
     * @param subject about whom, as that client knows the person
     * @param session {@code sid}, if it has one
     */
    record Hint(Client client, String subject, Optional<String> session) {}

    /**
     * About whom a request is, if it has a hint. It must have been given to this very client: to others their subjects may mean other
     * people.
     *
     * @throws Refused if the hint is none
     */
    Optional<String> subject(Client client, Params params) {
        return params.get("id_token_hint")
                .map(token -> read(token)
                        .filter(hint -> hint.client().clientId().equals(client.clientId()))
                        .map(Hint::subject)
                        .orElseThrow(() -> Refusal.badParameter("id_token_hint", "is no ID token of this client")
                                .thrown()));
    }

    Optional<Hint> read(String token) {
        return keys.verify(TokenKind.ID, token, memory.now())
                .or(() -> byItsClientsSecret(token))
                .filter(claims -> claims.string("iss").equals(Optional.of(issuer)))
                // The same keys sign logout tokens and UserInfo, which are no ID tokens.
                .filter(claims ->
                        claims.get("exp").isPresent() && claims.get("events").isEmpty())
                .flatMap(claims -> claims.strings("aud").stream()
                        .findFirst()
                        .flatMap(clients)
                        .flatMap(client ->
                                claims.string("sub").map(sub -> new Hint(client, sub, claims.string("sid")))));
    }

    /** OpenID Connect Core section 10.1: whoever the token says it is for, only that client's secret verifies it. */
    private Optional<Claims> byItsClientsSecret(String token) {
        if (!Jwt.looksLike(token)) return Optional.empty();
        try {
            List<String> audience = SignedJWT.parse(token).getJWTClaimsSet().getAudience();
            return audience.stream()
                    // JSON may have null where a string is meant.
                    .filter(Objects::nonNull)
                    .findFirst()
                    .flatMap(clients)
                    .filter(IdTokenHints::signsWithItsSecret)
                    .flatMap(client -> Jwt.verify(token, List.of(key(client))));
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    static boolean signsWithItsSecret(Client client) {
        return client.idTokenSignedResponseAlg().equals(Optional.of(SigningAlgorithm.HS256))
                && client.rawSecret().isPresent();
    }

    static SigningKey key(Client client) {
        return SigningKey.hmac("", client.rawSecret().orElseThrow().getBytes(StandardCharsets.UTF_8));
    }
}
