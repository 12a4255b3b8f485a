package dev.mintmark.auth.pages;

import io.nayuki.qrcodegen.DataTooLongException;
import io.nayuki.qrcodegen.QrCode;
import java.util.Optional;

/**
 * A QR code as paths of an SVG picture, in units of its modules.
 *
 * @param size how wide and high, with the quiet zone
 * @param modules the dark modules
 */
record QrPicture(int size, String modules) {
    /** ISO/IEC 18004: four modules of nothing on each side. */
    private static final int QUIET = 4;

    /** The picture of a text, unless it is too long for one. */
    static Optional<QrPicture> of(String text) {
        try {
            return Optional.of(drawn(QrCode.encodeText(text, QrCode.Ecc.MEDIUM)));
        } catch (DataTooLongException e) {
            return Optional.empty();
        }
    }

    private static QrPicture drawn(QrCode code) {
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                if (!code.getModule(x, y)) continue;
                int from = x;
                while (x + 1 < code.size && code.getModule(x + 1, y)) x++;
                path.append('M').append(from + QUIET).append(' ').append(y + QUIET);
                path.append('h')
                        .append(x + 1 - from)
                        .append("v1h")
                        .append(from - x - 1)
                        .append('z');
            }
        }
        return new QrPicture(code.size + 2 * QUIET, path.toString());
    }

    String viewBox() {
        return "0 0 " + size + " " + size;
    }

    /** Light in the dark, too: many cameras do not read it the other way round. */
    String ground() {
        return "M0 0h" + size + "v" + size + "h-" + size + "z";
    }

    /** A key as people type it. */
    static String inGroups(String key) {
        return key.replaceAll("(.{4})(?!$)", "$1 ");
    }
}
