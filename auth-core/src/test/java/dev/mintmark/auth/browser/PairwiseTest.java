package dev.mintmark.auth.browser;

import static dev.mintmark.auth.browser.House.CALLBACK;
import static dev.mintmark.auth.browser.House.link;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.people.Town;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.Subject;
import dev.mintmark.auth.protocol.User;
import dev.mintmark.auth.store.ClientStore;
import dev.mintmark.auth.token.TokenFormat;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pairwise subjects (OpenID Connect Core section 8). */
class PairwiseTest {
    private static final String LOCAL = "local-4711";
    private static final String SALT = "a-salt-of-at-least-32-secret-bytes";
    private static final String SCOPE = "openid offline_access email";

    private final House house = house(TokenFormat.JWT, SALT);

    private static House house(TokenFormat format, String salt) {
        House house = House.of(b -> b.accessTokens(format)
                .pairwiseSubjects(salt.getBytes(StandardCharsets.UTF_8))
                .clients(ClientStore.of(
                        House.shop().build(),
                        client("one").pairwise().build(),
                        client("two").pairwise().build(),
                        client("elsewhere")
                                .pairwise(URI.create("https://elsewhere.example/uris.json"))
                                .build(),
                        client("resource").build())));
        house.town.folk.put(User.of(LOCAL)
                .withUsername("paula")
                .withClaims(Claims.of("email", "paula@example.com").with("sub", LOCAL)));
        house.town.folk.put(User.of("local-4712").withUsername("quinn"));
        return house;
    }

    private static Client.Builder client(String name) {
        return House.client(name).secret(TestServer.secret()).requireConsent(false);
    }

    private Reply tokens(String client) {
        return tokens(house, client, "paula");
    }

    private static Reply tokens(House house, String client, String name) {
        Page page = house.browser().open(link(client, "scope", SCOPE)).signIn(name, Town.PASSWORD);
        return house.tokens(client, page);
    }

    private static Reply refreshed(House house, String client, Reply tokens) {
        return house.as(client, house.server.call("POST", "/token"))
                .with("grant_type", "refresh_token")
                .with("refresh_token", tokens.refresh())
                .send();
    }

    @Test
    void a_sector_knows_a_person_by_one_name_and_another_sector_by_another() {
        String one = tokens("one").idClaims().getSubject();

        assertThat(tokens("one").idClaims().getSubject()).isEqualTo(one);
        assertThat(tokens("two").idClaims().getSubject()).isEqualTo(one);
        assertThat(tokens("elsewhere").idClaims().getSubject()).isNotEqualTo(one);
        assertThat(tokens("shop").idClaims().getSubject()).isEqualTo(LOCAL);
        assertThat(tokens(house, "one", "quinn").idClaims().getSubject()).isNotEqualTo(one);
    }

    /** Section 8.1: MUST NOT be reversible by anyone but the server; and without its salt no one can compute them. */
    @Test
    void the_name_comes_of_the_salt() {
        String one = tokens("one").idClaims().getSubject();

        assertThat(tokens(house(TokenFormat.JWT, SALT), "one", "paula")
                        .idClaims()
                        .getSubject())
                .isEqualTo(one);
        assertThat(tokens(house(TokenFormat.JWT, SALT + "!"), "one", "paula")
                        .idClaims()
                        .getSubject())
                .isNotEqualTo(one);
        // Section 2: at most 255 ASCII characters
        assertThat(one).matches("[\\x21-\\x7e]{1,255}").doesNotContain(LOCAL);
    }

    @ParameterizedTest
    @EnumSource(TokenFormat.class)
    void everything_that_is_told_of_a_person_has_the_same_name(TokenFormat format) {
        House either = house(format, SALT);
        Reply tokens = tokens(either, "one", "paula");
        String sub = tokens.idClaims().getSubject();

        assertThat(either.town.userInfo(tokens.access()).send().issued().string("sub"))
                .isEqualTo(sub);
        assertThat(either.server.introspect("one", tokens.access()).string("sub"))
                .contains(sub);
        assertThat(either.server.introspect("resource", tokens.access()).string("sub"))
                .contains(sub);
        assertThat(either.server.introspect("one", tokens.refresh()).string("sub"))
                .contains(sub);
        if (format == TokenFormat.JWT)
            assertThat(tokens.accessClaims().getSubject()).isEqualTo(sub);
    }

    @ParameterizedTest
    @EnumSource(TokenFormat.class)
    void the_name_that_the_server_has_is_nowhere(TokenFormat format) throws Exception {
        House either = house(format, SALT);
        Page page = either.browser().open(link("one", "scope", SCOPE)).signIn("paula", Town.PASSWORD);
        Reply tokens = either.tokens("one", page);
        Reply second = refreshed(either, "one", tokens).issued();

        assertThat(page.location().orElseThrow()).doesNotContain(LOCAL);
        for (Reply reply : List.of(tokens, second)) {
            assertThat(reply.response().text()).doesNotContain(LOCAL);
            assertThat(payload(reply.string("id_token"))).doesNotContain(LOCAL);
            if (format == TokenFormat.JWT) assertThat(payload(reply.access())).doesNotContain(LOCAL);
            assertThat(either.server.introspect("one", reply.access()).toJson()).doesNotContain(LOCAL, "local_sub");
            assertThat(either.server.introspect("one", reply.refresh()).toJson())
                    .doesNotContain(LOCAL);
            assertThat(either.town.userInfo(reply.access()).send().response().text())
                    .doesNotContain(LOCAL);
        }
    }

    private static String payload(String jwt) throws Exception {
        return SignedJWT.parse(jwt).getPayload().toString();
    }

    @Test
    void a_refresh_keeps_the_name() {
        Reply first = tokens("one");

        Reply second = refreshed(house, "one", first).issued();

        assertThat(second.idClaims().getSubject()).isEqualTo(first.idClaims().getSubject());
        assertThat(second.accessClaims().getSubject())
                .isEqualTo(first.idClaims().getSubject());
        assertThat(house.town.userInfo(second.access()).send().issued().string("email"))
                .isEqualTo("paula@example.com");
    }

    // ---- the application calls the person by the name it knows ----

    @ParameterizedTest
    @EnumSource(TokenFormat.class)
    void a_person_is_revoked_by_the_servers_own_name(TokenFormat format) {
        House either = house(format, SALT);
        Reply tokens = tokens(either, "one", "paula");
        Reply quinns = tokens(either, "one", "quinn");
        either.clock.advance(Duration.ofSeconds(1));

        either.server.server.revokeSubject(LOCAL);

        assertThat(either.server.isActive("one", tokens.access())).isFalse();
        assertThat(either.server.isActive("one", tokens.refresh())).isFalse();
        assertThat(either.town.userInfo(tokens.access()).send().status()).isEqualTo(401);
        refreshed(either, "one", tokens).refused("invalid_grant");
        assertThat(either.server.isActive("one", quinns.access())).isTrue();
    }

    @Test
    void a_person_is_revoked_at_one_client_by_the_servers_own_name() {
        Reply one = tokens("one");
        Reply two = tokens("two");
        house.clock.advance(Duration.ofSeconds(1));

        house.server.server.revokeSubjectAtClient(LOCAL, "one");

        assertThat(house.server.isActive("one", one.access())).isFalse();
        assertThat(house.server.isActive("two", two.access())).isTrue();
    }

    @Test
    void sessions_and_events_are_the_persons_own() {
        tokens("one");

        assertThat(house.server.server.sessions(LOCAL)).singleElement().satisfies(session -> {
            assertThat(session.authentication().subject()).isEqualTo(new Subject.OfUser(LOCAL));
            assertThat(session.clients()).containsExactly("one");
        });
        assertThat(house.server.lastEvent().subject()).contains(LOCAL);
    }

    // ---- clients call the person by the name they know ----

    @Test
    void a_hint_of_the_sectors_name_is_of_that_person() {
        String hint = tokens("one").string("id_token");
        String quinns = tokens(house, "one", "quinn").string("id_token");
        Browser paula = house.signedIn("paula");

        paula.get(link("one", "id_token_hint", hint, "prompt", "none"))
                .answer(CALLBACK)
                .required("code");
        paula.get(link("one", "id_token_hint", quinns, "prompt", "none")).refused(CALLBACK, "login_required");
        paula.get(link("elsewhere", "id_token_hint", hint)).refused(CALLBACK, "invalid_request");
    }

    @Test
    void a_sub_that_is_asked_for_is_the_sectors_name() {
        String sub = tokens("one").idClaims().getSubject();
        Browser paula = house.signedIn("paula");

        paula.get(link("one", "claims", asking(sub), "prompt", "none"))
                .answer(CALLBACK)
                .required("code");
        paula.get(link("one", "claims", asking(LOCAL), "prompt", "none")).refused(CALLBACK, "login_required");
        paula.get(link("elsewhere", "claims", asking(sub), "prompt", "none")).refused(CALLBACK, "login_required");
        paula.get(link("shop", "claims", asking(LOCAL), "prompt", "none"))
                .answer(CALLBACK)
                .required("code");
    }

    private static String asking(String sub) {
        return "{\"id_token\":{\"sub\":{\"value\":\"" + sub + "\"}}}";
    }
}
