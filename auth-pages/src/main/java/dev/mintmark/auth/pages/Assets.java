package dev.mintmark.auth.pages;

import dev.mintmark.auth.prompt.Prompt;
import dev.mintmark.auth.wire.WireResponse;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What pages refer to.
 *
 * @param all responses by file name
 */
record Assets(Map<String, WireResponse> all) {
    static final String STYLE = "pages.css";
    static final String CSS = "text/css; charset=utf-8";

    private static final String SCRIPT = "text/javascript; charset=utf-8";

    Assets {
        all = Map.copyOf(all);
    }

    /** The files beside this class. */
    static Assets standard() {
        return new Assets(Map.of())
                .with(STYLE, asset(CSS, file(STYLE)))
                .with("form-post.js", asset(SCRIPT, file("form-post.js")))
                .with("recovery-codes.js", asset(SCRIPT, file("recovery-codes.js")));
    }

    static WireResponse asset(String type, String text) {
        return WireResponse.of(200)
                .withHeader("Content-Type", type)
                .withHeader("Cache-Control", "public, max-age=86400")
                .withHeader("X-Content-Type-Options", "nosniff")
                .withBody(text);
    }

    static String file(String name) {
        try (InputStream file = open(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static InputStream open(String name) throws FileNotFoundException {
        InputStream file = Assets.class.getResourceAsStream(name);
        if (file == null) throw new FileNotFoundException(name);
        return file;
    }

    Assets with(String name, WireResponse asset) {
        Map<String, WireResponse> more = new LinkedHashMap<>(all);
        more.put(name, asset);
        return new Assets(more);
    }

    boolean has(String name) {
        return all.containsKey(name);
    }

    /** Where it stands. What has changed has another address, or browsers would show new pages in yesterday's style. */
    String link(Prompt prompt, String name) {
        WireResponse asset = all.get(name);
        if (asset == null) throw new IllegalArgumentException("no asset " + name);
        return prompt.asset(name) + "?v=" + mark(asset.body());
    }

    private static String mark(byte[] body) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
            return HexFormat.of().formatHex(Arrays.copyOf(hash, 4));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
