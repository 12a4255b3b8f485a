package dev.mintmark.auth.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The encoding of {@code application/x-www-form-urlencoded} (RFC 6749 appendix B), read strictly: whole percent escapes, and
 * UTF-8 behind them.
 */
public final class FormEncoding {
    private FormEncoding() {}

    /**
     * Decodes a name or a value.
     *
     * @param bytes where it stands
     * @param from its first byte
     * @param to the byte after its last
     * @return the text
     * @throws IllegalArgumentException if an escape is broken or the bytes behind the escapes are no UTF-8
     */
    public static String decode(byte[] bytes, int from, int to) {
        byte[] out = new byte[to - from];
        int length = 0;
        boolean ascii = true;
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (b == '%') {
                if (i + 2 >= to) throw new IllegalArgumentException("a broken escape");
                b = (byte) ((hex(bytes[i + 1]) << 4) | hex(bytes[i + 2]));
                i += 2;
            } else if (b == '+') {
                b = ' ';
            }
            ascii &= b >= 0;
            out[length++] = b;
        }
        if (ascii) return new String(out, 0, length, StandardCharsets.US_ASCII);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(out, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("no UTF-8", e);
        }
    }

    private static int hex(byte b) {
        int digit = Character.digit(b, 16);
        if (digit < 0) throw new IllegalArgumentException("a broken escape");
        return digit;
    }
}
