package dev.mintmark.auth;

import dev.mintmark.auth.protocol.Authentication;
import java.time.Duration;
import java.util.List;

/**
 * What holds for people who sign in with a browser.
 *
 * @param idle how long a session lasts without use
 * @param most how long a session lasts in any case
 * @param interaction how long an interaction may take
 * @param consent how long a consent is remembered
 * @param code how long a code that was sent is good
 * @param device how long a device is remembered
 * @param oneFactor the context class of a sign-in with one factor
 * @param twoFactors the context class of a sign-in with two
 */
record BrowserRules(
        Duration idle,
        Duration most,
        Duration interaction,
        Duration consent,
        Duration code,
        Duration device,
        String oneFactor,
        String twoFactors) {
    List<String> contextClasses() {
        return List.of(oneFactor, twoFactors);
    }

    /** What a sign-in amounts to: what it says itself, or what can be seen of it. */
    String contextClass(Authentication authentication) {
        return authentication.acr().orElse(authentication.amr().contains("mfa") ? twoFactors : oneFactor);
    }

    /** RFC 9470 section 4: of the classes that were asked for, the best that is met; else what was proven. */
    String told(String has, List<String> wanted) {
        return wanted.stream().filter(one -> serves(has, one)).findFirst().orElse(has);
    }

    /** A higher class serves for a lower one; one that is not ours serves for itself. */
    boolean serves(String has, String wanted) {
        return has.equals(wanted) || (has.equals(twoFactors) && wanted.equals(oneFactor));
    }
}
