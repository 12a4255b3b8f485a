package dev.mintmark.auth.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.prompt.Interaction;
import dev.mintmark.auth.prompt.Prompt;
import dev.mintmark.auth.wire.WireRequest;
import dev.mintmark.auth.wire.WireResponse;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documentation shows compiles, runs, and does what is said there. */
class PagesDocTest {
    private static final Path DOCS = Path.of("../docs/pages.md");
    private static final Path SOURCE = Path.of("src/test/java/dev/mintmark/auth/pages/PagesDocTest.java");

    private static final String SVG = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'></svg>";

    private static Pages branded(Path logo) throws IOException {
        Pages pages = Pages.standard()
                .withName("Orders Ltd.")
                .withLogo(Files.readString(logo))
                .withAccent("#0b6e4f", "#7fd8b4")
                .withStyle("main { border-radius: 0 }");
        return pages;
    }

    private static Pages worded(Pages pages) {
        pages = pages.withTexts(
                        "en",
                        Map.of(
                                "login.username", "E-mail address",
                                "scope.orders:read", "see your orders",
                                "scope.customer.{customer_id}", "act for customer %s"))
                .withTexts(
                        "de",
                        Map.of(
                                "login.username", "E-Mail-Adresse",
                                "scope.orders:read", "Ihre Bestellungen sehen",
                                "scope.customer.{customer_id}", "für Kunde %s handeln"));
        return pages;
    }

    private static Pages french(Pages pages, Path file) throws IOException {
        Properties french = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            french.load(reader);
        }
        Map<String, String> texts = new HashMap<>();
        for (String key : french.stringPropertyNames()) texts.put(key, french.getProperty(key));
        pages = pages.withTexts("fr", texts);
        return pages;
    }

    /** Draws one prompt itself, and leaves the others to the pages. */
    static final class OwnConsent implements Interaction {
        private final Pages pages;
        private final Function<Prompt.Consent, String> template;

        OwnConsent(Pages pages, Function<Prompt.Consent, String> template) {
            this.pages = pages;
            this.template = template;
        }

        @Override
        public WireResponse ask(Prompt prompt, WireRequest request) {
            return prompt instanceof Prompt.Consent consent ? drawn(consent) : pages.ask(prompt, request);
        }

        @Override
        public Map<String, WireResponse> assets() {
            return pages.assets();
        }

        private WireResponse drawn(Prompt.Consent consent) {
            return WireResponse.of(200)
                    .withHeader("Content-Type", "text/html; charset=utf-8")
                    .withHeader(
                            "Content-Security-Policy",
                            "default-src 'none'; form-action 'self' "
                                    + consent.leadsTo().orElse(""))
                    .withBody(template.apply(consent));
        }
    }

    @TempDir
    private Path files;

    private static List<String> blocks() throws IOException {
        return Pattern.compile("(?ms)^```java\\R(.*?)^```$")
                .matcher(Files.readString(DOCS))
                .results()
                .map((MatchResult found) -> found.group(1).stripTrailing())
                .toList();
    }

    @Test
    void each_example_is_one_that_is_run_here() throws IOException {
        String source = Files.readString(SOURCE);
        List<String> code = Stream.of(4, 8)
                .map(depth -> source.replaceAll("(?m)^ {" + depth + "}", ""))
                .toList();

        assertThat(blocks()).hasSize(4).allSatisfy(block -> assertThat(code).anyMatch(text -> text.contains(block)));
    }

    @Test
    void the_examples_do_what_is_said() throws IOException {
        Path logo = Files.writeString(files.resolve("logo.svg"), SVG);
        Pages pages = worded(branded(logo));

        assertThat(Asked.page(pages, Asked.login()).title()).isEqualTo("Sign in \u2013 Orders Ltd.");
        assertThat(Asked.page(pages, Asked.consent("orders:read customer.42"), "de")
                        .select("li")
                        .eachText())
                .containsExactly("Ihre Bestellungen sehen", "f\u00fcr Kunde 42 handeln");

        Path texts = Files.writeString(
                files.resolve("texts_fr.properties"),
                Assets.file("texts_en.properties").replace("login.title=Sign in", "login.title=Se connecter"));
        assertThat(Asked.page(french(pages, texts), Asked.login(), "fr").title())
                .isEqualTo("Se connecter \u2013 Orders Ltd.");

        WireRequest request = WireRequest.of("GET", "/interaction").build();
        OwnConsent own = new OwnConsent(pages, consent -> "May " + consent.person() + "?");
        assertThat(own.ask(Asked.consent("openid"), request).text()).isEqualTo("May alice?");
        assertThat(own.ask(Asked.login(), request).text())
                .isEqualTo(pages.ask(Asked.login(), request).text());
        assertThat(own.assets()).isEqualTo(pages.assets());
    }

    @Test
    void each_page_is_described() throws IOException {
        TreeSet<String> drawn = new TreeSet<>();
        for (Gallery.Sample sample : Gallery.all()) drawn.add(sample.prompt().page());

        String docs = Files.readString(DOCS);
        assertThat(drawn).allSatisfy(page -> assertThat(docs).contains("| `" + page + "` |"));
    }

    @Test
    void the_style_can_rely_on_the_names_that_are_told() throws IOException {
        String docs = Files.readString(DOCS);

        assertThat(Palette.of(Assets.file(Assets.STYLE)).light().keySet())
                .allSatisfy(colour -> assertThat(docs).contains("`--" + colour + "`"));
    }
}
