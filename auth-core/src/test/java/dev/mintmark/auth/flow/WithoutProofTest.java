package dev.mintmark.auth.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintmark.auth.AuthorizationServerBuilder;
import dev.mintmark.auth.Call;
import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.people.Town;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.store.ClientStore;
import org.junit.jupiter.api.Test;

/** Requests without a client's proof, where the builder allows them. */
class WithoutProofTest {
    private static final Client ANYONE = Client.of("anyone")
            .tokenEndpointAuthMethod("none")
            .grantTypes(GrantType.PASSWORD, GrantType.REFRESH_TOKEN)
            .scope("openid offline_access read")
            .build();

    private final Town closed = Town.standard();
    private final Town anonymous = Town.of(b -> b.anonymousClient(ANYONE));
    private final Town only = Town.of(b -> b.onlyClient(ANYONE));
    private final Town continuing = Town.of(AuthorizationServerBuilder::allowContinuingWithoutClientProof);

    private static Call bare(Town town, String grant) {
        return town.server.call("POST", "/token").with("grant_type", grant);
    }

    private static Call password(Town town) {
        return bare(town, "password").with("username", "alice").with("password", Town.PASSWORD);
    }

    private static Call otp(Town town, String challenge) {
        return bare(town, GrantType.MFA_OTP.value())
                .with("mfa_token", challenge)
                .with("otp", town.code());
    }

    @Test
    void by_default_every_request_names_its_client() {
        password(closed).send().refused(401, "invalid_client");
        otp(closed, closed.challenge("tom")).send().refused(401, "invalid_client");
        Reply tokens = closed.signIn("alice", Town.PASSWORD).send().issued();
        bare(closed, "refresh_token")
                .with("refresh_token", tokens.refresh())
                .send()
                .refused(401, "invalid_client");
    }

    @Test
    void who_names_no_client_is_the_one_for_that_and_gets_its_grants_only() throws Exception {
        Reply reply = password(anonymous).send().issued();
        assertThat(reply.accessClaims().getStringClaim("client_id")).isEqualTo("anyone");
        bare(anonymous, "refresh_token")
                .with("refresh_token", reply.refresh())
                .send()
                .issued();
        bare(anonymous, "client_credentials").send().refused("unauthorized_client");
        anonymous
                .server
                .call("POST", "/introspect")
                .with("token", reply.access())
                .send()
                .refused(401, "invalid_client");
    }

    @Test
    void credentials_that_are_sent_are_looked_at_and_no_one_can_say_to_be_anyone() {
        password(anonymous).basic("app", "wrong").send().refused(401, "invalid_client");
        password(anonymous).header("Authorization", "Digest x").send().refused(401, "invalid_client");
        password(anonymous).with("client_id", "app").send().refused(401, "invalid_client");
        password(anonymous).with("client_id", "anyone").send().refused(401, "invalid_client");
        password(anonymous).basic("anyone", "").send().refused(401, "invalid_client");
        anonymous.signIn("alice", Town.PASSWORD).send().issued();
    }

    @Test
    void no_one_can_name_the_client_of_those_who_name_none_though_it_is_registered() {
        Town registered = Town.of(b -> b.clients(ClientStore.of(ANYONE)).anonymousClient(ANYONE));
        password(registered).with("client_id", "anyone").send().refused(401, "invalid_client");
        password(registered).send().issued();
    }

    @Test
    void a_client_registered_under_the_name_of_no_one_s_is_never_served() {
        Client impostor = Town.app("anyone")
                .grantTypes(GrantType.CLIENT_CREDENTIALS)
                .scope("read")
                .build();
        Town registered = Town.of(
                b -> b.clients(ClientStore.of(impostor)).anonymousClient(ANYONE).allowContinuingWithoutClientProof());

        bare(registered, "client_credentials")
                .basic("anyone", TestServer.SECRET)
                .send()
                .refused(401, "invalid_client");
        Reply tokens = password(registered).send().issued();
        bare(registered, "refresh_token")
                .with("refresh_token", tokens.refresh())
                .send()
                .issued();
    }

    @Test
    void the_tokens_of_another_client_are_not_anyone_s() {
        Reply tokens = anonymous.signIn("alice", Town.PASSWORD).send().issued();
        bare(anonymous, "refresh_token")
                .with("refresh_token", tokens.refresh())
                .send()
                .refused("invalid_grant");
        otp(anonymous, anonymous.challenge("tom")).send().refused("invalid_grant");
    }

    @Test
    void where_there_is_one_client_no_credentials_are_looked_at() throws Exception {
        for (Call call : new Call[] {
            password(only),
            password(only).basic("app", "wrong"),
            password(only).header("Authorization", "Digest x"),
            password(only).with("client_id", "app"),
        }) {
            assertThat(call.send().issued().accessClaims().getStringClaim("client_id"))
                    .isEqualTo("anyone");
        }
        bare(only, "client_credentials")
                .basic("machine", TestServer.SECRET)
                .send()
                .refused("unauthorized_client");
        only.server
                .call("POST", "/introspect")
                .basic("app", TestServer.SECRET)
                .with("token", "x")
                .send()
                .refused(401, "invalid_client");
    }

    @Test
    void the_client_of_those_who_name_none_must_be_public() {
        Client confidential = Town.app("secretive").build();
        assertThatThrownBy(() -> Town.of(b -> b.anonymousClient(confidential))).hasMessageContaining("must be public");
        assertThatThrownBy(() -> Town.of(b -> b.onlyClient(confidential))).hasMessageContaining("must be public");
    }

    @Test
    void a_token_goes_on_for_its_own_client_by_its_own_grant() throws Exception {
        Reply tokens = otp(continuing, continuing.challenge("tom")).send().issued();
        assertThat(tokens.accessClaims().getStringClaim("client_id")).isEqualTo("app");
        Reply refreshed = bare(continuing, "refresh_token")
                .with("refresh_token", tokens.refresh())
                .send()
                .issued();
        assertThat(refreshed.accessClaims().getStringClaim("client_id")).isEqualTo("app");
        String challenge = continuing.challenge("max");
        continuing
                .server
                .call("POST", "/mfa/challenge")
                .with("mfa_token", challenge)
                .send()
                .issued();
    }

    @Test
    void a_token_that_goes_on_is_no_proof_for_anything_else() {
        Reply tokens = continuing.signIn("alice", Town.PASSWORD).send().issued();
        String challenge = continuing.challenge("tom");
        for (String grant :
                new String[] {"client_credentials", "password", "authorization_code", "unheard-of", "none"}) {
            carrying(bare(continuing, grant), tokens, challenge).send().refused(401, "invalid_client");
        }
        for (String path : new String[] {"/introspect", "/revoke"}) {
            carrying(continuing.server.call("POST", path), tokens, challenge)
                    .with("token", tokens.access())
                    .send()
                    .refused(401, "invalid_client");
        }
        bare(continuing, "refresh_token").with("mfa_token", challenge).send().refused(401, "invalid_client");
        bare(continuing, GrantType.MFA_OTP.value())
                .with("refresh_token", tokens.refresh())
                .with("otp", "1")
                .send()
                .refused(401, "invalid_client");
        continuing
                .server
                .call("POST", "/mfa/challenge")
                .with("refresh_token", tokens.refresh())
                .send()
                .refused(401, "invalid_client");
        carrying(continuing.server.call("POST", "/token"), tokens, challenge)
                .send()
                .refused(401, "invalid_client");
    }

    private static Call carrying(Call call, Reply tokens, String challenge) {
        return call.with("refresh_token", tokens.refresh())
                .with("mfa_token", challenge)
                .with("otp", "1")
                .with("username", "alice")
                .with("password", Town.PASSWORD);
    }

    @Test
    void who_names_a_client_must_prove_it_though_a_token_would_do() {
        Reply tokens = continuing.signIn("alice", Town.PASSWORD).send().issued();
        Call refresh = bare(continuing, "refresh_token").with("refresh_token", tokens.refresh());
        refresh.with("client_id", "app").send().refused(401, "invalid_client");
        bare(continuing, "refresh_token")
                .with("refresh_token", tokens.refresh())
                .basic("app", "wrong")
                .send()
                .refused(401, "invalid_client");
        bare(continuing, "refresh_token")
                .with("refresh_token", tokens.refresh())
                .header("Authorization", "Bearer x")
                .send()
                .refused(401, "invalid_client");
        bare(continuing, "refresh_token")
                .with("refresh_token", "unknown")
                .send()
                .refused(401, "invalid_client");
    }
}
