package dev.mintmark.auth.client;

import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.Refused;

/** Checks clients' secrets within bounds: only the engine makes one. Thread-safe. */
@FunctionalInterface
public interface SecretCheck {
    /**
     * Checks a secret.
     *
     * @param client whose secret
     * @param presented the secret as presented
     * @return whether it is one of the client's
     * @throws Refused {@code temporarily_unavailable} if too many costly checks are under way
     */
    boolean matches(Client client, String presented);
}
