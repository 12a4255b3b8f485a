package dev.mintmark.auth.standalone;

import dev.mintmark.auth.AuthorizationServerBuilder;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.User;
import dev.mintmark.auth.store.UserStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who may sign in, whether with a password at the token endpoint, and how often they may guess. */
final class SignIn {
    private static final Duration LONGEST_CHALLENGE = Duration.ofHours(1);
    private static final Set<GrantType> BY_PASSWORD =
            Set.of(GrantType.PASSWORD, GrantType.MFA_OTP, GrantType.MFA_OOB, GrantType.MFA_RECOVERY_CODE);

    private final AuthorizationServerBuilder builder;

    SignIn(AuthorizationServerBuilder builder) {
        this.builder = builder;
    }

    /** The password grant is there if a client names it, or the API has it. */
    void people(Section s, Profiles.Accent accent, List<Client> clients, List<User> users) {
        boolean asked = clients.stream().flatMap(c -> c.grantTypes().stream()).anyMatch(BY_PASSWORD::contains);
        boolean known = s.find("users").isPresent();
        boolean inherent = accent.has(Profiles.Trait.PASSWORDS);
        if (asked && !inherent) builder.passwordGrant();
        if (!known && asked) s.at().faultBelow("users", "is missing, and a client has the grant password");
        else if (!known && inherent && clients.isEmpty())
            s.at().faultBelow("users", "is missing, and this API signs people in");
        if (known || asked || inherent) builder.users(UserStore.of(users.toArray(User[]::new)));
    }

    void limits(Section s) {
        s.within("mfa", mfa -> {
            Optional<Duration> lifetime = mfa.read("lifetime", v -> Lifetimes.within(v, LONGEST_CHALLENGE, "an hour"));
            Optional<Integer> attempts = mfa.read("attempts", v -> v.integer(1, 1_000));
            Optional<Integer> resends = mfa.read("resends", v -> v.integer(0, 1_000));
            builder.mfa(lifetime.orElse(Duration.ofMinutes(5)), attempts.orElse(5), resends.orElse(3));
        });
        s.within("login_attempts", guesses -> {
            Optional<Integer> failures = guesses.read("failures", v -> v.integer(1, 1_000_000));
            Optional<Duration> within = guesses.read("within", Lifetimes::positive);
            Optional<Duration> lock = guesses.read("lock", Lifetimes::positive);
            Duration quarter = Duration.ofMinutes(15);
            builder.loginAttempts(failures.orElse(5), within.orElse(quarter), lock.orElse(quarter));
        });
    }
}
