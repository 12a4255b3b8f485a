package dev.mintmark.auth.client;

import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.Refused;

/** What a proof may need of the engine to be checked. Only the engine makes one; it will grow by methods. Thread-safe. */
public interface ProofCheck {
    /**
     * Checks a secret, within bounds on how many costly checks go on at once.
     *
     * @param client whose secret
     * @param presented the secret as presented
     * @return whether it is one of the client's
     * @throws Refused {@code temporarily_unavailable} if too many costly checks are under way
     */
    boolean secret(Client client, String presented);
}
