package dev.mintmark.auth.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer.MovableClock;
import dev.mintmark.auth.protocol.Subject;
import dev.mintmark.auth.protocol.User;
import dev.mintmark.auth.store.InMemoryAttemptStore;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How often passwords may be guessed, and what guessing tells. */
class GuessingTest {
    private static final String HERE = "192.0.2.7";
    private static final String ELSEWHERE = "198.51.100.7";

    private final Town town = Town.standard();

    private Reply guess(String name, String from) {
        return town.signIn(name, "wrong").from(from).send();
    }

    private Reply right(String name, String from) {
        return town.signIn(name, Town.PASSWORD).from(from).send();
    }

    private static String network(int i) {
        return "10.%d.%d.1".formatted(i / 256, i % 256);
    }

    @Test
    void five_wrong_passwords_close_a_name_to_a_network_for_a_quarter_of_an_hour() {
        for (int i = 0; i < 5; i++) guess("alice", HERE).refused("invalid_grant");

        Reply refused = right("alice", HERE).refused(429, "too_many_attempts");
        assertThat(refused.header("Retry-After")).contains("900");
        town.clock.advance(Duration.ofMinutes(15).minusMillis(1));
        assertThat(right("alice", HERE).refused(429, "too_many_attempts").header("Retry-After"))
                .contains("1");
        town.clock.advance(Duration.ofMillis(1));
        right("alice", HERE).issued();
    }

    @Test
    void the_fifth_may_be_right_and_begins_anew() {
        for (int i = 0; i < 4; i++) guess("alice", HERE).refused("invalid_grant");
        right("alice", HERE).issued();
        for (int i = 0; i < 4; i++) guess("alice", HERE).refused("invalid_grant");
        right("alice", HERE).issued();
    }

    @Test
    void limits_are_as_the_builder_says() {
        Town strict = Town.of(b -> b.loginAttempts(1, Duration.ofMinutes(1), Duration.ofSeconds(90)));
        strict.signIn("alice", "wrong").send().refused("invalid_grant");
        assertThat(strict.signIn("alice", Town.PASSWORD)
                        .send()
                        .refused(429, "too_many_attempts")
                        .header("Retry-After"))
                .contains("90");
        strict.clock.advance(Duration.ofSeconds(90));
        for (int i = 0; i < 50; i++)
            strict.signIn("alice", Town.PASSWORD).send().issued();
    }

    @Test
    void who_guesses_from_one_network_shuts_no_one_out_of_another() {
        for (int i = 0; i < 50; i++) guess("alice", HERE);

        right("alice", ELSEWHERE).issued();
        right("tom", HERE).refused(403, "mfa_required");
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.200, true",
        "192.0.2.7, 192.0.3.7, false",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::1, true",
        "2001:db8:1:2::1, 2001:db8:1:3::1, true",
        "2001:db8:1::1, 2001:db8:2::1, false",
    })
    void neighbours_guess_together(String one, String other, boolean together) {
        for (int i = 0; i < 5; i++) guess("alice", one).refused("invalid_grant");

        assertThat(guess("alice", other).status()).isEqualTo(together ? 429 : 400);
    }

    @Test
    void spellings_of_a_name_are_guessed_at_together() {
        for (String name : new String[] {"alice", "ALICE", " alice", "ａlice", "\u00a0Alice"})
            guess(name, HERE).refused("invalid_grant");

        right("alice", HERE).refused(429, "too_many_attempts");
    }

    @Test
    void no_answer_tells_whether_there_is_such_a_person() {
        town.folk.change("tom", user -> user.withActive(false));
        for (int i = 0; i < 8; i++) {
            WireText known = WireText.of(guess("alice", HERE));
            assertThat(WireText.of(guess("unknown", HERE))).isEqualTo(known);
            assertThat(WireText.of(guess("rita", HERE))).as("a second factor").isEqualTo(known);
            assertThat(WireText.of(guess("tom", HERE))).as("disabled").isEqualTo(known);
            assertThat(WireText.of(guess("x".repeat(300), HERE))).as("too long").isEqualTo(known);
            assertThat(known.status()).isEqualTo(i < 5 ? 400 : 429);
        }
        assertThat(WireText.of(right("rita", HERE))).isEqualTo(WireText.of(right("unknown", HERE)));
    }

    /** All that a client sees. */
    private record WireText(int status, Object headers, String body) {
        static WireText of(Reply reply) {
            return new WireText(
                    reply.status(), reply.response().headers(), reply.response().text());
        }
    }

    @Test
    void one_network_guesses_at_so_many_names_and_no_more() {
        for (int i = 0; i < 100; i++) guess("invented " + i, HERE).refused("invalid_grant");

        Reply refused = right("alice", HERE).refused(429, "too_many_attempts");
        assertThat(refused.header("Retry-After")).contains("900");
        right("alice", ELSEWHERE).issued();
    }

    @Test
    void right_passwords_do_not_count_against_their_network_nor_reset_it() {
        for (int i = 0; i < 99; i++) guess("invented " + i, HERE).refused("invalid_grant");
        for (int i = 0; i < 50; i++) right("alice", HERE).issued();

        guess("invented", HERE).refused("invalid_grant");
        right("alice", HERE).refused(429, "too_many_attempts");
    }

    @Test
    void guesses_at_one_name_from_everywhere_are_slowed_to_one_a_minute_and_never_shut() {
        for (int i = 0; i < 50; i++) guess("alice", network(i)).refused("invalid_grant");

        guess("alice", HERE).refused("invalid_grant");
        Reply refused = right("alice", HERE).refused(429, "too_many_attempts");
        assertThat(refused.header("Retry-After")).contains("60");
        town.clock.advance(Duration.ofMinutes(1));
        guess("alice", HERE).refused("invalid_grant");
        right("alice", HERE).refused(429, "too_many_attempts");
        town.clock.advance(Duration.ofMinutes(1));
        right("alice", HERE).issued();
    }

    @Test
    void whoever_takes_every_turn_at_a_name_shuts_no_newcomer_out() {
        for (int i = 0; i < 50; i++) guess("alice", network(i)).refused("invalid_grant");
        for (int minute = 0; minute < 30; minute++) {
            town.clock.advance(Duration.ofMinutes(1));
            guess("alice", network(minute));

            right("alice", ELSEWHERE).issued();
        }
        guess("alice", network(100)).refused("invalid_grant");
        guess("alice", network(100)).refused(429, "too_many_attempts");
    }

    @Test
    void a_right_password_does_not_reset_what_the_name_s_guessers_elsewhere_have_used_up() {
        for (int i = 0; i < 49; i++) guess("alice", network(i)).refused("invalid_grant");
        right("alice", ELSEWHERE).issued();
        right("alice", ELSEWHERE).issued();

        guess("alice", network(100)).refused("invalid_grant");
        guess("alice", network(101)).refused("invalid_grant");
        guess("alice", network(101)).refused(429, "too_many_attempts");
    }

    @Test
    void guesses_that_are_refused_do_not_prolong_the_wait() {
        for (int i = 0; i < 5; i++) guess("alice", HERE);
        town.clock.advance(Duration.ofMinutes(10));
        for (int i = 0; i < 20; i++) guess("alice", HERE).refused(429, "too_many_attempts");
        town.clock.advance(Duration.ofMinutes(5));

        right("alice", HERE).issued();
    }

    @Test
    void a_device_that_is_known_is_not_held_back_by_guesses_made_elsewhere() {
        String device = town.otp(town.challenge("tom"), town.code())
                .with("remember_device", "true")
                .send()
                .issued()
                .string("device_token");
        for (int i = 0; i < 51; i++) guess("tom", network(i));
        guess("tom", ELSEWHERE);
        right("tom", ELSEWHERE).refused(429, "too_many_attempts");

        town.signIn("tom", Town.PASSWORD)
                .with("device_token", device)
                .from(ELSEWHERE)
                .send()
                .issued();
        town.signIn("rita", "wrong")
                .with("device_token", device)
                .from(ELSEWHERE)
                .send()
                .refused("invalid_grant");
        for (int i = 0; i < 50; i++) guess("rita", network(i));
        guess("rita", ELSEWHERE);
        town.signIn("rita", Town.PASSWORD)
                .with("device_token", device)
                .from(ELSEWHERE)
                .send()
                .refused(429, "too_many_attempts");
    }

    @Test
    void a_device_that_is_known_may_not_guess_either() {
        String device = town.otp(town.challenge("tom"), town.code())
                .with("remember_device", "true")
                .send()
                .issued()
                .string("device_token");
        for (int i = 0; i < 5; i++) {
            town.signIn("tom", "wrong")
                    .with("device_token", device)
                    .from(HERE)
                    .send()
                    .refused("invalid_grant");
        }
        town.signIn("tom", Town.PASSWORD)
                .with("device_token", device)
                .from(HERE)
                .send()
                .refused(429, "too_many_attempts");
    }

    @Test
    void a_device_known_before_the_factors_changed_is_held_back_like_any() {
        String device = town.otp(town.challenge("tom"), town.code())
                .with("remember_device", "true")
                .send()
                .issued()
                .string("device_token");
        town.folk.change("tom", user -> user.withFactors());
        for (int i = 0; i < 51; i++) guess("tom", network(i));
        guess("tom", ELSEWHERE);

        town.signIn("tom", Town.PASSWORD)
                .with("device_token", device)
                .from(ELSEWHERE)
                .send()
                .refused(429, "too_many_attempts");
    }

    @Test
    void one_network_cannot_fill_the_counters_and_full_ones_refuse_and_forget_none() {
        MovableClock clock = new MovableClock();
        InMemoryAttemptStore counters = new InMemoryAttemptStore(clock, 500);
        Town small = Town.of(clock, b -> b.attempts(counters));
        small.signIn("alice", "wrong").from(ELSEWHERE).send().refused("invalid_grant");
        for (int i = 0; i < 1000; i++)
            small.signIn("invented " + i, "wrong").from(HERE).send();
        assertThat(counters.size())
                .as("two of a network, and two for each name")
                .isLessThanOrEqualTo(4 + 2 + 200);
        small.signIn("rita", Town.PASSWORD).from(ELSEWHERE).send().refused(403, "mfa_required");

        IntStream.range(0, 1000)
                .forEach(i ->
                        small.signIn("invented " + i, "wrong").from(network(i)).send());
        Reply refused = small.signIn("someone new", "wrong").from(ELSEWHERE).send();
        refused.refused(503, "temporarily_unavailable");
        assertThat(refused.header("Retry-After")).contains("1");
        for (int i = 0; i < 4; i++)
            small.signIn("alice", "wrong").from(ELSEWHERE).send().refused("invalid_grant");
        small.signIn("alice", Town.PASSWORD).from(ELSEWHERE).send().refused(429, "too_many_attempts");
    }

    @Test
    void one_network_leaves_so_many_counters_in_a_day_however_patient_it_is() {
        MovableClock clock = new MovableClock();
        InMemoryAttemptStore counters = new InMemoryAttemptStore(clock, 100_000);
        Town patient = Town.of(clock, b -> b.attempts(counters));
        int invented = 0;
        for (int minute = 0; minute < 24 * 60; minute++) {
            Reply reply;
            do
                reply = patient.signIn("invented " + invented++, "wrong")
                        .from(HERE)
                        .send();
            while (reply.status() == 400);
            clock.advance(Duration.ofMinutes(1));
        }

        assertThat(counters.size())
                .as("two of a network, a thousand names and then one a minute, and those of a quarter of an hour twice")
                .isBetween(1000, 2 + 1000 + 24 * 60 + 100);
    }

    @ParameterizedTest
    @ValueSource(ints = {255, 10_000})
    void a_name_that_is_too_long_is_no_one_s_and_never_normalized(int marks) {
        String name = "a" + "\u0301\u0316".repeat(marks / 2) + "b";

        assertThat(User.canonical(name).length()).isZero();
        guess(name, HERE).refused("invalid_grant");
        Town trusting = Town.of(b -> b.passwords((any, password) -> Optional.of(new Subject.OfUser("alice"))));
        trusting.signIn(name, "any").send().refused("invalid_grant");
    }

    @Test
    void counters_are_an_issuer_s_own() {
        MovableClock clock = new MovableClock();
        InMemoryAttemptStore shared = new InMemoryAttemptStore(clock, 500);
        Town one = Town.of(clock, b -> b.attempts(shared));
        Town two = Town.of(clock, b -> b.attempts(shared).issuer("https://other.example"));
        for (int i = 0; i < 6; i++) one.signIn("alice", "wrong").send();

        one.signIn("alice", Town.PASSWORD).send().refused(429, "too_many_attempts");
        two.signIn("alice", Town.PASSWORD).send().issued();
    }
}
