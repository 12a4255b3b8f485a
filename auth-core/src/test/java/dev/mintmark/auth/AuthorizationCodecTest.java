package dev.mintmark.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintmark.auth.protocol.Actor;
import dev.mintmark.auth.protocol.Authentication;
import dev.mintmark.auth.protocol.Authorization;
import dev.mintmark.auth.protocol.Binding;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.FamilyId;
import dev.mintmark.auth.protocol.Scopes;
import dev.mintmark.auth.protocol.Subject;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is remembered comes back whole: through JSON, as a store would keep it. */
class AuthorizationCodecTest {
    private static final Authentication SIGNED_IN = Authentication.of(
                    "alice", Instant.parse("2026-01-01T00:00:00.123Z"))
            .withAcr("urn:mace:incommon:iap:silver")
            .withAmr(List.of("pwd", "otp"))
            .withSession("s1");

    @Test
    void everything_about_a_person_comes_back() {
        Authorization written = Authorization.ofUser("web", SIGNED_IN)
                .scope(Scopes.parse("openid customer.42"))
                .resources(List.of(URI.create("https://api.example/a"), URI.create("https://api.example/b?c=d")))
                .claimsRequest(Claims.parse("{\"userinfo\":{\"email\":null,\"name\":{\"essential\":true}}}"))
                .nonce(Optional.of("n-0S6_WzA2Mj"))
                .binding(new Binding.Dpop("0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"))
                .actor(new Actor("admin", Optional.of(new Actor("service", Optional.empty()))))
                .family(new FamilyId("00112233445566778899aabbccddeeff"))
                .build();

        Authorization read = again(written);

        assertThat(read.client()).isEqualTo("web");
        assertThat(read.subject()).isEqualTo(new Subject.OfUser("alice"));
        assertThat(read.scope()).isEqualTo(written.scope());
        assertThat(read.resources()).isEqualTo(written.resources());
        assertThat(read.claimsRequest().toJson())
                .isEqualTo(written.claimsRequest().toJson());
        assertThat(read.nonce()).isEqualTo(written.nonce());
        assertThat(read.binding()).isEqualTo(written.binding());
        assertThat(read.actor()).isEqualTo(written.actor());
        assertThat(read.family()).isEqualTo(written.family());
        Authentication authentication = read.authentication().orElseThrow();
        assertThat(authentication.subject()).isEqualTo(SIGNED_IN.subject());
        assertThat(authentication.time()).isEqualTo(SIGNED_IN.time());
        assertThat(authentication.acr()).isEqualTo(SIGNED_IN.acr());
        assertThat(authentication.amr()).isEqualTo(SIGNED_IN.amr());
        assertThat(authentication.session()).isEqualTo(SIGNED_IN.session());
    }

    @Test
    void a_client_on_its_own_behalf_stays_one() {
        Authorization read = again(Authorization.ofClient("job").build());

        assertThat(read.subject()).isEqualTo(new Subject.OfClient("job"));
        assertThat(read.authentication()).isEmpty();
        assertThat(read.scope().isEmpty()).isTrue();
        assertThat(read.binding()).isEqualTo(Binding.NONE);
        assertThat(read.family()).isEmpty();
    }

    @Test
    void a_person_called_like_a_client_stays_a_person() {
        Authorization read =
                again(Authorization.ofUser("job", new Subject.OfUser("job")).build());

        assertThat(read.subject()).isEqualTo(new Subject.OfUser("job"));
        assertThat(read.authentication()).isEmpty();
    }

    @Test
    void a_certificate_binding_comes_back() {
        Authorization written = Authorization.ofClient("job")
                .binding(new Binding.Certificate("bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2"))
                .build();

        assertThat(again(written).binding()).isEqualTo(written.binding());
    }

    @Test
    void a_binding_that_this_version_does_not_know_is_never_read_as_none() {
        Claims stored = AuthorizationCodec.write(Authorization.ofClient("job").build());

        assertThatThrownBy(() -> AuthorizationCodec.read(stored.with("cnf", Claims.of("jwk", "x"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void members_of_a_newer_version_are_passed_over() {
        Claims stored =
                AuthorizationCodec.write(Authorization.ofUser("web", SIGNED_IN).build());

        Authorization read = AuthorizationCodec.read(stored.with("novelty", Claims.of("x", 1)));

        assertThat(read.subject()).isEqualTo(new Subject.OfUser("alice"));
    }

    private static Authorization again(Authorization written) {
        return AuthorizationCodec.read(
                Claims.parse(AuthorizationCodec.write(written).toJson()));
    }
}
