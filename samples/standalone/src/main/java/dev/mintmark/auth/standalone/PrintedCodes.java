package dev.mintmark.auth.standalone;

import dev.mintmark.auth.protocol.MfaFactor;
import dev.mintmark.auth.protocol.User;
import dev.mintmark.auth.user.OtpSender;
import java.io.PrintStream;
import java.time.Duration;

/**
 * Prints codes instead of sending them, a line each: {@code mintmark: code for alice by email to alice@example.com: 123456}.
 */
final class PrintedCodes implements OtpSender {
    private final PrintStream out;

    PrintedCodes(PrintStream out) {
        this.out = out;
    }

    @Override
    public void send(User user, MfaFactor.SentCode factor, String code, Duration lifetime) {
        String name = user.username().orElse(user.subject().value());
        out.println("mintmark: code for " + name + " by " + factor.type() + " to " + factor.address() + ": " + code);
        out.flush();
    }
}
