package dev.mintmark.auth.pages;

import static dev.mintmark.auth.pages.Markup.only;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.pages.Asked.Form;
import dev.mintmark.auth.pages.Asked.Login;
import dev.mintmark.auth.pages.Asked.Mfa;
import dev.mintmark.auth.prompt.Prompt;
import dev.mintmark.auth.wire.WireResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EveryPageTest {
    static Stream<Prompt> prompts() {
        Form failing = Form.plain().with(Asked.problem("invalid_grant"));
        return Stream.of(
                Asked.login(),
                new Login(failing, Optional.of("alice")),
                Asked.mfa("otp", "recovery-code", "email"),
                Asked.mfa("recovery-code"),
                new Mfa(failing, "sms", Optional.of("+49 *** 21"), List.of("email", "otp")),
                Asked.consent("openid api", "birthdate"),
                Asked.logout(),
                Asked.account(),
                Asked.enrolment(),
                Asked.recoveryCodes(),
                new Asked.SignedOut(false),
                new Asked.SignedOut(true),
                Asked.failure("invalid_request", "the client is unknown"),
                Asked.post(Map.of("code", "c-1")));
    }

    @ParameterizedTest
    @MethodSource("prompts")
    void each_page_has_the_headers_that_keep_it_apart(Prompt prompt) {
        WireResponse answer = Asked.answer(prompt);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(answer.header("Referrer-Policy")).contains("same-origin");
        assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.header("X-Frame-Options")).contains("DENY");
        assertThat(answer.header("Cache-Control")).contains("no-store");
    }

    @ParameterizedTest
    @MethodSource("prompts")
    void each_page_has_what_assistive_technology_needs(Prompt prompt) {
        Document page = Asked.page(prompt);

        assertThat(page.body().attr("data-page")).isEqualTo(prompt.page());
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
    @MethodSource("prompts")
    void each_form_is_sent_by_its_buttons_alone(Prompt prompt) {
        for (Element form : Asked.page(prompt).select("form")) {
            List<Element> buttons = form.select("button");
            boolean decision = prompt instanceof Prompt.Consent || prompt instanceof Prompt.Logout;

            assertThat(buttons)
                    .hasSize(decision ? 2 : 1)
                    .allMatch(b -> b.attr("type").equals("submit"));
        }
    }

    @ParameterizedTest
    @MethodSource("prompts")
    void nothing_stands_in_a_page_that_its_policy_forbids(Prompt prompt) {
        Document page = Asked.page(prompt);

        assertThat(page.select("style, [style], script:not([src]), base, iframe, object"))
                .isEmpty();
        assertThat(page.getAllElements().stream().flatMap(e -> e.attributes().asList().stream()))
                .noneMatch(a -> a.getKey().startsWith("on"));
        assertThat(page.select("link[rel=stylesheet]").eachAttr("href")).containsExactly("/op/assets/pages.css");
        assertThat(page.select("script").size())
                .isEqualTo(prompt instanceof Prompt.FormPost || prompt instanceof Prompt.RecoveryCodes ? 1 : 0);
    }

    @ParameterizedTest
    @MethodSource("prompts")
    void the_markup_has_no_faults(Prompt prompt) {
        Parser parser = Parser.htmlParser().setTrackErrors(10);

        parser.parseInput(Asked.answer(prompt).text(), "");

        assertThat(parser.getErrors()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("prompts")
    void nothing_of_the_templates_own_language_is_left(Prompt prompt) {
        assertThat(Asked.answer(prompt).text()).startsWith("<!DOCTYPE html>").doesNotContain("${", "@if", "@for", "!{");
    }
}
