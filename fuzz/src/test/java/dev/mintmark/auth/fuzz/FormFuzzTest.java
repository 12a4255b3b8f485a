package dev.mintmark.auth.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.Refused;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** {@link Params#ofForm} refuses a form or reads what the JDK's decoder reads, and what is written again is read the same. */
class FormFuzzTest {
    @FuzzTest
    void a_form_is_refused_or_read_as_the_jdk_reads_it(byte[] form) {
        Params params;
        try {
            params = Cost.within(200, form.length, () -> Params.ofForm(form));
        } catch (Refused e) {
            assertThat(e.refusal().code()).isEqualTo(ErrorCode.INVALID_REQUEST);
            return;
        }
        assertThat(pairs(params)).containsExactlyInAnyOrderElementsOf(pairs(form));
        for (String pair : pairs(params)) {
            assertThat(pair.chars()).noneMatch(c -> (c < 0x20 && c != '\t') || c == 0x7F);
        }
        assertThat(pairs(Params.ofForm(written(params).getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo(pairs(params));
        // Names only, and no more of them than a form may have
        assertThat(params.names()).hasSizeLessThanOrEqualTo(100);
        assertThat(params.toString()).isEqualTo(params.names().toString());
    }

    private static List<String> pairs(Params params) {
        List<String> pairs = new ArrayList<>();
        for (String name : params.names()) for (String value : params.all(name)) pairs.add(name + '=' + value);
        return pairs;
    }

    /** The same by the JDK, once bytes beyond ASCII are escaped; parameters without a value count as absent. */
    private static List<String> pairs(byte[] form) {
        StringBuilder ascii = new StringBuilder();
        for (byte b : form) ascii.append(b < 0 ? String.format("%%%02x", b) : Character.toString(b));
        List<String> pairs = new ArrayList<>();
        for (String pair : ascii.toString().split("&", -1)) {
            String[] parts = pair.split("=", 2);
            if (parts.length < 2 || parts[1].isEmpty()) continue;
            pairs.add(URLDecoder.decode(parts[0], StandardCharsets.UTF_8)
                    + '='
                    + URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return pairs;
    }

    private static String written(Params params) {
        List<String> pairs = new ArrayList<>();
        for (String name : params.names()) {
            for (String value : params.all(name)) pairs.add(encoded(name) + '=' + encoded(value));
        }
        return String.join("&", pairs);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
