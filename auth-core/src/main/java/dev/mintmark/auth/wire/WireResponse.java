package dev.mintmark.auth.wire;

import dev.mintmark.auth.protocol.Claims;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An HTTP response, for a binding to write. Immutable, but for the body's bytes, which are not copied and not to be changed.
 */
public final class WireResponse {
    private static final byte[] EMPTY = {};

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    private WireResponse(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /**
     * A response without headers or body.
     *
     * @param status the HTTP status
     * @return the response
     */
    public static WireResponse of(int status) {
        return new WireResponse(status, Map.of(), EMPTY);
    }

    /**
     * A JSON response.
     *
     * @param status the HTTP status
     * @param body the body
     * @return the response, with {@code Content-Type: application/json}
     */
    public static WireResponse json(int status, Claims body) {
        return of(status).withHeader("Content-Type", "application/json").withBody(body.toJson());
    }

    /**
     * The same with a header, which replaces one of the same name.
     *
     * @param name its name, always spelt the same way
     * @param value its value
     * @return the new response
     */
    public WireResponse withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new WireResponse(status, more, body);
    }

    /**
     * The same with a body.
     *
     * @param text the body, written in UTF-8
     * @return the new response
     */
    public WireResponse withBody(String text) {
        return new WireResponse(status, headers, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The same for a HEAD request: its headers, but no body (RFC 9110 section 9.3.2).
     *
     * @return the new response
     */
    public WireResponse withoutBody() {
        return new WireResponse(status, headers, EMPTY);
    }

    /**
     * The HTTP status.
     *
     * @return three digits
     */
    public int status() {
        return status;
    }

    /**
     * The headers in order.
     *
     * @return names and values
     */
    public Map<String, String> headers() {
        return Collections.unmodifiableMap(headers);
    }

    /**
     * One header.
     *
     * @param name its name as it was set
     * @return its value, if it is set
     */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /**
     * The body.
     *
     * @return bytes, not to be changed
     */
    public byte[] body() {
        return body;
    }

    /**
     * The body as text.
     *
     * @return UTF-8, decoded
     */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
