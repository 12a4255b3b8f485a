package dev.mintmark.auth.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.AuthEvent;
import dev.mintmark.auth.Reply;
import dev.mintmark.auth.VerifiedToken;
import dev.mintmark.auth.people.Town;
import dev.mintmark.auth.protocol.Authentication;
import dev.mintmark.auth.protocol.Authorization;
import dev.mintmark.auth.protocol.Issued;
import dev.mintmark.auth.protocol.Scopes;
import dev.mintmark.auth.protocol.TokenKind;
import dev.mintmark.auth.protocol.TokenResult;
import dev.mintmark.auth.token.TokenFormat;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tokens for what the application decided itself, and what the application asks about a token. */
class WithoutGrantTest {
    private final Town town = Town.standard();

    private TokenResult issue(String client, String person, String scope) {
        Authorization decided = Authorization.ofUser(client, Authentication.of(person, town.clock.instant()))
                .scope(Scopes.parse(scope))
                .build();
        return town.server.server.issueWithoutGrant(decided, UnaryOperator.identity());
    }

    private static String refusal(TokenResult result) {
        return ((TokenResult.Denied) result).refusal().code().value();
    }

    @Test
    void an_application_that_decided_gets_tokens_like_any() {
        Issued issued = issue("app", "alice", "openid read").issued();

        VerifiedToken token = verified(town, issued.accessToken()).orElseThrow();
        assertThat(token.person()).contains("alice");
        assertThat(token.client()).contains("app");
        assertThat(town.server.lastEvent().type()).isEqualTo(AuthEvent.Type.ISSUED);
        assertThat(town.server.lastEvent().endpoint()).contains("none");
        town.userInfo(issued.accessToken()).send().issued();
    }

    @Test
    void it_is_held_to_what_the_client_and_the_person_may_have() {
        assertThat(refusal(issue("unknown", "alice", "read"))).isEqualTo("invalid_request");
        assertThat(refusal(issue("app", "alice", "write"))).isEqualTo("invalid_scope");
        assertThat(refusal(issue("app", "alice", "unheard-of"))).isEqualTo("invalid_scope");
        assertThat(refusal(issue("app", "a stranger", "read"))).isEqualTo("invalid_grant");
        town.folk.change("alice", user -> user.withActive(false));
        assertThat(refusal(issue("app", "alice", "read"))).isEqualTo("invalid_grant");
    }

    @Test
    void only_a_client_that_there_is_is_told_to_the_listener() {
        issue("a secret in the wrong place", "alice", "read");
        assertThat(town.server.lastEvent().client()).isEmpty();

        issue("app", "alice", "unheard-of");
        assertThat(town.server.lastEvent().client()).contains("app");
    }

    @Test
    void no_client_can_ask_for_it() {
        town.server.token("app", "none").send().refused("unsupported_grant_type");
    }

    @ParameterizedTest
    @EnumSource(TokenFormat.class)
    void a_token_is_verified_while_it_is_valid(TokenFormat format) {
        Town either = Town.of(b -> b.accessTokens(format));
        Reply tokens = either.signIn("alice", Town.PASSWORD).send().issued();
        VerifiedToken token = verified(either, tokens.access()).orElseThrow();

        assertThat(token.person()).contains("alice");
        assertThat(token.client()).contains("app");
        assertThat(token.scope()).isEqualTo(Scopes.parse(Town.SCOPE));
        assertThat(token.expires()).isEqualTo(either.clock.instant().plus(Duration.ofHours(1)));
        assertThat(token.claims().string("sub")).contains("alice");
        assertThat(token.toString()).isEqualTo("a token of app").doesNotContain(tokens.access());
        assertThat(verified(either, tokens.refresh())).isEmpty();
        assertThat(either.server.server.verify(TokenKind.REFRESH, tokens.refresh()))
                .isPresent();
        assertThat(either.server.server.verify(TokenKind.REFRESH, tokens.access()))
                .isEmpty();

        either.clock.advance(Duration.ofHours(1));
        assertThat(verified(either, tokens.access())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(TokenFormat.class)
    void a_token_that_is_revoked_or_of_another_kind_is_not(TokenFormat format) {
        Town either = Town.of(b -> b.accessTokens(format));
        Reply tokens = either.signIn("alice", Town.PASSWORD).send().issued();
        assertThat(verified(either, tokens.string("id_token"))).isEmpty();
        assertThat(verified(either, "unknown")).isEmpty();
        assertThat(verified(either, tokens.access() + "x")).isEmpty();
        either.server.server.revokeSubject("alice");

        assertThat(verified(either, tokens.access())).isEmpty();
        assertThat(either.server.server.verify(TokenKind.REFRESH, tokens.refresh()))
                .isEmpty();
    }

    @Test
    void a_client_s_own_token_speaks_for_no_person() {
        String token = town.server
                .token("machine", "client_credentials")
                .send()
                .issued()
                .access();
        assertThat(verified(town, token).orElseThrow().person()).isEmpty();
    }

    private static Optional<VerifiedToken> verified(Town town, String token) {
        return town.server.server.verify(TokenKind.ACCESS, token);
    }
}
