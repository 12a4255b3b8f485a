package dev.mintmark.auth.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.mintmark.auth.client.ClientAuthMethod.Presented;
import dev.mintmark.auth.client.ClientSecretBasic;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.ClientRequest;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.Refused;
import dev.mintmark.auth.protocol.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** {@link ClientSecretBasic} reads what it would write, refuses the rest as one thing only, and repeats nothing of it. */
class BasicFuzzTest {
    private static final Client CLIENT =
            Client.of("web").secret(Secret.parse("$sha256$" + "A".repeat(43))).build();

    private final ClientSecretBasic basic = new ClientSecretBasic();

    /** The first byte says whether the rest is a header or the pair in it. */
    @FuzzTest
    void a_header_is_refused_or_read_as_it_is_written(byte[] input) {
        if (input.length == 0) return;
        byte[] rest = Arrays.copyOfRange(input, 1, input.length);
        String header = input[0] % 2 == 0
                ? new String(rest, StandardCharsets.ISO_8859_1)
                : "Basic " + Base64.getEncoder().encodeToString(rest);
        try {
            Optional<Presented> read = Cost.within(
                    200,
                    input.length,
                    () -> find(ClientRequest.of(Params.none()).withAuthorization(header)));
            read.ifPresent(this::isReadAgain);
        } catch (Refused e) {
            assertThat(e.refusal().code()).isEqualTo(ErrorCode.INVALID_CLIENT);
            assertThat(e.refusal().toString()).isEqualTo("invalid_client (the Basic header is malformed)");
            assertThat(e.refusal().description()).isEmpty();
        }
    }

    private void isReadAgain(Presented read) {
        String secret = secret(read);
        assertThat(read.toString()).isEqualTo(read.clientId());
        assertThat((read.clientId() + secret).chars()).noneMatch(Character::isISOControl);
        Presented again = find(ClientRequest.of(Params.none()).withBasic(read.clientId(), secret))
                .orElseThrow();
        assertThat(again.clientId()).isEqualTo(read.clientId());
        assertThat(secret(again)).isEqualTo(secret);
    }

    private Optional<Presented> find(ClientRequest request) {
        return basic.find(request);
    }

    private static String secret(Presented presented) {
        List<String> seen = new ArrayList<>();
        presented.proves(CLIENT, (client, secret) -> seen.add(secret));
        return seen.get(0);
    }
}
