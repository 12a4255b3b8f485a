package dev.mintmark.auth.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerSecretsTest {
    private static final byte[] OLD = "old secret, thirty-two bytes long".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NEW = "new secret, thirty-two bytes long".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PLAIN = "what is remembered".getBytes(StandardCharsets.US_ASCII);

    private final ServerSecrets secrets = secrets(NEW);

    @Test
    void what_is_sealed_opens_again() {
        byte[] sealed = secrets.seal("row", PLAIN);

        assertThat(secrets.open("row", sealed)).isEqualTo(PLAIN);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("remembered");
        assertThat(secrets.open("row", secrets.seal("row", new byte[0]))).isEmpty();
    }

    @Test
    void the_same_text_is_never_sealed_the_same_way() {
        assertThat(secrets.seal("row", PLAIN)).isNotEqualTo(secrets.seal("row", PLAIN));
    }

    @Test
    void a_payload_opens_in_its_own_row_alone() {
        byte[] sealed = secrets.seal("row", PLAIN);

        assertThatThrownBy(() -> secrets.open("row2", sealed)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_flipped_bit_anywhere_is_noticed() {
        byte[] sealed = secrets.seal("row", PLAIN);

        for (int i = 0; i < sealed.length; i++) {
            byte[] tampered = sealed.clone();
            tampered[i] ^= 1;
            assertThatThrownBy(() -> secrets.open("row", tampered))
                    .as("byte %s", i)
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void a_payload_cut_short_is_noticed() {
        byte[] sealed = secrets.seal("row", PLAIN);

        for (int length = 0; length < sealed.length; length++) {
            byte[] cut = Arrays.copyOf(sealed, length);
            assertThatThrownBy(() -> secrets.open("row", cut))
                    .as("%s bytes", length)
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void an_unknown_format_is_named_as_such() {
        byte[] sealed = secrets.seal("row", PLAIN);
        sealed[0] = 2;

        assertThatThrownBy(() -> secrets.open("row", sealed)).hasMessage("unknown payload format");
    }

    @Test
    void an_old_secret_still_opens_while_it_is_listed() {
        byte[] sealed = secrets(OLD).seal("row", PLAIN);

        assertThat(secrets(NEW, OLD).open("row", sealed)).isEqualTo(PLAIN);
        assertThatThrownBy(() -> secrets(NEW).open("row", sealed))
                .hasMessage("sealed with a secret this server does not have");
    }

    @Test
    void the_first_secret_is_the_one_that_seals() {
        byte[] sealed = secrets(NEW, OLD).seal("row", PLAIN);

        assertThat(secrets(NEW).open("row", sealed)).isEqualTo(PLAIN);
        assertThatThrownBy(() -> secrets(OLD).open("row", sealed)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void keys_differ_by_secret_and_by_purpose_and_last_over_restarts() {
        ServerSecrets both = secrets(NEW, OLD);
        String first = both.ids().get(0);
        String second = both.ids().get(1);

        assertThat(both.key(first, "a"))
                .hasSize(32)
                .isNotEqualTo(both.key(first, "b"))
                .isNotEqualTo(both.key(second, "a"));
        assertThat(secrets(NEW).key(first, "a")).isEqualTo(both.key(first, "a"));
        assertThat(secrets(NEW).ids()).containsExactly(first);
        assertThat(both.mac(first, "a", PLAIN).orElseThrow())
                .isNotEqualTo(both.mac(first, "b", PLAIN).orElseThrow())
                .isEqualTo(SigningKey.hmac("k", both.key(first, "a")).sign(PLAIN));
        assertThat(both.mac("unknown", "a", PLAIN)).isEmpty();
    }

    @Test
    void an_id_is_short_enough_to_tell_nothing_of_its_secret() {
        assertThat(secrets.ids()).allMatch(id -> id.matches("[A-Za-z0-9_-]{6}"));
    }

    @Test
    void a_secret_does_not_change_with_the_array_it_came_in() {
        byte[] handed = NEW.clone();
        ServerSecrets made = secrets(handed);
        Arrays.fill(handed, (byte) 0);

        assertThat(made.key(made.ids().get(0), "a"))
                .isEqualTo(secrets.key(secrets.ids().get(0), "a"));
    }

    @Test
    void a_short_secret_or_none_is_refused() {
        assertThatThrownBy(() -> secrets(new byte[31])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> secrets(NEW, new byte[31])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(ServerSecretsTest::secrets).isInstanceOf(IllegalArgumentException.class);
        assertThatCode(() -> secrets(new byte[32])).doesNotThrowAnyException();
    }

    private static ServerSecrets secrets(byte[]... secrets) {
        return new ServerSecrets(List.of(secrets), new SecureRandom());
    }
}
