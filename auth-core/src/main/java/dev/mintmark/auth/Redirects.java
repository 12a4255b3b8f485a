package dev.mintmark.auth;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/** Answers to clients as parameters, and as URIs (RFC 6749 section 4.1.2). */
final class Redirects {
    private final String issuer;

    Redirects(String issuer) {
        this.issuer = issuer;
    }

    /** Every answer names the state, if there was one, and the issuer (RFC 9207 section 2). */
    Map<String, String> complete(Target.Redirect target, Map<String, String> members) {
        Map<String, String> all = new LinkedHashMap<>(members);
        target.state().ifPresent(state -> all.put("state", state));
        all.put("iss", issuer);
        return all;
    }

    /** In the query, or in the fragment. */
    URI uri(Target.Redirect target, Map<String, String> members) {
        StringJoiner encoded = new StringJoiner("&");
        complete(target, members).forEach((name, value) -> encoded.add(name + '=' + encode(value)));
        URI to = target.uri();
        boolean fragment = target.mode() == ResponseMode.FRAGMENT;
        String begin = fragment ? "#" : to.getRawQuery() == null ? "?" : "&";
        return URI.create(to + begin + encoded);
    }

    static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
