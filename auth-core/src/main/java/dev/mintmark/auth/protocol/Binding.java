package dev.mintmark.auth.protocol;

/**
 * To what key of the sender a grant and its tokens are bound: the {@code cnf} claim. Immutable.
 */
public sealed interface Binding {
    /** To none: whoever bears the token may use it (RFC 6750). */
    Binding NONE = new Bearer();

    /**
     * The confirmation claim (RFC 7800 section 3.1).
     *
     * @return the members of {@code cnf}; empty for a bearer
     */
    Claims confirmation();

    /** No binding. */
    record Bearer() implements Binding {
        @Override
        public Claims confirmation() {
            return Claims.none();
        }
    }

    /**
     * A DPoP key (RFC 9449 section 6.1).
     *
     * @param jkt base64url SHA-256 thumbprint of the public key (RFC 7638)
     */
    record Dpop(String jkt) implements Binding {
        @Override
        public Claims confirmation() {
            return Claims.of("jkt", jkt);
        }
    }

    /**
     * A client certificate (RFC 8705 section 3.1).
     *
     * @param x5tS256 base64url SHA-256 of the DER certificate
     */
    record Certificate(String x5tS256) implements Binding {
        @Override
        public Claims confirmation() {
            return Claims.of("x5t#S256", x5tS256);
        }
    }

    /**
     * Reads the confirmation claim.
     *
     * @param confirmation the members of {@code cnf}
     * @return the binding; {@link #NONE} if there is no member
     * @throws IllegalArgumentException if the members are none this version knows: to drop a binding is to lose it
     */
    static Binding of(Claims confirmation) {
        if (confirmation.isEmpty()) return NONE;
        if (confirmation.string("jkt").isPresent())
            return new Dpop(confirmation.string("jkt").get());
        return new Certificate(confirmation
                .string("x5t#S256")
                .orElseThrow(() -> new IllegalArgumentException("unknown confirmation " + confirmation)));
    }
}
