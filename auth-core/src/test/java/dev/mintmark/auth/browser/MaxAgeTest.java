package dev.mintmark.auth.browser;

import static dev.mintmark.auth.browser.House.CALLBACK;
import static dev.mintmark.auth.browser.House.link;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.people.Town;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.Test;

/** {@code max_age} and {@code default_max_age} (OpenID Connect Core section 3.1.2.1, Registration section 2). */
class MaxAgeTest {
    private final House house = House.standard();

    private Date now() {
        return Date.from(Instant.ofEpochSecond(house.clock.instant().getEpochSecond()));
    }

    @Test
    void a_sign_in_that_is_young_enough_will_do_and_the_id_token_says_when_it_was() throws Exception {
        Browser alice = house.signedIn("alice");
        Date then = now();
        house.clock.advance(Duration.ofMinutes(10));

        Page page = alice.get(link("shop", "max_age", "600"));

        JWTClaimsSet id = house.tokens("shop", page).idClaims();
        assertThat(id.getDateClaim("auth_time")).isEqualTo(then);
        assertThat(id.getIssueTime()).isEqualTo(now());
    }

    @Test
    void one_that_is_a_second_too_old_is_asked_for_again() throws Exception {
        Browser alice = house.signedIn("alice");
        house.clock.advance(Duration.ofSeconds(601));

        Page page = alice.open(link("shop", "max_age", "600")).signIn("alice", Town.PASSWORD);

        assertThat(house.tokens("shop", page).idClaims().getDateClaim("auth_time"))
                .isEqualTo(now());
    }

    @Test
    void quietly_it_is_told_that_the_sign_in_is_too_old() {
        Browser alice = house.signedIn("alice");
        house.clock.advance(Duration.ofSeconds(601));

        alice.get(link("shop", "max_age", "600", "prompt", "none")).refused(CALLBACK, "login_required");
        alice.get(link("shop", "max_age", "601", "prompt", "none"))
                .answer(CALLBACK)
                .required("code");
    }

    @Test
    void an_age_of_zero_asks_as_login_does() {
        Browser alice = house.signedIn("alice");

        alice.get(link("shop", "max_age", "0", "prompt", "none")).refused(CALLBACK, "login_required");
        alice.open(link("shop", "max_age", "0"))
                .signIn("alice", Town.PASSWORD)
                .answer(CALLBACK)
                .required("code");
    }

    @Test
    void whoever_takes_long_over_the_consent_has_signed_in_all_the_same() {
        Page consent = house.browser().open(link("partner", "max_age", "1")).signIn("alice", Town.PASSWORD);
        house.clock.advance(Duration.ofMinutes(5));

        consent.allow().answer(CALLBACK).required("code");
    }

    @Test
    void without_an_age_in_the_request_the_registered_one_counts() {
        House careful = House.knowing(
                House.shop().build(),
                House.client("bank")
                        .secret(TestServer.secret())
                        .requireConsent(false)
                        .defaultMaxAge(Duration.ofMinutes(1))
                        .build());
        Browser alice = careful.signedIn("alice");
        careful.clock.advance(Duration.ofSeconds(61));

        alice.get(link("bank", "prompt", "none")).refused(CALLBACK, "login_required");
        alice.get(link("bank", "prompt", "none", "max_age", "61"))
                .answer(CALLBACK)
                .required("code");
        alice.open(link("bank")).signIn("alice", Town.PASSWORD).answer(CALLBACK).required("code");
    }

    @Test
    void a_second_factor_that_is_shown_later_does_not_make_a_sign_in_younger() throws Exception {
        House aware = House.standard();
        Browser tom = aware.browser();
        tom.open(link("shop"))
                .signIn("tom", Town.PASSWORD)
                .shows("mfa")
                .submit("otp", aware.town.code(), "remember_device", "true");
        aware.clock.advance(Duration.ofHours(3));
        tom.open(link("shop")).signIn("tom", Town.PASSWORD).answer(CALLBACK);
        Date then = Date.from(aware.clock.instant());
        aware.clock.advance(Duration.ofMinutes(5));

        Page page = tom.open(link("shop", "acr_values", "2")).shows("mfa").submit("otp", aware.town.code());

        assertThat(aware.tokens("shop", page).idClaims().getDateClaim("auth_time"))
                .isEqualTo(then);
        tom.open(link("shop", "max_age", "60")).shows("login");
    }

    @Test
    void the_time_of_the_sign_in_outlives_a_refresh() throws Exception {
        Browser alice = house.browser();
        Page page = alice.open(link("shop", "scope", "openid offline_access", "max_age", "60"))
                .signIn("alice", Town.PASSWORD);
        Reply first = house.tokens("shop", page);
        Date then = now();
        house.clock.advance(Duration.ofMinutes(30));

        Reply second = house.as("shop", house.server.call("POST", "/token"))
                .with("grant_type", "refresh_token")
                .with("refresh_token", first.refresh())
                .send()
                .issued();

        assertThat(second.idClaims().getDateClaim("auth_time")).isEqualTo(then);
        assertThat(second.idClaims().getClaims()).doesNotContainKey("nonce");
        assertThat(second.idClaims().getIssueTime()).isEqualTo(now());
    }
}
