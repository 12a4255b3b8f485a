package dev.mintmark.auth.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.PassThroughStore;
import dev.mintmark.auth.TestServer.MovableClock;
import dev.mintmark.auth.store.Change;
import dev.mintmark.auth.store.Kind;
import dev.mintmark.auth.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever a sign-in writes, it writes at once or not at all. */
class AtomicityTest {
    private final MovableClock clock = new MovableClock();
    private final List<List<String>> written = new ArrayList<>();
    private boolean down;

    private final Town town = Town.of(
            clock,
            b -> b.serverSecret(new byte[32]).store(new PassThroughStore(clock) {
                @Override
                public Outcome apply(Change change) {
                    if (down) throw new StoreException("away");
                    boolean keys = change.writes().stream()
                            .anyMatch(write -> write.key().kind().equals(Kind.KEY_RING));
                    if (keys) return super.apply(change);
                    written.add(change.writes().stream()
                            .map(write -> write.key().kind().value())
                            .sorted()
                            .toList());
                    return super.apply(change);
                }
            }));

    @Test
    void an_authenticator_s_code_is_not_used_up_by_a_write_that_failed() {
        String challenge = town.challenge("tom");
        down = true;
        for (int i = 0; i < 4; i++) town.otp(challenge, town.code()).send().refused(503, "temporarily_unavailable");
        down = false;
        written.clear();

        town.otp(challenge, town.code()).with("remember_device", "true").send().issued();
        assertThat(written)
                .containsExactly(
                        List.of(Kind.CHALLENGE.value(), Kind.DEVICE.value(), Kind.FAMILY.value(), Kind.TOTP.value()));
    }

    @Test
    void a_recovery_code_is_not_used_up_by_a_write_that_failed() {
        String challenge = town.challenge("rita");
        down = true;
        town.recovery(challenge, Town.RECOVERY).send().refused(503, "temporarily_unavailable");
        down = false;
        written.clear();

        String given = town.recovery(challenge, Town.RECOVERY).send().issued().string("recovery_code");
        String recovery = Kind.RECOVERY_CODE.value();
        assertThat(written).containsExactly(List.of(Kind.CHALLENGE.value(), Kind.FAMILY.value(), recovery, recovery));

        String next = town.challenge("rita");
        down = true;
        town.recovery(next, given).send().refused(503, "temporarily_unavailable");
        down = false;
        town.recovery(next, given).send().issued();
    }

    @Test
    void nothing_is_sent_that_was_not_written_first() {
        String challenge = town.challenge("emma");
        down = true;
        town.send(challenge).send().refused(503, "temporarily_unavailable");
        assertThat(town.sent).isEmpty();
        down = false;

        town.send(challenge).send().issued();
        assertThat(town.sent).hasSize(1);
    }

    @Test
    void no_challenge_is_told_that_was_not_written() {
        down = true;
        assertThat(town.signIn("tom", Town.PASSWORD)
                        .send()
                        .refused(503, "temporarily_unavailable")
                        .json()
                        .names())
                .doesNotContain("mfa_token");
    }
}
