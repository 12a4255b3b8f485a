package dev.mintmark.auth.browser;

import static dev.mintmark.auth.browser.House.CALLBACK;
import static dev.mintmark.auth.browser.House.link;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.people.Folk;
import dev.mintmark.auth.people.Town;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.SigningAlgorithm;
import dev.mintmark.auth.protocol.TokenKind;
import dev.mintmark.auth.store.ClientStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a request is about: {@code id_token_hint}, {@code login_hint}, and {@code sub} in {@code claims}. */
class HintTest {
    private final House house = withBob(House.standard());

    private static House withBob(House house) {
        house.town.folk.put(Folk.person("bob"));
        return house;
    }

    private String idToken(String client, String name) {
        return idToken(house, client, name);
    }

    private static String idToken(House house, String client, String name) {
        Page page = house.browser().open(link(client)).signIn(name, Town.PASSWORD);
        Page answer = client.equals("shop") ? page : page.allow();
        return house.tokens(client, answer).string("id_token");
    }

    // ---- id_token_hint ----

    @Test
    void a_hint_of_whoever_is_signed_in_changes_nothing() {
        house.signedIn("alice")
                .get(link("shop", "id_token_hint", idToken("shop", "alice"), "prompt", "none"))
                .answer(CALLBACK)
                .required("code");
    }

    @Test
    void a_hint_of_somebody_else_asks_that_person_to_sign_in() {
        Browser browser = house.signedIn("alice");
        String bob = idToken("shop", "bob");

        browser.get(link("shop", "id_token_hint", bob, "prompt", "none")).refused(CALLBACK, "login_required");
        Page page = browser.open(link("shop", "id_token_hint", bob)).signIn("bob", Town.PASSWORD);
        assertThat(house.tokens("shop", page).idClaims().getSubject()).isEqualTo("bob");
    }

    /** Section 3.1.2.1: if that person is not logged in, the server SHOULD return an error such as login_required. */
    @Test
    void whoever_signs_in_instead_is_not_given_out() {
        String bob = idToken("shop", "bob");

        house.browser()
                .open(link("shop", "id_token_hint", bob))
                .signIn("alice", Town.PASSWORD)
                .refused(CALLBACK, "login_required");
        house.signedIn("alice")
                .open(link("shop", "id_token_hint", bob))
                .signIn("alice", Town.PASSWORD)
                .refused(CALLBACK, "login_required");
    }

    @Test
    void a_hint_may_have_expired() {
        String alice = idToken("shop", "alice");
        house.clock.advance(Duration.ofHours(3));

        house.signedIn("alice")
                .get(link("shop", "id_token_hint", alice, "prompt", "none"))
                .answer(CALLBACK)
                .required("code");
        house.signedIn("bob")
                .get(link("shop", "id_token_hint", alice, "prompt", "none"))
                .refused(CALLBACK, "login_required");
    }

    @Test
    void another_clients_id_token_is_no_hint() {
        house.signedIn("alice")
                .get(link("shop", "id_token_hint", idToken("partner", "alice")))
                .refused(CALLBACK, "invalid_request");
    }

    @Test
    void no_other_token_is_a_hint() {
        Browser alice = house.browser();
        Page page = alice.open(link("shop", "scope", "openid offline_access")).signIn("alice", Town.PASSWORD);
        Reply tokens = house.tokens("shop", page);

        for (String token : new String[] {tokens.access(), tokens.refresh()}) {
            alice.get(link("shop", "id_token_hint", token)).refused(CALLBACK, "invalid_request");
        }
    }

    @Test
    void signed_userinfo_is_no_hint() {
        House signing = House.knowing(
                House.shop().userinfoSignedResponseAlg(SigningAlgorithm.RS256).build());
        Browser alice = signing.browser();
        Page page = alice.open(link("shop")).signIn("alice", Town.PASSWORD);
        String userInfo = signing.town
                .userInfo(signing.tokens("shop", page).access())
                .send()
                .response()
                .text();
        assertThat(userInfo).startsWith("eyJ");

        alice.get(link("shop", "id_token_hint", userInfo)).refused(CALLBACK, "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"signature", "payload", "none", "none with a signature", "another server"})
    void a_forged_hint_is_none(String how) {
        String token = idToken("shop", "alice");
        String[] parts = token.split("\\.", -1);
        String none = encoded("{\"alg\":\"none\"}");
        String forged = switch (how) {
            case "signature" ->
                parts[0] + "." + parts[1] + "." + (parts[2].startsWith("A") ? "B" : "A") + parts[2].substring(1);
            case "payload" ->
                parts[0] + "."
                        + encoded(
                                "{\"iss\":\"https://auth.example\",\"sub\":\"alice\",\"aud\":\"shop\",\"exp\":9999999999}")
                        + "." + parts[2];
            case "none" -> none + "." + parts[1] + ".";
            case "none with a signature" -> none + "." + parts[1] + "." + parts[2];
            default -> idToken(elsewhere(), "shop", "alice");
        };

        house.signedIn("alice")
                .get(link("shop", "id_token_hint", forged, "prompt", "none"))
                .refused(CALLBACK, "invalid_request");
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    /** With the same keys, as a careless embedder may have it. */
    private static House elsewhere() {
        return House.of(b -> b.issuer("https://other.example"));
    }

    @Test
    void a_hint_outlives_the_rotation_of_its_key_but_not_its_revocation() throws Exception {
        House rotating = withBob(House.of(b -> b.signing(TokenKind.ID, SigningAlgorithm.RS256, SigningAlgorithm.ES256)
                .clients(ClientStore.of(House.shop()
                        .idTokenSignedResponseAlg(SigningAlgorithm.ES256)
                        .build()))));
        String before = idToken(rotating, "shop", "alice");
        rotating.server.server.rotateKeys();
        rotating.clock.advance(Duration.ofDays(1));
        String after = idToken(rotating, "shop", "alice");
        assertThat(kid(after)).isNotEqualTo(kid(before));

        Browser alice = rotating.signedIn("alice");
        alice.get(link("shop", "id_token_hint", before)).answer(CALLBACK).required("code");
        alice.get(link("shop", "id_token_hint", after)).answer(CALLBACK).required("code");
        rotating.server.server.revokeKeys();
        alice.get(link("shop", "id_token_hint", before)).refused(CALLBACK, "invalid_request");
        alice.get(link("shop", "id_token_hint", after)).refused(CALLBACK, "invalid_request");
    }

    private static String kid(String jwt) throws Exception {
        return SignedJWT.parse(jwt).getHeader().getKeyID();
    }

    /** OpenID Connect Core section 10.1: verified by the client's secret, and by no other client's. */
    @Test
    void a_hint_may_be_signed_with_the_clients_own_secret() {
        Client shop = withSecret(House.shop());
        House house = withBob(House.knowing(shop, withSecret(House.partner().requireConsent(false))));
        String alice = idToken(house, "shop", "alice");

        Browser browser = house.signedIn("alice");
        browser.get(link("shop", "id_token_hint", alice, "prompt", "none"))
                .answer(CALLBACK)
                .required("code");
        browser.get(link("partner", "id_token_hint", alice)).refused(CALLBACK, "invalid_request");
        house.signedIn("bob")
                .get(link("shop", "id_token_hint", alice, "prompt", "none"))
                .refused(CALLBACK, "login_required");
    }

    private static Client withSecret(Client.Builder client) {
        return client.idTokenSignedResponseAlg(SigningAlgorithm.HS256)
                .rawSecret(TestServer.SECRET)
                .build();
    }

    @Test
    void the_hint_is_judged_before_the_consent() {
        String bob = idToken("partner", "bob");

        house.signedIn("alice")
                .get(link("partner", "id_token_hint", bob, "prompt", "none"))
                .refused(CALLBACK, "login_required");
    }

    // ---- login_hint ----

    @Test
    void the_name_that_the_client_suggests_is_filled_in() {
        Page login = house.browser().open(link("shop", "login_hint", "alice")).shows("login");

        assertThat(login.json().string("username")).contains("alice");
    }

    @Test
    void what_was_entered_counts_for_more_than_what_was_suggested() {
        Page login = house.browser().open(link("shop", "login_hint", "alice"));

        Page again = login.signIn("bob", "wrong").shows("login");
        assertThat(again.json().string("username")).contains("bob");
        Page answer = again.signIn("bob", Town.PASSWORD);
        assertThat(house.tokens("shop", answer).idClaims().getSubject()).isEqualTo("bob");
    }

    @Test
    void a_suggestion_signs_nobody_out() {
        house.signedIn("alice")
                .get(link("shop", "login_hint", "bob", "prompt", "none"))
                .answer(CALLBACK)
                .required("code");
    }

    // ---- claims: sub ----

    @Test
    void a_sub_that_is_asked_for_is_who_must_sign_in() {
        String bob = "{\"id_token\":{\"sub\":{\"value\":\"bob\"}}}";
        Browser browser = house.signedIn("alice");

        browser.get(link("shop", "claims", bob, "prompt", "none")).refused(CALLBACK, "login_required");
        browser.open(link("shop", "claims", bob)).signIn("alice", Town.PASSWORD).refused(CALLBACK, "login_required");
        Page page = browser.open(link("shop", "claims", bob)).signIn("bob", Town.PASSWORD);
        assertThat(house.tokens("shop", page).idClaims().getSubject()).isEqualTo("bob");
        browser.get(link("shop", "claims", bob, "prompt", "none"))
                .answer(CALLBACK)
                .required("code");
    }

    @Test
    void a_sub_without_a_value_is_anyones() {
        house.signedIn("alice")
                .get(link("shop", "claims", "{\"id_token\":{\"sub\":null}}", "prompt", "none"))
                .answer(CALLBACK)
                .required("code");
    }

    @Test
    void hint_and_sub_must_both_be_right() {
        String bob = "{\"id_token\":{\"sub\":{\"value\":\"bob\"}}}";
        String alice = idToken("shop", "alice");

        house.signedIn("alice")
                .get(link("shop", "claims", bob, "id_token_hint", alice, "prompt", "none"))
                .refused(CALLBACK, "login_required");
        house.signedIn("bob")
                .get(link("shop", "claims", bob, "id_token_hint", alice, "prompt", "none"))
                .refused(CALLBACK, "login_required");
    }
}
