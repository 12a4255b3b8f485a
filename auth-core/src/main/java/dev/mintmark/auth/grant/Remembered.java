package dev.mintmark.auth.grant;

import dev.mintmark.auth.protocol.Authorization;
import dev.mintmark.auth.protocol.Claims;
import java.time.Instant;

/** Something the engine remembers under a handle. Only the engine makes one. Immutable. */
public interface Remembered {
    /**
     * What was authorized, or is about to be.
     *
     * @return the authorization
     */
    Authorization authorization();

    /**
     * What else was put down with it.
     *
     * @return the details, as they were given
     */
    Claims details();

    /**
     * When it may be forgotten.
     *
     * @return the moment of expiry
     */
    Instant expires();

    /**
     * When it was last written.
     *
     * @return by the store's time
     */
    Instant changed();

    /**
     * The store's time when it was read.
     *
     * @return by which expiry is judged
     */
    Instant now();

    /**
     * Whether it can still be used.
     *
     * @return false once it is expired, spent or revoked
     */
    boolean usable();
}
