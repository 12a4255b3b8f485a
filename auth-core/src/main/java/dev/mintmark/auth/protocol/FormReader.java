package dev.mintmark.auth.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Reads {@code application/x-www-form-urlencoded} (RFC 6749 appendix B) strictly: UTF-8, whole percent escapes. */
final class FormReader {
    private FormReader() {}

    static Params read(byte[] form) {
        return read(form, (from, to) -> true);
    }

    /** Those names alone, which need no escapes; what else there is may be malformed. */
    static Params read(byte[] form, Set<String> names) {
        return read(form, (from, to) -> names.contains(new String(form, from, to - from, StandardCharsets.ISO_8859_1)));
    }

    /** Whether the name that stands there is wanted. */
    private interface Wanted {
        boolean at(int from, int to);
    }

    private static Params read(byte[] form, Wanted wanted) {
        Params.Builder params = Params.builder();
        int from = 0;
        while (from < form.length) {
            int to = indexOf(form, '&', from, form.length);
            if (to > from) {
                int equals = indexOf(form, '=', from, to);
                if (wanted.at(from, equals)) {
                    params.add(decode(form, from, equals), equals < to ? decode(form, equals + 1, to) : "");
                }
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
        try {
            return FormEncoding.decode(form, from, to);
        } catch (IllegalArgumentException e) {
            throw broken();
        }
    }

    private static Refused broken() {
        return Refusal.of(ErrorCode.INVALID_REQUEST, "the form is not UTF-8 in percent encoding")
                .saying("the form is malformed")
                .thrown();
    }
}
