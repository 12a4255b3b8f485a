package dev.mintmark.auth;

import dev.mintmark.auth.grant.Decision;
import dev.mintmark.auth.grant.Redeemed;
import dev.mintmark.auth.protocol.Authorization;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.store.Kind;
import dev.mintmark.auth.store.Stored;
import java.time.Instant;
import java.util.Optional;

/** A row, opened. */
record Held(Stored stored, Authorization authorization, Claims details, Use use) implements Redeemed {
    /** What presenting its handle amounts to. */
    enum Use {
        /** The first use. */
        FIRST,
        /** A refresh token whose successor was told a moment ago, and may be told again. */
        RETRY,
        /** A use too many. */
        REPLAY
    }

    /** What an approval uses up; only the engine makes what can be redeemed. */
    static Optional<Held> redeemedBy(Decision.Approve approved) {
        return approved.redeemed().map(Held.class::cast);
    }

    boolean isFamily() {
        return stored.key().kind().equals(Kind.FAMILY);
    }

    @Override
    public Instant expires() {
        return stored.expires();
    }

    @Override
    public Instant changed() {
        return stored.changed();
    }

    @Override
    public Instant now() {
        return stored.now();
    }

    @Override
    public boolean usable() {
        return !stored.spent() && !stored.revoked() && !stored.expired();
    }
}
