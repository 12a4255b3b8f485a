package dev.mintmark.auth.store;

import dev.mintmark.auth.protocol.Client;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Where clients are registered. Thread-safe.
 */
@FunctionalInterface
public interface ClientStore {
    /**
     * One client.
     *
     * @param clientId its identifier, as presented: 1 to 255 characters of printable ASCII
     * @return the client, empty if there is none or it is disabled
     * @throws StoreException if the store cannot be reached
     */
    Optional<Client> find(String clientId);

    /**
     * A fixed set of clients.
     *
     * @param clients the clients
     * @return a store of them
     * @throws IllegalArgumentException if two have the same identifier
     */
    static ClientStore of(Client... clients) {
        Map<String, Client> byId = Arrays.stream(clients)
                .collect(Collectors.toUnmodifiableMap(Client::clientId, Function.identity(), (a, b) -> {
                    throw new IllegalArgumentException("two clients are called " + a.clientId());
                }));
        return clientId -> Optional.ofNullable(byId.get(clientId));
    }
}
