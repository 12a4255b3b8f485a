package dev.mintmark.auth.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;

/** Looks into a key store before a server depends on it. */
final class Keystore {
    private Keystore() {}

    /** What is wrong with a key store, if anything is. */
    static Optional<String> fault(Configuration.Tls tls) {
        Path file = tls.keystore();
        try (InputStream in = Files.newInputStream(file)) {
            in.read();
        } catch (IOException e) {
            return Optional.of(Unreadable.because(file, e) + ": " + file);
        }
        try {
            KeyStore.getInstance(file.toFile(), tls.password().toCharArray());
            return Optional.empty();
        } catch (GeneralSecurityException | IOException e) {
            return Optional.of("does not open with this password: " + file);
        }
    }
}
