package dev.mintmark.auth;

import dev.mintmark.auth.client.ClientAuthMethod;
import dev.mintmark.auth.client.ClientAuthMethod.Presented;
import dev.mintmark.auth.client.ProofCheck;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.ClientRequest;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.protocol.Refused;
import dev.mintmark.auth.store.ClientStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** From a proof to a client (RFC 6749 sections 2.3 and 3.2.1). The only way an endpoint comes by one. */
final class ClientAuthenticator {
    private static final Set<String> SECRET_METHODS = Set.of("client_secret_basic", "client_secret_post");

    private final ClientStore clients;
    private final List<ClientAuthMethod> methods;
    private final ProofCheck check;
    private final Anonymous anonymous;
    private final boolean headerOrBody;

    ClientAuthenticator(AuthorizationServerBuilder b, ProofCheck check) {
        this.clients = b.clientsOrNone();
        this.methods = List.copyOf(b.methods);
        this.check = check;
        this.anonymous = b.anonymous();
        this.headerOrBody = b.secretInHeaderOrBody;
    }

    /**
     * Whose a request without any credentials is.
     *
     * @param client a public client; empty for no one's
     * @param alone whether it is the only client there is, and no request's credentials are looked at
     * @param continuing whether a client that proved itself when something began may go on with it without proof
     */
    record Anonymous(Optional<Client> client, boolean alone, boolean continuing) {
        boolean is(String clientId) {
            return client.filter(known -> known.clientId().equals(clientId)).isPresent();
        }
    }

    /** Who cannot be a client is unknown, before the store is asked: it need not be able to look for any text. */
    static Optional<Client> find(ClientStore clients, String clientId) {
        return Client.isClientId(clientId) ? clients.find(clientId) : Optional.empty();
    }

    /** A client by name alone: for what no client asks for. */
    Optional<Client> known(String clientId) {
        return anonymous.is(clientId) ? anonymous.client() : find(clients, clientId);
    }

    private record Proof(ClientAuthMethod method, Presented presented) {}

    Client authenticate(ClientRequest request) {
        return authenticate(request, params -> Optional.empty());
    }

    /** The same where something may go on that was begun: its client is whose the handle says it is. */
    Client authenticate(ClientRequest request, Function<Params, Optional<String>> begun) {
        if (anonymous.alone()) return anonymous.client().orElseThrow();
        Optional<Proof> found = proof(request);
        if (found.isEmpty()) return anonymous(request, begun);
        Proof proof = found.get();
        // RFC 6749 section 3.2.1: a client_id in the body beside another proof must be the same client's
        Optional<String> named = request.params().get("client_id");
        if (named.isPresent() && !named.get().equals(proof.presented().clientId())) {
            throw Refusal.badParameter("client_id", "is not the authenticated client")
                    .thrown();
        }
        Client client = Optional.of(proof.presented().clientId())
                .filter(id -> !anonymous.is(id))
                .flatMap(id -> find(clients, id))
                // Whatever stands there is unproven, and may be a secret in the wrong place: no log is told of it.
                .orElseThrow(() -> unproven("no such client"));
        if (proof.method().name().equals("none") && !client.isPublic()) {
            throw Refusal.of(ErrorCode.INVALID_CLIENT, client + " sent no proof")
                    .about("client_secret")
                    .thrown();
        }
        if (!registered(client, proof.method().name())) {
            throw unproven(client + " is registered for " + client.tokenEndpointAuthMethod() + ", and used "
                    + proof.method().name());
        }
        if (!proof.presented().proves(client, check)) throw unproven("the proof of " + client + " does not hold");
        return client;
    }

    private Client anonymous(ClientRequest request, Function<Params, Optional<String>> begun) {
        if (request.params().get("client_id").isPresent()) {
            throw Refusal.of(ErrorCode.INVALID_CLIENT, "a client that sent no proof")
                    .about("client_secret")
                    .thrown();
        }
        return Optional.of(request.params())
                .filter(any -> anonymous.continuing())
                .flatMap(begun)
                .flatMap(this::known)
                .or(anonymous::client)
                .orElseThrow(() -> Refusal.of(ErrorCode.INVALID_CLIENT, "no client credentials")
                        .about("client_id")
                        .thrown());
    }

    private Optional<Proof> proof(ClientRequest request) {
        List<Proof> proofs = new ArrayList<>(1);
        Optional<Proof> bare = Optional.empty();
        for (ClientAuthMethod method : methods) {
            Optional<Proof> found = method.find(request).map(presented -> new Proof(method, presented));
            if (method.name().equals("none")) bare = found;
            else found.ifPresent(proofs::add);
        }
        // RFC 6749 section 2.3: MUST NOT use more than one authentication method in each request
        if (proofs.size() > 1) {
            throw Refusal.of(ErrorCode.INVALID_REQUEST, "more than one authentication method")
                    .saying("more than one client authentication method was used")
                    .thrown();
        }
        if (!proofs.isEmpty()) return Optional.of(leavingNothing(proofs.get(0), request));
        if (request.authorization().isPresent()) throw unproven("an Authorization header of an unknown scheme");
        return bare;
    }

    /** Credentials that are sent must verify: a header that a proof does not come from is someone's, and no one looked at it. */
    private static Proof leavingNothing(Proof proof, ClientRequest request) {
        boolean elsewhere = request.authorization().isPresent()
                && proof.method().find(request.withoutAuthorization()).isPresent();
        if (elsewhere) throw unproven("an Authorization header beside another proof");
        return proof;
    }

    private boolean registered(Client client, String method) {
        return client.tokenEndpointAuthMethod().equals(method)
                || (headerOrBody
                        && SECRET_METHODS.contains(method)
                        && SECRET_METHODS.contains(client.tokenEndpointAuthMethod()));
    }

    private static Refused unproven(String reason) {
        return Refusal.of(ErrorCode.INVALID_CLIENT, reason).thrown();
    }
}
