package dev.mintmark.auth.pages;

import dev.mintmark.auth.prompt.Prompt;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Another way to prove the second factor, or the same with a new code.
 *
 * @param factor its type
 * @param again whether it is the one that is asked for already
 */
record FactorWay(String factor, boolean again) {
    private static final Set<String> SENT = Set.of("email", "sms");

    static List<FactorWay> of(Prompt.SecondFactor prompt) {
        return Stream.concat(
                        Stream.of(prompt.factor()).filter(f -> SENT.contains(f) && !isUnsent(prompt)),
                        prompt.others().stream().filter(f -> !f.equals(prompt.factor())))
                .map(f -> new FactorWay(f, f.equals(prompt.factor())))
                .toList();
    }

    /** Whether a code is asked for that was not sent yet. */
    static boolean isUnsent(Prompt.SecondFactor prompt) {
        return SENT.contains(prompt.factor()) && prompt.sentTo().isEmpty();
    }

    /** Whether a code is sent for it: that takes a form, a link would send one whenever it is followed. */
    boolean sent() {
        return SENT.contains(factor);
    }
}
