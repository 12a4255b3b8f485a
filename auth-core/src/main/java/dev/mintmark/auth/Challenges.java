package dev.mintmark.auth;

import dev.mintmark.auth.keys.Jwt;
import dev.mintmark.auth.keys.ServerSecrets;
import dev.mintmark.auth.keys.SigningKey;
import dev.mintmark.auth.protocol.Authorization;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.store.Change;
import dev.mintmark.auth.store.Kind;
import dev.mintmark.auth.token.TokenFormat;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Sign-ins that wait for a second factor: a row each, named by a handle, or by a JWT whose {@code jti} that is. */
final class Challenges {
    /** In the details of a challenge: the name to which attempts are charged. */
    static final String NAME = "name";

    private final SignInRules rules;
    private final EngineMemory memory;
    private final List<SigningKey> keys;

    Challenges(String issuer, SignInRules rules, ServerSecrets secrets, EngineMemory memory) {
        this.rules = rules;
        this.memory = memory;
        String purpose = "hs256 mfa " + issuer;
        this.keys = secrets.ids().stream()
                .map(id -> SigningKey.hmac(id, secrets.key(id, purpose)))
                .toList();
    }

    /** A challenge: the token to tell, and what must be written for it to be known. */
    record Begun(String token, Change change) {}

    Begun begin(Authorization pending) {
        String handle = memory.newHandle();
        Claims details = Claims.of(NAME, memory.newId());
        return new Begun(token(handle), memory.remember(Kind.CHALLENGE, handle, pending, details, rules.challenge()));
    }

    private String token(String handle) {
        if (rules.mfaTokens() == TokenFormat.OPAQUE) return handle;
        Instant now = memory.now();
        Claims claims = Claims.of("jti", handle)
                .with("iat", now.getEpochSecond())
                .with("exp", now.plus(rules.challenge()).getEpochSecond());
        return Jwt.sign(keys.get(0), Optional.empty(), false, claims);
    }

    /** What a token names, if this server made it; whether the client may pass it is for others to say. */
    Optional<Held> find(String token) {
        Optional<String> handle = rules.mfaTokens() == TokenFormat.OPAQUE
                ? Optional.of(token)
                : Jwt.verify(token, keys).flatMap(claims -> claims.string("jti"));
        return handle.flatMap(text -> memory.find(memory.key(Kind.CHALLENGE, text)));
    }
}
