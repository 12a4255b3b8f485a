package dev.mintmark.auth.fuzz;

import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.wire.WireResponse;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What bodies may look like. */
final class Shapes {
    /** No body, and so no type of one. */
    static final Predicate<WireResponse> NOTHING = response ->
            response.body().length == 0 && response.header("Content-Type").isEmpty();

    private Shapes() {}

    /** No body, with one of these statuses. */
    static Predicate<WireResponse> nothing(Integer... statuses) {
        return NOTHING.and(response -> Set.of(statuses).contains(response.status()));
    }

    /** A JSON object of this media type. */
    static Predicate<WireResponse> json(String mediaType, Predicate<Claims> fits) {
        return response ->
                response.header("Content-Type").orElse("").split(";", 2)[0].equals(mediaType)
                        && fits.test(parse(response));
    }

    /** A JSON object with these members and perhaps more. */
    static Predicate<WireResponse> members(String... required) {
        return json("application/json", body -> body.names().containsAll(List.of(required)));
    }

    /** The same, not to be stored (RFC 6749 section 5.1). */
    static Predicate<WireResponse> unstored(String... required) {
        return members(required)
                .and(response -> response.header("Cache-Control").orElse("").equals("no-store"));
    }

    /** One of these pages, which no one keeps or frames; where a form-post leads is checked like a redirect. */
    static Predicate<WireResponse> page(String... pages) {
        return unstored("page")
                .and(response -> response.header("X-Frame-Options").orElse("").equals("DENY"))
                .and(response ->
                        List.of(pages).contains(parse(response).string("page").orElse("")))
                .and(response -> parse(response)
                        .string("target")
                        .filter(to -> !to.equals("https://app.example/cb"))
                        .isEmpty());
    }

    /** To a place that begins so, and everything after it encoded (RFC 3986 section 3.4). */
    static Predicate<WireResponse> redirect(String to) {
        return response -> response.status() == 303
                && response.body().length == 0
                && response.header("Cache-Control").orElse("").equals("no-store")
                && response.header("Location")
                        .filter(uri -> uri.startsWith(to))
                        .filter(uri -> uri.substring(to.length()).matches("[A-Za-z0-9._~%&=+*?-]*"))
                        .isPresent();
    }

    /** Whether an object has texts alone: the required, and none but these. */
    static boolean isOf(Claims body, Set<String> required, Set<String> optional) {
        return body.names().containsAll(required)
                && body.names().stream().allMatch(n -> required.contains(n) || optional.contains(n))
                && body.names().stream().allMatch(n -> body.string(n).isPresent());
    }

    static Claims parse(WireResponse response) {
        return Claims.parse(response.text());
    }
}
