package dev.mintmark.auth.client;

import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.ClientRequest;
import java.util.Optional;

/** {@code none}: a public client, which only says who it is (RFC 6749 section 3.2.1). */
public final class PublicClient implements ClientAuthMethod {
    /** The method. */
    public PublicClient() {}

    @Override
    public String name() {
        return "none";
    }

    @Override
    public Optional<Presented> find(ClientRequest request) {
        // Other credentials beside a client_id are another method's; ClientAuthenticator prefers that one.
        return request.params().get("client_id").map(Named::new);
    }

    private record Named(String clientId) implements Presented {
        @Override
        public boolean proves(Client client, ProofCheck check) {
            return client.isPublic();
        }
    }
}
