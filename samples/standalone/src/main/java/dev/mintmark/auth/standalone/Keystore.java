package dev.mintmark.auth.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Looks into key stores before a server depends on them. */
final class Keystore {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Keystore() {}

    /** What is wrong with a key store, if anything is. */
    static Optional<String> fault(Configuration.Tls tls) {
        try {
            open(tls);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /**
     * A client that trusts the certificates of a key store, and no others.
     *
     * @throws IOException saying what is wrong with it
     */
    static HttpClient trusting(Configuration.Tls store) throws IOException {
        KeyStore certificates = open(store);
        try {
            boolean any = false;
            for (String alias : Collections.list(certificates.aliases())) any |= certificates.isCertificateEntry(alias);
            // As OpenSSL writes them: certificates, but not marked as trusted ones.
            if (!any) throw new IOException("has no trusted certificate (keytool -importcert writes them): " + store);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(certificates);
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, trust.getTrustManagers(), null);
            return HttpClient.newBuilder()
                    .sslContext(tls)
                    .connectTimeout(PATIENCE)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
        } catch (GeneralSecurityException e) {
            throw new IOException("is no key store of certificates: " + store, e);
        }
    }

    private static KeyStore open(Configuration.Tls tls) throws IOException {
        Path file = tls.keystore();
        try (InputStream in = Files.newInputStream(file)) {
            in.read();
        } catch (IOException e) {
            throw new IOException(Unreadable.because(file, e) + ": " + file, e);
        }
        try {
            return KeyStore.getInstance(file.toFile(), tls.password().toCharArray());
        } catch (GeneralSecurityException | IOException e) {
            throw new IOException("does not open with this password: " + file, e);
        }
    }
}
