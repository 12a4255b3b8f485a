package dev.mintmark.auth.people;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The second factor is an authenticator's code (RFC 6238). */
class OneTimeCodeTest {
    private final Town town = Town.standard();

    @Test
    void a_code_of_the_step_before_or_after_is_let_pass_and_of_none_further_away() {
        String challenge = town.challenge("tom");
        town.otp(challenge, at(-2)).send().refused("invalid_grant");
        town.otp(challenge, at(2)).send().refused("invalid_grant");
        town.otp(challenge, at(-1)).send().issued();
        town.otp(town.challenge("tom"), at(1)).send().issued();
    }

    private String at(int steps) {
        return Town.TOTP.code(town.clock.instant().plusSeconds(30L * steps));
    }

    @Test
    void a_code_is_used_once_by_whomever_and_at_whatever_client() {
        String code = town.code();
        String elsewhere = town.challenge("other", "tom");
        town.otp(town.challenge("tom"), code).send().issued();

        town.otp(town.challenge("tom"), code).send().refused("invalid_grant");
        town.otp("other", elsewhere, code).send().refused("invalid_grant");
        town.otp(town.challenge("rita"), code).send().issued();
    }

    @Test
    void a_step_before_one_that_was_used_is_used() {
        town.otp(town.challenge("tom"), town.code()).send().issued();

        String challenge = town.challenge("tom");
        town.otp(challenge, at(-1)).send().refused("invalid_grant");
        town.otp(challenge, at(1)).send().issued();
    }

    @Test
    void a_used_code_stays_used_while_its_step_is_let_pass() {
        String ahead = at(1);
        town.otp(town.challenge("tom"), ahead).send().issued();
        town.clock.advance(Duration.ofSeconds(59));

        town.otp(town.challenge("tom"), ahead).send().refused("invalid_grant");
    }

    @Test
    void a_code_may_be_typed_with_space_around_it() {
        town.otp(town.challenge("tom"), ' ' + town.code() + ' ').send().issued();
    }

    @Test
    void whoever_has_no_authenticator_has_no_code() {
        town.otp(town.challenge("emma"), town.code()).send().refused("unsupported_challenge_type");
    }
}
