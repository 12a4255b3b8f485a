package dev.mintmark.auth.wire;

import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.protocol.Refused;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads {@code application/x-www-form-urlencoded} (RFC 6749 appendix B) strictly: UTF-8, whole percent escapes. */
final class FormReader {
    private FormReader() {}

    static Params read(byte[] form) {
        Params.Builder params = Params.builder();
        int from = 0;
        while (from < form.length) {
            int to = indexOf(form, '&', from, form.length);
            if (to > from) {
                int equals = indexOf(form, '=', from, to);
                params.add(decode(form, from, equals), equals < to ? decode(form, equals + 1, to) : "");
            }
            from = to + 1;
        }
        return params.build();
    }

    private static int indexOf(byte[] form, char c, int from, int to) {
        int at = from;
        while (at < to && form[at] != c) at++;
        return at;
    }

    private static String decode(byte[] form, int from, int to) {
        byte[] out = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            byte b = form[i];
            if (b == '%') {
                if (i + 2 >= to) throw broken();
                b = (byte) (hex(form[i + 1]) << 4 | hex(form[i + 2]));
                i += 2;
            } else if (b == '+') {
                b = ' ';
            }
            out[length++] = b;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(out, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw broken();
        }
    }

    private static int hex(byte b) {
        int digit = Character.digit(b, 16);
        if (digit < 0) throw broken();
        return digit;
    }

    private static Refused broken() {
        return Refusal.of(ErrorCode.INVALID_REQUEST, "the form is not UTF-8 in percent encoding")
                .saying("the form is malformed")
                .thrown();
    }
}
