package dev.mintmark.auth.user;

import dev.mintmark.auth.protocol.Authorization;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.MfaFactor;
import dev.mintmark.auth.protocol.Refused;
import dev.mintmark.auth.protocol.Subject;
import dev.mintmark.auth.protocol.User;
import dev.mintmark.auth.store.Change;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Recognises people, for grants. Every guess is paid for before it is looked at, and a right one gives the payment
 * back; past a limit there is {@code too_many_attempts} with a time to wait, whoever asks and whether or not there is such a
 * person. Only the engine makes one. Thread-safe.
 */
public interface People {
    /**
     * Recognises a person by name and password.
     *
     * @param username as typed
     * @param password as typed
     * @param remoteAddress whence the guess comes, if that is known
     * @param deviceToken of a device that is remembered, if one was sent: it is not held back by guesses made elsewhere
     * @return the person, who may have second factors to pass
     * @throws Refused {@code invalid_grant} for an unknown name and a wrong password alike, {@code access_denied} for a right one
     *     of a person who is disabled, {@code too_many_attempts}, {@code temporarily_unavailable} if too many passwords are being
     *     hashed
     */
    User password(String username, String password, Optional<String> remoteAddress, Optional<String> deviceToken);

    /**
     * A person.
     *
     * @param subject the person's identifier
     * @return the person, active
     * @throws Refused {@code invalid_grant} if the person is gone or disabled
     */
    User standing(Subject subject);

    /**
     * Begins a challenge: a sign-in that waits for a second factor.
     *
     * @param pending what will be granted once it is passed; its client and binding are those that must pass it
     * @param user the person
     * @return the challenge
     */
    Challenge challenge(Authorization pending, User user);

    /**
     * A challenge that was begun.
     *
     * @param told what the client needs to go on: {@code mfa_token} and which factors there are
     * @param change to be applied before it is told
     */
    record Challenge(Claims told, Change change) {}

    /**
     * Checks the code of an authenticator.
     *
     * @param user the person
     * @param challenge the name of the challenge, to which the attempt is charged
     * @param code as typed
     * @return what proves it
     * @throws Refused {@code invalid_grant} if it is wrong, used, or the challenge's attempts are used up
     */
    Proven otp(User user, String challenge, String code);

    /**
     * Checks a code that was sent.
     *
     * @param user the person
     * @param challenge the name of the challenge, to which the attempt is charged
     * @param sent the factor and the code that were sent last; empty if none was
     * @param code as typed
     * @return what proves it
     * @throws Refused {@code invalid_grant} if it is wrong, or the challenge's attempts are used up
     */
    Proven sentCode(User user, String challenge, Optional<Sent> sent, String code);

    /**
     * Checks a recovery code.
     *
     * @param user the person
     * @param challenge the name of the challenge, to which the attempt is charged
     * @param code as typed
     * @return what proves it, and a new code for the one that is used up
     * @throws Refused {@code invalid_grant} if it is wrong, used, or the challenge's attempts are used up
     */
    Proven recoveryCode(User user, String challenge, String code);

    /**
     * A second factor that was passed.
     *
     * @param amr how, in the words of RFC 8176
     * @param change what must be written so that it cannot be passed again by the same code
     * @param told what the person is to be told
     */
    record Proven(List<String> amr, Change change, Claims told) {}

    /**
     * Makes a code to be sent.
     *
     * @param user the person
     * @param challenge the name of the challenge, to which the sending is charged
     * @param type {@code email} or {@code sms}
     * @return the code, for {@link #sentCode}; it is not sent yet
     * @throws Refused {@code unsupported_challenge_type} if the person has no such factor or there is no sender,
     *     {@code too_many_attempts} if too many were sent
     */
    Sent newCode(User user, String challenge, String type);

    /**
     * A code that was made for a factor.
     *
     * @param factor by which it is sent
     * @param code six digits
     */
    record Sent(MfaFactor.SentCode factor, String code) {
        /**
         * Reads what {@link #toClaims} wrote.
         *
         * @param claims what was put down with a challenge
         * @return the code; empty if there is none
         */
        public static Optional<Sent> of(Claims claims) {
            return claims.string("code")
                    .map(code -> new Sent(
                            new MfaFactor.SentCode(
                                    MfaFactor.SentCode.Channel.valueOf(
                                            claims.string("channel").orElseThrow()),
                                    claims.string("address").orElseThrow()),
                            code));
        }

        /**
         * The code, to be put down with a challenge.
         *
         * @return members for the engine's encrypted memory alone
         */
        public Claims toClaims() {
            return Claims.of("channel", factor.channel().name())
                    .with("address", factor.address())
                    .with("code", code);
        }

        /** Hides the code. */
        @Override
        public String toString() {
            return "a code by " + factor.type();
        }
    }

    /**
     * Sends a code.
     *
     * @param user to whom
     * @param sent the code
     * @param lifetime how long it can still be used
     * @throws RuntimeException if it cannot be sent: the client is told {@code temporarily_unavailable}
     */
    void send(User user, Sent sent, Duration lifetime);

    /**
     * Remembers the device on which a person just passed a second factor.
     *
     * @param granted what was granted there
     * @param user the person
     * @return a token for the device, good for this person at this client until password or factors change, and how to write it
     */
    Device remember(Authorization granted, User user);

    /**
     * A device to be remembered.
     *
     * @param token for the device
     * @param change to be applied before it is told
     */
    record Device(String token, Change change) {
        /** Hides the token. */
        @Override
        public String toString() {
            return "a device token";
        }
    }

    /**
     * Whether a device is remembered.
     *
     * @param token as presented
     * @param client at which client
     * @param user for whom
     * @return whether this person need not pass a second factor again
     */
    boolean knows(String token, String client, User user);
}
