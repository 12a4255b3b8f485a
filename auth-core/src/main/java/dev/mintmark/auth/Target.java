package dev.mintmark.auth;

import dev.mintmark.auth.protocol.Client;
import java.net.URI;
import java.util.Optional;

/** Where an answer goes: for what a client has sent a person here. */
sealed interface Target {
    /** Who asks. */
    Client client();

    /** Who asks, if it is not the server itself. */
    default Optional<Client> asking() {
        return Optional.of(client());
    }

    /** Where the browser ends, for a Content-Security-Policy; empty if it stays. */
    Optional<String> leadsTo();

    /** Back to the client, with a code (RFC 6749 section 4.1.2). */
    record Redirect(Client client, URI uri, boolean named, ResponseMode mode, Optional<String> state)
            implements Target {
        @Override
        public Optional<String> leadsTo() {
            return source(uri);
        }

        static Optional<String> source(URI uri) {
            // A source expression has no IPv6 addresses.
            Optional<String> host = Optional.ofNullable(uri.getHost()).filter(name -> !name.startsWith("["));
            String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
            return host.map(name -> uri.getScheme() + "://" + name + port).or(() -> Optional.of(uri.getScheme() + ":"));
        }
    }

    /** To a page of the server's own. */
    record Own(Client client, String path) implements Target {
        @Override
        public Optional<Client> asking() {
            return Optional.empty();
        }

        @Override
        public Optional<String> leadsTo() {
            return Optional.empty();
        }
    }

    /** Into the client's own hands: it asks the person itself (OAuth 2.0 for First-Party Applications). */
    record Direct(Client client) implements Target {
        @Override
        public Optional<String> leadsTo() {
            return Optional.empty();
        }
    }

    /** Nowhere: the device asks for it (RFC 8628 section 3.3). */
    record Device(Client client, String deviceCode, String userCode) implements Target {
        @Override
        public Optional<String> leadsTo() {
            return Optional.empty();
        }

        /** Hides the codes. */
        @Override
        public String toString() {
            return "a device of " + client;
        }
    }
}
