package dev.mintmark.auth.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.PassThroughStore;
import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer.MovableClock;
import dev.mintmark.auth.store.GrantKey;
import dev.mintmark.auth.store.Kind;
import dev.mintmark.auth.store.StoreException;
import dev.mintmark.auth.store.Stored;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** How often second factors may be guessed: at one challenge, and by one person across challenges. */
class SecondFactorBudgetTest {
    private final Town town = Town.standard();

    private Reply wrong(String challenge) {
        return town.otp(challenge, town.wrongCode()).send();
    }

    @Test
    void the_last_attempt_at_a_challenge_may_be_right_and_the_next_may_not() {
        String four = town.challenge("tom");
        String five = town.challenge("tom");
        for (int i = 0; i < 4; i++) wrong(four).refused("invalid_grant");
        for (int i = 0; i < 5; i++) wrong(five).refused("invalid_grant");

        town.otp(five, town.code()).send().refused("invalid_grant");
        town.otp(four, town.code()).send().issued();
    }

    @Test
    void used_up_attempts_do_not_come_back_while_the_challenge_lives() {
        String challenge = town.challenge("tom");
        for (int i = 0; i < 5; i++) wrong(challenge).refused("invalid_grant");
        town.clock.advance(Duration.ofMinutes(5).minusSeconds(1));

        town.otp(challenge, town.code()).send().refused("invalid_grant");
    }

    @Test
    void attempts_are_as_many_as_the_builder_says() {
        Town strict = Town.of(b -> b.mfa(Duration.ofMinutes(1), 1, 0));
        String challenge = strict.challenge("tom");
        strict.otp(challenge, strict.wrongCode()).send().refused("invalid_grant");
        strict.otp(challenge, strict.code()).send().refused("invalid_grant");

        String mail = strict.challenge("emma");
        strict.send(mail).send().issued();
        strict.send(mail).send().refused(429, "too_many_attempts");
    }

    @Test
    void whoever_begins_challenge_after_challenge_is_told_to_wait() {
        for (int i = 0; i < 10; i++) wrong(town.challenge("tom")).refused("invalid_grant");

        String challenge = town.challenge("tom");
        for (int i = 0; i < 10; i++) {
            Reply refused = town.otp(challenge, town.code()).send().refused(429, "too_many_attempts");
            assertThat(refused.header("Retry-After")).contains("900");
        }
        town.otp(town.challenge("rita"), town.code()).send().issued();
        town.clock.advance(Duration.ofMinutes(15));
        town.otp(town.challenge("tom"), town.code()).send().issued();
    }

    @Test
    void what_was_not_looked_at_is_not_paid_for_by_the_challenge() {
        Town lasting = Town.of(b -> b.mfa(Duration.ofHours(1), 5, 3));
        for (int i = 0; i < 10; i++)
            lasting.otp(lasting.challenge("tom"), lasting.wrongCode()).send().refused("invalid_grant");
        String challenge = lasting.challenge("tom");
        for (int i = 0; i < 10; i++)
            lasting.otp(challenge, lasting.code()).send().refused(429, "too_many_attempts");

        lasting.clock.advance(Duration.ofMinutes(15));
        lasting.otp(challenge, lasting.code()).send().issued();
    }

    @Test
    void one_right_code_does_not_buy_whoever_knows_the_password_another_round_of_guesses() {
        for (int i = 0; i < 9; i++) wrong(town.challenge("tom")).refused("invalid_grant");
        town.otp(town.challenge("tom"), town.code()).send().issued();

        wrong(town.challenge("tom")).refused("invalid_grant");
        wrong(town.challenge("tom")).refused(429, "too_many_attempts");
    }

    @Test
    void right_codes_are_not_counted() {
        for (int i = 0; i < 15; i++) {
            town.otp(town.challenge("tom"), town.code()).send().issued();
            town.clock.advance(Duration.ofSeconds(30));
        }
    }

    @Test
    void each_sort_of_code_has_a_budget_of_its_own() {
        for (int i = 0; i < 10; i++) wrong(town.challenge("max")).refused("invalid_grant");
        wrong(town.challenge("max")).refused(429, "too_many_attempts");

        town.recovery(town.challenge("max"), Town.RECOVERY).send().issued();
        for (int i = 0; i < 10; i++)
            town.recovery(town.challenge("max"), "wrong").send().refused("invalid_grant");
        town.recovery(town.challenge("max"), Town.SECOND_RECOVERY).send().refused(429, "too_many_attempts");

        String challenge = town.challenge("max");
        Reply sending =
                town.send(challenge).with("challenge_type", "oob").send().issued();
        town.oob(challenge, sending, town.sent.getLast().code()).send().issued();
    }

    @Test
    void a_store_that_cannot_be_reached_costs_no_attempt() {
        AtomicBoolean down = new AtomicBoolean();
        MovableClock clock = new MovableClock();
        Town stored = Town.of(
                clock,
                b -> b.serverSecret(new byte[32]).store(new PassThroughStore(clock) {
                    @Override
                    public Optional<Stored> find(GrantKey key) {
                        boolean used =
                                key.kind().equals(Kind.TOTP) || key.kind().equals(Kind.RECOVERY_CODE);
                        if (down.get() && used) throw new StoreException("away");
                        return super.find(key);
                    }
                }));
        String challenge = stored.challenge("rita");
        down.set(true);
        for (int i = 0; i < 12; i++) {
            stored.otp(challenge, stored.wrongCode()).send().refused(503, "temporarily_unavailable");
            stored.recovery(challenge, "wrong").send().refused(503, "temporarily_unavailable");
        }

        down.set(false);
        stored.otp(challenge, stored.code()).send().issued();
        stored.recovery(stored.challenge("rita"), Town.RECOVERY).send().issued();
    }
}
