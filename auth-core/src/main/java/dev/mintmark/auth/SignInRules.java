package dev.mintmark.auth;

import dev.mintmark.auth.store.AttemptStore.Limit;
import dev.mintmark.auth.token.TokenFormat;
import java.time.Duration;

/**
 * How often one may guess, and how long what a sign-in leaves behind can be used.
 *
 * @param guesses for one name from one network
 * @param challenge how long a challenge can be passed
 * @param attempts how often one challenge may be tried
 * @param resends how often a code may be sent again
 * @param device how long a device is remembered
 * @param mfaTokens the form of the token that names a challenge
 */
record SignInRules(
        Limit guesses, Duration challenge, int attempts, int resends, Duration device, TokenFormat mfaTokens) {
    /** Well above what one person needs, for everyone behind one address; below what filling the counters takes. */
    Limit fromOneNetwork() {
        return new Limit(20 * guesses.attempts(), guesses.within(), guesses.lock());
    }

    /** Of sign-ins that were begun and go nowhere. */
    Limit visits() {
        return new Limit(400 * guesses.attempts(), guesses.within(), guesses.lock());
    }

    /** Each invented name leaves counters for a day. */
    Limit fromOneNetworkInADay() {
        return new Limit(200 * guesses.attempts(), Duration.ofDays(1), Duration.ofMinutes(1));
    }

    /** Guesses at one name from everywhere: slowed, never shut, or anyone could shut anyone out. */
    Limit atOneName() {
        return new Limit(10 * guesses.attempts(), Duration.ofDays(1), Duration.ofMinutes(1));
    }

    /** From a network that has not guessed at a name which is guessed at too often. */
    Limit ofANewcomer() {
        return new Limit(1, Duration.ofDays(1), Duration.ofDays(1));
    }

    Limit atOneChallenge() {
        return new Limit(attempts, challenge, challenge);
    }

    /** Whoever knows the password may begin challenges at will: at one person's codes they all guess together. */
    Limit atOnePersonsCodes() {
        return new Limit(2 * attempts, Duration.ofDays(1), Duration.ofMinutes(15));
    }

    Limit sendings() {
        return new Limit(1 + resends, challenge, challenge);
    }

    Limit sendingsToOnePerson() {
        return new Limit(3 * (1 + resends), Duration.ofHours(1), Duration.ofMinutes(15));
    }
}
