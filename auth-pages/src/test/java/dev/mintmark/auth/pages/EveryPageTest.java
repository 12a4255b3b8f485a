package dev.mintmark.auth.pages;

import static dev.mintmark.auth.pages.Markup.only;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.pages.Gallery.Sample;
import dev.mintmark.auth.prompt.Prompt;
import dev.mintmark.auth.wire.WireResponse;
import java.util.List;
import java.util.Set;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EveryPageTest {
    private static final Set<String> WITH_SCRIPT = Set.of("form-post", "recovery-codes");

    static List<Sample> samples() {
        return Gallery.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void each_page_has_the_headers_that_keep_it_apart(Sample sample) {
        WireResponse answer = Asked.answer(sample.prompt());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(answer.header("Referrer-Policy")).contains("same-origin");
        assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.header("X-Frame-Options")).contains("DENY");
        assertThat(answer.header("Cache-Control")).contains("no-store");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void each_page_has_what_assistive_technology_needs(Sample sample) {
        Document page = Asked.page(sample.prompt());

        assertThat(page.body().attr("data-page")).isEqualTo(sample.prompt().page());
        assertThat(only(page, "html").attr("lang")).isEqualTo("en");
        assertThat(page.title()).isNotBlank();
        assertThat(only(page, "main h1").text()).isEqualTo(page.title());
        assertThat(only(page, "meta[name=viewport]").attr("content")).isEqualTo("width=device-width, initial-scale=1");
        assertThat(page.select("input:not([type=hidden])"))
                .allSatisfy(field -> only(page, "label[for=" + field.id() + "]"));
        assertThat(page.select("[id]").eachAttr("id")).doesNotHaveDuplicates();
        for (String reference : new String[] {"aria-describedby", "aria-labelledby"}) {
            for (String id : page.select("[" + reference + "]").eachAttr(reference)) only(page, "#" + id);
        }
        assertThat(page.select("[autofocus]").size()).isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void each_form_is_sent_by_its_buttons_alone(Sample sample) {
        Prompt prompt = sample.prompt();
        for (Element form : Asked.page(sample.prompt()).select("form")) {
            List<Element> buttons = form.select("button");
            boolean decision = prompt instanceof Prompt.Consent || prompt instanceof Prompt.Logout;

            assertThat(buttons)
                    .hasSize(decision ? 2 : 1)
                    .allMatch(b -> b.attr("type").equals("submit"));
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void nothing_stands_in_a_page_that_its_policy_forbids(Sample sample) {
        Document page = Asked.page(sample.prompt());

        assertThat(page.select("style, [style], script:not([src]), base, iframe, object"))
                .isEmpty();
        assertThat(page.getAllElements().stream().flatMap(e -> e.attributes().asList().stream()))
                .noneMatch(a -> a.getKey().startsWith("on"));
        assertThat(page.select("link[rel=stylesheet]").eachAttr("href"))
                .singleElement()
                .asString()
                .matches("/op/assets/pages\\.css\\?v=[0-9a-f]{8}");
        assertThat(page.select("script").size())
                .isEqualTo(WITH_SCRIPT.contains(sample.prompt().page()) ? 1 : 0);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void the_markup_has_no_faults(Sample sample) {
        Parser parser = Parser.htmlParser().setTrackErrors(10);

        parser.parseInput(Asked.answer(sample.prompt()).text(), "");

        assertThat(parser.getErrors()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void nothing_of_the_templates_own_language_is_left(Sample sample) {
        assertThat(Asked.answer(sample.prompt()).text())
                .startsWith("<!DOCTYPE html>")
                .doesNotContain("${", "@if", "@for", "!{");
    }
}
