package dev.mintmark.auth;

import dev.mintmark.auth.protocol.Authentication;
import java.time.Instant;
import java.util.List;

/** A person's session in a browser. Immutable; it tells no secret. */
public final class BrowserSession {
    private final Held held;

    BrowserSession(Held held) {
        this.held = held;
    }

    /**
     * Who signed in, when and how; its {@linkplain Authentication#session session} is what
     * {@link AuthorizationServer#revokeSession} takes.
     *
     * @return the authentication
     */
    public Authentication authentication() {
        return held.authorization().authentication().orElseThrow();
    }

    /**
     * The clients that got a code in it.
     *
     * @return each {@code client_id}
     */
    public List<String> clients() {
        return held.details().strings(Sessions.CLIENTS);
    }

    /**
     * When it ends unless it is used.
     *
     * @return the moment of expiry
     */
    public Instant expires() {
        return held.expires();
    }

    @Override
    public String toString() {
        return "a session of " + authentication().subject().value();
    }
}
