package dev.mintmark.auth.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.mintmark.auth.protocol.Claims;
import java.nio.charset.StandardCharsets;

/** {@link Claims#parse} reads an object or throws the one exception it documents; what it read, it writes and reads again. */
class JsonFuzzTest {
    @FuzzTest
    void an_object_that_is_read_is_written_and_read_the_same(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        Claims claims;
        try {
            claims = Cost.within(2000, bytes.length, () -> Claims.parse(text));
        } catch (IllegalArgumentException e) {
            return;
        }
        String written = Cost.within(2000, bytes.length, claims::toJson);
        assertThat(written.chars()).noneMatch(c -> c < 0x20);
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(written)).isTrue();
        Claims again = Claims.parse(written);
        assertThat(again.names()).containsExactlyElementsOf(claims.names());
        assertThat(again.toJson()).isEqualTo(written);
        for (String name : claims.names()) {
            assertThat(again.get(name)).as(name).isEqualTo(claims.get(name));
            Cost.within(2000, bytes.length, () -> looks(claims, name));
        }
    }

    /** Every way to look at a member, whatever it is. */
    private static Object looks(Claims claims, String name) {
        return claims.string(name).isPresent()
                ^ claims.number(name).isPresent()
                ^ claims.isTrue(name)
                ^ claims.strings(name).isEmpty()
                ^ claims.object(name).isEmpty()
                ^ claims.objects(name).isEmpty();
    }
}
