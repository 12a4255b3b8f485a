package dev.mintmark.auth.bank;

import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Secret;
import dev.mintmark.auth.protocol.Subject;
import dev.mintmark.auth.protocol.Totp;
import dev.mintmark.auth.protocol.User;
import dev.mintmark.auth.store.UserStore;
import java.security.SecureRandom;
import java.util.Optional;

/** Knows whoever comes, so that each test has a person of its own: a code of an authenticator is good once. */
final class Everyone implements UserStore {
    static final String PASSWORD = "correct horse battery staple";
    static final Totp AUTHENTICATOR = Totp.of("JBSWY3DPEHPK3PXP");

    private final Secret password = Secret.hash(PASSWORD, new SecureRandom());

    @Override
    public Optional<User> find(Subject.OfUser subject) {
        return named(subject.value());
    }

    @Override
    public Optional<User> named(String username) {
        return Optional.of(User.of(username)
                .withUsername(username)
                .withPassword(password)
                .withFactors(AUTHENTICATOR)
                .withClaims(Claims.of("name", "Dame " + username)));
    }
}
