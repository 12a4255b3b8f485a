package dev.mintmark.auth.browser;

import static dev.mintmark.auth.browser.House.CALLBACK;
import static dev.mintmark.auth.browser.House.link;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.PassThroughStore;
import dev.mintmark.auth.TestServer.MovableClock;
import dev.mintmark.auth.people.Town;
import dev.mintmark.auth.protocol.Authentication;
import dev.mintmark.auth.store.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What stands, and for how long, when sessions, devices and codes end at different times. */
class StandingTest {
    private final House house = House.standard();

    /** It ends after the request has looked at it, and before anything is written. */
    @Test
    void a_step_up_revives_no_session_that_has_ended_meanwhile() {
        AtomicReference<Runnable> between = new AtomicReference<>(() -> {});
        MovableClock clock = new MovableClock();
        PassThroughStore store = new PassThroughStore(clock) {
            @Override
            public Outcome apply(Change change) {
                between.getAndSet(() -> {}).run();
                return super.apply(change);
            }
        };
        House frail = House.of(b -> b.clock(clock).store(store).serverSecret(new byte[32]));
        Browser alice = frail.signedIn("alice");
        frail.town.folk.change("alice", user -> user.withFactors(Town.TOTP));
        Page mfa = alice.open(link("shop", "acr_values", "2")).shows("mfa");
        String sid = frail.server
                .server
                .sessions("alice")
                .get(0)
                .authentication()
                .session()
                .orElseThrow();
        between.set(() -> frail.server.server.revokeSession(sid));

        mfa.submit("otp", Town.TOTP.code(clock.instant())).shows("login");
        assertThat(frail.server.server.sessions("alice")).isEmpty();
    }

    /** Signed in with one factor, the second being spared. */
    private Browser knownDevice() {
        Browser tom = house.browser();
        tom.open(link("shop"))
                .signIn("tom", Town.PASSWORD)
                .submit("otp", house.town.code(), "remember_device", "true")
                .answer(CALLBACK);
        tom.cookies().keySet().removeIf(name -> name.endsWith("session"));
        house.server
                .server
                .sessions("tom")
                .forEach(open -> house.server.server.revokeSession(
                        open.authentication().session().orElseThrow()));
        house.clock.advance(Duration.ofSeconds(30));
        tom.open(link("shop")).signIn("tom", Town.PASSWORD).answer(CALLBACK);
        house.clock.advance(Duration.ofSeconds(30));
        return tom;
    }

    @Test
    void a_device_that_was_remembered_at_a_step_up_outlives_the_sign_out() {
        Browser tom = knownDevice();
        tom.cookies().keySet().removeIf(name -> name.endsWith("device"));
        tom.open(link("shop", "acr_values", "2"))
                .shows("mfa")
                .submit("otp", house.town.code(), "remember_device", "true")
                .answer(CALLBACK);
        tom.open("/end_session").shows("logout").submit("decision", "allow").shows("signed-out");

        tom.open(link("shop")).signIn("tom", Town.PASSWORD).answer(CALLBACK).required("code");
    }

    @Test
    void a_code_that_was_sent_is_good_for_five_minutes_though_the_interaction_goes_on() {
        Page mfa =
                house.browser().open(link("shop")).signIn("emma", Town.PASSWORD).shows("mfa");
        String code = house.town.sent.getLast().code();
        house.clock.advance(Duration.ofMinutes(5));

        Page late = mfa.submit("otp", code).shows("mfa");
        assertThat(late.json().string("problem")).contains("invalid_grant");
        assertThat(late.json().string("sent_to")).isEmpty();
    }

    @Test
    void an_application_s_old_sign_in_is_not_the_new_one_that_was_asked_for() {
        Browser browser = house.browser();
        Page login = browser.open(link("shop", "prompt", "login")).shows("login");
        Instant since = Instant.parse(login.json().string("not_before").orElseThrow());
        String interaction = login.json().string("interaction").orElseThrow();
        Authentication old = Authentication.of("alice", since.minusMillis(1)).withAmr(List.of("pwd"));

        browser.open(resumed(interaction, old)).shows("login");
        browser.open(resumed(interaction, Authentication.of("alice", since)))
                .answer(CALLBACK)
                .required("code");
    }

    private String resumed(String interaction, Authentication authentication) {
        return house.server
                .server
                .resume(interaction, authentication)
                .header("Location")
                .orElseThrow();
    }

    @Test
    void how_old_a_sign_in_may_be_is_told_where_it_matters() {
        assertThat(house.browser().open(link("shop")).json().string("not_before"))
                .isEmpty();
        assertThat(house.browser().open(link("shop", "max_age", "60")).json().string("not_before"))
                .contains(house.clock.instant().minusSeconds(60).toString());
    }

    @Test
    void a_request_that_is_larger_than_any_honest_one_is_not_put_down() {
        Page answer = house.browser().get(link("shop", "anything", "x".repeat(16 * 1024)));
        assertThat(answer.answer(CALLBACK).get("error")).contains("invalid_request");
    }
}
