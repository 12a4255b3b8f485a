package dev.mintmark.auth.protocol;

import java.nio.charset.StandardCharsets;

/** Texts that every store can keep. */
final class Text {
    /** How many characters a store must take. */
    static final int LONGEST = 255;

    private Text() {}

    static String checked(String what, String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            throw new IllegalArgumentException(what + " must have 1 to " + LONGEST + " characters");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(what + " must have no control characters");
        }
        // An unpaired surrogate has no encoding.
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException(what + " must have no unpaired surrogates");
        }
        return text;
    }
}
