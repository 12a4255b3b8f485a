package dev.mintmark.auth.keys;

import java.time.Instant;
import java.util.List;

/** The keys of one kind of token and one algorithm. Thread-safe. */
public interface KeyRing {
    /**
     * The key that signs now.
     *
     * @param now the time
     * @return the key
     */
    SigningKey signer(Instant now);

    /**
     * The keys that may have signed what is still valid, and the one that will sign next.
     *
     * @param now the time
     * @return the keys, the oldest first
     */
    List<SigningKey> keys(Instant now);

    /**
     * Makes a new key at once; it signs once it has been published long enough.
     *
     * @param now the time
     */
    void rotate(Instant now);

    /**
     * Makes a new key that signs at once, and forgets all others.
     *
     * @param now the time
     */
    void revoke(Instant now);

    /**
     * A ring that its owner changes, not the engine: configured keys, or keys derived from the server's secrets.
     *
     * @param keys the keys, the first signing
     * @return the ring
     */
    static KeyRing fixed(List<SigningKey> keys) {
        return new KeyRing() {
            @Override
            public SigningKey signer(Instant now) {
                return keys.get(0);
            }

            @Override
            public List<SigningKey> keys(Instant now) {
                return keys;
            }

            @Override
            public void rotate(Instant now) {
                // Whoever configured the keys replaces them.
            }

            @Override
            public void revoke(Instant now) {
                // As above.
            }
        };
    }
}
