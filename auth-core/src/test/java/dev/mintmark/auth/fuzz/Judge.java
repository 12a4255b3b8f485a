package dev.mintmark.auth.fuzz;

import dev.mintmark.auth.AuthEvent;
import dev.mintmark.auth.fuzz.Material.Coin;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.wire.WireResponse;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What holds for every answer to any request, and for what the listener is told of it. */
final class Judge {
    private static final Pattern JWT = Pattern.compile("eyJ[\\w-]+\\.([\\w-]+)\\.");

    private final Stage stage;
    private final Material with;

    /** What was sent as something that may be shown again, be it later. */
    private final StringBuilder named = new StringBuilder();

    Judge(Stage stage, Material with) {
        this.stage = stage;
        this.with = with;
    }

    /** Sends a request and judges what comes of it. */
    WireResponse send(Sent sent) {
        stage.events.clear();
        stage.refusals.clear();
        named.append(sent.named());
        WireResponse response = stage.server.answer(sent.toWire());
        List<AuthEvent> events = List.copyOf(stage.events);
        fault(sent, response, events).ifPresent(fault -> {
            throw new AssertionError(
                    stage.api + ": " + fault + "\n\n" + sent + "\n\n" + shown(response) + "\n\n" + events);
        });
        Tally.count(stage.api, response.status());
        with.harvest(response);
        return response;
    }

    private Optional<String> fault(Sent sent, WireResponse response, List<AuthEvent> events) {
        return status(response)
                .or(() -> shape(sent, response))
                .or(() -> headers(response))
                .or(() -> told(response))
                .or(() -> events.stream().flatMap(e -> logged(e).stream()).findFirst())
                .or(() -> reason(events, response));
    }

    private Optional<String> status(WireResponse response) {
        return when(!stage.api.statuses().contains(response.status()), "an undocumented status: " + response.status());
    }

    private Optional<String> shape(Sent sent, WireResponse response) {
        try {
            return when(!fits(sent, response), "a body of no documented shape");
        } catch (IllegalArgumentException e) {
            return Optional.of("a body that is no JSON object");
        }
    }

    private boolean fits(Sent sent, WireResponse response) {
        // Nothing of the API's: what the application around it would answer.
        if (response.status() == 404 && response.text().equals("{\"error\":\"not_found\"}"))
            return !isBelowTheMount(sent);
        if (response.status() >= 400) return stage.api.refusal().test(response);
        return stage.api.routes().stream()
                .filter(route -> stage.api.isAt(route, sent.path()))
                .anyMatch(route -> sent.method().equals("OPTIONS")
                        ? response.status() == 204 && Shapes.NOTHING.test(response)
                        : route.answers(sent.method()) && route.success().test(response));
    }

    private boolean isBelowTheMount(Sent sent) {
        return !stage.api.mount().isEmpty() && sent.path().startsWith(stage.api.mount() + "/");
    }

    private static Optional<String> headers(WireResponse response) {
        boolean split = response.headers().values().stream()
                .flatMap(List::stream)
                .anyMatch(value -> value.chars().anyMatch(c -> c < 0x20 || c > 0x7E));
        return when(split, "a header with control characters")
                // RFC 9110 section 15.5.6: a 405 MUST name what is allowed
                .or(() -> when(
                        response.status() == 405 && response.header("Allow").isEmpty(), "a 405 without Allow"))
                .or(() -> when(
                        (response.status() == 503 || response.status() == 429)
                                && response.header("Retry-After").isEmpty(),
                        "a " + response.status() + " without Retry-After"));
    }

    /** No secret, and no token; but a success may tell a successor again, or the ID token that another one equals. */
    private Optional<String> told(WireResponse response) {
        String text = response.headers() + "\n" + response.text() + payloads(response.text());
        List<String> never = new ArrayList<>(stage.secrets());
        never.add(Stage.REASON);
        for (Coin coin : with.coins()) {
            if (response.status() != 200 || !coin.mayBeToldAgain()) never.add(coin.value());
        }
        return never.stream()
                .filter(s -> tells(text, s) && named.indexOf(s) < 0)
                .findFirst()
                .map(secret -> "an answer tells " + secret);
    }

    /** Six digits are a code only where they stand alone. */
    private static boolean tells(CharSequence text, String secret) {
        if (!secret.matches("[0-9]{6}")) return text.toString().contains(secret);
        return Pattern.compile("(?<![\\w.+/-])" + secret + "(?![\\w.+/-])")
                .matcher(text)
                .find();
    }

    private static String payloads(String text) {
        StringBuilder out = new StringBuilder();
        Matcher jwts = JWT.matcher(text);
        while (jwts.find()) {
            out.append('\n').append(new String(Base64.getUrlDecoder().decode(jwts.group(1)), StandardCharsets.UTF_8));
        }
        return out.toString();
    }

    private Optional<String> logged(AuthEvent event) {
        String line = event.toString();
        StringBuilder all = new StringBuilder(line);
        for (Optional<?> part : List.of(
                event.endpoint(),
                event.client(),
                event.subject(),
                event.grant(),
                event.family(),
                event.scope(),
                event.error(),
                event.reason(),
                event.reference())) {
            all.append('\n').append(part.map(Object::toString).orElse(""));
        }
        event.cause().ifPresent(cause -> all.append('\n').append(trace(cause)));
        List<String> never = new ArrayList<>(stage.secrets());
        for (Coin coin : with.coins()) never.add(coin.value());
        return never.stream()
                .filter(secret -> tells(all, secret) && named.indexOf(secret) < 0)
                .findFirst()
                .map(secret -> "an event tells " + secret)
                .or(() -> when(line.chars().anyMatch(Character::isISOControl), "an event of more than one line"))
                .or(() -> when(
                        event.error().filter(ErrorCode.SERVER_ERROR::equals).isPresent(), "a fault: " + all));
    }

    /** What the log is told, the client is told only where the very same words are public. */
    private Optional<String> reason(List<AuthEvent> events, WireResponse response) {
        List<String> texts = new ArrayList<>();
        response.headers().values().forEach(texts::addAll);
        if (response.body().length > 0) gather(Claims.parse(response.text()), texts);
        List<String> open =
                stage.refusals.stream().flatMap(r -> r.description().stream()).toList();
        List<String> reasons = events.stream().flatMap(e -> e.reason().stream()).toList();
        return texts.stream()
                .map(text -> open.stream().reduce(text, (rest, description) -> rest.replace(description, "")))
                .filter(rest -> reasons.stream().anyMatch(rest::contains))
                .findFirst()
                .map(rest -> "an answer tells the log's reason: " + rest);
    }

    private static void gather(Object value, List<String> texts) {
        if (value instanceof Claims claims) claims.forEach((name, member) -> gather(member, texts));
        else if (value instanceof Map<?, ?> map) map.values().forEach(member -> gather(member, texts));
        else if (value instanceof List<?> list) list.forEach(element -> gather(element, texts));
        else texts.add(String.valueOf(value));
    }

    private static String trace(Throwable cause) {
        StringWriter out = new StringWriter();
        cause.printStackTrace(new PrintWriter(out));
        return out.toString();
    }

    private static Optional<String> when(boolean wrong, String what) {
        return wrong ? Optional.of(what) : Optional.empty();
    }

    private static String shown(WireResponse response) {
        return response.status() + " " + response.headers() + "\n" + Sent.shown(response.text());
    }
}
