package dev.mintmark.auth.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintmark.auth.protocol.Issued;
import dev.mintmark.auth.protocol.Refused;
import dev.mintmark.auth.protocol.Totp;
import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PasswordSignInTest {
    private static final String PASSWORD = "correct horse battery staple";

    private final PasswordSignIn people = new PasswordSignIn(URI.create("http://127.0.0.1:9000"));

    @Test
    void a_password_and_a_code_get_tokens() {
        Issued tokens = people.signIn(
                "alice", PASSWORD, () -> Totp.of("JBSWY3DPEHPK3PXP").code(Instant.now()));
        assertThat(tokens.idToken()).isPresent();
        assertThat(tokens.refreshToken()).isPresent();
    }

    @Test
    void a_wrong_password_is_refused_before_anyone_is_asked_for_a_code() {
        assertThatThrownBy(() -> people.signIn("alice", "wrong", () -> {
                    throw new AssertionError("asked for a code");
                }))
                .isInstanceOf(Refused.class);
    }

    @Test
    void a_wrong_code_is_refused() {
        assertThatThrownBy(() -> people.signIn("alice", PASSWORD, () -> "abcdef"))
                .isInstanceOf(Refused.class);
    }
}
