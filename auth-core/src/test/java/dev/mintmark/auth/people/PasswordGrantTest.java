package dev.mintmark.auth.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.Reply;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.protocol.Subject;
import dev.mintmark.auth.store.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6749 section 4.3. */
class PasswordGrantTest {
    private final Town town = Town.standard();

    @Test
    void a_right_password_gets_tokens_that_say_how_the_person_signed_in() throws Exception {
        Reply reply = town.signIn("alice", Town.PASSWORD).send().issued();

        assertThat(reply.accessClaims().getSubject()).isEqualTo("alice");
        assertThat(reply.accessClaims().getStringClaim("client_id")).isEqualTo("app");
        assertThat(reply.idClaims().getSubject()).isEqualTo("alice");
        assertThat(reply.idClaims().getStringListClaim("amr")).containsExactly("pwd");
        assertThat(reply.idClaims().getLongClaim("auth_time"))
                .isEqualTo(town.clock.instant().getEpochSecond());
        assertThat(town.refresh(reply).send().issued().idClaims().getStringListClaim("amr"))
                .containsExactly("pwd");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ALICE", "Alice", " alice ", "ａｌｉｃｅ", "\u00a0alice"})
    void a_name_is_the_same_in_any_case_and_width(String spelling) {
        town.signIn(spelling, Town.PASSWORD).send().issued();
    }

    @Test
    void a_public_client_may_be_registered_for_it() {
        town.signIn("page", "alice", Town.PASSWORD).send().issued();
    }

    @Test
    void a_client_must_be_registered_for_it() {
        town.signIn("web", "alice", Town.PASSWORD).send().refused("unauthorized_client");
        town.signIn("nobody", "alice", Town.PASSWORD).send().refused(401, "invalid_client");
    }

    @Test
    void name_and_password_must_be_there() {
        town.token("app", GrantType.PASSWORD).with("username", "alice").send().refused("invalid_request");
        town.token("app", GrantType.PASSWORD)
                .with("password", Town.PASSWORD)
                .send()
                .refused("invalid_request");
        town.signIn("alice", "").send().refused("invalid_request");
    }

    @Test
    void only_who_knows_the_password_is_told_that_an_account_is_disabled() {
        town.folk.change("alice", user -> user.withActive(false));

        town.signIn("alice", "wrong").send().refused("invalid_grant");
        town.signIn("alice", Town.PASSWORD).send().refused("access_denied");
    }

    @Test
    void someone_whom_the_store_does_not_know_gets_nothing_however_right_the_password() {
        Town directory = Town.of(b -> b.passwords((name, password) -> Optional.of(new Subject.OfUser("a stranger"))));

        directory.signIn("stranger", "any").send().refused("invalid_grant");
    }

    @Test
    void a_check_may_say_more_and_is_paid_for_it() {
        Town waiting = Town.of(b -> b.passwords((name, password) -> {
            throw Refusal.of(ErrorCode.ACCESS_DENIED, "awaits approval")
                    .saying("awaits approval")
                    .thrown();
        }));

        for (int i = 0; i < 5; i++) {
            Reply refused = waiting.signIn("alice", "any").send().refused("access_denied");
            assertThat(refused.string("error_description")).isEqualTo("awaits approval");
        }
        waiting.signIn("alice", "any").send().refused(429, "too_many_attempts");
    }

    @Test
    void a_check_that_cannot_be_made_is_503_and_costs_no_attempt() {
        AtomicBoolean down = new AtomicBoolean(true);
        for (RuntimeException failure : List.of(
                new StoreException("away"),
                Refusal.of(ErrorCode.TEMPORARILY_UNAVAILABLE, "away").thrown())) {
            down.set(true);
            Town directory = Town.of(b -> b.passwords((name, password) -> {
                if (down.get()) throw failure;
                return password.equals(Town.PASSWORD) ? Optional.of(new Subject.OfUser(name)) : Optional.empty();
            }));

            for (int i = 0; i < 20; i++) {
                directory.signIn("alice", "any").send().refused(503, "temporarily_unavailable");
            }
            down.set(false);
            for (int i = 0; i < 4; i++)
                directory.signIn("alice", "wrong").send().refused("invalid_grant");
            directory.signIn("alice", Town.PASSWORD).send().issued();
        }
    }

    @Test
    void a_check_that_fails_is_500_and_costs_an_attempt_for_it_may_have_looked() {
        Town faulty = Town.of(b -> b.passwords((name, password) -> {
            throw new IllegalStateException("a fault");
        }));

        for (int i = 0; i < 5; i++) faulty.signIn("alice", "any").send().refused(500, "server_error");
        faulty.signIn("alice", "any").send().refused(429, "too_many_attempts");
    }
}
