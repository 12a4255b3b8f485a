package dev.mintmark.auth.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.TestServer.MovableClock;
import dev.mintmark.auth.people.Folk;
import dev.mintmark.auth.protocol.Subject;
import dev.mintmark.auth.store.GrantStore;
import dev.mintmark.auth.store.InMemoryGrantStore;
import dev.mintmark.auth.store.UserStore;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What of GeoLens takes two nodes, or years. */
class GeoLensTest {
    private final MovableClock clock = new MovableClock();
    private final GrantStore shared = new InMemoryGrantStore(clock, 100);
    private final TestServer server = node(clock);

    private TestServer node(MovableClock its) {
        return TestServer.of(
                its,
                b -> b.store(shared)
                        .serverSecret(new byte[32])
                        .profile(new GeoLensProfile())
                        .users(UserStore.of(Folk.person("alice")))
                        .passwords((name, password) -> Optional.of(new Subject.OfUser("alice"))));
    }

    private static Reply login(TestServer at) {
        return at.call("POST", "/auth/login")
                .with("username", "alice")
                .with("password", "any")
                .send()
                .issued();
    }

    private static void logout(TestServer at, Reply tokens) {
        assertThat(json(at, "/auth/logout/", tokens).status()).isEqualTo(204);
    }

    private static void ended(TestServer at, Reply tokens) {
        assertThat(json(at, "/auth/refresh/", tokens).status()).isEqualTo(401);
        assertThat(at.call("GET", "/auth/me/")
                        .contentType("")
                        .header("Authorization", "Bearer " + tokens.access())
                        .send()
                        .status())
                .isEqualTo(401);
    }

    private static Reply json(TestServer at, String path, Reply tokens) {
        return at.call("POST", path)
                .contentType("application/json")
                .raw("{\"refresh_token\":\"" + tokens.refresh() + "\"}")
                .send();
    }

    @Test
    void a_logout_ends_what_began_on_a_node_whose_clock_is_ahead() {
        MovableClock ahead = new MovableClock();
        ahead.advance(Duration.ofSeconds(30));
        TestServer hasty = node(ahead);
        Reply tokens = login(hasty);

        logout(server, tokens);

        ended(hasty, tokens);
        ended(server, tokens);
    }

    @Test
    void logouts_years_apart_end_everything_and_versions_never_fall() throws Exception {
        for (long version = 1; version <= 4; version++) {
            Reply tokens = login(server);
            assertThat(Reply.claims(tokens.access()).getLongClaim("token_version"))
                    .isEqualTo(version);

            logout(server, tokens);

            ended(server, tokens);
            clock.advance(Duration.ofDays(401));
            shared.purge(100);
        }
    }
}
