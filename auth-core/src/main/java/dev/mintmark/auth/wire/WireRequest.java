package dev.mintmark.auth.wire;

import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.protocol.Refused;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An HTTP request, as a binding hands it to the server. The body is read when it is first asked for, and only as far as
 * {@value #MOST_BODY} bytes. For one thread at a time.
 */
public final class WireRequest {
    /** The largest body that is read: 64 KiB. */
    public static final int MOST_BODY = 64 * 1024;

    private static final int SHORT_BODY = 1024;

    private final String method;
    private final String path;
    private final Map<String, List<String>> headers;
    private final Optional<String> query;
    private final Optional<String> remoteAddress;
    private final InputStream body;

    private WireRequest(Builder b) {
        this.method = b.method;
        this.path = b.path;
        this.query = b.query;
        this.headers = b.headers;
        this.remoteAddress = b.remoteAddress;
        this.body = b.body;
    }

    /**
     * A request.
     *
     * @param method the HTTP method
     * @param path the raw path, still percent-encoded, the binding's own prefix included
     * @return a builder
     */
    public static Builder of(String method, String path) {
        return new Builder(method, path);
    }

    /**
     * The HTTP method.
     *
     * @return in capitals
     */
    public String method() {
        return method;
    }

    /**
     * The raw path.
     *
     * @return still percent-encoded, from the root of the host
     */
    public String path() {
        return path;
    }

    /**
     * The raw query.
     *
     * @return what followed the question mark, if one stood there
     */
    public Optional<String> query() {
        return query;
    }

    /**
     * One header.
     *
     * @param name its name, in any case
     * @return its value, if it was sent
     * @throws Refused {@code invalid_request} if it was sent more than once
     */
    public Optional<String> header(String name) {
        List<String> values = headers.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw Refusal.of(ErrorCode.INVALID_REQUEST, "header " + name + " is repeated")
                    .saying("the header " + name + " is repeated")
                    .thrown();
        }
        return values.stream().findFirst();
    }

    /**
     * One cookie (RFC 6265 section 4.2).
     *
     * @param name its name
     * @return its value; empty if it was not sent, or more than once with different values: one of them is then someone else's
     */
    public Optional<String> cookie(String name) {
        List<String> found = headers.getOrDefault("Cookie", List.of()).stream()
                .flatMap(line -> Arrays.stream(line.split(";", -1)))
                .map(String::strip)
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                // RFC 6265 section 4.1.1: a value may stand in quotes, and some clients put it there
                .map(value -> value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
                        ? value.substring(1, value.length() - 1)
                        : value)
                .distinct()
                .toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    /**
     * Whether a header was sent.
     *
     * @param name its name, in any case
     * @return whether it was, once or more often
     */
    public boolean hasHeader(String name) {
        return headers.containsKey(name);
    }

    /**
     * The media type of the body (RFC 9110 section 8.3).
     *
     * @return type and subtype in lower case, without parameters; empty if none was sent
     */
    public String mediaType() {
        String type = header("Content-Type").orElse("");
        int semicolon = type.indexOf(';');
        return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
    }

    /**
     * Whence the request came.
     *
     * @return a network address, if the binding knows it
     */
    public Optional<String> remoteAddress() {
        return remoteAddress;
    }

    /**
     * Reads the body. It can be read once.
     *
     * @return at most {@value #MOST_BODY} bytes
     * @throws Refused {@code body_too_large} if there is more, {@code invalid_request} if it breaks off
     */
    public byte[] body() {
        try {
            // Most forms are short: no buffer of many times their size for them.
            byte[] start = body.readNBytes(SHORT_BODY);
            if (start.length < SHORT_BODY) return start;
            byte[] rest = body.readNBytes(MOST_BODY + 1 - SHORT_BODY);
            if (start.length + rest.length > MOST_BODY) {
                throw Refusal.of(ErrorCode.BODY_TOO_LARGE, "the body is too large")
                        .saying("the body is larger than " + MOST_BODY + " bytes")
                        .thrown();
            }
            byte[] all = Arrays.copyOf(start, start.length + rest.length);
            System.arraycopy(rest, 0, all, start.length, rest.length);
            return all;
        } catch (IOException e) {
            throw Refusal.of(ErrorCode.INVALID_REQUEST, "the body broke off")
                    .saying("the body could not be read")
                    .thrown();
        }
    }

    /** Puts a request together. Not thread-safe. */
    public static final class Builder {
        private final String method;
        private final String path;
        private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        private Optional<String> query = Optional.empty();
        private Optional<String> remoteAddress = Optional.empty();
        private InputStream body = InputStream.nullInputStream();

        private Builder(String method, String path) {
            this.method = method;
            this.path = path;
        }

        /**
         * Adds a header.
         *
         * @param name its name
         * @param value its value
         * @return this
         */
        public Builder header(String name, String value) {
            headers.computeIfAbsent(name, n -> new ArrayList<>(1)).add(value);
            return this;
        }

        /**
         * Sets the raw query.
         *
         * @param value what followed the question mark
         * @return this
         */
        public Builder query(String value) {
            query = Optional.of(value);
            return this;
        }

        /**
         * Sets whence the request came.
         *
         * @param value a network address
         * @return this
         */
        public Builder remoteAddress(String value) {
            remoteAddress = Optional.of(value);
            return this;
        }

        /**
         * Sets the body.
         *
         * @param value is read when the server asks, and not closed
         * @return this
         */
        public Builder body(InputStream value) {
            body = value;
            return this;
        }

        /**
         * Sets the body.
         *
         * @param value the bytes
         * @return this
         */
        public Builder body(byte[] value) {
            return body(new ByteArrayInputStream(value));
        }

        /**
         * The request.
         *
         * @return the request
         */
        public WireRequest build() {
            return new WireRequest(this);
        }
    }
}
