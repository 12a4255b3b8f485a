package dev.mintmark.auth.grant;

import dev.mintmark.auth.protocol.Claims;

/** Something put down under a name that is no one's authorization, such as a count. Only the engine makes one. Immutable. */
public interface Note {
    /**
     * What was put down.
     *
     * @return the details, as they were given
     */
    Claims details();
}
