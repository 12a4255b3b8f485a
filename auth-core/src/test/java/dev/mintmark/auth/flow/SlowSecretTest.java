package dev.mintmark.auth.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.Call;
import dev.mintmark.auth.KnownLanes;
import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.people.Folk;
import dev.mintmark.auth.people.Town;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.MfaFactor;
import dev.mintmark.auth.protocol.Secret;
import dev.mintmark.auth.protocol.Subject;
import dev.mintmark.auth.store.ClientStore;
import java.io.Serial;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Security;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.SecretKeyFactorySpi;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A JCA provider stands in the way of PBKDF2 and holds whoever presents a certain secret, so that hashing can be watched. */
class SlowSecretTest {
    private static final int AT_ONCE = Runtime.getRuntime().availableProcessors();
    private static final String HELD = "the secret whose hashing is held";
    private static final Provider GATE = new Gate();

    private static volatile CountDownLatch hashing = new CountDownLatch(0);
    private static volatile CountDownLatch open = new CountDownLatch(0);

    private final TestServer server = TestServer.of(b -> b.random(new KnownLanes())
            .clients(ClientStore.of(Stream.concat(
                            Stream.of(
                                    slow("slow", "a human chose this"),
                                    slow("other", "and another this"),
                                    TestServer.machine().build()),
                            IntStream.range(0, AT_ONCE).mapToObj(i -> slow("held" + i, HELD)))
                    .toArray(Client[]::new))));

    @BeforeAll
    static void raise_the_gate() {
        Security.insertProviderAt(GATE, 1);
    }

    @AfterAll
    static void take_it_away() {
        Security.removeProvider(GATE.getName());
    }

    @Test
    void a_human_chosen_secret_holds_and_a_wrong_one_does_not() {
        ask("slow", "a human chose this").send().issued();
        ask("slow", "someone else did").send().refused(401, "invalid_client");
    }

    @Test
    void past_the_bound_of_hashing_a_client_is_told_to_come_again_and_cheap_and_remembered_ones_are_served()
            throws Exception {
        ask("slow", "a human chose this").send().issued();
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        hashing = new CountDownLatch(AT_ONCE);
        open = new CountDownLatch(1);
        List<Future<Reply>> held = new ArrayList<>();
        try {
            for (int i = 0; i < AT_ONCE; i++) {
                String name = "held" + i;
                held.add(threads.submit(() -> ask(name, HELD).send()));
            }
            assertThat(hashing.await(30, TimeUnit.SECONDS)).isTrue();

            Reply refused = ask("other", "and another this").send();
            refused.refused(503, "temporarily_unavailable");
            assertThat(refused.header("Retry-After")).contains("1");

            ask("machine", TestServer.SECRET).send().issued();
            ask("slow", "a human chose this").send().issued();
            ask("slow", "a wrong one is not remembered").send().refused(503, "temporarily_unavailable");

            server.clock.advance(Duration.ofMinutes(5).minusMillis(1));
            ask("slow", "a human chose this").send().issued();
            server.clock.advance(Duration.ofMillis(1));
            ask("slow", "a human chose this").send().refused(503, "temporarily_unavailable");
        } finally {
            open.countDown();
            threads.shutdown();
        }

        for (Future<Reply> reply : held) reply.get(30, TimeUnit.SECONDS).issued();
        ask("other", "and another this").send().issued();
    }

    @Test
    void a_storm_of_client_secrets_leaves_people_s_passwords_alone() throws Exception {
        Town town = Town.of(b -> b.clients(ClientStore.of(Stream.concat(
                        Stream.of(Town.app("app").build(), slow("other", "and another this")),
                        IntStream.range(0, AT_ONCE).mapToObj(i -> slow("held" + i, HELD)))
                .toArray(Client[]::new))));
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        hashing = new CountDownLatch(AT_ONCE);
        open = new CountDownLatch(1);
        try {
            List<Future<Reply>> storm = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                String name = "held" + i;
                storm.add(threads.submit(() -> ask(town.server, name, HELD).send()));
            }
            assertThat(hashing.await(30, TimeUnit.SECONDS)).isTrue();
            ask(town.server, "other", "and another this").send().refused(503, "temporarily_unavailable");

            town.signIn("alice", Town.PASSWORD).send().issued();
            assertThat(storm).noneMatch(Future::isDone);
        } finally {
            open.countDown();
            threads.shutdown();
        }
    }

    @Test
    void guesses_at_one_client_s_secret_keep_no_other_client_waiting() throws Exception {
        Assumptions.assumeTrue(AT_ONCE > 1, "one processor hashes one secret at a time");
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE + 2);
        hashing = new CountDownLatch(1);
        open = new CountDownLatch(1);
        // As many guesses as there are places have one, or wait for one no more.
        CountDownLatch refused = new CountDownLatch(2);
        List<Future<Reply>> guesses = new ArrayList<>();
        try {
            for (int i = 0; i < AT_ONCE + 2; i++) {
                guesses.add(threads.submit(() -> {
                    Reply reply = ask("held0", HELD).send();
                    refused.countDown();
                    return reply;
                }));
            }
            assertThat(hashing.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(refused.await(30, TimeUnit.SECONDS)).isTrue();

            ask("other", "and another this").send().issued();
        } finally {
            open.countDown();
            threads.shutdown();
        }
        for (Future<Reply> guess : guesses) guess.get(30, TimeUnit.SECONDS);
    }

    @Test
    void guessers_at_one_client_s_secret_leave_room_for_others_however_many_they_are() throws Exception {
        Assumptions.assumeTrue(AT_ONCE > 1, "one processor hashes one secret at a time");
        int many = AT_ONCE + 28;
        ExecutorService threads = Executors.newFixedThreadPool(many);
        hashing = new CountDownLatch(1);
        open = new CountDownLatch(1);
        CountDownLatch refused = new CountDownLatch(12);
        try {
            for (int i = 0; i < many; i++) {
                threads.execute(() -> {
                    ask("held0", HELD).send();
                    refused.countDown();
                });
            }
            assertThat(hashing.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(refused.await(30, TimeUnit.SECONDS)).isTrue();

            ask("other", "and another this").send().issued();
        } finally {
            open.countDown();
            threads.shutdown();
        }
    }

    @Test
    void a_guess_at_recovery_codes_keeps_its_turn_until_all_were_looked_at() throws Exception {
        CountDownLatch taken = new CountDownLatch(AT_ONCE - 1);
        CountDownLatch leave = new CountDownLatch(1);
        Town town = Town.of(b -> b.random(new KnownLanes())
                .mfa(Duration.ofMinutes(5), 1, 3)
                .passwords((name, password) -> {
                    if (password.equals(HELD)) {
                        taken.countDown();
                        await(leave);
                    }
                    return Optional.of(new Subject.OfUser(name));
                }));
        town.folk.put(Folk.person("rita", new MfaFactor.RecoveryCodes(List.of(pbkdf2("one"), pbkdf2("two")))));
        String challenge = town.challenge("rita");
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        hashing = new CountDownLatch(1);
        open = new CountDownLatch(1);
        try {
            for (int i = 1; i < AT_ONCE; i++) {
                String name = "held " + i;
                threads.execute(() -> town.signIn(name, HELD).send());
            }
            await(taken);
            Future<Reply> guess =
                    threads.submit(() -> town.recovery(challenge, HELD).send());
            await(hashing);
            Thread next = new Thread(() -> town.signIn("the next", HELD).send());
            next.start();
            while (next.isAlive() && next.getState() != Thread.State.TIMED_WAITING) Thread.onSpinWait();
            open.countDown();

            guess.get(30, TimeUnit.SECONDS).refused("invalid_grant");
            town.recovery(challenge, "two").send().refused("invalid_grant");
        } finally {
            open.countDown();
            leave.countDown();
            threads.shutdown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) throw new AssertionError("held for too long");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Call ask(String client, String secret) {
        return ask(server, client, secret);
    }

    private static Call ask(TestServer server, String client, String secret) {
        return server.call("POST", "/token").basic(client, secret).with("grant_type", "client_credentials");
    }

    private static Client slow(String name, String secret) {
        return Client.of(name)
                .secret(pbkdf2(secret))
                .grantTypes(GrantType.CLIENT_CREDENTIALS)
                .build();
    }

    private static Secret pbkdf2(String secret) {
        byte[] salt = new byte[16];
        try {
            PBEKeySpec spec = new PBEKeySpec(secret.toCharArray(), salt, 1000, 512);
            byte[] hash = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512", "SunJCE")
                    .generateSecret(spec)
                    .getEncoded();
            Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
            return Secret.parse(
                    "$pbkdf2-sha512$1000$" + base64.encodeToString(salt) + "$" + base64.encodeToString(hash));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Puts {@link GatedPbkdf2} before the JDK's own. */
    private static final class Gate extends Provider {
        @Serial
        private static final long serialVersionUID = 1L;

        Gate() {
            super("MintmarkTestGate", "1", "holds one secret");
            putService(new Service(
                    this,
                    "SecretKeyFactory",
                    "PBKDF2WithHmacSHA512",
                    GatedPbkdf2.class.getName(),
                    List.of(),
                    Map.of()));
        }
    }

    /** The JDK's own, but for one secret that waits. */
    public static final class GatedPbkdf2 extends SecretKeyFactorySpi {
        @Override
        protected SecretKey engineGenerateSecret(KeySpec spec) throws InvalidKeySpecException {
            try {
                if (new String(((PBEKeySpec) spec).getPassword()).equals(HELD)) {
                    hashing.countDown();
                    SlowSecretTest.await(open);
                }
                return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512", "SunJCE")
                        .generateSecret(spec);
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        protected KeySpec engineGetKeySpec(SecretKey key, Class<?> spec) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected SecretKey engineTranslateKey(SecretKey key) {
            throw new UnsupportedOperationException();
        }
    }
}
