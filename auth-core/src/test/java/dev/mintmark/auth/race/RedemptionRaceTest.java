package dev.mintmark.auth.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.AuthEvent;
import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedemptionRaceTest {
    private static final int ROUNDS = 200;

    @Test
    void with_a_grace_all_who_refresh_at_once_get_the_one_successor() throws Exception {
        TestServer server = TestServer.standard();
        try (Race race = new Race()) {
            for (int round = 0; round < ROUNDS; round++) {
                String token = signIn(server).refresh();
                List<Reply> replies =
                        race.run(() -> server.refresh("web", token).send());

                assertThat(replies)
                        .allSatisfy(reply -> assertThat(reply.status()).isEqualTo(200));
                assertThat(replies)
                        .extracting(Reply::refresh)
                        .containsOnly(replies.get(0).refresh());
                assertThat(replies).extracting(Reply::access).doesNotHaveDuplicates();
                server.refresh("web", replies.get(0).refresh()).send().issued();
            }
        }
        assertThat(server.eventTypes().stream().filter(AuthEvent.Type.REFRESHED::equals))
                .hasSize(2 * ROUNDS);
        assertThat(server.eventTypes()).doesNotContain(AuthEvent.Type.REPLAYED);
    }

    @Test
    void without_a_grace_at_most_one_gets_a_successor_and_the_family_ends() throws Exception {
        TestServer server = TestServer.of(b -> b.refreshGrace(Duration.ZERO));
        try (Race race = new Race()) {
            for (int round = 0; round < ROUNDS; round++) {
                String token = signIn(server).refresh();
                List<Reply> winners =
                        winners(race.run(() -> server.refresh("web", token).send()));

                assertThat(winners).hasSize(1);
                for (Reply winner : winners) {
                    assertThat(server.isActive("web", winner.access())).isFalse();
                    server.refresh("web", winner.refresh()).send().refused("invalid_grant");
                }
            }
        }
    }

    @Test
    void of_all_who_redeem_a_code_at_once_one_wins_and_what_it_won_is_revoked() throws Exception {
        TestServer server = TestServer.standard();
        try (Race race = new Race()) {
            for (int round = 0; round < ROUNDS; round++) {
                String code = server.server
                        .approve(server.request("web").scope("read"), server.alice())
                        .code();
                List<Reply> winners =
                        winners(race.run(() -> server.redeem("web", code).send()));

                assertThat(winners).hasSize(1);
                for (Reply winner : winners) {
                    assertThat(server.isActive("web", winner.access())).isFalse();
                    server.refresh("web", winner.refresh()).send().refused("invalid_grant");
                }
            }
        }
    }

    @Test
    void a_family_that_is_revoked_while_it_is_refreshed_never_survives() throws Exception {
        TestServer server = TestServer.standard();
        try (Race race = new Race()) {
            for (int round = 0; round < ROUNDS; round++) {
                Reply first = signIn(server);
                List<Reply> replies = race.run(() -> Thread.currentThread().getId() % 2 == 0
                        ? server.refresh("web", first.refresh()).send()
                        : server.revoke("web", first.refresh()).send());

                server.refresh("web", first.refresh()).send().refused("invalid_grant");
                for (Reply reply : replies) {
                    if (reply.status() != 200 || reply.response().body().length == 0) continue;
                    assertThat(server.isActive("web", reply.access())).isFalse();
                    server.refresh("web", reply.refresh()).send().refused("invalid_grant");
                }
            }
        }
    }

    private static Reply signIn(TestServer server) {
        String code = server.server
                .approve(server.request("web").scope("read"), server.alice())
                .code();
        return server.redeem("web", code).send().issued();
    }

    private static List<Reply> winners(List<Reply> replies) {
        assertThat(replies).allSatisfy(reply -> assertThat(reply.status()).isIn(200, 400));
        return replies.stream().filter(reply -> reply.status() == 200).toList();
    }
}
