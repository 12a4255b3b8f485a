package dev.mintmark.auth.browser;

import dev.mintmark.auth.wire.WireHandler;
import dev.mintmark.auth.wire.WireRequest;
import dev.mintmark.auth.wire.WireResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/** A browser as far as a server sees one: it keeps cookies, follows redirects on the same host, and sends forms. */
public final class Browser {
    private static final int MOST_REDIRECTS = 10;

    private final WireHandler server;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private Optional<String> address = Optional.empty();

    public Browser(WireHandler server) {
        this.server = server;
    }

    /** From now on at this network address. */
    public Browser at(String value) {
        address = Optional.of(value);
        return this;
    }

    /** What it keeps, by name; to be tampered with. */
    public Map<String, String> cookies() {
        return cookies;
    }

    /** Opens a path with its query, and goes where it is sent, as long as that is this host. */
    public Page open(String pathAndQuery) {
        return followed(get(pathAndQuery));
    }

    /** Opens a path with its query, and stays. */
    public Page get(String pathAndQuery) {
        return sent("GET", pathAndQuery, "", true);
    }

    /** Sends a form from a page of this host, and goes where it is sent. */
    public Page submit(String path, Map<String, String> fields) {
        return followed(post(path, fields));
    }

    /** Sends a form from a page of this host, and stays. */
    public Page post(String path, Map<String, String> fields) {
        return sent("POST", path, encoded(fields), true);
    }

    /** Sends a form from another site: cookies with SameSite=Lax stay at home. */
    public Page postFromElsewhere(String path, Map<String, String> fields) {
        return sent("POST", path, encoded(fields), false);
    }

    /** Goes on from a redirect on this host. */
    public Page followed(Page page) {
        Page at = page;
        for (int i = 0; i < MOST_REDIRECTS; i++) {
            Optional<String> next = at.location().filter(to -> to.startsWith("/"));
            if (next.isEmpty()) return at;
            at = get(next.get());
        }
        throw new AssertionError("redirected in circles");
    }

    private Page sent(String method, String pathAndQuery, String body, boolean withCookies) {
        int question = pathAndQuery.indexOf('?');
        String path = question < 0 ? pathAndQuery : pathAndQuery.substring(0, question);
        WireRequest.Builder request = WireRequest.of(method, path);
        if (question >= 0) request.query(pathAndQuery.substring(question + 1));
        address.ifPresent(request::remoteAddress);
        if (withCookies && !cookies.isEmpty()) {
            StringJoiner line = new StringJoiner("; ");
            cookies.forEach((name, value) -> line.add(name + "=" + value));
            request.header("Cookie", line.toString());
        }
        if (method.equals("POST")) {
            request.header("Content-Type", "application/x-www-form-urlencoded")
                    .body(body.getBytes(StandardCharsets.UTF_8));
        }
        WireResponse response = server.handle(request.build()).orElseThrow();
        response.headers().getOrDefault("Set-Cookie", List.of()).forEach(this::keep);
        return new Page(this, response);
    }

    private void keep(String line) {
        String[] parts = line.split("; ", -1);
        int equals = parts[0].indexOf('=');
        String name = parts[0].substring(0, equals);
        if (line.contains("Max-Age=0;")) cookies.remove(name);
        else cookies.put(name, parts[0].substring(equals + 1));
    }

    public static String encoded(Map<String, String> fields) {
        StringJoiner form = new StringJoiner("&");
        fields.forEach((name, value) -> form.add(encode(name) + "=" + encode(value)));
        return form.toString();
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
