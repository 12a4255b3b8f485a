package dev.mintmark.auth;

import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Refusal;
import java.util.Optional;

/** What became of a call: members, or a refusal that the listener has already been told of. */
record Answer(Claims claims, Optional<Refusal> refusal) {
    Claims orThrow() {
        if (refusal.isPresent()) throw refusal.get().thrown();
        return claims;
    }
}
