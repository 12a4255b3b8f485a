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
