package dev.mintmark.auth.store;

import dev.mintmark.auth.protocol.Subject;
import dev.mintmark.auth.protocol.User;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

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
     * A fixed set of people.
     *
     * @param users the people
     * @return a store of them
     * @throws IllegalArgumentException if two have the same identifier
     */
    static UserStore of(User... users) {
        Map<Subject.OfUser, User> bySubject = Arrays.stream(users)
                .collect(Collectors.toUnmodifiableMap(User::subject, Function.identity(), (a, b) -> {
                    throw new IllegalArgumentException(
                            "two users are called " + a.subject().value());
                }));
        return subject -> Optional.ofNullable(bySubject.get(subject));
    }
}
