package dev.mintmark.auth.protocol;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A request that a client sends straight to the server, in the names of the RFCs and free of HTTP: to the token,
 * introspection and revocation endpoints. It holds the parameters and whatever the client proves itself with. Immutable.
 */
public final class ClientRequest {
    private final Params params;
    private final Optional<String> authorization;
    private final Optional<String> remoteAddress;

    private ClientRequest(Params params, Optional<String> authorization, Optional<String> remoteAddress) {
        this.params = params;
        this.authorization = authorization;
        this.remoteAddress = remoteAddress;
    }

    /**
     * A request with these parameters.
     *
     * @param params the parameters
     * @return the request, without credentials beyond what the parameters hold
     */
    public static ClientRequest of(Params params) {
        return new ClientRequest(params, Optional.empty(), Optional.empty());
    }

    /**
     * A token request.
     *
     * @param grant the grant type
     * @param namesAndValues further parameters: name, value, name, value...
     * @return the request
     */
    public static ClientRequest of(GrantType grant, String... namesAndValues) {
        return of(Params.of(namesAndValues).with("grant_type", grant.value()));
    }

    /**
     * The same with {@code client_secret_basic} credentials (RFC 6749 section 2.3.1).
     *
     * @param clientId the client
     * @param secret its secret
     * @return the new request
     */
    public ClientRequest withBasic(String clientId, String secret) {
        String pair = URLEncoder.encode(clientId, StandardCharsets.UTF_8)
                + ":"
                + URLEncoder.encode(secret, StandardCharsets.UTF_8);
        return withAuthorization("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * The same with {@code client_secret_post} credentials (RFC 6749 section 2.3.1).
     *
     * @param clientId the client
     * @param secret its secret
     * @return the new request
     */
    public ClientRequest withPost(String clientId, String secret) {
        return new ClientRequest(
                params.with("client_id", clientId).with("client_secret", secret), authorization, remoteAddress);
    }

    /**
     * The same from a public client, which has no secret.
     *
     * @param clientId the client
     * @return the new request
     */
    public ClientRequest withClientId(String clientId) {
        return new ClientRequest(params.with("client_id", clientId), authorization, remoteAddress);
    }

    /**
     * The same with an Authorization header.
     *
     * @param header the header's value
     * @return the new request
     */
    public ClientRequest withAuthorization(String header) {
        return new ClientRequest(params, Optional.of(header), remoteAddress);
    }

    /**
     * The same without an Authorization header.
     *
     * @return the new request
     */
    public ClientRequest withoutAuthorization() {
        return new ClientRequest(params, Optional.empty(), remoteAddress);
    }

    /**
     * The same from an address.
     *
     * @param address the client's network address, as far as it is known
     * @return the new request
     */
    public ClientRequest withRemoteAddress(String address) {
        return new ClientRequest(params, authorization, Optional.of(address));
    }

    /**
     * The parameters.
     *
     * @return in RFC names
     */
    public Params params() {
        return params;
    }

    /**
     * The Authorization header.
     *
     * @return its value, if there was one
     */
    public Optional<String> authorization() {
        return authorization;
    }

    /**
     * Whence the request came.
     *
     * @return a network address, if known
     */
    public Optional<String> remoteAddress() {
        return remoteAddress;
    }
}
