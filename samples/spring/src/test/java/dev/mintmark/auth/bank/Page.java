package dev.mintmark.auth.bank;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** A page in a browser, whose forms are filled in by what stands in them and nothing else. */
record Page(Browser browser, URI address, int status, Document html) {
    /** One of the server's pages, by its name. */
    Page shows(String name) {
        assertThat(html.body().attr("data-page")).as("%s%n%s", address, html).isEqualTo(name);
        return this;
    }

    /** The bank's page for someone who is signed in. */
    Page shows(String person, int balance) {
        assertThat(status).as("%s%n%s", address, html).isEqualTo(200);
        assertThat(text("#who")).isEqualTo(person);
        assertThat(text("#balance")).isEqualTo(String.valueOf(balance));
        return this;
    }

    String text(String selector) {
        return one(selector).text();
    }

    /** Fills in the one form that has these fields, and sends it. */
    Page enter(String... namesAndValues) throws IOException, InterruptedException {
        List<Element> forms = html.select("form").stream()
                .filter(form -> !form.select("input:not([type=hidden])[name=" + namesAndValues[0] + "]")
                        .isEmpty())
                .toList();
        assertThat(forms).as("forms with %s%n%s", namesAndValues[0], html).hasSize(1);
        Map<String, String> fields = hidden(forms.get(0));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            assertThat(forms.get(0).select("input:not([type=hidden])[name=" + namesAndValues[i] + "]"))
                    .as("fields %s", namesAndValues[i])
                    .hasSize(1);
            fields.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        assertThat(forms.get(0).select("button[type=submit]")).hasSize(1);
        return send(forms.get(0), fields);
    }

    /** Presses the one button that a selector names. */
    Page press(String selector) throws IOException, InterruptedException {
        Element button = one(selector);
        Element form = button.closest("form");
        assertThat(form).as("the form of %s", selector).isNotNull();
        Map<String, String> fields = hidden(form);
        if (button.hasAttr("name")) fields.put(button.attr("name"), button.attr("value"));
        return send(form, fields);
    }

    private Page send(Element form, Map<String, String> fields) throws IOException, InterruptedException {
        assertThat(form.attr("method")).isEqualTo("post");
        return browser.send(address.resolve(form.attr("action")), fields);
    }

    private static Map<String, String> hidden(Element form) {
        Map<String, String> fields = new LinkedHashMap<>();
        form.select("input[type=hidden]").forEach(field -> fields.put(field.attr("name"), field.attr("value")));
        return fields;
    }

    private Element one(String selector) {
        List<Element> found = html.select(selector);
        assertThat(found).as("%s at %s%n%s", selector, address, html).hasSize(1);
        return found.get(0);
    }
}
