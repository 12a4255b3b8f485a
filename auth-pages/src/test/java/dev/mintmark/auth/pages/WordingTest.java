package dev.mintmark.auth.pages;

import static dev.mintmark.auth.pages.Markup.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingTest {
    private static Pages english(String key, String text) {
        return Pages.standard().withTexts("en", Map.of(key, text));
    }

    private static List<String> asked(Pages pages, String scope) {
        return Asked.page(pages, Asked.consent(scope))
                .select("ul[aria-labelledby=scope] li")
                .eachText();
    }

    @Test
    void one_text_can_be_replaced() {
        Document page = Asked.page(english("login.username", "E-mail address"), Asked.login());

        assertThat(Markup.label(page, "input[name=username]")).isEqualTo("E-mail address");
        assertThat(Markup.label(page, "input[name=password]")).isEqualTo("Password");
    }

    @Test
    void a_text_is_no_markup() {
        assertThat(only(Asked.page(english("login.submit", "<b>In & on</b>"), Asked.login()), "button")
                        .text())
                .isEqualTo("<b>In & on</b>");
    }

    @Test
    void a_scope_can_be_told_in_words() {
        assertThat(asked(english("scope.orders:read", "see 100% of your orders"), "orders:read orders:write"))
                .containsExactly("see 100% of your orders", "orders:write");
    }

    @Test
    void a_scope_with_parameters_is_told_with_their_values() {
        Pages pages = english("scope.customer.{customer_id}", "act for customer %s, 100%%")
                .withTexts("en", Map.of("scope.files/{drive}/{level:int}", "see drive %s down to level %s"));

        assertThat(asked(pages, "customer.42 customer.a.b files/home/3 files/home/x"))
                .containsExactly(
                        "act for customer 42, 100%", "customer.a.b", "see drive home down to level 3", "files/home/x");
    }

    @Test
    void the_very_scope_comes_before_a_pattern() {
        Pages pages = Pages.standard()
                .withTexts(
                        "en", Map.of("scope.customer.{id}", "act for %s", "scope.customer.all", "act for everybody"));

        assertThat(asked(pages, "customer.all customer.7")).containsExactly("act for everybody", "act for 7");
    }

    @Test
    void a_value_is_no_markup_and_no_format() {
        assertThat(asked(english("scope.customer.{id}", "act for %s"), "customer.<b>%s</b>"))
                .containsExactly("customer.<b>%s</b>");
        assertThat(asked(english("scope.customer.{id}", "act for %s"), "customer.<b>%s"))
                .containsExactly("act for <b>%s");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "login.titel|Sign in|there is no such text",
                "login.title|\" \"|it is empty",
                "wait.seconds|Wait.|it must have [%d], and %% for a percent sign",
                "wait.seconds|Wait %s.|it must have [%d], and %% for a percent sign",
                "wait.seconds|Wait %d, %d.|it must have [%d], and %% for a percent sign",
                "wait.seconds|Wait %d, 100%.|it must have [%d], and %% for a percent sign",
                "mfa.way|Use %1$s|it must have [%s], and %% for a percent sign",
                "scope.customer.{id}|act for %s and %s|it may have %s for each parameter of the scope,"
                        + " and %% for a percent sign",
                "scope.customer.{id}|act for %d|it may have %s for each parameter of the scope,"
                        + " and %% for a percent sign",
                "scope.customer.{iss}|act for %s|parameter 'iss' would replace a claim of the engine: customer.{iss}",
                "time|HH:mm|it must say that times are UTC",
                "time|nonsense|Unknown pattern letter: o",
            })
    void a_text_that_cannot_be_is_refused(String key, String text, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> english(key, text))
                .withMessage("text " + key + " of en: " + why);
    }

    @Test
    void times_are_told_as_the_text_says() {
        Pages pages = english("time", "yyyy-MM-dd HH:mm 'UTC'");

        assertThat(Asked.page(pages, Asked.account()).select("time").eachText()).startsWith("2026-03-04 05:06 UTC");
    }

    @Test
    void problems_of_ones_own_have_words_of_ones_own() {
        Asked.Form form = Asked.Form.plain().with(Asked.problem("account_locked"));
        Pages pages = english("problem.login.account_locked", "Please call us.");

        assertThat(only(Asked.page(pages, new Asked.Login(form, java.util.Optional.empty())), "[role=alert]")
                        .text())
                .isEqualTo("Please call us.");
    }
}
