package dev.mintmark.auth.browser;

import static dev.mintmark.auth.browser.House.CALLBACK;
import static dev.mintmark.auth.browser.House.link;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.people.Town;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.token.TokenFormat;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Claims asked for one by one (OpenID Connect Core section 5.5). */
class ClaimsRequestTest {
    private final House house = House.standard();

    private Reply tokens(String claims) {
        return tokens(house, claims, "openid");
    }

    private static Reply tokens(House house, String claims, String scope) {
        Page page = house.browser()
                .open(link("shop", "claims", claims, "scope", scope))
                .signIn("alice", Town.PASSWORD);
        return house.tokens("shop", page);
    }

    private Claims userInfo(Reply tokens) {
        return userInfo(house, tokens);
    }

    private static Claims userInfo(House house, Reply tokens) {
        return house.town.userInfo(tokens.access()).send().issued().json();
    }

    @Test
    void each_claim_goes_where_it_was_asked_for() throws Exception {
        Reply tokens = tokens("{\"userinfo\":{\"email\":null},\"id_token\":{\"name\":null}}");

        assertThat(tokens.idClaims().getStringClaim("name")).isEqualTo("The one called alice");
        assertThat(tokens.idClaims().getClaims()).doesNotContainKey("email");
        assertThat(userInfo(tokens).string("email")).contains("alice@example.com");
        assertThat(userInfo(tokens).names()).containsExactlyInAnyOrder("sub", "email");
    }

    @Test
    void what_nobody_asked_for_nobody_is_told() {
        Reply tokens = tokens("");

        assertThat(tokens.idClaims().getClaims()).doesNotContainKeys("email", "name");
        assertThat(userInfo(tokens).names()).containsExactly("sub");
    }

    /** Section 5.4: with an access token the scope's claims are at UserInfo. */
    @Test
    void what_the_scope_asks_for_is_at_userinfo_and_not_in_the_id_token() {
        Reply tokens = tokens(house, "", "openid profile email");

        assertThat(userInfo(tokens).names()).containsExactlyInAnyOrder("sub", "name", "email");
        assertThat(tokens.idClaims().getClaims()).doesNotContainKeys("email", "name");
    }

    @Test
    void claims_come_beside_those_of_the_scope() throws Exception {
        Reply tokens = tokens(house, "{\"userinfo\":{\"name\":null},\"id_token\":{\"email\":null}}", "openid email");

        assertThat(userInfo(tokens).names()).containsExactlyInAnyOrder("sub", "name", "email");
        assertThat(tokens.idClaims().getStringClaim("email")).isEqualTo("alice@example.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "{\"essential\":true}", "{\"essential\":false}", "{\"of_no_meaning\":[1]}"})
    void however_it_is_asked_the_answer_is_the_same(String wish) throws Exception {
        Reply tokens = tokens("{\"userinfo\":{\"email\":" + wish + "},\"id_token\":{\"email\":" + wish + "}}");

        assertThat(userInfo(tokens).string("email")).contains("alice@example.com");
        assertThat(tokens.idClaims().getStringClaim("email")).isEqualTo("alice@example.com");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"value\":\"alice@example.com\"}|true",
                "{\"value\":\"bob@example.com\"}|false",
                "{\"values\":[\"bob@example.com\",\"alice@example.com\"]}|true",
                "{\"values\":[\"bob@example.com\"]}|false",
                "{\"essential\":true,\"value\":\"bob@example.com\"}|false",
                "{\"value\":1}|false"
            })
    void a_value_that_is_asked_for_is_told_or_nothing(String wish, boolean told) {
        Reply tokens = tokens("{\"userinfo\":{\"email\":" + wish + "},\"id_token\":{\"email\":" + wish + "}}");

        assertThat(userInfo(tokens).names().contains("email")).isEqualTo(told);
        assertThat(tokens.idClaims().getClaims().containsKey("email")).isEqualTo(told);
    }

    @Test
    void values_may_be_numbers_truths_and_objects() {
        Claims person = Claims.of("updated_at", 1725846378)
                .with("email_verified", true)
                .with("address", Claims.of("country", "SG"));
        house.town.folk.change("alice", user -> user.withClaims(person));

        Claims told = userInfo(tokens("{\"userinfo\":{\"updated_at\":{\"value\":1725846378},"
                + "\"email_verified\":{\"values\":[true]},\"address\":{\"value\":{\"country\":\"SG\"}}}}"));
        Claims others = userInfo(tokens("{\"userinfo\":{\"updated_at\":{\"value\":1},"
                + "\"email_verified\":{\"value\":false},\"address\":{\"value\":{\"country\":\"AT\"}}}}"));

        assertThat(told).isEqualTo(Claims.parse(person.with("sub", "alice").toJson()));
        assertThat(others.names()).containsExactly("sub");
    }

    @Test
    void they_are_no_way_around_the_scope_that_the_client_is_registered_for() throws Exception {
        House narrow = House.knowing(House.shop().scope("openid").build());
        Page answer = narrow.browser()
                .open(House.link("shop", "claims", "{\"userinfo\":{\"email\":null},\"id_token\":{\"name\":null}}"))
                .signIn("alice", dev.mintmark.auth.people.Town.PASSWORD);
        Reply tokens = narrow.tokens("shop", answer);

        assertThat(tokens.idClaims().getClaims()).doesNotContainKey("name");
        assertThat(narrow.server
                        .call("GET", "/userinfo")
                        .header("Authorization", "Bearer " + tokens.access())
                        .send()
                        .json()
                        .names())
                .containsExactly("sub");
    }

    /** Section 5.5.1: no error, essential or not. */
    @Test
    void what_the_person_does_not_have_is_left_out() {
        Reply tokens = tokens("{\"userinfo\":{\"phone_number\":{\"essential\":true},\"email\":null},"
                + "\"id_token\":{\"birthdate\":{\"essential\":true}}}");

        assertThat(userInfo(tokens).names()).containsExactlyInAnyOrder("sub", "email");
        assertThat(tokens.idClaims().getClaims()).doesNotContainKey("birthdate");
    }

    @Test
    void what_the_person_has_no_more_is_left_out_from_then_on() {
        Reply tokens = tokens("{\"userinfo\":{\"email\":null,\"name\":null}}");
        house.town.folk.change("alice", user -> user.withClaims(Claims.of("name", "Alice")));

        assertThat(userInfo(tokens)).isEqualTo(Claims.of("sub", "alice").with("name", "Alice"));
    }

    @Test
    void what_is_no_standard_claim_is_nobodys_to_ask_for() {
        house.town.folk.change(
                "alice", user -> user.withClaims(Claims.of("salary", 42).with("name#de", "Alice")));

        Reply tokens = tokens(
                "{\"userinfo\":{\"salary\":null,\"name#de\":null,\"password\":null},"
                        + "\"id_token\":{\"salary\":null,\"https://example/claim\":{\"essential\":true}},\"of_no_meaning\":{\"x\":1}}");

        assertThat(userInfo(tokens).names()).containsExactly("sub");
        assertThat(tokens.idClaims().getClaims()).doesNotContainKeys("salary", "https://example/claim");
    }

    @Test
    void what_the_server_says_itself_is_nobodys_to_say() throws Exception {
        house.town.folk.change(
                "alice",
                user -> user.withClaims(Claims.of("iss", "https://evil.example")
                        .with("aud", "evil")
                        .with("acr", "9")));
        Reply tokens = tokens("{\"id_token\":{\"iss\":null,\"aud\":{\"value\":\"evil\"},\"exp\":null,\"acr\":null,"
                + "\"auth_time\":{\"essential\":true},\"nonce\":{\"value\":\"x\"}}}");

        JWTClaimsSet id = tokens.idClaims();
        assertThat(id.getIssuer()).isEqualTo(TestServer.ISSUER);
        assertThat(id.getAudience()).containsExactly("shop");
        assertThat(id.getStringClaim("acr")).isEqualTo("1");
        assertThat(id.getStringClaim("nonce")).isEqualTo("the nonce");
        assertThat(id.getDateClaim("auth_time")).isNotNull();
    }

    @ParameterizedTest
    @EnumSource(TokenFormat.class)
    void the_form_of_the_access_token_makes_no_difference(TokenFormat format) {
        House either = House.of(b -> b.accessTokens(format));

        Reply tokens = tokens(either, "{\"userinfo\":{\"email\":null}}", "openid");

        assertThat(userInfo(either, tokens).string("email")).contains("alice@example.com");
    }

    @Test
    void what_was_asked_for_outlives_a_refresh() throws Exception {
        Reply first =
                tokens(house, "{\"userinfo\":{\"email\":null},\"id_token\":{\"name\":null}}", "openid offline_access");
        house.clock.advance(Duration.ofMinutes(30));

        Reply second = house.as("shop", house.server.call("POST", "/token"))
                .with("grant_type", "refresh_token")
                .with("refresh_token", first.refresh())
                .send()
                .issued();

        assertThat(userInfo(second).string("email")).contains("alice@example.com");
        assertThat(second.idClaims().getStringClaim("name")).isEqualTo("The one called alice");
    }

    @Test
    void without_openid_there_is_nothing_to_ask_at() {
        Reply tokens = tokens(house, "{\"userinfo\":{\"email\":null}}", "read");

        house.town.userInfo(tokens.access()).send().refused(403, "insufficient_scope");
    }

    // ---- consent ----

    private static final String BOTH = "{\"userinfo\":{\"email\":null},\"id_token\":{\"name\":null}}";

    @Test
    void the_person_is_asked_for_claims_beyond_the_scope() {
        Browser alice = house.signedIn("alice");

        Page consent = alice.open(link("partner", "claims", BOTH)).shows("consent");
        assertThat(consent.json().strings("claims")).containsExactlyInAnyOrder("email", "name");
        Page page = consent.submit("decision", "allow");
        assertThat(userInfo(house.tokens("partner", page)).string("email")).contains("alice@example.com");
    }

    @Test
    void of_what_the_scope_covers_nobody_is_asked_twice() {
        Browser alice = house.signedIn("alice");

        Page consent = alice.open(link("partner", "claims", BOTH, "scope", "openid email"))
                .shows("consent");

        assertThat(consent.json().strings("claims")).containsExactly("name");
    }

    @Test
    void of_what_nobody_is_told_nobody_is_asked() {
        Browser alice = house.signedIn("alice");
        String odd = "{\"userinfo\":{\"salary\":null},\"id_token\":{\"acr\":null,\"sub\":null,\"auth_time\":null}}";

        Page consent = alice.open(link("partner", "claims", odd)).shows("consent");

        assertThat(consent.json().strings("claims")).isEmpty();
    }

    @Test
    void claims_that_were_allowed_are_not_asked_for_again_and_others_are() {
        Browser alice = house.signedIn("alice");
        alice.open(link("partner", "claims", "{\"userinfo\":{\"email\":null}}")).allow();

        alice.get(link("partner", "claims", "{\"id_token\":{\"email\":null}}", "prompt", "none"))
                .answer(CALLBACK)
                .required("code");
        alice.get(link("partner", "claims", BOTH, "prompt", "none")).refused(CALLBACK, "consent_required");
        alice.open(link("partner", "claims", BOTH)).allow();
        alice.get(link("partner", "claims", BOTH, "prompt", "none"))
                .answer(CALLBACK)
                .required("code");
        assertThat(house.server.server.consents("alice"))
                .singleElement()
                .satisfies(consent -> assertThat(consent.claims()).containsExactlyInAnyOrder("email", "name"));
    }

    @Test
    void a_scope_that_was_allowed_allows_the_claims_it_covers() {
        Browser alice = house.signedIn("alice");
        alice.open(link("partner", "scope", "openid email")).allow();

        alice.get(link(
                        "partner",
                        "scope",
                        "openid email",
                        "claims",
                        "{\"id_token\":{\"email\":null}}",
                        "prompt",
                        "none"))
                .answer(CALLBACK)
                .required("code");
    }

    @Test
    void whoever_says_no_tells_nothing() {
        Page consent =
                house.signedIn("alice").open(link("partner", "claims", BOTH)).shows("consent");

        consent.submit("decision", "deny").refused(CALLBACK, "access_denied");
        assertThat(house.server.server.consents("alice")).isEqualTo(List.of());
    }
}
