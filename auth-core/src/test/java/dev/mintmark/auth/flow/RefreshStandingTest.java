package dev.mintmark.auth.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jwt.SignedJWT;
import dev.mintmark.auth.AuthEvent;
import dev.mintmark.auth.PassThroughStore;
import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.User;
import dev.mintmark.auth.store.GrantKey;
import dev.mintmark.auth.store.GrantStore;
import dev.mintmark.auth.store.InMemoryGrantStore;
import dev.mintmark.auth.store.Kind;
import dev.mintmark.auth.store.StoreException;
import dev.mintmark.auth.store.Stored;
import dev.mintmark.auth.token.TokenFormat;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What a refresh checks again: that client, person, scope and the server's own secret still stand. */
class RefreshStandingTest {
    private final AtomicReference<Client> registered =
            new AtomicReference<>(TestServer.web().build());
    private final AtomicReference<Optional<User>> person = new AtomicReference<>(Optional.of(User.of(TestServer.USER)));
    private final TestServer server =
            TestServer.of(b -> b.clients(id -> Optional.of(registered.get())).users(subject -> person.get()));

    @Test
    void what_was_taken_from_the_client_since_is_left_out_and_comes_back_with_it() {
        Reply first = server.signIn("web");
        registered.set(TestServer.web().scope("openid offline_access").build());
        Reply less = server.refresh("web", first.refresh()).send().issued();
        registered.set(TestServer.web().build());
        Reply whole = server.refresh("web", less.refresh()).send().issued();

        assertThat(less.string("scope")).isEqualTo("openid offline_access");
        assertThat(whole.string("scope")).isEqualTo(TestServer.SCOPE);
    }

    @Test
    void a_scope_that_was_taken_from_the_client_cannot_be_asked_for() {
        Reply first = server.signIn("web");
        registered.set(TestServer.web().scope("openid").build());

        server.refresh("web", first.refresh()).with("scope", "read").send().refused("invalid_scope");
    }

    @Test
    void where_nothing_of_the_scope_stands_there_is_no_token() {
        Reply first = server.signIn("web");
        registered.set(TestServer.web().scope("profile").build());

        server.refresh("web", first.refresh()).send().refused("invalid_scope");
    }

    @Test
    void a_client_that_lost_the_grant_is_refused() {
        Reply first = server.signIn("web");
        registered.set(TestServer.web().grantTypes(GrantType.AUTHORIZATION_CODE).build());

        server.refresh("web", first.refresh()).send().refused("unauthorized_client");
    }

    @Test
    void a_person_who_is_disabled_or_gone_is_given_no_more_tokens_until_they_are_back() {
        Reply first = server.signIn("web");

        person.set(Optional.of(User.of(TestServer.USER).withActive(false)));
        server.refresh("web", first.refresh()).send().refused("invalid_grant");
        person.set(Optional.empty());
        server.refresh("web", first.refresh()).send().refused("invalid_grant");

        person.set(Optional.of(User.of(TestServer.USER)));
        server.refresh("web", first.refresh()).send().issued();
    }

    @Test
    void a_person_who_is_disabled_between_approval_and_redemption_gets_nothing() {
        String code = server.code("web");
        person.set(Optional.empty());

        server.redeem("web", code).send().refused("invalid_grant");
    }

    @Test
    void a_forged_token_is_refused_before_the_store_is_asked() {
        TestServer.MovableClock clock = new TestServer.MovableClock();
        PassThroughStore failing = new PassThroughStore(clock) {
            @Override
            public Optional<Stored> find(GrantKey key) {
                if (key.kind().equals(Kind.FAMILY)) throw new StoreException("asked for a family");
                return super.find(key);
            }
        };
        TestServer strict = TestServer.of(clock, b -> b.store(failing).serverSecret(secret(1)));
        String good = strict.signIn("web").refresh();
        int writes = failing.writes.get();

        strict.refresh("web", good).send().refused(503, "temporarily_unavailable");
        for (String forged : new String[] {
            good.substring(0, good.length() - 2) + (good.endsWith("AA") ? "BB" : "AA"),
            good.replaceFirst("\\.1\\.", ".2."),
            (good.charAt(0) == '0' ? "1" : "0") + good.substring(1),
            good.replaceFirst("\\.1\\.", ".01."),
            good + "x",
            "x" + good,
            good.substring(0, 33)
        }) {
            strict.refresh("web", forged).send().refused("invalid_grant");
        }
        assertThat(failing.writes).hasValue(writes);
    }

    @Test
    void when_the_server_s_secret_changes_old_tokens_are_good_for_as_long_as_it_is_listed() {
        TestServer.MovableClock clock = new TestServer.MovableClock();
        GrantStore store = new InMemoryGrantStore(clock, 1000);
        TestServer before = TestServer.of(clock, b -> b.store(store).serverSecret(secret(1)));
        TestServer between = TestServer.of(clock, b -> b.store(store).serverSecret(secret(2), secret(1)));
        Reply first = before.signIn("web");

        Reply second = between.refresh("web", first.refresh()).send().issued();
        assertThat(between.refresh("web", first.refresh()).send().issued().refresh())
                .as("a retry across the change")
                .isEqualTo(second.refresh());
        Reply third = between.refresh("web", second.refresh()).send().issued();

        TestServer onlyOld = TestServer.of(clock, b -> b.store(store).serverSecret(secret(1)));
        onlyOld.refresh("web", third.refresh()).send().refused("invalid_grant");
        assertThat(onlyOld.lastEvent().type()).as("unknown, not replayed").isEqualTo(AuthEvent.Type.REFUSED);
        between.refresh("web", third.refresh()).send().issued();
    }

    @Test
    void once_the_old_secret_is_gone_what_the_new_one_made_is_good_and_the_rest_unknown() {
        TestServer.MovableClock clock = new TestServer.MovableClock();
        GrantStore store = new InMemoryGrantStore(clock, 1000);
        TestServer before = TestServer.of(clock, b -> b.store(store).serverSecret(secret(1)));
        TestServer between = TestServer.of(clock, b -> b.store(store).serverSecret(secret(2), secret(1)));
        Reply left = before.signIn("web");
        Reply moved =
                between.refresh("web", before.signIn("web").refresh()).send().issued();

        TestServer after = TestServer.of(clock, b -> b.store(store).serverSecret(secret(2)));
        after.refresh("web", left.refresh()).send().refused("invalid_grant");
        after.refresh("web", moved.refresh()).send().issued();
    }

    @Test
    void a_policy_may_write_refresh_tokens_as_jwts_and_all_rules_stay() throws Exception {
        TestServer jwts = TestServer.of(
                b -> b.tokens((by, client, authorization, user, plan) -> plan.refresh(r -> r.format(TokenFormat.JWT))));
        Reply first = jwts.signIn("web");
        SignedJWT token = SignedJWT.parse(first.refresh());
        assertThat(token.getHeader().getType()).isEqualTo(new JOSEObjectType("rt+jwt"));
        assertThat(token.getJWTClaimsSet().getExpirationTime())
                .isEqualTo(jwts.clock.instant().plus(Duration.ofDays(7)));

        Reply second = jwts.refresh("web", first.refresh()).send().issued();
        Reply retried = jwts.refresh("web", first.refresh()).send().issued();
        assertThat(Reply.claims(retried.refresh()).getJWTID())
                .isEqualTo(Reply.claims(second.refresh()).getJWTID());
        assertThat(jwts.isActive("web", second.refresh())).isTrue();
        jwts.refresh("web", first.access()).send().refused("invalid_grant");
        jwts.refresh("web", second.refresh().substring(0, second.refresh().lastIndexOf('.')) + ".AAAA")
                .send()
                .refused("invalid_grant");

        jwts.clock.advance(Duration.ofSeconds(31));
        jwts.refresh("web", first.refresh()).send().refused("invalid_grant");
        assertThat(jwts.lastEvent().type()).isEqualTo(AuthEvent.Type.REPLAYED);
        jwts.refresh("web", second.refresh()).send().refused("invalid_grant");
    }

    @Test
    void a_policy_that_names_tokens_otherwise_names_no_refresh_token() {
        TestServer named = TestServer.of(b -> b.tokens((by, client, authorization, user, plan) ->
                plan.refresh(r -> r.format(TokenFormat.JWT).tokenId(id -> "named " + id))));
        Reply tokens = named.signIn("web");

        assertThat(Reply.claims(tokens.refresh()).getJWTID()).doesNotContain("named");
        named.refresh("web", tokens.refresh()).send().issued();
    }

    private static byte[] secret(int seed) {
        byte[] secret = new byte[32];
        Arrays.fill(secret, (byte) seed);
        return secret;
    }
}
