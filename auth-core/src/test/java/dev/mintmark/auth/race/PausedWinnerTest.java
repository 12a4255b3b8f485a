package dev.mintmark.auth.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.AuthEvent;
import dev.mintmark.auth.PassThroughStore;
import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.store.Change;
import dev.mintmark.auth.store.Kind;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** One request is stopped just before or just after its change is applied, while others overtake it. */
class PausedWinnerTest {
    private final TestServer.MovableClock clock = new TestServer.MovableClock();
    private final PausingStore store = new PausingStore(clock);
    private final TestServer server = TestServer.of(clock, b -> b.store(store).serverSecret(new byte[32]));

    @Test
    void who_found_a_code_fresh_and_was_overtaken_answers_as_a_replay_and_revokes() throws Exception {
        String code = server.code("web");
        CompletableFuture<Reply> paused =
                paused(true, () -> server.redeem("web", code).send());
        Reply winner = server.redeem("web", code).send().issued();
        assertThat(server.isActive("web", winner.access())).isTrue();

        store.resume();

        paused.get(30, TimeUnit.SECONDS).refused("invalid_grant");
        assertThat(server.isActive("web", winner.access())).isFalse();
        server.refresh("web", winner.refresh()).send().refused("invalid_grant");
    }

    @Test
    void a_replay_revokes_the_family_of_a_winner_who_is_still_answering() throws Exception {
        String code = server.code("web");
        CompletableFuture<Reply> winner =
                paused(false, () -> server.redeem("web", code).send());

        server.redeem("web", code).send().refused("invalid_grant");
        assertThat(server.lastEvent().type()).isEqualTo(AuthEvent.Type.REPLAYED);
        store.resume();

        Reply tokens = winner.get(30, TimeUnit.SECONDS).issued();
        assertThat(server.isActive("web", tokens.access())).isFalse();
        server.refresh("web", tokens.refresh()).send().refused("invalid_grant");
    }

    @Test
    void a_refresh_that_is_overtaken_within_the_grace_tells_the_one_successor() throws Exception {
        Reply first = server.signIn("web");
        CompletableFuture<Reply> paused =
                paused(true, () -> server.refresh("web", first.refresh()).send());
        Reply second = server.refresh("web", first.refresh()).send().issued();

        store.resume();

        assertThat(paused.get(30, TimeUnit.SECONDS).issued().refresh()).isEqualTo(second.refresh());
    }

    @Test
    void a_refresh_whose_family_is_revoked_before_it_is_written_is_refused() throws Exception {
        Reply first = server.signIn("web");
        CompletableFuture<Reply> paused =
                paused(true, () -> server.refresh("web", first.refresh()).send());
        server.revoke("web", first.refresh()).send().response();

        store.resume();

        paused.get(30, TimeUnit.SECONDS).refused("invalid_grant");
        server.refresh("web", first.refresh()).send().refused("invalid_grant");
    }

    @Test
    void a_code_whose_person_is_revoked_before_it_is_written_is_refused() throws Exception {
        String code = server.code("web");
        CompletableFuture<Reply> paused =
                paused(true, () -> server.redeem("web", code).send());
        server.server.revokeSubject(TestServer.USER);

        store.resume();

        paused.get(30, TimeUnit.SECONDS).refused("invalid_grant");
    }

    private CompletableFuture<Reply> paused(boolean before, Supplier<Reply> request) throws InterruptedException {
        CompletableFuture<Reply> reply = store.pausing(before, request);
        assertThat(store.reached.await(30, TimeUnit.SECONDS)).isTrue();
        return reply;
    }

    /** Stops the first change of one thread, before or after it is applied. */
    private static final class PausingStore extends PassThroughStore {
        final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch resumed = new CountDownLatch(1);
        private volatile boolean before;
        private volatile boolean armed;
        private volatile long thread;

        PausingStore(Clock clock) {
            super(clock);
        }

        CompletableFuture<Reply> pausing(boolean beforeIt, Supplier<Reply> request) {
            before = beforeIt;
            armed = true;
            return CompletableFuture.supplyAsync(() -> {
                thread = Thread.currentThread().getId();
                return request.get();
            });
        }

        void resume() {
            resumed.countDown();
        }

        @Override
        public Outcome apply(Change change) {
            boolean ofKeys = change.writes().get(0).key().kind().equals(Kind.KEY_RING);
            boolean pause = armed && !ofKeys && Thread.currentThread().getId() == thread;
            if (!pause) return super.apply(change);
            armed = false;
            if (before) await();
            Outcome outcome = super.apply(change);
            if (!before) await();
            return outcome;
        }

        private void await() {
            reached.countDown();
            try {
                if (!resumed.await(30, TimeUnit.SECONDS)) throw new AssertionError("never resumed");
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
