package dev.mintmark.auth.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.wire.WireResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a browser got: a page of {@link SpelledOut}, or a redirect. */
public record Page(Browser browser, WireResponse response) {
    public int status() {
        return response.status();
    }

    public Optional<String> location() {
        return response.header("Location");
    }

    public Claims json() {
        return Claims.parse(response.text());
    }

    /** Which page it is. */
    public String page() {
        assertThat(response.text()).as("status %d to %s", status(), location()).isNotEmpty();
        return json().string("page").orElseThrow();
    }

    public Page shows(String page) {
        assertThat(page()).as(response.text()).isEqualTo(page);
        return this;
    }

    /** Fills its form in, sends it, and goes where it is sent. */
    public Page submit(String... namesAndValues) {
        return browser.submit(json().string("action").orElseThrow(), filled(namesAndValues));
    }

    /** Fills its form in, sends it, and stays. */
    public Page post(String... namesAndValues) {
        return browser.post(json().string("action").orElseThrow(), filled(namesAndValues));
    }

    /** What its form would send. */
    public Map<String, String> filled(String... namesAndValues) {
        Map<String, String> fields = new LinkedHashMap<>();
        Claims hidden = json().object("hidden");
        for (String name : hidden.names()) fields.put(name, hidden.string(name).orElseThrow());
        for (int i = 0; i < namesAndValues.length; i += 2) fields.put(namesAndValues[i], namesAndValues[i + 1]);
        return fields;
    }

    public Page signIn(String username, String password) {
        return shows("login").submit("username", username, "password", password);
    }

    public Page allow() {
        return shows("consent").submit("decision", "allow");
    }

    /** The parameters of an answer to a client, in the query of its redirect URI. */
    public Params answer(String redirectUri) {
        assertThat(status()).as(response.text()).isEqualTo(303);
        assertThat(location().orElseThrow()).startsWith(redirectUri + "?");
        String query = location().get().substring(redirectUri.length() + 1);
        return Params.ofForm(query.getBytes(StandardCharsets.UTF_8));
    }

    /** An answer that is an error. */
    public Page refused(String redirectUri, String error) {
        assertThat(answer(redirectUri).get("error")).contains(error);
        return this;
    }

    /** An error page, and no redirect. */
    public Page failed(int status, String error) {
        assertThat(status()).as(response.text()).isEqualTo(status);
        assertThat(location()).isEmpty();
        shows("error");
        assertThat(json().string("error")).contains(error);
        return this;
    }
}
