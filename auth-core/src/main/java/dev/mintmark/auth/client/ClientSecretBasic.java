package dev.mintmark.auth.client;

import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.ClientRequest;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.protocol.Refused;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code client_secret_basic}: identifier and secret, form-encoded, in an HTTP Basic header (RFC 6749 section 2.3.1). */
public final class ClientSecretBasic implements ClientAuthMethod {
    private static final String SCHEME = "Basic ";
    private static final Pattern NO_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    /** The method. */
    public ClientSecretBasic() {}

    @Override
    public String name() {
        return "client_secret_basic";
    }

    @Override
    public Optional<Presented> find(ClientRequest request) {
        return request.authorization()
                .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(header -> read(header.substring(SCHEME.length()).strip()));
    }

    private static Presented read(String encoded) {
        String pair = pair(encoded);
        int colon = pair.indexOf(':');
        if (colon < 0) throw malformed();
        return new ClientSecret(decode(pair.substring(0, colon)), decode(pair.substring(colon + 1)));
    }

    /** Each character is one byte still. */
    private static String pair(String encoded) {
        try {
            return new String(Base64.getDecoder().decode(encoded), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
    }

    // RFC 6749 section 2.3.1: both are encoded by appendix B before they become a Basic user name and password
    private static String decode(String text) {
        // URLDecoder takes signs for digits, and puts U+FFFD where bytes are no UTF-8.
        if (NO_ESCAPE.matcher(text).find()) throw malformed();
        String bytes = URLDecoder.decode(text, StandardCharsets.ISO_8859_1);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed();
        }
    }

    private static Refused malformed() {
        return Refusal.of(ErrorCode.INVALID_CLIENT, "the Basic header is malformed")
                .about("authorization")
                .thrown();
    }

    /** An identifier with a secret, however they came. */
    record ClientSecret(String clientId, String secret) implements Presented {
        @Override
        public boolean proves(Client client, SecretCheck secrets) {
            return secrets.matches(client, secret);
        }

        /** Hides the secret. */
        @Override
        public String toString() {
            return clientId;
        }
    }
}
