package dev.mintmark.auth;

import java.util.List;
import java.util.Locale;

/** What a server can be asked over HTTP. A path that is given to none of these does not exist. */
public enum Endpoint {
    /** RFC 6749 section 3.2. */
    TOKEN("/token", "token_endpoint", false, true),
    /** RFC 7662. */
    INTROSPECTION("/introspect", "introspection_endpoint", false, false),
    /** RFC 7009. */
    REVOCATION("/revoke", "revocation_endpoint", false, true),
    /** RFC 7517 section 5. */
    JWKS("/jwks", "jwks_uri", true, true),
    /** RFC 8414. */
    METADATA("/.well-known/oauth-authorization-server", "", true, true);

    private final String path;
    private final String metadata;
    private final boolean document;
    private final boolean crossOrigin;

    Endpoint(String path, String metadata, boolean document, boolean crossOrigin) {
        this.path = path;
        this.metadata = metadata;
        this.document = document;
        this.crossOrigin = crossOrigin;
    }

    /**
     * Where it stands unless a profile says otherwise.
     *
     * @return a path below the base URI
     */
    public String path() {
        return path;
    }

    /**
     * What metadata calls it.
     *
     * @return a member of RFC 8414 section 2; empty if it is not listed
     */
    public String metadata() {
        return metadata;
    }

    /** What events call it. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The methods it answers. */
    List<String> methods() {
        return document ? List.of("GET", "HEAD") : List.of("POST");
    }

    /** Whether scripts of any origin may call it, without credentials of the browser. */
    boolean crossOrigin() {
        return crossOrigin;
    }
}
