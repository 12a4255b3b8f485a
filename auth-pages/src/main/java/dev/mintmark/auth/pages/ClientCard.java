package dev.mintmark.auth.pages;

import dev.mintmark.auth.protocol.Client;
import java.net.URI;
import java.util.Optional;

/**
 * What people see of a client (RFC 7591 section 2).
 *
 * @param name {@code client_name}, or the identifier
 * @param logo {@code logo_uri}
 * @param policy {@code policy_uri}
 * @param terms {@code tos_uri}
 */
record ClientCard(String name, Optional<String> logo, Optional<String> policy, Optional<String> terms) {
    static ClientCard of(Client client) {
        return new ClientCard(
                client.clientName().filter(n -> !n.isBlank()).orElse(client.clientId()),
                https(client, "logo_uri"),
                https(client, "policy_uri"),
                https(client, "tos_uri"));
    }

    /** Clients may have registered themselves: no other scheme is shown, be it insecure or a script. */
    private static Optional<String> https(Client client, String member) {
        return client.metadata().string(member).filter(ClientCard::isHttps);
    }

    static boolean isHttps(String text) {
        try {
            URI uri = URI.create(text);
            // "https://bank.example@evil.example/" is not what it looks like.
            return "https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null && uri.getUserInfo() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    boolean hasLinks() {
        return policy.isPresent() || terms.isPresent();
    }
}
