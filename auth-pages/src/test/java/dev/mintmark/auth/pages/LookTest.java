package dev.mintmark.auth.pages;

import static dev.mintmark.auth.pages.Markup.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mintmark.auth.prompt.Prompt;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Scopes;
import dev.mintmark.auth.wire.WireResponse;
import java.net.URI;
import java.util.List;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LookTest {
    private static final String SVG = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"></svg>";
    private static final URI FAR = URI.create("https://CDN.example:8443/logo.png?a=1&b=2");

    private static String policy(Pages pages, Prompt prompt) {
        return Asked.answer(pages, prompt).header("Content-Security-Policy").orElseThrow();
    }

    @Test
    void as_they_come_pages_name_no_service() {
        Document page = Asked.page(Asked.login());

        assertThat(page.select("header")).isEmpty();
        assertThat(page.title()).isEqualTo("Sign in");
    }

    @Test
    void the_name_stands_in_title_and_header() {
        Document page = Asked.page(Pages.standard().withName(" Orders & <b>Co</b> "), Asked.login());

        assertThat(page.title()).isEqualTo("Sign in \u2013 Orders & <b>Co</b>");
        assertThat(only(page, "header bdi").text()).isEqualTo("Orders & <b>Co</b>");
        assertThat(only(page, "h1").text()).isEqualTo("Sign in");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "two\nlines"})
    void what_is_no_name_is_refused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pages.standard().withName(name))
                .withMessage("a name has 1 to 80 characters in one line");
    }

    @Test
    void a_name_of_81_characters_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Pages.standard().withName("x".repeat(81)));
        assertThat(Asked.page(Pages.standard().withName("x".repeat(80)), Asked.login())
                        .title())
                .endsWith("x".repeat(80));
    }

    @Test
    void a_logo_of_our_own_is_an_asset() {
        Pages pages = Pages.standard().withLogo(SVG);

        assertThat(only(Asked.page(pages, Asked.login()), "header img").attr("src"))
                .matches("/op/assets/logo\\.svg\\?v=[0-9a-f]{8}");
        WireResponse logo = pages.assets().get("logo.svg");
        assertThat(logo.text()).isEqualTo(SVG);
        assertThat(logo.header("Content-Type")).contains("image/svg+xml");
        assertThat(logo.header("Content-Security-Policy")).contains("default-src 'none'; sandbox");
        assertThat(policy(pages, Asked.login())).isEqualTo(policy(Pages.standard(), Asked.login()));
        assertThat(Pages.standard().assets()).doesNotContainKey("logo.svg");
    }

    @Test
    void a_logo_of_elsewhere_is_the_only_picture_from_there() {
        Pages pages = Pages.standard().withLogo(FAR);

        assertThat(only(Asked.page(pages, Asked.login()), "header img").attr("src"))
                .isEqualTo(FAR.toString());
        for (Prompt prompt : List.of(Asked.login(), Asked.recoveryCodes(), new Asked.SignedOut(true))) {
            assertThat(policy(pages, prompt))
                    .isEqualTo(policy(Pages.standard(), prompt)
                            .replace("img-src 'self'", "img-src 'self' https://cdn.example:8443"));
        }
    }

    @Test
    void beside_the_logo_of_a_client_pictures_may_come_from_anywhere_by_https() {
        Asked.Consent consent = new Asked.Consent(
                Asked.Form.plain().with(Asked.client(Claims.of("logo_uri", "https://app.example/logo.png"))),
                "alice",
                Scopes.none(),
                List.of());

        assertThat(policy(Pages.standard().withLogo(FAR), consent)).contains("img-src 'self' https:;");
    }

    @Test
    void the_last_logo_counts() {
        assertThat(only(Asked.page(Pages.standard().withLogo(FAR).withLogo(SVG), Asked.login()), "header img")
                        .attr("src"))
                .startsWith("/op/assets/logo.svg");
        assertThat(only(Asked.page(Pages.standard().withLogo(SVG).withLogo(FAR), Asked.login()), "header img")
                        .attr("src"))
                .isEqualTo(FAR.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://cdn.example/logo.png", "/logo.png", "https://bank@cdn.example/l", "data:image/png,x"})
    void a_logo_of_anything_but_https_is_refused(String uri) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pages.standard().withLogo(URI.create(uri)))
                .withMessageStartingWith("a logo is an https URI without a user name: ");
    }

    @Test
    void a_logo_that_is_no_svg_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pages.standard().withLogo("logo.svg"))
                .withMessage("a logo is SVG, and begins with <svg or <?xml");
    }

    @Test
    void an_accent_comes_after_the_colours_of_the_style_sheet() {
        Pages pages = Pages.standard().withAccent("#0b6e4f", "#7FD8B4");

        String css = pages.assets().get("pages.css").text();
        assertThat(css).startsWith(Assets.file("pages.css")).contains("  --accent: #0b6e4f;", "    --accent: #7fd8b4;");
        assertThat(css.indexOf("#0b6e4f")).isBetween(Assets.file("pages.css").length(), css.indexOf("#7fd8b4"));
        assertThat(pages.withAccent("#1d4ed8", "#9dbaff")
                        .assets()
                        .get("pages.css")
                        .text())
                .doesNotContain("#0b6e4f");
        assertThat(Asked.page(pages, Asked.login())
                        .select("link[rel=stylesheet]")
                        .attr("href"))
                .isNotEqualTo(
                        Asked.page(Asked.login()).select("link[rel=stylesheet]").attr("href"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "#ffcc00|#7fd8b4|#ffcc00 cannot be read: its contrast to #ffffff in the light is 1.51, and must be 4.5",
                "#0b6e4f|#0b6e4f|#0b6e4f cannot be read: its contrast to #1b1e25 in the dark is 2.66, and must be 4.5",
                "green|#7fd8b4|not a colour like #1d4ed8: green",
                "#0b6e4f|#fff|not a colour like #1d4ed8: #fff",
                "#0b6e4f; } body { display: none|#7fd8b4|not a colour like #1d4ed8: #0b6e4f; } body { display: none",
            })
    void an_accent_that_cannot_be_read_is_refused(String light, String dark, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pages.standard().withAccent(light, dark))
                .withMessage(why);
    }

    @Test
    void a_style_sheet_of_ones_own_comes_last() {
        Pages pages = Pages.standard().withStyle("h1 { color: red }");

        List<String> sheets =
                Asked.page(pages, Asked.login()).select("link[rel=stylesheet]").eachAttr("href");
        assertThat(sheets).hasSize(2);
        assertThat(sheets.get(0)).startsWith("/op/assets/pages.css?v=");
        assertThat(sheets.get(1)).startsWith("/op/assets/own.css?v=");
        assertThat(pages.assets().get("own.css").text()).isEqualTo("h1 { color: red }");
        assertThat(pages.assets().get("own.css").header("Content-Type")).contains("text/css; charset=utf-8");
    }

    @Test
    void each_with_keeps_what_was_there() {
        Pages pages = Pages.standard()
                .withName("Orders Ltd.")
                .withLogo(SVG)
                .withAccent("#0b6e4f", "#7fd8b4")
                .withStyle("h1 { color: red }")
                .withTexts("en", java.util.Map.of("login.title", "Hello"));

        Document page = Asked.page(pages, Asked.login());
        assertThat(page.title()).isEqualTo("Hello \u2013 Orders Ltd.");
        only(page, "header img");
        assertThat(pages.assets())
                .containsOnlyKeys("pages.css", "form-post.js", "recovery-codes.js", "logo.svg", "own.css");
    }
}
