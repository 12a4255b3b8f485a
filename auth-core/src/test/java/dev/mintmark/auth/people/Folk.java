package dev.mintmark.auth.people;

import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.MfaFactor;
import dev.mintmark.auth.protocol.Secret;
import dev.mintmark.auth.protocol.Subject;
import dev.mintmark.auth.protocol.User;
import dev.mintmark.auth.store.UserStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** People who move in, change and leave while a server runs. */
public final class Folk implements UserStore {
    public final AtomicInteger upgrades = new AtomicInteger();
    private final Map<String, User> bySubject = new ConcurrentHashMap<>();

    public Folk(User... users) {
        for (User user : users) put(user);
    }

    /** Someone whose name is the identifier. */
    public static User person(String name, MfaFactor... factors) {
        return User.of(name)
                .withUsername(name)
                .withFactors(factors)
                .withClaims(Claims.of("name", "The one called " + name).with("email", name + "@example.com"));
    }

    public void put(User user) {
        bySubject.put(user.subject().value(), user);
    }

    public void change(String name, UnaryOperator<User> change) {
        put(change.apply(get(name)));
    }

    public void remove(String name) {
        bySubject.remove(name);
    }

    public User get(String name) {
        return Optional.ofNullable(bySubject.get(name)).orElseThrow();
    }

    @Override
    public Optional<User> find(Subject.OfUser subject) {
        return Optional.ofNullable(bySubject.get(subject.value()));
    }

    @Override
    public Optional<User> named(String username) {
        List<User> found = bySubject.values().stream()
                .filter(user -> user.username().map(User::canonical).equals(Optional.of(User.canonical(username))))
                .toList();
        return found.stream().findFirst();
    }

    @Override
    public boolean enrol(User user, List<MfaFactor> factors) {
        change(user.subject().value(), now -> now.withFactors(factors.toArray(MfaFactor[]::new)));
        return true;
    }

    @Override
    public void upgrade(User user, Secret password) {
        upgrades.incrementAndGet();
        bySubject.computeIfPresent(
                user.subject().value(),
                (name, now) -> now.password().equals(user.password()) ? now.withPassword(password) : now);
    }
}
