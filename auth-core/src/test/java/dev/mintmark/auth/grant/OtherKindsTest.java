package dev.mintmark.auth.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.AuthorizationServer;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.protocol.Authentication;
import dev.mintmark.auth.protocol.Authorization;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.ClientRequest;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.FamilyId;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Issued;
import dev.mintmark.auth.protocol.TokenResult;
import dev.mintmark.auth.store.ClientStore;
import dev.mintmark.auth.store.GrantKey;
import dev.mintmark.auth.store.GrantStore;
import dev.mintmark.auth.store.GrantStore.Outcome;
import dev.mintmark.auth.store.InMemoryGrantStore;
import dev.mintmark.auth.store.Kind;
import dev.mintmark.auth.store.Lineage;
import dev.mintmark.auth.store.Stored;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A kind of its own: begun by a client, approved by a person later, fetched by polling. */
class OtherKindsTest {
    private static final Kind POLLED = new Kind("polled");
    private static final GrantType POLLING = new GrantType("urn:example:polling");
    private static final FamilyId FAMILY = new FamilyId("0123456789abcdef0123456789abcdef");
    private static final Duration LIFETIME = Duration.ofMinutes(10);

    private static final class Polling implements Grant {
        @Override
        public GrantType type() {
            return POLLING;
        }

        @Override
        public Decision decide(GrantRequest request) {
            Redeemed polled = request.redeem(POLLED, "handle");
            return Decision.approve(polled.authorization()).redeeming(polled);
        }
    }

    private final TestServer.MovableClock clock = new TestServer.MovableClock();
    private final GrantStore store = new InMemoryGrantStore(clock, 100);
    private final AuthorizationServer server = AuthorizationServer.builder(URI.create("https://auth.example"))
            .clock(clock)
            .store(store)
            .serverSecret(new byte[32])
            .listener(event -> {})
            .grant(new Polling())
            .scopes("api")
            .clients(ClientStore.of(Client.of("tv")
                    .tokenEndpointAuthMethod("none")
                    .grantTypes(POLLING)
                    .scope("api")
                    .build()))
            .build();
    private final Memory memory = server.memory();

    private static Authorization begun() {
        return Authorization.ofClient("tv").family(FAMILY).build();
    }

    private Authorization approvedBy(String person) {
        return Authorization.ofUser("tv", Authentication.of(person, clock.instant()))
                .family(FAMILY)
                .build();
    }

    private void begin() {
        assertThat(server.apply(memory.remember(POLLED, "handle", begun(), Claims.none(), LIFETIME)))
                .isEqualTo(Outcome.DONE);
    }

    private Outcome rewrite(Authorization authorization) {
        Remembered found = memory.recall(POLLED, "handle").orElseThrow();
        return server.apply(memory.rewrite(found, authorization, Claims.none()));
    }

    private Stored row() {
        return store.find(GrantKey.of(server.issuer(), POLLED, "handle")).orElseThrow();
    }

    private TokenResult poll() {
        return server.token(ClientRequest.of(POLLING, "client_id", "tv", "handle", "handle"));
    }

    @Test
    void a_second_use_is_refused_and_ends_nothing() {
        begin();
        assertThat(rewrite(approvedBy("alice"))).isEqualTo(Outcome.DONE);
        assertThat(poll()).isInstanceOf(Issued.class);
        TokenResult second = poll();
        assertThat(((TokenResult.Denied) second).refusal().code()).isEqualTo(ErrorCode.INVALID_GRANT);
        Lineage family = Lineage.of(server.issuer(), clock.instant()).withFamily(Optional.of(FAMILY.value()));
        assertThat(store.revoked(family)).isFalse();
    }

    @Test
    void what_a_person_approves_is_born_with_the_approval() {
        begin();
        Instant begun = row().lineage().born();
        clock.advance(Duration.ofMinutes(1));
        server.revokeSubject("alice");
        clock.advance(Duration.ofMinutes(1));
        assertThat(rewrite(approvedBy("alice"))).isEqualTo(Outcome.DONE);
        assertThat(row().lineage().born()).isEqualTo(clock.instant()).isAfter(begun);
        assertThat(row().revoked()).isFalse();
        assertThat(poll()).isInstanceOf(Issued.class);
    }

    @Test
    void what_keeps_its_subject_keeps_its_birth() {
        begin();
        Instant begun = row().lineage().born();
        clock.advance(Duration.ofMinutes(1));
        assertThat(rewrite(begun())).isEqualTo(Outcome.DONE);
        assertThat(row().lineage().born()).isEqualTo(begun);
        assertThat(rewrite(approvedBy("alice"))).isEqualTo(Outcome.DONE);
        clock.advance(Duration.ofMinutes(1));
        assertThat(rewrite(approvedBy("alice"))).isEqualTo(Outcome.DONE);
        assertThat(row().lineage().born()).isEqualTo(clock.instant().minusSeconds(60));
    }

    @Test
    void a_birth_never_goes_back_where_clocks_differ() {
        begin();
        Instant begun = row().lineage().born();
        clock.advance(Duration.ofMinutes(-1));
        assertThat(rewrite(approvedBy("alice"))).isEqualTo(Outcome.DONE);
        assertThat(row().lineage().born()).isEqualTo(begun);
    }
}
