package dev.mintmark.auth.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.Refused;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WireRequestTest {
    @Test
    void a_body_of_64_kib_is_read_and_one_byte_more_is_too_large() {
        assertThat(WireRequest.of("POST", "/token")
                        .body(new byte[65536])
                        .build()
                        .body())
                .hasSize(65536);
        Refused refused = catchThrowableOfType(
                Refused.class,
                () -> WireRequest.of("POST", "/token")
                        .body(new byte[65537])
                        .build()
                        .body());
        assertThat(refused.refusal().code()).isEqualTo(ErrorCode.BODY_TOO_LARGE);
    }

    @Test
    void an_endless_body_is_read_no_further_than_it_must_be() {
        Endless endless = new Endless();

        assertThat(catchThrowableOfType(
                        Refused.class,
                        () -> WireRequest.of("POST", "/token")
                                .body(endless)
                                .build()
                                .body()))
                .isNotNull();
        assertThat(endless.read).isLessThanOrEqualTo(65536 + 8192);
    }

    @Test
    void the_body_is_not_touched_until_it_is_asked_for() {
        Endless endless = new Endless();
        WireRequest request = WireRequest.of("POST", "/token").body(endless).build();

        assertThat(request.method()).isEqualTo("POST");
        assertThat(endless.read).isZero();
    }

    @Test
    void a_body_that_arrives_in_pieces_is_read_whole() {
        InputStream trickle = new ByteArrayInputStream("a=1&b=2".getBytes(StandardCharsets.US_ASCII)) {
            @Override
            public synchronized int read(byte[] into, int from, int length) {
                return super.read(into, from, Math.min(length, 1));
            }
        };

        assertThat(WireRequest.of("POST", "/token").body(trickle).build().body())
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo("a=1&b=2");
    }

    @Test
    void a_body_that_breaks_off_is_the_callers_fault() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                throw new IOException("connection reset");
            }
        };
        Refused refused = catchThrowableOfType(
                Refused.class,
                () -> WireRequest.of("POST", "/token").body(broken).build().body());

        assertThat(refused.refusal().code()).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(refused.refusal().description()).hasValue("the body could not be read");
    }

    @Test
    void headers_have_no_case_and_no_second_value() {
        WireRequest request = WireRequest.of("POST", "/token")
                .header("Authorization", "Basic x")
                .header("DPoP", "one")
                .header("dpop", "two")
                .build();

        assertThat(request.header("AUTHORIZATION")).hasValue("Basic x");
        assertThat(request.header("X")).isEmpty();
        assertThat(request.hasHeader("dPoP")).isTrue();
        Refused refused = catchThrowableOfType(Refused.class, () -> request.header("DPoP"));
        assertThat(refused.refusal().code()).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(refused.refusal().description()).hasValue("the header DPoP is repeated");
    }

    @Test
    void two_authorizations_are_refused_even_if_they_are_the_same() {
        WireRequest request = WireRequest.of("POST", "/token")
                .header("Authorization", "Basic x")
                .header("authorization", "Basic x")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .build();

        assertThat(catchThrowableOfType(Refused.class, () -> request.header("Authorization")))
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/x-www-form-urlencoded|application/x-www-form-urlencoded",
                "APPLICATION/X-WWW-Form-URLencoded ; charset=UTF-8|application/x-www-form-urlencoded",
                "application/json;charset=utf-8|application/json",
                "application/x-www-form-urlencodedx|application/x-www-form-urlencodedx",
                "''|''",
                ";charset=utf-8|''",
            })
    void the_media_type_is_read_without_its_parameters(String header, String mediaType) {
        assertThat(WireRequest.of("POST", "/token")
                        .header("Content-Type", header)
                        .build()
                        .mediaType())
                .isEqualTo(mediaType);
    }

    @Test
    void a_body_that_is_no_form_is_not_read_as_one() {
        for (String type : new String[] {"application/json", "text/plain", "multipart/form-data; boundary=x", ""}) {
            WireRequest request = WireRequest.of("POST", "/token")
                    .header("Content-Type", type)
                    .body("grant_type=x".getBytes(StandardCharsets.US_ASCII))
                    .build();
            Refused refused = catchThrowableOfType(Refused.class, () -> WireDialect.STANDARD.params(request));
            assertThat(refused.refusal().code()).as(type).isEqualTo(ErrorCode.UNSUPPORTED_MEDIA_TYPE);
        }
        assertThat(catchThrowableOfType(
                        Refused.class,
                        () -> WireDialect.STANDARD.params(
                                WireRequest.of("POST", "/token").build())))
                .isNotNull();
    }

    private static final class Endless extends InputStream {
        private long read;

        @Override
        public int read() {
            read++;
            return 'a';
        }

        @Override
        public int read(byte[] into, int from, int length) {
            read += length;
            return length;
        }
    }

    @Test
    void a_cookie_is_found_among_others_with_or_without_quotes() {
        WireRequest request = WireRequest.of("GET", "/")
                .header("Cookie", "a=1; b=\"2\"; ab=3")
                .header("Cookie", "c=4")
                .build();

        assertThat(request.cookie("a")).contains("1");
        assertThat(request.cookie("b")).contains("2");
        assertThat(request.cookie("c")).contains("4");
        assertThat(request.cookie("d")).isEmpty();
    }

    @Test
    void a_cookie_that_comes_twice_with_different_values_is_no_one_s() {
        WireRequest request = WireRequest.of("GET", "/")
                .header("Cookie", "a=1; a=2; b=1; b=1")
                .build();

        assertThat(request.cookie("a")).isEmpty();
        assertThat(request.cookie("b")).contains("1");
    }
}
