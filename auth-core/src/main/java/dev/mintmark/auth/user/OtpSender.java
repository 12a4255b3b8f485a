package dev.mintmark.auth.user;

import dev.mintmark.auth.protocol.MfaFactor;
import dev.mintmark.auth.protocol.User;
import java.time.Duration;

/**
 * Sends a code to a person. The engine makes the code, bounds how many are sent, and checks what comes back. Thread-safe.
 */
@FunctionalInterface
public interface OtpSender {
    /**
     * Sends a code. Called on the thread of the request once the code is valid; hand slow work on.
     *
     * @param user to whom
     * @param factor by which channel, to which address
     * @param code six digits; not for a log
     * @param lifetime how long it can be used
     * @throws RuntimeException if it cannot be sent: the client is told to try again, and the listener is handed the exception,
     *     which must not hold the code
     */
    void send(User user, MfaFactor.SentCode factor, String code, Duration lifetime);
}
