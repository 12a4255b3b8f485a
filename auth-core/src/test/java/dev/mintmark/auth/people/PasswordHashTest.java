package dev.mintmark.auth.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.protocol.ClientRequest;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Secret;
import dev.mintmark.auth.protocol.Subject;
import dev.mintmark.auth.protocol.TokenResult;
import dev.mintmark.auth.protocol.User;
import dev.mintmark.auth.race.Race;
import dev.mintmark.auth.store.StoreException;
import dev.mintmark.auth.store.UserStore;
import dev.mintmark.auth.user.PasswordCheck;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.bouncycastle.crypto.generators.SCrypt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a check by the hashes in a store holds, weakens and strengthens. */
class PasswordHashTest {
    private static final Base64.Encoder BASE64 = Base64.getEncoder().withoutPadding();
    private static final byte[] SALT = new byte[16];

    /** What one Argon2id hash allocates, at the least: the memory that makes it slow. */
    private static final long ONE_HASH = 19 * 1024 * 1024;

    private final Town town = Town.hashing();

    static Secret[] older() throws Exception {
        byte[] password = Town.PASSWORD.getBytes(StandardCharsets.UTF_8);
        byte[] scrypt = SCrypt.generate(password, SALT, 1 << 10, 8, 1, 32);
        return new Secret[] {
            bcrypt(Town.PASSWORD),
            Secret.parse("$scrypt$ln=10,r=8,p=1$" + BASE64.encodeToString(SALT) + "$" + BASE64.encodeToString(scrypt)),
            pbkdf2("sha256", "SHA256"),
            pbkdf2("sha512", "SHA512"),
        };
    }

    private static Secret bcrypt(String password) {
        return Secret.parse(OpenBSDBCrypt.generate("2b", password.getBytes(StandardCharsets.UTF_8), SALT, 4));
    }

    private static Secret pbkdf2(String name, String mac) throws Exception {
        PBEKeySpec spec = new PBEKeySpec(Town.PASSWORD.toCharArray(), SALT, 1000, 256);
        byte[] hash = SecretKeyFactory.getInstance("PBKDF2WithHmac" + mac)
                .generateSecret(spec)
                .getEncoded();
        return Secret.parse(
                "$pbkdf2-" + name + "$i=1000$" + BASE64.encodeToString(SALT) + "$" + BASE64.encodeToString(hash));
    }

    @Test
    void a_password_hashed_as_today_is_checked_and_stays_as_it_is() {
        town.folk.change("alice", user -> user.withPassword(Town.HASHED));

        town.signIn("alice", "wrong").send().refused("invalid_grant");
        town.signIn("alice", Town.PASSWORD).send().issued();
        assertThat(town.folk.get("alice").password()).contains(Town.HASHED);
        assertThat(town.folk.upgrades).hasValue(0);
    }

    @ParameterizedTest
    @MethodSource("older")
    void a_password_hashed_otherwise_is_checked_and_hashed_anew_once_it_was_right(Secret older) {
        town.folk.change("alice", user -> user.withPassword(older));

        town.signIn("alice", "wrong").send().refused("invalid_grant");
        assertThat(town.folk.get("alice").password()).contains(older);

        town.signIn("alice", Town.PASSWORD).send().issued();
        Secret better = town.folk.get("alice").password().orElseThrow();
        assertThat(better.stored()).startsWith("$argon2id$");
        assertThat(better.isOutdated()).isFalse();

        town.signIn("alice", "wrong").send().refused("invalid_grant");
        town.signIn("alice", Town.PASSWORD).send().issued();
        assertThat(town.folk.upgrades).hasValue(1);
        assertThat(town.folk.get("alice").password()).contains(better);
    }

    @Test
    void a_fixed_set_of_people_keeps_better_hashes() {
        UserStore fixed = UserStore.of(Folk.person("alice").withPassword(bcrypt(Town.PASSWORD)));
        TestServer.of(b -> b.clients(id -> Optional.of(Town.app(id).build()))
                        .users(fixed)
                        .passwordGrant())
                .token("app", "password")
                .with("username", "ALICE")
                .with("password", Town.PASSWORD)
                .send()
                .issued();

        assertThat(fixed.named("alice").flatMap(User::password).orElseThrow().isOutdated())
                .isFalse();
    }

    @Test
    void who_signs_in_is_let_in_though_the_better_hash_cannot_be_written() {
        User old = Folk.person("alice").withPassword(bcrypt(Town.PASSWORD));
        UserStore readOnly = new UserStore() {
            @Override
            public Optional<User> find(Subject.OfUser subject) {
                return Optional.of(old);
            }

            @Override
            public Optional<User> named(String username) {
                return Optional.of(old);
            }

            @Override
            public void upgrade(User user, Secret password) {
                throw new StoreException("read only");
            }
        };
        PasswordCheck check = PasswordCheck.of(readOnly, new SecureRandom());

        assertThat(check.check("alice", Town.PASSWORD)).contains(old.subject());
        assertThat(check.check("alice", "wrong")).isEmpty();
    }

    @Test
    void a_password_changed_while_it_is_hashed_anew_is_not_undone() throws Exception {
        Secret older = bcrypt(Town.PASSWORD);
        UserStore fixed = UserStore.of(Folk.person("alice").withPassword(older));
        User stale = fixed.named("alice").orElseThrow();
        fixed.upgrade(stale, Town.HASHED);

        fixed.upgrade(stale, pbkdf2("sha256", "SHA256"));

        assertThat(fixed.named("alice").flatMap(User::password)).contains(Town.HASHED);
    }

    @Test
    void two_upgrades_at_once_leave_one_that_works() throws Exception {
        try (Race race = new Race()) {
            for (int round = 0; round < 3; round++) {
                UserStore fixed = UserStore.of(Folk.person("alice").withPassword(bcrypt(Town.PASSWORD)));
                PasswordCheck check = PasswordCheck.of(fixed, new SecureRandom());

                assertThat(race.run(() -> check.check("alice", Town.PASSWORD))).allMatch(Optional::isPresent);

                Secret left = fixed.named("alice").flatMap(User::password).orElseThrow();
                assertThat(left.isOutdated()).isFalse();
                assertThat(left.matches(Town.PASSWORD)).isTrue();
            }
        }
    }

    @Test
    void bcrypt_reads_72_bytes_and_a_longer_password_is_wrong_not_cut() {
        String longest = "x".repeat(72);
        town.folk.change("alice", user -> user.withPassword(bcrypt(longest)));

        town.signIn("alice", longest + "y").send().refused("invalid_grant");
        town.signIn("alice", "é".repeat(36) + "x").send().refused("invalid_grant");
        town.signIn("alice", longest).send().issued();
        town.signIn("alice", longest + "y").send().refused("invalid_grant");
    }

    @Test
    void a_password_too_long_for_bcrypt_costs_what_any_costs() {
        Secret bcrypt = bcrypt(Town.PASSWORD);
        long within = allocated(() -> bcrypt.matches("x".repeat(72)));

        assertThat(allocated(() -> bcrypt.matches("x".repeat(73)))).isGreaterThan(within / 2);
    }

    @Test
    void whoever_cannot_be_recognised_costs_one_hash() {
        town.folk.change("alice", user -> user.withPassword(Town.HASHED));
        String tooLong = "a".repeat(256);
        refused("warm", "up");

        assertOneHash("alice", "wrong");
        assertOneHash("an unknown name", "wrong");
        assertOneHash("nobody's password", "wrong");
        assertOneHash(tooLong, Town.PASSWORD);
        assertOneHash("b".repeat(10_000), Town.PASSWORD);
    }

    @Test
    void where_hashes_are_of_another_kind_an_unknown_name_costs_such_a_hash() {
        Secret common = bcrypt(Town.PASSWORD);
        PasswordCheck check = PasswordCheck.of(UserStore.of(), new SecureRandom(), common);
        long hash = allocated(() -> common.matches("wrong"));

        assertThat(allocated(
                        () -> assertThat(check.check("unknown", Town.PASSWORD)).isEmpty()))
                .isBetween(hash / 2, ONE_HASH / 2);
    }

    @Test
    void a_name_that_no_store_can_be_asked_for_is_no_one_s() {
        Town picky = Town.of(b -> b.passwords((name, password) -> {
            if (name.equals("\ud800")) throw new StoreException("no encoding");
            return Optional.empty();
        }));

        ClientRequest request = ClientRequest.of(GrantType.PASSWORD, "username", "\ud800", "password", "any");
        TokenResult result = picky.server.server.token(request.withBasic("app", TestServer.SECRET));

        assertThatThrownBy(result::issued).hasMessageStartingWith("invalid_grant");
    }

    private void assertOneHash(String name, String password) {
        assertThat(allocated(() -> refused(name, password))).as(name).isBetween(ONE_HASH, ONE_HASH * 3 / 2);
    }

    private void refused(String name, String password) {
        town.signIn(name, password).send().refused("invalid_grant");
    }

    private static long allocated(Runnable work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
