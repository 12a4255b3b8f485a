package dev.mintmark.auth.benchmarks;

import dev.mintmark.auth.protocol.SigningAlgorithm;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.function.Supplier;

/** What is measured, each beside the floor that no server gets below. */
public enum Operation {
    /** A bare HMAC. */
    SIGNATURE_HS256("signature, HS256", () -> Floor.signature(SigningAlgorithm.HS256)),
    /** A bare signature. */
    SIGNATURE_ES256("signature, ES256", () -> Floor.signature(SigningAlgorithm.ES256)),
    /** A bare signature. */
    SIGNATURE_EDDSA("signature, EdDSA", () -> Floor.signature(SigningAlgorithm.EDDSA)),
    /** A bare signature. */
    SIGNATURE_RS256("signature, RS256", () -> Floor.signature(SigningAlgorithm.RS256)),
    /** A bare check of a signature. */
    VERIFICATION_ES256("verification, ES256", () -> Floor.verification(SigningAlgorithm.ES256)),

    /** A JWT of eight claims. */
    MINTING_HS256("minting alone, HS256", SIGNATURE_HS256, () -> Party.minting(SigningAlgorithm.HS256)),
    /** A JWT of eight claims. */
    MINTING_ES256("minting alone, ES256", SIGNATURE_ES256, () -> Party.minting(SigningAlgorithm.ES256)),
    /** A JWT of eight claims. */
    MINTING_EDDSA("minting alone, EdDSA", SIGNATURE_EDDSA, () -> Party.minting(SigningAlgorithm.EDDSA)),
    /** A JWT of eight claims. */
    MINTING_RS256("minting alone, RS256", SIGNATURE_RS256, () -> Party.minting(SigningAlgorithm.RS256)),

    /** In-process. */
    CLIENT_CREDENTIALS_HS256(
            "client_credentials, HS256",
            SIGNATURE_HS256,
            () -> Party.signing(SigningAlgorithm.HS256).clientCredentials()),
    /** In-process. */
    CLIENT_CREDENTIALS_ES256(
            "client_credentials, ES256",
            SIGNATURE_ES256,
            () -> Party.signing(SigningAlgorithm.ES256).clientCredentials()),
    /** In-process. */
    CLIENT_CREDENTIALS_EDDSA(
            "client_credentials, EdDSA",
            SIGNATURE_EDDSA,
            () -> Party.signing(SigningAlgorithm.EDDSA).clientCredentials()),
    /** In-process. */
    CLIENT_CREDENTIALS_RS256(
            "client_credentials, RS256",
            SIGNATURE_RS256,
            () -> Party.signing(SigningAlgorithm.RS256).clientCredentials()),
    /** In-process, the token stored. */
    CLIENT_CREDENTIALS_OPAQUE(
            "client_credentials, opaque", () -> Party.hastyOpaque().clientCredentials()),

    /** From request to response. */
    POST_HS256(
            "POST client_credentials, HS256",
            SIGNATURE_HS256,
            () -> Party.signing(SigningAlgorithm.HS256).post()),
    /** From request to response. */
    POST_ES256(
            "POST client_credentials, ES256",
            SIGNATURE_ES256,
            () -> Party.signing(SigningAlgorithm.ES256).post()),

    /** A rotation with a new access token. */
    REFRESH_HS256(
            "refresh, HS256",
            SIGNATURE_HS256,
            () -> Party.signing(SigningAlgorithm.HS256).refresh()),
    /** A rotation with a new access token. */
    REFRESH_ES256(
            "refresh, ES256",
            SIGNATURE_ES256,
            () -> Party.signing(SigningAlgorithm.ES256).refresh()),

    /** A JWT is verified. */
    INTROSPECTION_HS256(
            "introspection, HS256",
            SIGNATURE_HS256,
            () -> Party.signing(SigningAlgorithm.HS256).introspection()),
    /** A JWT is verified. */
    INTROSPECTION_ES256(
            "introspection, ES256",
            VERIFICATION_ES256,
            () -> Party.signing(SigningAlgorithm.ES256).introspection()),
    /** A handle is looked up. */
    INTROSPECTION_OPAQUE("introspection, opaque", () -> Party.opaque().introspection());

    private final String title;
    private final Optional<Operation> floor;

    @SuppressWarnings("ImmutableEnumChecker") // lambdas without state
    private final Preparation preparation;

    /** Keys, a server, a request: what is not measured. */
    @FunctionalInterface
    private interface Preparation {
        Supplier<Object> prepare() throws GeneralSecurityException;
    }

    Operation(String title, Preparation preparation) {
        this.title = title;
        this.floor = Optional.empty();
        this.preparation = preparation;
    }

    Operation(String title, Operation floor, Preparation preparation) {
        this.title = title;
        this.floor = Optional.of(floor);
        this.preparation = preparation;
    }

    String title() {
        return title;
    }

    /** What of it is one signature or one check. */
    Optional<Operation> floor() {
        return floor;
    }

    /** Sets everything up; what comes back does the operation once, for one thread. */
    Supplier<Object> prepare() {
        try {
            return preparation.prepare();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has what is measured", e);
        }
    }
}
