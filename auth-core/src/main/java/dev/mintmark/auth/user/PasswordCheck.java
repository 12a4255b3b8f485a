package dev.mintmark.auth.user;

import dev.mintmark.auth.protocol.Refused;
import dev.mintmark.auth.protocol.Secret;
import dev.mintmark.auth.protocol.Subject;
import dev.mintmark.auth.protocol.User;
import dev.mintmark.auth.store.StoreException;
import dev.mintmark.auth.store.UserStore;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * Recognises a person by name and password: by the user store unless told otherwise, or by a directory, or another table. The
 * engine counts attempts and bounds how many checks go on at once before it asks. Thread-safe.
 */
@FunctionalInterface
public interface PasswordCheck {
    /**
     * Checks a name and a password. An unknown name must cost as much time as a wrong password.
     *
     * @param username as typed
     * @param password as typed
     * @return who it is; empty if the name is unknown or the password wrong
     * @throws Refused to say more once the password was right, such as {@code access_denied} for an account that awaits approval;
     *     counted like a wrong password, unless it is {@code temporarily_unavailable}
     * @throws StoreException if the check cannot be made now
     */
    Optional<Subject.OfUser> check(String username, String password);

    /**
     * A check by the hashes in a user store. A name without a hash costs one hash, too; a password whose hash is of an older kind
     * is hashed anew once it was right, and handed to {@link UserStore#upgrade}.
     *
     * @param users the people
     * @param random where salts come from
     * @return the check
     */
    static PasswordCheck of(UserStore users, SecureRandom random) {
        Secret todays = Secret.parse("$argon2id$v=19$m=19456,t=2,p=1$" + "A".repeat(22) + "$" + "A".repeat(43));
        return of(users, random, todays);
    }

    /**
     * The same where most hashes came from elsewhere and cost something else: what an unknown name costs is the cost of another
     * hash, so that time tells nothing of who is known.
     *
     * @param users the people
     * @param random where salts come from
     * @param nobodys a hash of the common kind, whose password no one has to know
     * @return the check
     */
    static PasswordCheck of(UserStore users, SecureRandom random, Secret nobodys) {
        return (username, password) -> {
            Optional<User> user = users.named(username);
            Secret secret = user.flatMap(User::password).orElse(nobodys);
            if (!secret.matches(password)
                    || user.isEmpty()
                    || user.get().password().isEmpty()) {
                return Optional.empty();
            }
            if (secret.isOutdated()) upgrade(users, user.get(), Secret.hash(password, random));
            return Optional.of(user.get().subject());
        };
    }

    private static void upgrade(UserStore users, User user, Secret better) {
        try {
            users.upgrade(user, better);
        } catch (StoreException e) {
            // The password was right. What cannot be written now is offered again at the next sign-in.
        }
    }
}
