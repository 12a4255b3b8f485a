package dev.mintmark.auth.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.AuthorizationServerBuilder;
import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.protocol.SigningAlgorithm;
import dev.mintmark.auth.protocol.TokenKind;
import dev.mintmark.auth.store.GrantStore;
import dev.mintmark.auth.store.InMemoryGrantStore;
import dev.mintmark.auth.token.TokenFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two servers share a store, its secret, a client and a person, and nothing else. */
class TwoIssuersTest {
    /** How the two write their access tokens. */
    enum Writing {
        JWT,
        HMAC,
        OPAQUE,
        JWT_REFRESH;

        AuthorizationServerBuilder set(AuthorizationServerBuilder b) {
            return switch (this) {
                case JWT -> b;
                case HMAC -> b.signing(TokenKind.ACCESS, SigningAlgorithm.HS256);
                case OPAQUE -> b.accessTokens(TokenFormat.OPAQUE);
                case JWT_REFRESH ->
                    b.tokens((by, client, authorization, user, plan) -> plan.refresh(r -> r.format(TokenFormat.JWT)));
            };
        }
    }

    private final TestServer.MovableClock clock = new TestServer.MovableClock();
    private final GrantStore store = new InMemoryGrantStore(clock, 10_000);

    @ParameterizedTest
    @EnumSource
    void neither_accepts_what_the_other_gave(Writing writing) {
        TestServer one = server("https://one.example", writing);
        TestServer two = server("https://two.example", writing);
        String code = one.code("web");
        two.redeem("web", code).send().refused("invalid_grant");
        Reply tokens = one.redeem("web", code).send().issued();

        two.refresh("web", tokens.refresh()).send().refused("invalid_grant");
        assertThat(two.isActive("web", tokens.access())).isFalse();
        assertThat(two.isActive("web", tokens.refresh())).isFalse();

        assertThat(one.isActive("web", tokens.access())).isTrue();
        assertThat(one.isActive("web", tokens.refresh())).isTrue();
        one.refresh("web", tokens.refresh()).send().issued();
    }

    @ParameterizedTest
    @EnumSource
    void neither_revokes_what_the_other_gave(Writing writing) {
        TestServer one = server("https://one.example", writing);
        TestServer two = server("https://two.example", writing);
        Reply tokens = one.signIn("web");

        two.revoke("web", tokens.access()).send();
        two.revoke("web", tokens.refresh()).send();
        two.server.revokeSubject(TestServer.USER);
        two.server.revokeClient("web");

        assertThat(one.isActive("web", tokens.access())).isTrue();
        one.refresh("web", tokens.refresh()).send().issued();
    }

    @Test
    void two_nodes_of_one_issuer_accept_each_other_s() {
        TestServer one = server("https://one.example", Writing.JWT);
        TestServer same = server("https://one.example", Writing.JWT);
        Reply tokens = same.redeem("web", one.code("web")).send().issued();

        assertThat(one.isActive("web", tokens.access())).isTrue();
        one.refresh("web", tokens.refresh()).send().issued();
    }

    private TestServer server(String issuer, Writing writing) {
        return TestServer.of(
                clock, b -> writing.set(b).issuer(issuer).store(store).serverSecret(new byte[32]));
    }
}
