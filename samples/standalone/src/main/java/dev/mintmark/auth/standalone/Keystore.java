package dev.mintmark.auth.standalone;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;

/** Looks into a key store before a server depends on it. */
final class Keystore {
    private Keystore() {}

    /** What is wrong with a key store, if anything is. */
    static Optional<String> fault(Configuration.Tls tls) {
        if (!tls.keystore().toFile().isFile()) return Optional.of("cannot be read: " + tls.keystore());
        try {
            KeyStore.getInstance(tls.keystore().toFile(), tls.password().toCharArray());
            return Optional.empty();
        } catch (GeneralSecurityException | IOException e) {
            return Optional.of("does not open with this password: " + tls.keystore());
        }
    }
}
