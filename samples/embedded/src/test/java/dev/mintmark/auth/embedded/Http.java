package dev.mintmark.auth.embedded;

import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A browser without scripts, and a client: what a test needs of both. */
final class Http {
    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">");
    private static final Pattern ACTION =
            Pattern.compile("<form(?: class=\"[a-z]*\")? method=\"post\"(?: action=\"([^\"]*)\")?>");

    private final String base;
    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    Http(String base) {
        this.base = base;
    }

    /** Opens a page, and goes where it is sent as long as that is this application. */
    HttpResponse<String> open(String pathAndQuery) throws Exception {
        return followed(sent(HttpRequest.newBuilder(URI.create(base + pathAndQuery))));
    }

    /** Fills in the page's form, and goes where it is sent as long as that is this application. */
    HttpResponse<String> submit(HttpResponse<String> page, String... pairs) throws Exception {
        Matcher action = ACTION.matcher(page.body());
        if (!action.find()) throw new AssertionError("no form in " + page.body());
        URI to = action.group(1) == null ? page.uri() : page.uri().resolve(action.group(1));
        StringJoiner form = new StringJoiner("&").add(form(pairs));
        HIDDEN.matcher(page.body()).results().forEach(field -> form.add(form(field.group(1), field.group(2))));
        return followed(post(to, form.toString()));
    }

    private HttpResponse<String> followed(HttpResponse<String> answer) throws Exception {
        HttpResponse<String> at = answer;
        while (location(at).startsWith("/") || location(at).startsWith(base)) {
            at = sent(HttpRequest.newBuilder(at.uri().resolve(location(at))));
        }
        return at;
    }

    static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("");
    }

    /** Posts as a client. */
    HttpResponse<String> call(String path, String credentials, String... pairs) throws Exception {
        String basic = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
        return sent(HttpRequest.newBuilder(URI.create(base + path))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form(pairs))));
    }

    private HttpResponse<String> post(URI to, String form) throws Exception {
        return sent(HttpRequest.newBuilder(to)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private HttpResponse<String> sent(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static String form(String... pairs) {
        String[] encoded = Arrays.stream(pairs)
                .map(text -> URLEncoder.encode(text, StandardCharsets.UTF_8))
                .toArray(String[]::new);
        StringJoiner form = new StringJoiner("&");
        for (int i = 0; i < encoded.length; i += 2) form.add(encoded[i] + "=" + encoded[i + 1]);
        return form.toString();
    }
}
