package dev.mintmark.auth;

import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Scopes;
import java.time.Instant;
import java.util.Optional;

/**
 * A token of this server that is valid now: signed or stored here, not expired, not revoked. Only
 * {@link AuthorizationServer#verify} makes one. Immutable; {@code toString} tells no token.
 */
public final class VerifiedToken {
    private final TokenReader.Read read;

    VerifiedToken(TokenReader.Read read) {
        this.read = read;
    }

    /**
     * Whose token it is.
     *
     * @return {@code client_id}; empty if its claims name no client
     */
    public Optional<String> client() {
        return Optional.of(read.client()).filter(client -> !client.isEmpty());
    }

    /**
     * The person it speaks for.
     *
     * @return {@code sub}; empty for a client acting for itself
     */
    public Optional<String> person() {
        return read.person();
    }

    /**
     * Its scope.
     *
     * @return the scopes
     */
    public Scopes scope() {
        return read.scope();
    }

    /**
     * What it says.
     *
     * @return its claims
     */
    public Claims claims() {
        return read.claims();
    }

    /**
     * When it ends.
     *
     * @return the moment of expiry
     */
    public Instant expires() {
        return read.expires();
    }

    @Override
    public String toString() {
        return "a token of " + read.client();
    }
}
