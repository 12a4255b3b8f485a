package dev.mintmark.auth.client;

import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.ClientRequest;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.FormEncoding;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.protocol.Refused;
import java.util.Base64;
import java.util.Optional;

/** {@code client_secret_basic}: identifier and secret, form-encoded, in an HTTP Basic header (RFC 6749 section 2.3.1). */
public final class ClientSecretBasic implements ClientAuthMethod {
    private static final String SCHEME = "Basic ";

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
        try {
            byte[] pair = Base64.getDecoder().decode(encoded);
            int colon = 0;
            while (colon < pair.length && pair[colon] != ':') colon++;
            if (colon == pair.length) throw malformed();
            // RFC 6749 section 2.3.1: both are encoded by appendix B before they become a Basic user name and password
            String id = FormEncoding.decode(pair, 0, colon);
            String secret = FormEncoding.decode(pair, colon + 1, pair.length);
            // RFC 6749 appendix A: neither has control characters, in a header as in a body
            if ((id + secret).chars().anyMatch(Character::isISOControl)) throw malformed();
            return new ClientSecret(id, secret);
        } catch (IllegalArgumentException e) {
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
        public boolean proves(Client client, ProofCheck check) {
            return check.secret(client, secret);
        }

        /** Hides the secret. */
        @Override
        public String toString() {
            return clientId;
        }
    }
}
