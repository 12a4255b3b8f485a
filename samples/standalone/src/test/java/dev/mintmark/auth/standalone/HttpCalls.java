package dev.mintmark.auth.standalone;

import dev.mintmark.auth.protocol.Claims;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Requests as a client on the network makes them. */
final class HttpCalls {
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    private final HttpClient http;

    HttpCalls(HttpClient http) {
        this.http = http;
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> method(String method, String uri) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(uri)).method(method, HttpRequest.BodyPublishers.noBody()));
    }

    HttpResponse<String> post(String uri, String form) throws Exception {
        return send(form(uri, form));
    }

    static HttpRequest.Builder form(String uri, String form) {
        return HttpRequest.newBuilder(URI.create(uri))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
    }

    /** Does what a curl line says; knows -u, -H and -d. */
    HttpResponse<String> curl(String line) throws Exception {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(line);
        while (matcher.find()) words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(words.get(words.size() - 1)))
                .setHeader("Content-Type", "application/x-www-form-urlencoded");
        List<String> data = new ArrayList<>();
        for (int i = 1; i < words.size() - 1; i += 2) {
            String value = words.get(i + 1);
            switch (words.get(i)) {
                case "-u" -> request.header("Authorization", "Basic " + base64(value));
                case "-H" -> request.setHeader(value.split(": ", 2)[0], value.split(": ", 2)[1]);
                case "-d" -> data.add(value);
                default -> throw new IllegalArgumentException(words.get(i));
            }
        }
        return send(request.POST(HttpRequest.BodyPublishers.ofString(String.join("&", data))));
    }

    static Claims json(HttpResponse<String> answer) {
        return Claims.parse(answer.body());
    }

    static Claims payload(String jwt) {
        return Claims.parse(new String(Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[1]), StandardCharsets.UTF_8));
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static String basic(String id, String secret) {
        return "Basic " + base64(id + ":" + secret);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
