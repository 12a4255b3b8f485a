package dev.mintmark.auth.wire;

import dev.mintmark.auth.protocol.Claims;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An HTTP response, for a binding to write. Immutable, but for the body's bytes, which are not copied and not to be changed.
 */
public final class WireResponse {
    private static final byte[] EMPTY = {};

    private final int status;
    private final Map<String, List<String>> headers;
    private final byte[] body;

    private WireResponse(int status, Map<String, List<String>> headers, byte[] body) {
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
     * The same with another status.
     *
     * @param value the HTTP status
     * @return the new response
     */
    public WireResponse withStatus(int value) {
        return new WireResponse(value, headers, body);
    }

    /**
     * The same with a header, which replaces all of the same name.
     *
     * @param name its name, always spelt the same way
     * @param value its value
     * @return the new response
     */
    public WireResponse withHeader(String name, String value) {
        Map<String, List<String>> more = new LinkedHashMap<>(headers);
        more.put(name, List.of(value));
        return new WireResponse(status, more, body);
    }

    /**
     * The same with a header beside those of the same name: another cookie, another challenge.
     *
     * @param name its name, always spelt the same way
     * @param value its value
     * @return the new response
     */
    public WireResponse addingHeader(String name, String value) {
        Map<String, List<String>> more = new LinkedHashMap<>(headers);
        List<String> values = new ArrayList<>(headers.getOrDefault(name, List.of()));
        values.add(value);
        more.put(name, List.copyOf(values));
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
     * @return names, and for each its values
     */
    public Map<String, List<String>> headers() {
        return Collections.unmodifiableMap(headers);
    }

    /**
     * One header.
     *
     * @param name its name as it was set
     * @return its first value, if it is set
     */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
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
