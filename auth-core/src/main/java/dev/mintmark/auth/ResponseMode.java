package dev.mintmark.auth;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How the client's answer travels (OAuth 2.0 Multiple Response Types section 2.1, Form Post Response Mode). */
enum ResponseMode {
    QUERY,
    FRAGMENT,
    FORM_POST;

    String value() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<ResponseMode> of(String value) {
        return Arrays.stream(values())
                .filter(mode -> mode.value().equals(value))
                .findFirst();
    }
}
