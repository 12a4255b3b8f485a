package dev.mintmark.auth;

import dev.mintmark.auth.wire.WireRequest;
import dev.mintmark.auth.wire.WireResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * What browsers keep for the server (RFC 6265): three handles, none of which a script sees. The names have a hash of the issuer,
 * so that several servers on one host do not meet.
 */
final class Cookies {
    /** Which. */
    enum Name {
        /** The session: who is signed in. */
        SESSION,
        /** The browser: whose interactions these are. */
        BROWSER,
        /** The device: on which a second factor was passed. */
        DEVICE
    }

    private final String prefix;
    private final String attributes;

    Cookies(Settings settings) {
        boolean https = "https".equals(settings.baseUri().getScheme());
        String path = settings.baseUri().getRawPath();
        this.prefix = (https ? "__Host-" : "") + "mintmark-" + hash(settings.issuer()) + '-';
        // __Host- wants the root of the host and https; it keeps neighbours on other hosts of the domain from setting
        // it
        String where = https || path.isEmpty() ? "/" : path;
        this.attributes = "; Path=" + where + "; HttpOnly; SameSite=Lax" + (https ? "; Secure" : "");
    }

    private static String hash(String issuer) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(issuer.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 5);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private String named(Name name) {
        return prefix + name.name().toLowerCase(Locale.ROOT);
    }

    /** What the browser keeps; nothing that no handle of ours could be. */
    Optional<String> read(WireRequest request, Name name) {
        return request.cookie(named(name)).filter(value -> value.matches("[A-Za-z0-9_-]{43}"));
    }

    /** Until the browser is closed. */
    WireResponse set(WireResponse response, Name name, String value) {
        return response.addingHeader("Set-Cookie", named(name) + '=' + value + attributes);
    }

    WireResponse set(WireResponse response, Name name, String value, Duration maxAge) {
        String line = named(name) + '=' + value + "; Max-Age=" + maxAge.toSeconds() + attributes;
        return response.addingHeader("Set-Cookie", line);
    }

    WireResponse clear(WireResponse response, Name name) {
        return set(response, name, "", Duration.ZERO);
    }
}
