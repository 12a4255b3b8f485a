package dev.mintmark.auth.pages;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A colour of sRGB.
 *
 * @param rgb 0xRRGGBB
 */
record Colour(int rgb) {
    private static final Pattern HEX = Pattern.compile("#[0-9a-fA-F]{6}");

    static Colour parse(String text) {
        if (!HEX.matcher(text).matches()) throw new IllegalArgumentException("not a colour like #1d4ed8: " + text);
        return new Colour(Integer.parseInt(text.substring(1), 16));
    }

    /** Contrast ratio of WCAG 2: 1 for the same, 21 for black and white. */
    double contrastTo(Colour other) {
        double mine = luminance() + 0.05;
        double others = other.luminance() + 0.05;
        return Math.max(mine, others) / Math.min(mine, others);
    }

    private double luminance() {
        return 0.2126 * light(rgb >> 16) + 0.7152 * light(rgb >> 8) + 0.0722 * light(rgb);
    }

    private static double light(int channel) {
        double c = (channel & 0xFF) / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "#%06x", rgb);
    }
}
