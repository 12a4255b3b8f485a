package dev.mintmark.auth.fuzz;

import dev.mintmark.auth.fuzz.Sent.Header;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** One change to a request: to its body, its headers, its method, path or query. */
final class Mutations {
    private static final List<String> METHODS = List.of(
            "GET", "PUT", "HEAD", "OPTIONS", "TRACE", "PATCH", "DELETE", "CONNECT", "post", "PoSt", "", "POST ",
            "\u00e9");

    private static final List<String> TYPES = List.of(
            "",
            ";",
            "text/plain",
            "application/json",
            "application/json; charset=utf-16",
            "application/problem+json",
            "APPLICATION/X-WWW-FORM-URLENCODED",
            "application/x-www-form-urlencoded; charset=utf-16",
            "application/x-www-form-urlencoded;;;=\"",
            "application/x-www-form-urlencoded, text/plain",
            "multipart/form-data; boundary=x",
            "application/\u0130");

    private static final List<String> AUTHORIZATIONS = List.of(
            "",
            " ",
            "Basic",
            "Basic ",
            "Basic  ",
            "Basic %%%",
            "Basic Og==",
            "Basic YQ==",
            "Basic AAAA",
            "Basic /////w==",
            "Bearer",
            "Bearer ",
            "Bearer a b",
            "Bearer \u00e9",
            "DPoP x",
            "Digest username=\"x\"",
            "Negotiate",
            "\0",
            ",",
            "Basic a, Bearer b");

    private static final List<String> OTHERS = List.of(
            "Accept",
            "Accept-Encoding",
            "DPoP",
            "Origin",
            "Cookie",
            "X-Forwarded-Host",
            "Host",
            "Content-Length",
            "Expect");

    private Mutations() {}

    static Sent mutate(Sent sent, Material with) {
        int group = with.below(10);
        if (group < 6 && isAsked(sent)) {
            // What a form would say stands in the query.
            Sent form = FormMutations.mutate(sent.withBody(sent.query().orElseThrow()), with);
            return sent.withQuery(form.body());
        }
        if (group < 6) return sent.isJson() ? JsonMutations.mutate(sent, with) : FormMutations.mutate(sent, with);
        return group < 8 ? header(sent, with) : line(sent, with);
    }

    private static boolean isAsked(Sent sent) {
        return sent.method().equals("GET")
                && sent.body().isEmpty()
                && sent.query().isPresent();
    }

    private static Sent header(Sent sent, Material with) {
        return switch (with.below(10)) {
            case 0 -> sent.without(with.one(List.of("Authorization", "Content-Type", "SlashID-API-Key")));
            case 1 -> twice(sent, with);
            case 2 -> sent.with("Content-Type", with.one(TYPES));
            case 3 -> sent.with("Authorization", with.one(AUTHORIZATIONS));
            case 4 -> sent.with("Authorization", "Bearer " + with.value());
            case 5 -> sent.with("Authorization", basic(with));
            case 6 ->
                sent.header("Authorization")
                        .map(value -> sent.with("Authorization", garbled(value, with)))
                        .orElseGet(() -> sent.with("Authorization", with.known("basic")));
            case 8 -> sent.with(with.one(List.of("SlashID-API-Key", "SlashID-OrgID")), with.value());
            case 7 -> sent.with("Authorization", "Basic " + "QUFB".repeat(with.below(30_000)));
            default -> sent.with(with.one(OTHERS), with.one(Material.NASTY));
        };
    }

    private static Sent twice(Sent sent, Material with) {
        if (sent.headers().isEmpty()) return sent;
        List<Header> headers = new ArrayList<>(sent.headers());
        Header header = with.one(headers);
        headers.add(new Header(
                header.name().toLowerCase(Locale.ROOT),
                with.random.nextBoolean() ? header.value() : with.one(Material.NASTY)));
        return sent.withHeaders(headers);
    }

    private static String basic(Material with) {
        String id = with.random.nextBoolean() ? with.one(Stage.TRAPS) : with.value();
        String pair = with.random.nextBoolean() ? id + ":" + with.value() : encoded(id) + ":" + encoded(with.value());
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static Sent line(Sent sent, Material with) {
        return switch (with.below(4)) {
            case 0 -> sent.withMethod(with.one(METHODS));
            case 1 -> sent.withQuery(with.random.nextBoolean() ? sent.body() : with.one(Material.NASTY));
            default -> sent.withPath(path(sent.path(), with));
        };
    }

    /** Another spelling of a path, or another path. */
    static String path(String path, Material with) {
        int slash = path.lastIndexOf('/');
        if (slash < 0) return "/" + path;
        int at = with.below(path.length());
        return switch (with.below(14)) {
            case 0 -> path + "/";
            case 1 -> path.replaceFirst("/", "//");
            case 2 -> path.substring(0, slash) + "/./" + path.substring(slash + 1);
            case 3 -> path.substring(0, slash) + "/x/../" + path.substring(slash + 1);
            case 4 -> path.substring(0, slash) + "/%2e%2e/" + path.substring(slash + 1);
            case 5 -> path.toUpperCase(Locale.ROOT);
            case 6 -> path + ";jsessionid=1";
            case 7 -> path.substring(0, at) + String.format("%%%02x", (int) path.charAt(at)) + path.substring(at + 1);
            case 8 -> path + "%00";
            case 9 -> path.replace("/", "%2f");
            case 10 -> path.replace('/', '\\');
            case 11 -> "/..".repeat(1 + with.below(2000)) + path;
            case 12 -> path.substring(0, at);
            default -> garbled(path, with);
        };
    }

    /** The same but for one letter or digit: what is as long, and only just wrong. */
    static String nearly(String text, Material with) {
        for (int tries = 0; tries < 8 && !text.isEmpty(); tries++) {
            int at = with.below(text.length());
            char other = (char) (text.charAt(at) ^ 1);
            if (Character.isLetterOrDigit(text.charAt(at)) && Character.isLetterOrDigit(other))
                return text.substring(0, at) + other + text.substring(at + 1);
        }
        return text;
    }

    /** A character replaced, taken out or put in. */
    static String garbled(String text, Material with) {
        if (with.below(4) == 0) return nearly(text, with);
        int at = with.below(text.length() + 1);
        int cut = Math.min(text.length(), at + with.below(3));
        return text.substring(0, at)
                + (with.random.nextBoolean() ? with.one(Material.NASTY) : "")
                + text.substring(cut);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
