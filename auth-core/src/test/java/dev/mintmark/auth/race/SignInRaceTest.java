package dev.mintmark.auth.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.Reply;
import dev.mintmark.auth.people.Town;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever is good once is good once, however many bring it at the same moment. */
class SignInRaceTest {
    private static final int ROUNDS = 200;

    private final Race race = new Race();

    @AfterEach
    void stop() {
        race.close();
    }

    private long passed(Supplier<Reply> one) throws Exception {
        List<Reply> replies = race.run(one);
        assertThat(replies).allSatisfy(reply -> assertThat(reply.status()).isIn(200, 400));
        return replies.stream().filter(reply -> reply.status() == 200).count();
    }

    @Test
    void one_code_at_one_challenge_is_passed_once() throws Exception {
        Town town = Town.standard();
        for (int round = 0; round < ROUNDS; round++) {
            String challenge = town.challenge("tom");
            String code = town.code();
            assertThat(passed(() -> town.otp(challenge, code).send())).isEqualTo(1);
            town.clock.advance(Duration.ofDays(2));
        }
    }

    @Test
    void one_code_at_many_challenges_is_passed_once() throws Exception {
        Town town = Town.of(b -> b.mfa(Duration.ofMinutes(5), 100, 3));
        for (int round = 0; round < ROUNDS; round++) {
            List<String> challenges = IntStream.range(0, Race.THREADS)
                    .mapToObj(i -> town.challenge("tom"))
                    .toList();
            AtomicInteger next = new AtomicInteger();
            String code = town.code();
            assertThat(passed(() -> town.otp(challenges.get(next.getAndIncrement()), code)
                            .send()))
                    .isEqualTo(1);
            town.clock.advance(Duration.ofDays(2));
        }
    }

    @Test
    void one_recovery_code_at_many_challenges_is_passed_once() throws Exception {
        Town town = Town.of(b -> b.mfa(Duration.ofMinutes(5), 100, 3));
        String code = Town.RECOVERY;
        for (int round = 0; round < ROUNDS; round++) {
            List<String> challenges = IntStream.range(0, Race.THREADS)
                    .mapToObj(i -> town.challenge("rita"))
                    .toList();
            AtomicInteger next = new AtomicInteger();
            String used = code;
            List<Reply> replies = race.run(() ->
                    town.recovery(challenges.get(next.getAndIncrement()), used).send());
            // Guesses that lose are checked against hashes in turn; past the bound they are told to come again.
            assertThat(replies).allSatisfy(reply -> assertThat(reply.status()).isIn(200, 400, 503));
            List<Reply> right =
                    replies.stream().filter(reply -> reply.status() == 200).toList();
            assertThat(right).hasSize(1);
            town.clock.advance(Duration.ofDays(2));
            // What is given for it is good once as well.
            code = right.get(0).string("recovery_code");
        }
    }

    @Test
    void a_burst_of_guesses_at_one_challenge_is_looked_at_as_often_as_is_allowed() throws Exception {
        Town town = Town.standard();
        for (int round = 0; round < ROUNDS; round++) {
            String challenge = town.challenge("tom");
            String wrong = town.wrongCode();
            race.run(() -> town.otp(challenge, wrong).send().refused("invalid_grant"));
            long looked = town.server.events.stream()
                    .filter(event -> event.reason().equals(Optional.of("the code is wrong or was used")))
                    .count();
            assertThat(looked).isEqualTo(5);
            town.otp(challenge, town.code()).send().refused("invalid_grant");
            town.server.events.clear();
            town.clock.advance(Duration.ofDays(2));
        }
    }

    @Test
    void a_burst_of_wrong_passwords_is_looked_at_as_often_as_is_allowed() throws Exception {
        Town town = Town.standard();
        for (int round = 0; round < ROUNDS; round++) {
            List<Reply> replies = race.run(() -> town.signIn("alice", "wrong").send());
            assertThat(replies).extracting(Reply::status).containsOnly(400, 429);
            assertThat(replies.stream().filter(reply -> reply.status() == 400)).hasSize(5);
            town.clock.advance(Duration.ofDays(2));
        }
    }

    @Test
    void right_passwords_at_once_for_one_name_are_not_held_against_it() throws Exception {
        Town town = Town.standard();
        town.signIn("alice", "wrong").send();
        town.signIn("alice", "wrong").send();
        for (int round = 0; round < ROUNDS; round++) {
            List<Reply> replies =
                    race.run(() -> town.signIn("alice", Town.PASSWORD).send());
            assertThat(replies).extracting(Reply::status).containsOnly(200);
        }
    }

    @Test
    void thirty_two_right_passwords_at_once_are_let_in_or_told_to_come_again_and_never_locked_out() throws Exception {
        Town town = Town.hashing();
        town.folk.change("alice", user -> user.withPassword(Town.HASHED));
        List<List<Integer>> all = race.run(() -> IntStream.range(0, 4)
                .parallel()
                .map(i -> town.signIn("alice", Town.PASSWORD).send().status())
                .boxed()
                .toList());

        assertThat(all)
                .allSatisfy(
                        statuses -> assertThat(statuses).containsAnyOf(200, 503).doesNotContain(429));
        town.signIn("alice", Town.PASSWORD).send().issued();
    }
}
