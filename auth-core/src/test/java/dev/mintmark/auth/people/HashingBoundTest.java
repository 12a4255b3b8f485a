package dev.mintmark.auth.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.AuthorizationServerBuilder;
import dev.mintmark.auth.KnownLanes;
import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Secret;
import dev.mintmark.auth.protocol.Subject;
import dev.mintmark.auth.store.ClientStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** A check that waits until it is let go on stands for a slow hash, so that hashing can be watched. */
class HashingBoundTest {
    private static final int AT_ONCE = Runtime.getRuntime().availableProcessors();
    private static final String HELD = "the password whose hashing is held";
    private static final Secret SLOW = Secret.hash("a human chose this", new SecureRandom());

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch hashing = new CountDownLatch(AT_ONCE);
    private final CountDownLatch open = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Town town = town(b -> {});

    private Town town(Consumer<AuthorizationServerBuilder> more) {
        return Town.of(b -> more.accept(b.random(new KnownLanes())
                .clients(ClientStore.of(
                        Town.app("app").build(),
                        Client.of("slow")
                                .secret(SLOW)
                                .grantTypes(GrantType.CLIENT_CREDENTIALS)
                                .build()))
                .passwords(this::check)));
    }

    private Optional<Subject.OfUser> check(String name, String password) {
        if (password.equals(HELD)) {
            begun.countDown();
            hashing.countDown();
            try {
                if (!open.await(30, TimeUnit.SECONDS)) throw new AssertionError("held for too long");
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        return password.equals(Town.PASSWORD) ? Optional.of(new Subject.OfUser(name)) : Optional.empty();
    }

    @AfterEach
    void let_go() {
        open.countDown();
        threads.shutdown();
    }

    private List<Future<Reply>> storm(int many) {
        List<Future<Reply>> storm = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            String name = "held " + i;
            storm.add(threads.submit(() -> town.signIn(name, HELD).send()));
        }
        return storm;
    }

    @Test
    void past_the_bound_a_person_is_told_to_come_again_and_pays_nothing() throws Exception {
        List<Future<Reply>> storm = storm(AT_ONCE);
        assertThat(hashing.await(30, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < 6; i++) {
            Reply refused = town.signIn("alice", "wrong").send().refused(503, "temporarily_unavailable");
            assertThat(refused.header("Retry-After")).contains("1");
        }

        open.countDown();
        for (Future<Reply> one : storm) one.get(30, TimeUnit.SECONDS).refused("invalid_grant");
        for (int i = 0; i < 4; i++) town.signIn("alice", "wrong").send().refused("invalid_grant");
        town.signIn("alice", Town.PASSWORD).send().issued();
    }

    @Test
    void whoever_is_in_a_storm_is_answered_or_told_to_come_again() throws Exception {
        List<Future<Reply>> storm = storm(AT_ONCE + 60);
        assertThat(hashing.await(30, TimeUnit.SECONDS)).isTrue();
        open.countDown();

        int refused = 0;
        for (Future<Reply> one : storm) {
            Reply reply = one.get(30, TimeUnit.SECONDS);
            if (reply.status() == 503) refused++;
            else reply.refused("invalid_grant");
        }
        assertThat(refused).isLessThanOrEqualTo(60);
    }

    @Test
    void a_storm_of_passwords_leaves_clients_with_slow_secrets_alone() throws Exception {
        storm(AT_ONCE);
        assertThat(hashing.await(30, TimeUnit.SECONDS)).isTrue();
        town.signIn("alice", Town.PASSWORD).send().refused(503, "temporarily_unavailable");

        town.server
                .call("POST", "/token")
                .basic("slow", "a human chose this")
                .with("grant_type", "client_credentials")
                .send()
                .issued();
        town.server
                .call("POST", "/token")
                .basic("slow", TestServer.SECRET)
                .with("grant_type", "client_credentials")
                .send()
                .refused(401, "invalid_client");
    }

    @Test
    void guessers_at_one_name_leave_room_for_others_however_many_they_are() throws Exception {
        Assumptions.assumeTrue(AT_ONCE > 1, "one processor hashes one password at a time");
        Town single = town(b -> b.loginAttempts(2, Duration.ofMinutes(15), Duration.ofMinutes(15)));
        CountDownLatch refused = new CountDownLatch(12);
        for (int i = 0; i < AT_ONCE + 28; i++) {
            threads.execute(() -> {
                single.signIn("held 0", HELD).send();
                refused.countDown();
            });
        }
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(refused.await(30, TimeUnit.SECONDS)).isTrue();

        single.signIn("alice", Town.PASSWORD).send().issued();
    }

    @Test
    void guesses_that_are_refused_are_not_hashed() throws Exception {
        for (int i = 0; i < 5; i++) town.signIn("alice", "wrong").send().refused("invalid_grant");
        town.signIn("alice", HELD).send().refused(429, "too_many_attempts");
    }
}
