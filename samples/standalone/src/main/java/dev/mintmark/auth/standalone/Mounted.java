package dev.mintmark.auth.standalone;

import dev.mintmark.auth.AuthorizationServer;
import java.net.URI;

/**
 * A server and where it stands.
 *
 * @param issuer its base URI, whose path is the mount path
 * @param server the server
 */
record Mounted(URI issuer, AuthorizationServer server) {
    String path() {
        return issuer.getRawPath();
    }
}
