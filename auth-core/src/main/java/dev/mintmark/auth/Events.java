package dev.mintmark.auth;

import java.time.Clock;

/** Tells the listener, whatever the listener does. */
final class Events {
    private static final System.Logger LOG = System.getLogger("dev.mintmark.auth");

    private final String issuer;
    private final Clock clock;
    private final AuthListener listener;

    Events(String issuer, Clock clock, AuthListener listener) {
        this.issuer = issuer;
        this.clock = clock;
        this.listener = listener;
    }

    AuthEvent event(AuthEvent.Type type) {
        return new AuthEvent(type, clock.instant(), issuer);
    }

    void tell(AuthEvent event) {
        try {
            listener.on(event);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a listener failed", e);
        }
    }
}
