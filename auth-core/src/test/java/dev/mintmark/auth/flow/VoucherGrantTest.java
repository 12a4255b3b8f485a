package dev.mintmark.auth.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.AuthEvent;
import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.grant.Decision;
import dev.mintmark.auth.grant.Grant;
import dev.mintmark.auth.grant.GrantRequest;
import dev.mintmark.auth.grant.Memory;
import dev.mintmark.auth.grant.Redeemed;
import dev.mintmark.auth.protocol.Authorization;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Scopes;
import dev.mintmark.auth.store.ClientStore;
import dev.mintmark.auth.store.GrantStore;
import dev.mintmark.auth.store.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A grant that the engine knows nothing of: this file and one line of the builder are all there is to it. */
class VoucherGrantTest {
    private static final GrantType VOUCHER = new GrantType("urn:example:grant-type:one-time-voucher");
    private static final Kind KIND = new Kind("voucher");

    private final TestServer server = TestServer.of(b -> b.grant(new VoucherGrant())
            .clients(ClientStore.of(
                    TestServer.web()
                            .grantTypes(VOUCHER, GrantType.REFRESH_TOKEN)
                            .build(),
                    TestServer.spa().grantTypes(VOUCHER).build(),
                    TestServer.machine().build())));

    /** Whoever holds a voucher acts for the person it was made out to, once. */
    private static final class VoucherGrant implements Grant {
        @Override
        public GrantType type() {
            return VOUCHER;
        }

        @Override
        public Decision decide(GrantRequest request) {
            Redeemed voucher = request.redeem(KIND, "voucher");
            return Decision.approve(voucher.authorization())
                    .redeeming(voucher)
                    .tell(Claims.of(
                            "voucher_note", voucher.details().string("note").orElse("")));
        }
    }

    @Test
    void it_appears_in_discovery() {
        assertThat(server.server.metadata().strings("grant_types_supported")).contains(VOUCHER.value());
    }

    @Test
    void it_gets_access_refresh_and_id_token_and_what_it_tells() throws Exception {
        Reply reply = use("web", voucher("web")).issued();

        assertThat(reply.accessClaims().getSubject()).isEqualTo("alice");
        assertThat(reply.idClaims().getAudience()).containsExactly("web");
        assertThat(reply.string("voucher_note")).isEqualTo("for alice");
        assertThat(reply.accessClaims().getStringClaim("fid")).isNotEmpty();
        server.refresh("web", reply.refresh()).send().issued();
        assertThat(server.events).anySatisfy(event -> assertThat(event.grant()).contains(VOUCHER));
    }

    @Test
    void redeeming_checks_client_and_expiry_for_it() {
        String voucher = voucher("web");

        use("spa", voucher).refused("invalid_grant");
        use("machine", voucher).refused("unauthorized_client");
        use("web", "unknown").refused("invalid_grant");
        server.token("web", VOUCHER.value()).send().refused("invalid_request");
        server.clock.advance(Duration.ofHours(1));
        use("web", voucher).refused("invalid_grant");
    }

    @Test
    void a_voucher_that_is_used_twice_is_refused_and_ends_nothing() {
        String voucher = voucher("web");
        Reply first = use("web", voucher).issued();

        use("web", voucher).refused("invalid_grant");

        assertThat(server.lastEvent().type()).isEqualTo(AuthEvent.Type.REFUSED);
        assertThat(server.isActive("web", first.access())).isTrue();
        server.refresh("web", first.refresh()).send().issued();
    }

    private Reply use(String client, String voucher) {
        return server.token(client, VOUCHER.value()).with("voucher", voucher).send();
    }

    private String voucher(String client) {
        Memory memory = server.server.memory();
        String handle = memory.newHandle();
        Authorization authorization = Authorization.ofUser(client, server.alice())
                .scope(Scopes.of("openid", "read"))
                .build();
        assertThat(server.server.apply(memory.remember(
                        KIND, handle, authorization, Claims.of("note", "for alice"), Duration.ofHours(1))))
                .isEqualTo(GrantStore.Outcome.DONE);
        return handle;
    }
}
