package dev.mintmark.auth.bank;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;

/** A browser without a screen: it keeps cookies, goes where it is sent, and remembers where it was. */
final class Browser {
    private static final int MOST_REDIRECTS = 10;

    private final CookieManager cookies = new CookieManager();
    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(cookies).build();
    private final List<URI> visited = new ArrayList<>();

    /** Where it went for its latest page, redirects included. */
    List<URI> visited() {
        return List.copyOf(visited);
    }

    /** Forgets what one host told it to keep. */
    void forget(URI site) {
        cookies.getCookieStore()
                .get(site)
                .forEach(cookie -> cookies.getCookieStore().remove(site, cookie));
    }

    Page open(URI address) throws IOException, InterruptedException {
        visited.clear();
        return followed(HttpRequest.newBuilder(address).build());
    }

    Page send(URI address, Map<String, String> form) throws IOException, InterruptedException {
        visited.clear();
        String body = form.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        return followed(HttpRequest.newBuilder(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private Page followed(HttpRequest first) throws IOException, InterruptedException {
        HttpRequest request = first;
        while (visited.size() < MOST_REDIRECTS) {
            visited.add(request.uri());
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            // Java takes a cookie with Max-Age for one of RFC 2965, and would send its value in quotes; browsers do
            // not.
            cookies.getCookieStore().getCookies().forEach(cookie -> cookie.setVersion(0));
            Optional<String> next = response.headers().firstValue("Location");
            if (next.isEmpty()) {
                return new Page(this, response.uri(), response.statusCode(), Jsoup.parse(response.body()));
            }
            request = HttpRequest.newBuilder(request.uri().resolve(next.get())).build();
        }
        throw new AssertionError("redirected in circles: " + visited);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
