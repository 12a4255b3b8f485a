package dev.mintmark.auth.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer.MovableClock;
import dev.mintmark.auth.protocol.MfaFactor.RecoveryCodes;
import dev.mintmark.auth.protocol.Secret;
import dev.mintmark.auth.store.InMemoryGrantStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The second factor is a code that the person kept. */
class RecoveryCodeTest {
    private final Town town = Town.standard();

    private Reply use(String code) {
        return useAt(town, code);
    }

    @Test
    void a_code_is_used_once_and_another_is_given_for_it() throws Exception {
        Reply reply = use(Town.RECOVERY).issued();
        assertThat(reply.idClaims().getStringListClaim("amr")).containsExactly("pwd", "otp", "mfa");
        String given = reply.string("recovery_code");
        assertThat(given).matches("([a-km-np-z2-9]{4}-){3}[a-km-np-z2-9]{4}");

        use(Town.RECOVERY).refused("invalid_grant");
        String next = use(given).issued().string("recovery_code");
        assertThat(next).isNotEqualTo(given);
        use(given).refused("invalid_grant");
        use(next).issued();
    }

    @Test
    void each_code_of_the_list_is_good_whichever_was_used() {
        use(Town.RECOVERY).issued();
        use(Town.SECOND_RECOVERY).issued();
        use(Town.SECOND_RECOVERY).refused("invalid_grant");
    }

    @Test
    void a_given_code_may_be_typed_as_people_type() {
        String given = use(' ' + Town.RECOVERY + ' ').issued().string("recovery_code");
        use(given.toUpperCase(Locale.ROOT).replace("-", " ")).issued();
    }

    @Test
    void a_given_code_is_its_own_person_s() {
        String given = use(Town.RECOVERY).issued().string("recovery_code");
        town.recovery(town.challenge("max"), given).send().refused("invalid_grant");
        town.recovery(town.challenge("max"), Town.RECOVERY).send().issued();
    }

    @Test
    void a_given_code_ends_with_the_list_for_which_it_was_given() {
        String given = use(Town.RECOVERY).issued().string("recovery_code");
        RecoveryCodes fresh = new RecoveryCodes(List.of(Secret.hash("a-fresh-one", new SecureRandom())));
        town.folk.change("rita", user -> user.withFactors(Town.TOTP, fresh));

        use(given).refused("invalid_grant");
        use(Town.SECOND_RECOVERY).refused("invalid_grant");
        use("a-fresh-one").issued();
    }

    @Test
    void whoever_has_no_list_has_no_code() {
        String given = use(Town.RECOVERY).issued().string("recovery_code");
        town.folk.change("rita", user -> user.withFactors(Town.TOTP));
        use(given).refused("unsupported_challenge_type");
        use(Town.SECOND_RECOVERY).refused("unsupported_challenge_type");
    }

    @Test
    void given_codes_that_were_used_are_soon_forgotten_and_stay_used() {
        MovableClock clock = new MovableClock();
        InMemoryGrantStore store = new InMemoryGrantStore(clock, 1000);
        Town frugal = Town.of(clock, b -> b.store(store).serverSecret(new byte[32]));
        String first = useAt(frugal, Town.RECOVERY).issued().string("recovery_code");
        clock.advance(Duration.ofDays(400));
        store.purge(1000);
        int before = store.size();

        String given = first;
        for (int i = 0; i < 5; i++) given = useAt(frugal, given).issued().string("recovery_code");
        useAt(frugal, first).refused("invalid_grant");
        clock.advance(Duration.ofDays(400));
        store.purge(1000);

        assertThat(store.size()).as("one that was used, one that was given").isEqualTo(before);
        useAt(frugal, first).refused("invalid_grant");
        useAt(frugal, given).issued();
    }

    private static Reply useAt(Town town, String code) {
        return town.recovery(town.challenge("rita"), code).send();
    }

    @Test
    void wrong_codes_use_up_the_challenge() {
        String challenge = town.challenge("rita");
        for (int i = 0; i < 5; i++) town.recovery(challenge, "wrong").send().refused("invalid_grant");
        town.recovery(challenge, Town.RECOVERY).send().refused("invalid_grant");
        use(Town.RECOVERY).issued();
    }
}
