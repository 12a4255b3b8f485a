package dev.mintmark.auth.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.mintmark.auth.AuthorizationServer;
import dev.mintmark.auth.protocol.Authentication;
import dev.mintmark.auth.protocol.AuthorizationRequest;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Pkce;
import dev.mintmark.auth.store.ClientStore;
import dev.mintmark.auth.wire.WireRequest;
import dev.mintmark.auth.wire.WireResponse;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/** A refresh token that is not exactly the one that was issued gets nothing, and ends nothing. */
class RefreshFuzzTest {
    private static final String VERIFIER = "the-verifier-of-these-tests-is-long-enough-1234";
    private static final AuthorizationServer SERVER = AuthorizationServer.builder(URI.create("https://auth.example"))
            .clients(ClientStore.of(Client.of("spa")
                    .tokenEndpointAuthMethod("none")
                    .grantTypes(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN)
                    .redirectUris(URI.create("https://spa.example/cb"))
                    .scope("read")
                    .build()))
            .scopes("read")
            .listener(event -> {})
            .build();
    private static final String TOKEN = issued();

    /** The first byte says whether the rest is a token or changes to the true one. */
    @FuzzTest
    void a_token_that_was_not_issued_buys_nothing(byte[] input) {
        if (input.length < 3) return;
        byte[] rest = Arrays.copyOfRange(input, 1, input.length);
        String token = input[0] % 2 == 0 ? new String(rest, StandardCharsets.UTF_8) : changed(rest);
        if (token.equals(TOKEN)) return;
        WireResponse response = token("grant_type=refresh_token&refresh_token=" + encoded(token));
        assertThat(response.status()).isEqualTo(400);
        assertThat(Claims.parse(response.text()).string("error").orElseThrow())
                .isIn("invalid_grant", "invalid_request");
        assertThat(response.text()).doesNotContain(TOKEN);
    }

    /** Places, and what is put there. */
    private static String changed(byte[] changes) {
        StringBuilder token = new StringBuilder(TOKEN);
        for (int i = 0; i + 1 < changes.length; i += 2) {
            token.setCharAt((changes[i] & 0xFF) % token.length(), (char) (changes[i + 1] & 0xFF));
        }
        return token.toString();
    }

    private static String issued() {
        AuthorizationRequest request =
                AuthorizationRequest.of("spa").scope("read").codeChallenge(Pkce.challenge(VERIFIER));
        String code = SERVER.approve(request, Authentication.of("alice", Instant.now()))
                .code();
        WireResponse response = token("grant_type=authorization_code&code=" + code + "&code_verifier=" + VERIFIER);
        return Claims.parse(response.text()).string("refresh_token").orElseThrow();
    }

    private static WireResponse token(String form) {
        return SERVER.answer(WireRequest.of("POST", "/token")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .body(("client_id=spa&" + form).getBytes(StandardCharsets.US_ASCII))
                .build());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
