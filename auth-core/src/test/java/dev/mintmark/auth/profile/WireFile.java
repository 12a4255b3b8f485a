package dev.mintmark.auth.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.wire.WireHandler;
import dev.mintmark.auth.wire.WireRequest;
import dev.mintmark.auth.wire.WireResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A golden file: requests as a client sends them and responses as the documentation has them, written by hand.
 *
 * <p>Comments begin with {@code #}; {@code ===} divides a request from its response and the response from claims to be looked at,
 * {@code ---} one exchange from the next. Header lines of a response must be there as they stand, those after {@code !} must not
 * be there. Bodies compare as text, documents (GET) as JSON. Placeholders: <code>{{jwt:x}}</code> and <code>{{opaque:x}}</code>
 * capture, <code>{{uuid}}</code>, <code>{{hex}}</code>, <code>{{any}}</code>, <code>{{number}}</code> and <code>{{rest}}</code>
 * match, <code>{{cookie:x}}</code> captures name and value of a handle, <code>{{now+1}}</code> counts, <code>{{x}}</code> stands for what is known as x, be it captured in the same body.
 * {@code === claims x} has all claims of a token, {@code === some x} a few. {@code @later 30} moves the clock. A body after
 * {@code some} is an object that may have more members; the order of members, and of texts in a list, means nothing in it.
 */
public final class WireFile {
    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\{\\{([a-z]+)(?::(\\w+)|([+-]\\d+))?}}|\\{\\{(\\w+)}}");
    private static final String SOME = "some ";
    private static final Map<String, String> FORMS = Map.of(
            "jwt", "eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+",
            "opaque", "[A-Za-z0-9._~-]{20,}",
            "uuid", "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}",
            "any", "[^\"]+",
            "number", "[0-9]+",
            "hex", "[0-9a-f]{32}",
            "rest", ".*",
            "cookie", "__Host-[A-Za-z0-9-]+=[A-Za-z0-9_-]{43}");

    private final List<String> exchanges;
    private final Map<String, String> known;
    private final World world;

    /** What changes while a file is played. */
    public interface World {
        /** Moves the clock on. */
        void later(Duration by);

        /** What is known anew, such as the time. */
        Map<String, String> known();
    }

    public WireFile(Path file, Map<String, String> presets, World world) {
        try {
            String text = Files.readString(file).replaceAll("(?m)^#.*\n", "");
            this.exchanges = List.of(text.split("(?m)^---\n", -1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.known = new HashMap<>(presets);
        this.world = world;
    }

    public void play(WireHandler server, String base) {
        for (String exchange : exchanges) {
            List<String> sections = sections(exchange);
            String request = filled(at(sections.get(0)));
            WireResponse response = server.answer(request(request, base));
            check(response, sections.get(1), request.startsWith("GET "));
            for (String section : sections.subList(2, sections.size())) checkJwt(section);
        }
    }

    /** Lets time pass if the request says so, and learns what is new. */
    private String at(String request) {
        String[] lines = request.split("\n", 2);
        boolean later = lines[0].startsWith("@later ");
        if (later) world.later(Duration.ofSeconds(Long.parseLong(lines[0].substring("@later ".length()))));
        known.putAll(world.known());
        return later ? lines[1] : request;
    }

    private static List<String> sections(String exchange) {
        List<String> sections = new ArrayList<>();
        for (String section : exchange.split("(?m)^===", -1)) sections.add(section.replaceFirst("^\n", ""));
        return sections;
    }

    private static WireRequest request(String text, String base) {
        String[] parts = text.split("\n\n", 2);
        String[] lines = parts[0].split("\n", -1);
        String[] start = lines[0].split(" ", -1);
        String[] target = start[1].split("\\?", 2);
        WireRequest.Builder request = WireRequest.of(start[0], base + target[0]);
        if (target.length > 1) request.query(target[1]);
        for (int i = 1; i < lines.length; i++) {
            String[] header = lines[i].split(": ", 2);
            request.header(header[0], header[1]);
        }
        return request.body(parts[1].stripTrailing().getBytes(StandardCharsets.UTF_8))
                .build();
    }

    private void check(WireResponse response, String expected, boolean document) {
        String[] parts = (expected + "\n").split("\n\n", 2);
        String[] lines = parts[0].split("\n", -1);
        assertThat("HTTP/1.1 " + response.status()).as(response.text()).isEqualTo(lines[0]);
        for (int i = 1; i < lines.length; i++) {
            if (lines[i].startsWith("!")) {
                assertThat(response.header(lines[i].substring(1))).as(lines[i]).isEmpty();
            } else {
                String[] header = lines[i].split(": ", 2);
                checkText(response.header(header[0]).orElse("(none)"), header[1]);
            }
        }
        String body = parts[1].stripTrailing();
        if (body.startsWith(SOME)) checkJson(response.text(), body.substring(SOME.length()), true);
        else if (document && !body.isEmpty()) checkJson(response.text(), body, false);
        else checkText(response.text(), body);
    }

    private void checkText(String actual, String expected) {
        List<String> names = new ArrayList<>();
        Matcher matcher = Pattern.compile(pattern(expected, names)).matcher(actual);
        assertThat(matcher.matches())
                .as("%s%n should be %n%s", actual, filled(expected))
                .isTrue();
        for (int i = 0; i < names.size(); i++) known.put(names.get(i), matcher.group(i + 1));
    }

    private void checkJwt(String section) {
        String[] parts = section.split("\n", 2);
        String[] title = parts[0].strip().split(" ", -1);
        String part = known.get(title[1]).split("\\.", -1)[title[0].equals("header") ? 0 : 1];
        String json = new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
        checkJson(json, parts[1].strip(), title[0].equals("some"));
    }

    private void checkJson(String actual, String expected, boolean some) {
        Claims have = Claims.parse(actual);
        Claims want = Claims.parse(filled(expected));
        if (some) assertThat(have.names()).as(actual).containsAll(want.names());
        else assertThat(have.names()).as(actual).hasSameElementsAs(want.names());
        for (String name : want.names()) {
            Object actually = have.get(name).orElseThrow();
            Object wanted = want.get(name).orElseThrow();
            checkText(
                    Claims.of("v", some ? sorted(actually) : actually).toJson(),
                    Claims.of("v", some ? sorted(wanted) : wanted).toJson());
        }
    }

    private static Object sorted(Object value) {
        if (value instanceof Claims claims) {
            Claims.Builder out = Claims.builder();
            claims.names().stream()
                    .sorted()
                    .forEach(name -> out.put(name, sorted(claims.get(name).orElseThrow())));
            return out.build();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> out = new TreeMap<>();
            map.forEach((name, member) -> out.put(String.valueOf(name), sorted(member)));
            return out;
        }
        if (!(value instanceof List<?> list)) return value;
        boolean texts = list.stream().allMatch(String.class::isInstance);
        return texts
                ? list.stream().sorted().toList()
                : list.stream().map(WireFile::sorted).toList();
    }

    private String filled(String text) {
        return PLACEHOLDER.matcher(text).replaceAll(m -> Matcher.quoteReplacement(value(m.group(), m.group(3))));
    }

    private String value(String placeholder, String offset) {
        String name = placeholder.substring(2, placeholder.length() - 2);
        if (offset != null) {
            long base = Long.parseLong(known.get(name.substring(0, name.length() - offset.length())));
            return Long.toString(base + Long.parseLong(offset));
        }
        return known.getOrDefault(name, placeholder);
    }

    private String pattern(String text, List<String> names) {
        StringBuilder out = new StringBuilder();
        String filled = filled(text);
        Matcher matcher = PLACEHOLDER.matcher(filled);
        int from = 0;
        while (matcher.find()) {
            out.append(Pattern.quote(filled.substring(from, matcher.start())));
            String form = matcher.group(1) == null ? null : FORMS.get(matcher.group(1));
            int captured = names.indexOf(matcher.group(1) == null ? matcher.group(4) : matcher.group(1));
            if (form == null) {
                assertThat(captured).as(matcher.group() + " is unknown").isNotNegative();
                out.append('\\').append(captured + 1);
            } else if (matcher.group(2) != null) {
                names.add(matcher.group(2));
                out.append('(').append(form).append(')');
            } else {
                out.append(form);
            }
            from = matcher.end();
        }
        return out.append(Pattern.quote(filled.substring(from))).toString();
    }
}
