package dev.mintmark.auth.pages;

import static dev.mintmark.auth.pages.Markup.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mintmark.auth.pages.Gallery.Sample;
import dev.mintmark.auth.wire.WireRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguagesTest {
    private static final Pages PAGES = Pages.standard();

    static List<Sample> samples() {
        return Gallery.all();
    }

    private static String language(String accepted) {
        return Asked.page(PAGES, Asked.login(), accepted).select("html").attr("lang");
    }

    private static Map<String, String> translated() {
        Map<String, String> texts = new HashMap<>(Wording.file("en"));
        texts.put("login.title", "Se connecter");
        return texts;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "de|de",
                "de-AT|de",
                "DE-de|de",
                "fr, de;q=0.8, en;q=0.9|en",
                "fr;q=0.9, de;q=0.8|de",
                "en;q=0.5, de;q=0.51|de",
                "en;q=0, de;q=0.001|de",
                "de;q=0, fr|en",
                "fr-CH, *;q=0.5|en",
                "de;q=1.000 , en|de",
                "en; q=0.7, de; Q=0.8|de",
                "de;q=2, en;q=0.1|en",
                "de;level=1, en;q=0.1|en",
                "!!, de|de",
                ",,, ,de|de",
                "x-private, de|de",
            })
    void the_browser_has_its_preferences(String accepted, String language) {
        assertThat(language(accepted)).isEqualTo(language);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ";", "q=1", "de;", "de;q=", "de;q=0.1234", "\u00e9", "-de", "de-", "de--AT"})
    void what_is_no_preference_is_none(String accepted) {
        assertThat(language(accepted)).isEqualTo("en");
    }

    @Test
    void more_than_anyone_needs_is_passed_over() {
        assertThat(language("fr,".repeat(16) + "de")).isEqualTo("en");
        assertThat(language("de," + " ".repeat(2000))).isEqualTo("en");
    }

    @Test
    void a_repeated_header_is_no_error() {
        WireRequest twice = WireRequest.of("GET", "/")
                .header("Accept-Language", "de")
                .header("Accept-Language", "en")
                .build();

        assertThat(PAGES.ask(Asked.login(), twice).header("Content-Language")).contains("en");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "de|en|de",
                "fr de|en|de",
                "fr|de|de",
                "en|de|en",
                "not_a_tag|de|de",
            })
    void the_client_comes_before_the_browser(String wanted, String accepted, String language) {
        Document page = Asked.page(PAGES, new Asked.Spoken(List.of(wanted.split(" ", -1)), Asked.login()), accepted);

        assertThat(page.select("html").attr("lang")).isEqualTo(language);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void every_page_is_german_for_germans(Sample sample) {
        Document page = Asked.page(PAGES, sample.prompt(), "de");
        Document english = Asked.page(PAGES, sample.prompt(), "en");

        assertThat(only(page, "html").attr("lang")).isEqualTo("de");
        assertThat(only(page, "main h1").text()).isEqualTo(page.title()).isNotEqualTo(english.title());
        assertThat(page.getAllElements()).hasSameSizeAs(english.getAllElements());
    }

    @Test
    void both_languages_say_the_same_things_with_the_same_values() {
        Map<String, String> english = new TreeMap<>(Wording.file("en"));
        Map<String, String> german = new TreeMap<>(Wording.file("de"));

        assertThat(german.keySet()).isEqualTo(english.keySet());
        assertThat(german)
                .allSatisfy((key, text) ->
                        assertThat(Wording.places(text)).as(key).isEqualTo(Wording.places(english.get(key))));
        assertThat(german.values()).noneMatch(String::isBlank);
    }

    @Test
    void times_are_told_in_the_language_and_in_utc() {
        Document german = Asked.page(PAGES, Asked.account(), "de");

        assertThat(german.select("time").eachText())
                .startsWith("4. M\u00e4rz 2026, 05:06 Uhr UTC", "30. November 2026, 22:59 Uhr UTC");
        assertThat(Asked.page(PAGES, Asked.account(), "en").select("time").eachText())
                .startsWith("4 March 2026, 05:06 UTC", "30 November 2026, 22:59 UTC");
        assertThat(german.select("time").eachAttr("datetime")).startsWith("2026-03-04T05:06:07Z");
    }

    @Test
    void a_language_is_added_by_its_texts() {
        Pages more = PAGES.withTexts("fr", translated());

        Document page = Asked.page(more, Asked.login(), "fr-CA");

        assertThat(page.title()).isEqualTo("Se connecter");
        assertThat(page.select("html").attr("lang")).isEqualTo("fr");
        assertThat(page.select("html").hasAttr("dir")).isFalse();
        assertThat(language("fr")).isEqualTo("en");
    }

    @Test
    void a_language_that_is_written_from_the_right_says_so() {
        Map<String, String> texts = translated();
        texts.put("login.title", "\u05db\u05e0\u05d9\u05e1\u05d4");

        Document page = Asked.page(PAGES.withTexts("he", texts), Asked.login(), "he");

        assertThat(only(page, "html").attr("dir")).isEqualTo("rtl");
    }

    @Test
    void a_region_has_the_words_of_its_language_but_for_its_own() {
        Pages swiss = PAGES.withTexts("de-CH", Map.of("login.title", "Gr\u00fcezi"));

        assertThat(Asked.page(swiss, Asked.login(), "de-CH").title()).isEqualTo("Gr\u00fcezi");
        assertThat(Asked.page(swiss, Asked.login(), "de-CH").text()).contains("Passwort");
        assertThat(Asked.page(swiss, Asked.login(), "de-AT").title()).isEqualTo("Anmelden");
    }

    @Test
    void a_language_that_is_not_complete_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PAGES.withTexts("fr", Map.of("login.title", "Se connecter")))
                .withMessageStartingWith("texts of fr lack [account.authenticator, ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "english please", "de_DE", "-", "und"})
    void what_is_no_language_tag_is_refused(String tag) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PAGES.withTexts(tag, Map.of()))
                .withMessage("not a language tag: " + tag);
    }
}
