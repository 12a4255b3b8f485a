package dev.mintmark.auth.protocol;

import java.net.URI;

/**
 * An authorization request approved (RFC 6749 section 4.1.2). {@code toString} hides the code.
 *
 * @param code the authorization code
 * @param redirect where to send the browser: the client's URI with {@code code}, {@code state} and {@code iss} (RFC 9207)
 */
public record Approved(String code, URI redirect) {
    @Override
    public String toString() {
        return "a code";
    }
}
