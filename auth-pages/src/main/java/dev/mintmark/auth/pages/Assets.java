package dev.mintmark.auth.pages;

import dev.mintmark.auth.wire.WireResponse;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The files beside this class. */
final class Assets {
    private Assets() {}

    /** Those that pages refer to. */
    static Map<String, WireResponse> all() {
        return Map.of(
                "pages.css", asset("pages.css", "text/css; charset=utf-8"),
                "form-post.js", asset("form-post.js", "text/javascript; charset=utf-8"),
                "recovery-codes.js", asset("recovery-codes.js", "text/javascript; charset=utf-8"));
    }

    private static WireResponse asset(String name, String type) {
        try (InputStream file = open(name)) {
            return WireResponse.of(200)
                    .withHeader("Content-Type", type)
                    .withHeader("Cache-Control", "public, max-age=86400")
                    .withHeader("X-Content-Type-Options", "nosniff")
                    .withBody(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static InputStream open(String name) throws FileNotFoundException {
        InputStream file = Assets.class.getResourceAsStream(name);
        if (file == null) throw new FileNotFoundException(name);
        return file;
    }
}
