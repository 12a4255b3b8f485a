package dev.mintmark.auth.store;

import dev.mintmark.auth.protocol.MfaFactor;
import dev.mintmark.auth.protocol.Secret;
import dev.mintmark.auth.protocol.Subject;
import dev.mintmark.auth.protocol.User;
import java.util.List;
import java.util.Optional;

/**
 * Where people are known. Thread-safe.
 */
@FunctionalInterface
public interface UserStore {
    /**
     * One person.
     *
     * @param subject the person's identifier
     * @return the person, empty if there is none any more
     * @throws StoreException if the store cannot be reached
     */
    Optional<User> find(Subject.OfUser subject);

    /**
     * One person, by the name that was typed. Whether case counts is the store's to say; no two people may differ by it alone, and no one be
     * found by two names that {@link User#canonical} tells apart: guesses at them would be counted apart.
     *
     * @param username up to 255 characters, as typed
     * @return the person; empty if there is none, or if people sign in elsewhere
     * @throws StoreException if the store cannot be reached
     */
    default Optional<User> named(String username) {
        return Optional.empty();
    }

    /**
     * Is offered a better hash of a password that was just right. A store that cannot write passes it over.
     *
     * @param user the person as found; replace that password only
     * @param password what checks the same password from now on
     */
    default void upgrade(User user, Secret password) {}

    /**
     * Is asked to replace a person's second factors: the person has just shown to have them. Only on servers that let people set
     * up an authenticator.
     *
     * @param user the person as found; replace those factors only
     * @param factors all of them
     * @return whether it is done; false if this store cannot write, or the person's factors are others by now
     */
    default boolean enrol(User user, List<MfaFactor> factors) {
        return false;
    }

    /**
     * A fixed set of people, found by name in any case. Better hashes and new factors are kept as long as the process lives.
     *
     * @param users the people
     * @return a store of them
     * @throws IllegalArgumentException if two have the same identifier, or the same user name
     */
    static UserStore of(User... users) {
        return new FixedUsers(users);
    }
}
