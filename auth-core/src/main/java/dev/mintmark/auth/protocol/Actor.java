package dev.mintmark.auth.protocol;

import java.util.Optional;

/**
 * Who acts for the subject, and for whom that one acted before: the {@code act} claim (RFC 8693 section 4.1). Immutable.
 *
 * @param subject the actor's {@code sub}
 * @param before the actor before this one, if the delegation is a chain
 */
public record Actor(String subject, Optional<Actor> before) {
    /**
     * The claim's value.
     *
     * @return {@code {"sub":..,"act":..}}
     */
    public Claims toClaims() {
        return Claims.builder()
                .put("sub", subject)
                .put("act", before.map(Actor::toClaims))
                .build();
    }

    /**
     * Reads the claim's value.
     *
     * @param claims {@code {"sub":..,"act":..}}
     * @return the actor, empty if there is no {@code sub}
     */
    public static Optional<Actor> of(Claims claims) {
        return claims.string("sub").map(sub -> new Actor(sub, of(claims.object("act"))));
    }
}
