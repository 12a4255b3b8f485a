package dev.mintmark.auth.client;

import dev.mintmark.auth.protocol.ClientRequest;
import java.util.Optional;

/** {@code client_secret_post}: identifier and secret in the body (RFC 6749 section 2.3.1). */
public final class ClientSecretPost implements ClientAuthMethod {
    /** The method. */
    public ClientSecretPost() {}

    @Override
    public String name() {
        return "client_secret_post";
    }

    @Override
    public Optional<Presented> find(ClientRequest request) {
        return request.params()
                .get("client_secret")
                .map(secret ->
                        new ClientSecretBasic.ClientSecret(request.params().required("client_id"), secret));
    }
}
