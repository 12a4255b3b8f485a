package dev.mintmark.auth.fuzz;

import dev.mintmark.auth.wire.WireRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A request in parts that can be changed, valid or not; its body is a character for each byte, so that text loses nothing. */
record Sent(String method, String path, Optional<String> query, List<Header> headers, String body) {
    /** A header line; names may stand more than once. */
    record Header(String name, String value) {
        boolean is(String other) {
            return name.equalsIgnoreCase(other);
        }
    }

    private static final List<String> LOOKED_AT =
            List.of("Authorization", "Content-Type", "SlashID-API-Key", "SlashID-OrgID", "Accept", "Origin", "Cookie");

    private static final Pattern NAMES = Pattern.compile(
            "[{\\s\"]*(scope|person_id|state|username|login_hint|ui_locales)\\b", Pattern.CASE_INSENSITIVE);

    /** Takes a request apart; its body is read thereby. */
    static Sent of(WireRequest request) {
        List<Header> headers = new ArrayList<>();
        for (String name : LOOKED_AT) request.header(name).ifPresent(value -> headers.add(new Header(name, value)));
        return new Sent(request.method(), request.path(), request.query(), headers, text(request.body()));
    }

    WireRequest toWire() {
        WireRequest.Builder request = WireRequest.of(method, path).body(bytes());
        query.ifPresent(request::query);
        for (Header header : headers) request.header(header.name(), header.value());
        return request.build();
    }

    Sent withMethod(String value) {
        return new Sent(value, path, query, headers, body);
    }

    Sent withPath(String value) {
        return new Sent(method, value, query, headers, body);
    }

    Sent withQuery(String value) {
        return new Sent(method, path, Optional.of(value), headers, body);
    }

    Sent withHeaders(List<Header> value) {
        return new Sent(method, path, query, value, body);
    }

    Sent withBody(String value) {
        return new Sent(method, path, query, headers, value);
    }

    Sent withText(String value) {
        return withBody(text(value.getBytes(StandardCharsets.UTF_8)));
    }

    byte[] bytes() {
        return body.getBytes(StandardCharsets.ISO_8859_1);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** With one header of this name. */
    Sent with(String name, String value) {
        Sent other = without(name);
        other.headers().add(new Header(name, value));
        return other;
    }

    Sent without(String name) {
        return withHeaders(
                new ArrayList<>(headers.stream().filter(h -> !h.is(name)).toList()));
    }

    /** With another text for one that stands in its body, its query or credentials. */
    Sent replacing(String text, String other) {
        Sent changed = withBody(body.replace(text, other));
        if (query.isPresent()) changed = changed.withQuery(query.get().replace(text, other));
        return changed.replacingCredentials(text, other);
    }

    private Sent replacingCredentials(String text, String other) {
        return header("Authorization")
                .filter(value -> value.contains(text))
                .map(value -> with("Authorization", value.replace(text, other)))
                .orElse(this);
    }

    Optional<String> header(String name) {
        return headers.stream().filter(h -> h.is(name)).map(Header::value).findFirst();
    }

    boolean isJson() {
        return body.stripLeading().startsWith("{");
    }

    /** What stands where a scope, a state or a person's name does, which are public: it is quoted, whatever it is. */
    String named() {
        StringBuilder named = new StringBuilder();
        for (String pair : (body + "&" + query.orElse("")).split("[&,]", -1)) {
            if (NAMES.matcher(pair).lookingAt()) named.append(unescaped(pair)).append('\n');
        }
        return named.toString();
    }

    private static String unescaped(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** As it would stand on the wire, control characters shown and long parts cut. */
    @Override
    public String toString() {
        StringBuilder out =
                new StringBuilder(method + " " + path + query.map(q -> "?" + q).orElse("") + "\n");
        for (Header header : headers)
            out.append(header.name()).append(": ").append(header.value()).append('\n');
        return shown(out.append('\n').append(body).toString());
    }

    static String shown(String text) {
        StringBuilder out = new StringBuilder();
        String some = text.length() > 4000 ? text.substring(0, 4000) + "...(" + text.length() + ")" : text;
        for (int i = 0; i < some.length(); i++) {
            char c = some.charAt(i);
            if (c == '\n' || (c >= 0x20 && c < 0x7F)) out.append(c);
            else out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
        }
        return out.toString();
    }
}
