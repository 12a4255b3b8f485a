package dev.mintmark.auth.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A person with a browser: it keeps cookies, goes where it is sent on its server, and sends forms. */
final class Visitor {
    private static final Pattern PAGE = Pattern.compile("<body data-page=\"([a-z-]+)\">");
    private static final Pattern ACTION = Pattern.compile("<form[^>]* action=\"([^\"]*)\"");
    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">");
    private static final int MOST_REDIRECTS = 10;

    private final HttpCalls http = new HttpCalls(HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build());
    private final URI home;
    private URI at;
    private String body = "";

    private Visitor(URI home) {
        this.home = home;
        this.at = home;
    }

    static Visitor of(String server) {
        return new Visitor(URI.create(server));
    }

    Visitor open(String uri) throws Exception {
        return go(HttpRequest.newBuilder(URI.create(uri)), URI.create(uri));
    }

    Visitor sees(String page) {
        Matcher matcher = PAGE.matcher(body);
        assertThat(matcher.find()).as("%s %s", at, body).isTrue();
        assertThat(matcher.group(1)).as(body).isEqualTo(page);
        return this;
    }

    /** Sends the first form of the page. */
    Visitor submit(String... namesAndValues) throws Exception {
        Matcher action = ACTION.matcher(body);
        assertThat(action.find()).as(body).isTrue();
        StringJoiner form = new StringJoiner("&");
        String first = body.substring(action.start(), body.indexOf("</form>", action.start()));
        HIDDEN.matcher(first)
                .results()
                .forEach(hidden ->
                        form.add(HttpCalls.encode(hidden.group(1)) + "=" + HttpCalls.encode(hidden.group(2))));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            form.add(HttpCalls.encode(namesAndValues[i]) + "=" + HttpCalls.encode(namesAndValues[i + 1]));
        }
        URI to = at.resolve(action.group(1));
        return go(HttpCalls.form(to.toString(), form.toString()), to);
    }

    /** Where it is now: at a page, or on the way to a client. */
    URI at() {
        return at;
    }

    private Visitor go(HttpRequest.Builder request, URI uri) throws Exception {
        HttpResponse<String> answer = http.send(request);
        at = uri;
        for (int i = 0; i < MOST_REDIRECTS && answer.statusCode() == 303; i++) {
            at = at.resolve(answer.headers().firstValue("Location").orElseThrow());
            if (!at.getAuthority().equals(home.getAuthority())) return this;
            answer = http.send(HttpRequest.newBuilder(at));
        }
        body = answer.body();
        return this;
    }
}
