package dev.mintmark.auth.store;

import dev.mintmark.auth.protocol.MfaFactor;
import dev.mintmark.auth.protocol.Secret;
import dev.mintmark.auth.protocol.Subject;
import dev.mintmark.auth.protocol.User;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** People who are all known from the start. */
final class FixedUsers implements UserStore {
    private final Map<Subject.OfUser, User> bySubject = new ConcurrentHashMap<>();
    private final Map<String, Subject.OfUser> byName;

    FixedUsers(User... users) {
        Map<String, Subject.OfUser> names = new HashMap<>();
        for (User user : users) {
            if (bySubject.put(user.subject(), user) != null) {
                throw new IllegalArgumentException(
                        "two users are called " + user.subject().value());
            }
            Optional<String> name = user.username().map(User::canonical);
            if (name.isPresent() && names.put(name.get(), user.subject()) != null) {
                throw new IllegalArgumentException(
                        "two users sign in as " + user.username().get());
            }
        }
        this.byName = Map.copyOf(names);
    }

    @Override
    public Optional<User> find(Subject.OfUser subject) {
        return Optional.ofNullable(bySubject.get(subject));
    }

    @Override
    public Optional<User> named(String username) {
        return Optional.ofNullable(byName.get(User.canonical(username))).flatMap(this::find);
    }

    @Override
    public boolean enrol(User user, List<MfaFactor> factors) {
        User changed = bySubject.computeIfPresent(user.subject(), (subject, now) -> {
            boolean same = now.factors().equals(user.factors());
            return same ? now.withFactors(factors.toArray(MfaFactor[]::new)) : now;
        });
        return changed != null && changed.factors().equals(factors);
    }

    @Override
    public void upgrade(User user, Secret password) {
        bySubject.computeIfPresent(user.subject(), (subject, now) -> {
            boolean same = now.password().equals(user.password());
            return same ? now.withPassword(password) : now;
        });
    }
}
