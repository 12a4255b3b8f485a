package dev.mintmark.auth;

import dev.mintmark.auth.wire.WireHandler;
import dev.mintmark.auth.wire.WireRequest;
import dev.mintmark.auth.wire.WireResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** A request on its way to a server, as a client would write it. */
public final class Call {
    private final WireHandler server;
    private final WireRequest.Builder request;
    private final StringBuilder form = new StringBuilder();
    private String contentType = "application/x-www-form-urlencoded";

    Call(WireHandler server, String method, String path) {
        this.server = server;
        this.request = WireRequest.of(method, path);
    }

    public Call with(String name, String value) {
        return raw((form.length() == 0 ? "" : "&") + encode(name) + "=" + encode(value));
    }

    /** Appends to the body as it is. */
    public Call raw(String text) {
        form.append(text);
        return this;
    }

    public Call basic(String client, String secret) {
        String pair = encode(client) + ":" + encode(secret);
        return header(
                "Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    public Call header(String name, String value) {
        request.header(name, value);
        return this;
    }

    public Call query(String query) {
        request.query(query);
        return this;
    }

    public Call contentType(String value) {
        contentType = value;
        return this;
    }

    /** Sends it from this address. */
    public Call from(String address) {
        request.remoteAddress(address);
        return this;
    }

    public Optional<WireResponse> offered() {
        if (!contentType.isEmpty()) request.header("Content-Type", contentType);
        return server.handle(
                request.body(form.toString().getBytes(StandardCharsets.UTF_8)).build());
    }

    public Reply send() {
        return new Reply(offered().orElseThrow());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
