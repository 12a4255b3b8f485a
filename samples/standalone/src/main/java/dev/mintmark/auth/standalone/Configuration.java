package dev.mintmark.auth.standalone;

import dev.mintmark.auth.servlet.TrustedProxies;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A file as understood.
 *
 * @param host where to listen
 * @param port where to listen
 * @param tls the server's certificate, if it speaks HTTPS
 * @param proxies who is believed about whence a request came
 * @param servers the servers, in the order of the file
 * @param file what the file says
 */
record Configuration(
        String host, int port, Optional<Tls> tls, TrustedProxies proxies, List<Mounted> servers, Value file) {
    static final String DEFAULT_HOST = "127.0.0.1";
    static final int DEFAULT_PORT = 9000;
    private static final int LEAST_SECRET = 32;

    /**
     * A key store: of a certificate and its key, or of certificates that are trusted.
     *
     * @param keystore a PKCS#12 file
     * @param password its password
     */
    record Tls(Path keystore, String password) {
        /** Hides the password. */
        @Override
        public String toString() {
            return keystore.toString();
        }
    }

    /** Reads a file: all of it, or nothing and every fault. Its servers will print codes, as they cannot send them. */
    static Optional<Configuration> read(
            String text, Path directory, Environment environment, PrintStream out, Faults faults) {
        Optional<Configuration> read =
                YamlFile.read(text, environment, faults).flatMap(Value::section).map(s -> read(s, directory, out));
        return faults.none() ? read : Optional.empty();
    }

    private static Configuration read(Section s, Path directory, PrintStream out) {
        String host = s.read("host", Value::text).orElse(DEFAULT_HOST);
        int port = s.read("port", v -> v.integer(0, 65535)).orElse(DEFAULT_PORT);
        Optional<Tls> tls = s.read("tls", Value::section).flatMap(t -> tls(t, directory));
        Optional<HttpClient> http = s.read("truststore", Value::section).flatMap(t -> trusting(t, directory));
        TrustedProxies proxies = TrustedProxies.of(s.find("trust_proxy_headers")
                .map(v -> v.each(Configuration::network))
                .orElse(List.of())
                .toArray(String[]::new));
        s.find("storage").ifPresent(Configuration::storage);
        List<byte[]> secrets =
                s.find("server_secret").map(Configuration::secrets).orElse(List.of());
        SecureRandom random = new SecureRandom();
        ServerReader reader =
                new ServerReader(directory, secrets, Hashes.of(s.at(), random), http, new PrintedCodes(out), random);
        List<Mounted> servers = s.required("servers", Value::list).orElse(List.of()).stream()
                .flatMap(v -> reader.read(v).stream())
                .toList();
        s.find("servers").filter(v -> v.isList() && v.items().isEmpty()).ifPresent(v -> v.fault("has no server"));
        s.end();
        mounts(s);
        return new Configuration(host, port, tls, proxies, servers, s.at());
    }

    private static Optional<Tls> tls(Section s, Path directory) {
        Optional<Tls> tls = store(s, "keystore", directory);
        tls.flatMap(Keystore::fault).ifPresent(words -> s.find("keystore").ifPresent(v -> v.fault(words)));
        return tls;
    }

    private static Optional<HttpClient> trusting(Section s, Path directory) {
        return store(s, "path", directory).flatMap(store -> {
            try {
                return Optional.of(Keystore.trusting(store));
            } catch (IOException e) {
                s.find("path").ifPresent(v -> v.fault(String.valueOf(e.getMessage())));
                return Optional.empty();
            }
        });
    }

    private static Optional<Tls> store(Section s, String key, Path directory) {
        Optional<Path> file = s.required(key, Value::text).map(directory::resolve);
        Optional<String> password = s.required("password", Value::text);
        s.end();
        return file.flatMap(path -> password.map(opens -> new Tls(path, opens)));
    }

    private static Optional<String> network(Value value) {
        return value.as(text -> {
            TrustedProxies.of(text);
            return text;
        });
    }

    private static void storage(Value value) {
        if (value.isMap()) value.fault("is not built yet: only memory is possible");
        else value.oneOf(List.of("memory"));
    }

    private static List<byte[]> secrets(Value value) {
        if (value.isList() && value.items().isEmpty()) value.fault("has no secret");
        return value.isList()
                ? value.each(Configuration::secret)
                : secret(value).stream().toList();
    }

    private static Optional<byte[]> secret(Value value) {
        return value.text().map(text -> text.getBytes(StandardCharsets.UTF_8)).filter(bytes -> {
            if (bytes.length < LEAST_SECRET) value.fault("must have at least 32 bytes, and has " + bytes.length);
            return bytes.length >= LEAST_SECRET;
        });
    }

    /** The path of an issuer is its mount path, so no two may have the same. */
    private static void mounts(Section s) {
        Map<String, String> byPath = new HashMap<>();
        for (Value server : s.find("servers").map(Value::items).orElse(List.of())) {
            server.member("issuer")
                    .ifPresent(issuer -> issuer.text().map(Configuration::path).ifPresent(path -> {
                        String other = byPath.putIfAbsent(path, issuer.path());
                        if (other != null) issuer.fault("has the same path as " + other);
                    }));
        }
    }

    private static String path(String issuer) {
        return issuer.replaceFirst("^[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*", "");
    }
}
