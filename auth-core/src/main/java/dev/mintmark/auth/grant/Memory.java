package dev.mintmark.auth.grant;

import dev.mintmark.auth.protocol.Authorization;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.store.Change;
import dev.mintmark.auth.store.Kind;
import java.time.Duration;
import java.util.Optional;

/**
 * The engine's memory, for grants and endpoints that bring kinds of their own. It hashes handles and encrypts what a store
 * keeps; it makes changes, which take effect in a decision. Only the engine makes one. Thread-safe.
 */
public interface Memory {
    /**
     * A handle no one can guess.
     *
     * @return 256 random bits, 43 characters of base64url
     */
    String newHandle();

    /**
     * Remembers something new.
     *
     * @param kind what it is
     * @param handle by what it will be recalled; its hash alone is kept
     * @param authorization what was authorized, or is about to be
     * @param details what else to put down
     * @param lifetime how long it can be used
     * @return the change, to be applied
     */
    Change remember(Kind kind, String handle, Authorization authorization, Claims details, Duration lifetime);

    /**
     * Recalls something.
     *
     * @param kind what it is
     * @param handle the handle
     * @return what is remembered, usable or not; empty if nothing is
     */
    Optional<Remembered> recall(Kind kind, String handle);

    /**
     * Replaces what is remembered, if no one else has meanwhile. Its expiry stays; its birth too, unless the authorization gets
     * another subject: then it is born now, so that what is revoked before a person approves does not cover the approval.
     *
     * @param remembered as recalled
     * @param authorization what is authorized from now on
     * @param details what else to put down
     * @return the change, to be applied
     */
    Change rewrite(Remembered remembered, Authorization authorization, Claims details);

    /**
     * Reads a note: something that belongs to no authorization, and that no revocation takes away.
     *
     * @param kind what it is
     * @param name by what it is known
     * @return the note, if there is one
     */
    Optional<Note> note(Kind kind, String name);

    /**
     * Writes a note, if no one else has meanwhile.
     *
     * @param kind what it is
     * @param name by what it is known
     * @param before as read; empty if there was none
     * @param details what to put down
     * @param lifetime how long it is kept from now on
     * @return the change, to be applied
     */
    Change note(Kind kind, String name, Optional<Note> before, Claims details, Duration lifetime);

    /**
     * Uses something up, if no one else has meanwhile.
     *
     * @param remembered as recalled
     * @return the change, to be applied
     */
    Change spend(Remembered remembered);
}
