package dev.mintmark.auth.token;

import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.SigningAlgorithm;
import dev.mintmark.auth.protocol.TokenKind;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * One token to be struck. Immutable.
 *
 * <p>Its claims are all that does not depend on the moment of striking; what does is a {@link Stamp}.
 */
public final class TokenSpec {
    /** A claim that is known only when the token is struck. */
    public enum Stamp {
        /** {@code iat}. */
        ISSUED_AT,
        /** {@code nbf}, equal to {@code iat}. */
        NOT_BEFORE,
        /** {@code exp}. */
        EXPIRES,
        /** {@code jti}: a random UUID, {@linkplain TokenSpec#tokenId as this specification writes it}; for a refresh token its handle. */
        ID,
        /** {@code at_hash} (OpenID Connect Core section 3.1.3.6). */
        ACCESS_TOKEN_HASH
    }

    private final TokenKind kind;
    private final boolean issued;
    private final TokenFormat format;
    private final SigningAlgorithm algorithm;
    private final Duration lifetime;
    private final Optional<String> typ;
    private final boolean keyNamed;
    private final Claims claims;
    private final Set<Stamp> stamps;
    private final UnaryOperator<String> tokenId;

    private TokenSpec(
            TokenKind kind,
            boolean issued,
            TokenFormat format,
            SigningAlgorithm algorithm,
            Duration lifetime,
            Optional<String> typ,
            boolean keyNamed,
            Claims claims,
            Set<Stamp> stamps,
            UnaryOperator<String> tokenId) {
        this.kind = kind;
        this.issued = issued;
        this.format = format;
        this.algorithm = algorithm;
        this.lifetime = lifetime;
        this.typ = typ;
        this.keyNamed = keyNamed;
        this.claims = claims;
        this.stamps = stamps;
        this.tokenId = tokenId;
    }

    /**
     * A token to be struck, with no claim yet.
     *
     * @param kind what sort of token
     * @param format its form
     * @param algorithm how it is signed, if it is a JWT
     * @param lifetime how long it lives
     * @return the specification
     */
    public static TokenSpec of(TokenKind kind, TokenFormat format, SigningAlgorithm algorithm, Duration lifetime) {
        return new TokenSpec(
                kind,
                true,
                format,
                algorithm,
                lifetime,
                Optional.empty(),
                true,
                Claims.none(),
                stamps(List.of()),
                UnaryOperator.identity());
    }

    /**
     * The same, struck or not.
     *
     * @param value whether the answer holds this token
     * @return the new specification
     */
    public TokenSpec issued(boolean value) {
        return new TokenSpec(kind, value, format, algorithm, lifetime, typ, keyNamed, claims, stamps, tokenId);
    }

    /**
     * The same in another form.
     *
     * @param value the form
     * @return the new specification
     */
    public TokenSpec format(TokenFormat value) {
        return new TokenSpec(kind, issued, value, algorithm, lifetime, typ, keyNamed, claims, stamps, tokenId);
    }

    /**
     * The same, signed otherwise.
     *
     * @param value one of the algorithms the server has keys for
     * @return the new specification
     */
    public TokenSpec algorithm(SigningAlgorithm value) {
        return new TokenSpec(kind, issued, format, value, lifetime, typ, keyNamed, claims, stamps, tokenId);
    }

    /**
     * The same, living longer or shorter.
     *
     * @param value the lifetime; whole seconds count
     * @return the new specification
     */
    public TokenSpec lifetime(Duration value) {
        return new TokenSpec(kind, issued, format, algorithm, value, typ, keyNamed, claims, stamps, tokenId);
    }

    /**
     * The same with another {@code typ} header.
     *
     * @param value the header, if there is to be one
     * @return the new specification
     */
    public TokenSpec typ(Optional<String> value) {
        return new TokenSpec(kind, issued, format, algorithm, lifetime, value, keyNamed, claims, stamps, tokenId);
    }

    /**
     * The same with or without a {@code kid} header.
     *
     * @param value whether the header names the key
     * @return the new specification
     */
    public TokenSpec keyNamed(boolean value) {
        return new TokenSpec(kind, issued, format, algorithm, lifetime, typ, value, claims, stamps, tokenId);
    }

    /**
     * The same with other claims.
     *
     * @param value all claims that do not depend on the moment
     * @return the new specification
     */
    public TokenSpec claims(Claims value) {
        return new TokenSpec(kind, issued, format, algorithm, lifetime, typ, keyNamed, value, stamps, tokenId);
    }

    /**
     * The same with a claim more, or replaced.
     *
     * @param name its name
     * @param value its value
     * @return the new specification
     */
    public TokenSpec claim(String name, Object value) {
        return claims(claims.with(name, value));
    }

    /**
     * The same without some claims.
     *
     * @param names their names
     * @return the new specification
     */
    public TokenSpec without(String... names) {
        return claims(claims.without(names));
    }

    /**
     * The same with just these stamps.
     *
     * @param values the stamps
     * @return the new specification
     */
    public TokenSpec stamped(Stamp... values) {
        return new TokenSpec(
                kind, issued, format, algorithm, lifetime, typ, keyNamed, claims, stamps(List.of(values)), tokenId);
    }

    /**
     * The same with its {@code jti} written otherwise; a refresh token's stays its handle.
     *
     * @param value from a UUID to a {@code jti} that is as unlikely to come twice
     * @return the new specification
     */
    public TokenSpec tokenId(UnaryOperator<String> value) {
        return new TokenSpec(kind, issued, format, algorithm, lifetime, typ, keyNamed, claims, stamps, value);
    }

    private static Set<Stamp> stamps(List<Stamp> values) {
        return Collections.unmodifiableSet(values.isEmpty() ? EnumSet.noneOf(Stamp.class) : EnumSet.copyOf(values));
    }

    /**
     * What sort of token.
     *
     * @return the kind
     */
    public TokenKind kind() {
        return kind;
    }

    /**
     * Whether the answer holds this token.
     *
     * @return whether it is struck
     */
    public boolean issued() {
        return issued;
    }

    /**
     * Its form.
     *
     * @return JWT or opaque
     */
    public TokenFormat format() {
        return format;
    }

    /**
     * How it is signed, if it is a JWT.
     *
     * @return the algorithm
     */
    public SigningAlgorithm algorithm() {
        return algorithm;
    }

    /**
     * How long it lives.
     *
     * @return a lifetime, of which whole seconds count
     */
    public Duration lifetime() {
        return lifetime;
    }

    /**
     * The {@code typ} header.
     *
     * @return empty for none
     */
    public Optional<String> typ() {
        return typ;
    }

    /**
     * Whether the header names the key.
     *
     * @return whether there is a {@code kid}
     */
    public boolean keyNamed() {
        return keyNamed;
    }

    /**
     * The claims that do not depend on the moment.
     *
     * @return claims
     */
    public Claims claims() {
        return claims;
    }

    /**
     * The claims that do.
     *
     * @return stamps
     */
    public Set<Stamp> stamps() {
        return stamps;
    }

    /**
     * How its {@code jti} is written.
     *
     * @return from a UUID to a {@code jti}
     */
    public UnaryOperator<String> tokenId() {
        return tokenId;
    }
}
