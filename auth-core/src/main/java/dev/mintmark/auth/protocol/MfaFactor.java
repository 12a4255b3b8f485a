package dev.mintmark.auth.protocol;

import java.util.List;
import java.util.stream.Collectors;

/** A second factor that a person has. Immutable; {@code toString} hides what is secret. */
public sealed interface MfaFactor permits Totp, MfaFactor.SentCode, MfaFactor.RecoveryCodes {
    /**
     * What sort of factor it is.
     *
     * @return {@code otp}, {@code email}, {@code sms} or {@code recovery-code}
     */
    String type();

    /**
     * What tells this factor from the one before it, when it was changed. Tells nothing of what is secret.
     *
     * @return a text that changes with the factor
     */
    String fingerprint();

    /**
     * A code that is sent to the person.
     *
     * @param channel how
     * @param address where to: an e-mail address, a telephone number
     */
    record SentCode(Channel channel, String address) implements MfaFactor {
        /** The ways to send a code. */
        public enum Channel {
            /** By e-mail. */
            EMAIL("email"),
            /** By text message. */
            SMS("sms");

            private final String value;

            Channel(String value) {
                this.value = value;
            }
        }

        @Override
        public String type() {
            return channel.value;
        }

        @Override
        public String fingerprint() {
            return channel.value + ' ' + address;
        }
    }

    /**
     * Codes that the person keeps for when nothing else is at hand, each good for one use and
     * compared letter by letter.
     *
     * @param codes at most {@value #MOST}: each wrong guess is checked against all of them
     */
    record RecoveryCodes(List<Secret> codes) implements MfaFactor {
        /** The most codes that a person may have. */
        public static final int MOST = 16;

        /**
         * Codes.
         *
         * @param codes what checks them
         * @throws IllegalArgumentException if there are more than {@value #MOST}
         */
        public RecoveryCodes {
            codes = List.copyOf(codes);
            if (codes.size() > MOST) throw new IllegalArgumentException("at most " + MOST + " recovery codes");
        }

        @Override
        public String type() {
            return "recovery-code";
        }

        @Override
        public String fingerprint() {
            return codes.stream().map(Secret::stored).collect(Collectors.joining(" "));
        }
    }
}
