package dev.mintmark.auth.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.protocol.Claims;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may be minted at SlashID and what may not, member by member. */
class SlashIdTest {
    private static final String API_KEY = "a key that is long enough";

    private final TestServer server = TestServer.of(b -> b.profile(SlashIdProfile.of("the organisation", API_KEY)));

    @ParameterizedTest
    @CsvSource({"act, 400", "cnf, 400", "client_id, 400", "scope, 400", "fid, 400", "sub, 400", "shoe_size, 200"})
    void claims_that_say_what_a_token_is_are_not_a_caller_s_to_say(String claim, int status) {
        Claims body = Claims.of("client_id", "web")
                .with("person_id", "alice")
                .with("scopes", List.of("openid"))
                .with("custom_claims", Claims.of(claim, "any"));
        Reply reply = server.call("POST", "/oauth2/tokens/mint")
                .header("SlashID-API-Key", API_KEY)
                .header("SlashID-OrgID", "the organisation")
                .contentType("application/json")
                .raw(body.toJson())
                .send();

        assertThat(reply.status()).as(reply.response().text()).isEqualTo(status);
    }
}
