package dev.mintmark.auth.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWK;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.SigningAlgorithm;
import dev.mintmark.auth.store.Change;
import dev.mintmark.auth.store.Cursor;
import dev.mintmark.auth.store.GrantKey;
import dev.mintmark.auth.store.GrantStore;
import dev.mintmark.auth.store.InMemoryGrantStore;
import dev.mintmark.auth.store.Kind;
import dev.mintmark.auth.store.Lineage;
import dev.mintmark.auth.store.Selector;
import dev.mintmark.auth.store.StoreException;
import dev.mintmark.auth.store.Stored;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Keys signed for 90 days, published a day ahead, kept an hour. The clock stands wherever a test puts it. */
class RotatingKeyRingTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration EVERY = Duration.ofDays(90);
    private static final Duration AHEAD = Duration.ofDays(1);
    private static final Duration KEEP = Duration.ofHours(1);
    private static final Instant OUT = START.plus(EVERY).minus(AHEAD);
    private static final Instant DUE = START.plus(EVERY);
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final byte[] SECRET = "a server secret of thirty-two byte".getBytes(StandardCharsets.US_ASCII);
    private static final GrantKey ROW = GrantKey.of("https://as.example", Kind.KEY_RING, "ACCESS ES256");

    private final FaultyStore store = new FaultyStore();
    private final RotatingKeyRing ring = ring(SECRET);

    @Test
    void the_first_key_signs_at_once_and_until_the_next_is_due() {
        String first = ring.signer(START).kid();

        assertThat(kids(ring, START)).containsExactly(first);
        assertThat(ring.signer(DUE.minus(MOMENT)).kid()).isEqualTo(first);
    }

    @Test
    void the_next_key_is_published_ahead_and_signs_only_when_due() {
        String first = ring.signer(START).kid();

        assertThat(kids(ring, OUT)).hasSize(2).startsWith(first);
        String next = kids(ring, OUT).get(1);
        assertThat(ring.signer(DUE.minus(MOMENT)).kid()).isEqualTo(first);
        assertThat(ring.signer(DUE).kid()).isEqualTo(next).isNotEqualTo(first);
    }

    @Test
    void a_key_published_late_signs_later_rather_than_unannounced() {
        String first = ring.signer(START).kid();
        assertThat(kids(ring, OUT.minus(MOMENT))).containsExactly(first);

        Instant late = OUT.plus(Duration.ofMinutes(2));
        assertThat(kids(ring, late)).hasSize(2);
        assertThat(ring.signer(late.plus(AHEAD).minus(MOMENT)).kid()).isEqualTo(first);
        assertThat(ring.signer(late.plus(AHEAD)).kid()).isNotEqualTo(first);
    }

    @Test
    void the_old_key_stays_until_its_last_token_has_expired() {
        SigningKey first = ring.signer(START);
        ring.keys(OUT);
        Instant lastSigned = DUE.minus(MOMENT);
        String token = Jwt.sign(ring.signer(lastSigned), Optional.empty(), true, Claims.of("sub", "alice"));

        assertThat(Jwt.verify(token, ring.keys(lastSigned.plus(KEEP)))).isPresent();
        assertThat(kids(ring, DUE.plus(KEEP).minus(MOMENT))).contains(first.kid());
        assertThat(kids(ring, DUE.plus(KEEP).plus(Duration.ofMinutes(2))))
                .doesNotContain(first.kid())
                .hasSize(1);
    }

    @Test
    void every_key_is_published_a_day_before_it_signs_for_years_on_end() {
        List<String> yesterday = kids(ring, START);
        int signers = 0;
        String last = "";
        for (int day = 1; day <= 730; day++) {
            Instant now = START.plus(Duration.ofDays(day));
            String signer = ring.signer(now).kid();
            assertThat(yesterday).as("day %s", day).contains(signer);
            if (!signer.equals(last)) signers++;
            last = signer;
            yesterday = kids(ring, now);
            assertThat(yesterday).hasSizeLessThanOrEqualTo(2);
        }

        assertThat(signers).isEqualTo(9);
    }

    @Test
    void a_server_that_was_down_when_a_key_was_due_still_publishes_the_next_ahead() {
        String first = ring.signer(START).kid();
        Instant back = DUE.plus(Duration.ofDays(200));
        RotatingKeyRing restarted = ring(SECRET);

        assertThat(restarted.signer(back).kid()).isEqualTo(first);
        assertThat(kids(restarted, back)).hasSize(2);
        assertThat(restarted.signer(back.plus(AHEAD).minus(MOMENT)).kid()).isEqualTo(first);
        assertThat(restarted.signer(back.plus(AHEAD)).kid()).isNotEqualTo(first);
    }

    @Test
    void two_nodes_agree() {
        RotatingKeyRing other = ring(SECRET);
        for (Instant now : List.of(
                START,
                OUT,
                OUT.plusSeconds(70),
                DUE,
                DUE.plusSeconds(70),
                DUE.plus(KEEP).plusSeconds(140))) {
            assertThat(other.signer(now).kid()).isEqualTo(ring.signer(now).kid());
            assertThat(kids(other, now)).isEqualTo(kids(ring, now));
        }
    }

    @Test
    void a_node_that_loses_the_race_takes_the_winners_key() {
        RotatingKeyRing winner = ring(SECRET);
        store.beforeNextApply = () -> winner.signer(START);

        String kid = ring.signer(START).kid();

        assertThat(kid).isEqualTo(winner.signer(START).kid());
        assertThat(kids(ring(SECRET), START)).containsExactly(kid);
    }

    @Test
    void a_node_that_loses_the_race_for_the_next_key_does_not_add_a_third() {
        RotatingKeyRing winner = ring(SECRET);
        ring.signer(START);
        winner.signer(START);
        store.beforeNextApply = () -> winner.keys(OUT);

        assertThat(kids(ring, OUT)).hasSize(2).isEqualTo(kids(winner, OUT));
    }

    @Test
    void a_store_out_of_reach_does_not_stop_the_signing() {
        ring.signer(START);
        String next = kids(ring, OUT).get(1);
        store.failing = true;

        assertThat(ring.signer(DUE.minus(MOMENT)).kid()).isNotEqualTo(next);
        assertThat(ring.signer(DUE).kid()).isEqualTo(next);
        assertThat(kids(ring, DUE.plus(Duration.ofDays(500)))).contains(next);
    }

    @Test
    void a_store_out_of_reach_is_asked_again_only_after_a_while() {
        ring.signer(START);
        store.failing = true;
        Instant later = START.plus(Duration.ofHours(1));
        int before = store.finds;
        for (int i = 0; i < 100; i++) ring.signer(later.plusMillis(i));

        assertThat(store.finds - before).isEqualTo(1);
        store.failing = false;
        ring.signer(later.plusSeconds(5));
        assertThat(store.finds - before).isEqualTo(2);
    }

    @Test
    void a_store_that_was_never_reached_is_an_error() {
        store.failing = true;

        assertThatThrownBy(() -> ring.signer(START)).isInstanceOf(StoreException.class);
        store.failing = false;
        assertThat(ring.signer(START).kid()).isNotEmpty();
    }

    @Test
    void the_store_is_not_asked_for_every_signature() {
        ring.signer(START);
        int before = store.finds;
        for (int i = 0; i < 1000; i++) ring.signer(START.plusMillis(i));

        assertThat(store.finds).isEqualTo(before);
    }

    @Test
    void a_rotation_by_hand_publishes_at_once_and_signs_a_day_later() {
        String first = ring.signer(START).kid();
        Instant now = START.plus(Duration.ofDays(10));
        ring.rotate(now);

        assertThat(kids(ring, now)).hasSize(2);
        String next = kids(ring, now).get(1);
        assertThat(ring.signer(now.plus(AHEAD).minus(MOMENT)).kid()).isEqualTo(first);
        assertThat(ring.signer(now.plus(AHEAD)).kid()).isEqualTo(next);
        assertThat(kids(ring, now.plus(AHEAD).plus(KEEP).plusSeconds(120))).containsExactly(next);
    }

    @Test
    void another_node_sees_a_rotation_by_hand_long_before_its_key_signs() {
        RotatingKeyRing other = ring(SECRET);
        ring.signer(START);
        other.signer(START);
        ring.rotate(START.plusSeconds(1));

        assertThat(kids(other, START.plus(Duration.ofMinutes(1))))
                .isEqualTo(kids(ring, START.plus(Duration.ofMinutes(1))));
    }

    @Test
    void a_rotation_by_hand_says_so_when_the_store_is_out_of_reach() {
        ring.signer(START);
        store.failing = true;

        assertThatThrownBy(() -> ring.rotate(START)).isInstanceOf(StoreException.class);
    }

    @Test
    void keys_survive_a_restart() {
        String token = Jwt.sign(ring.signer(START), Optional.empty(), true, Claims.of("sub", "alice"));
        RotatingKeyRing restarted = ring(SECRET);

        assertThat(restarted.signer(START).kid()).isEqualTo(ring.signer(START).kid());
        assertThat(Jwt.verify(token, restarted.keys(START))).hasValue(Claims.of("sub", "alice"));
    }

    @Test
    void a_wrong_server_secret_fails_loudly_and_leaves_the_keys_alone() {
        String kid = ring.signer(START).kid();
        RotatingKeyRing stranger = ring("another secret, thirty-two bytes.".getBytes(StandardCharsets.US_ASCII));

        assertThatThrownBy(() -> stranger.signer(START))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("sealed with a secret this server does not have");
        assertThat(ring(SECRET).signer(START).kid()).isEqualTo(kid);
    }

    @Test
    void the_store_never_sees_a_private_key() {
        ring.signer(START);
        String payload = new String(store.find(ROW).orElseThrow().payload(), StandardCharsets.ISO_8859_1);

        assertThat(payload).doesNotContain("\"d\"", "kty", "jwk");
    }

    @Test
    void every_algorithm_can_be_kept() {
        for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
            if (!algorithm.isPublic()) continue;
            GrantKey row = GrantKey.of("https://as.example", Kind.KEY_RING, "ID " + algorithm.alg());
            String token = Jwt.sign(
                    ring(SECRET, row, algorithm).signer(START), Optional.empty(), true, Claims.of("sub", "alice"));

            assertThat(Jwt.verify(token, ring(SECRET, row, algorithm).keys(START)))
                    .as(algorithm.alg())
                    .isPresent();
        }
    }

    private RotatingKeyRing ring(byte[] secret) {
        return ring(secret, ROW, SigningAlgorithm.ES256);
    }

    private RotatingKeyRing ring(byte[] secret, GrantKey row, SigningAlgorithm algorithm) {
        SecureRandom random = new SecureRandom();
        return new RotatingKeyRing(
                store,
                new ServerSecrets(List.of(secret), random),
                row,
                algorithm,
                new RotatingKeyRing.Schedule(EVERY, AHEAD, KEEP),
                random,
                (JWK jwk) -> SigningKey.of(jwk, algorithm, random, Optional.empty()));
    }

    private static List<String> kids(KeyRing ring, Instant now) {
        return ring.keys(now).stream().map(SigningKey::kid).toList();
    }

    /** An in-memory store that counts, can be out of reach, and lets another node in just before a change. */
    private static final class FaultyStore implements GrantStore {
        private final GrantStore inner = new InMemoryGrantStore(Clock.fixed(START, ZoneOffset.UTC), 1000);
        private boolean failing;
        private int finds;
        private Runnable beforeNextApply = () -> {};

        private GrantStore reached() {
            if (failing) throw new StoreException("out of reach");
            return inner;
        }

        @Override
        public Outcome apply(Change change) {
            Runnable before = beforeNextApply;
            beforeNextApply = () -> {};
            before.run();
            return reached().apply(change);
        }

        @Override
        public Optional<Stored> find(GrantKey key) {
            finds++;
            return reached().find(key);
        }

        @Override
        public boolean revoked(Lineage lineage) {
            return reached().revoked(lineage);
        }

        @Override
        public List<Stored> list(Selector by, Kind kind, Optional<Cursor> after, int atMost) {
            return reached().list(by, kind, after, atMost);
        }

        @Override
        public void revoke(Selector what, Instant bornUntil, Instant until) {
            reached().revoke(what, bornUntil, until);
        }

        @Override
        public int purge(int atMost) {
            return reached().purge(atMost);
        }
    }
}
