package dev.mintmark.auth.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.wire.WireResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AssetsTest {
    private final Map<String, WireResponse> assets = Pages.standard().assets();

    @Test
    void there_are_a_style_sheet_and_scripts() {
        assertThat(assets).containsOnlyKeys("pages.css", "form-post.js", "recovery-codes.js");
        assertThat(assets.get("pages.css").header("Content-Type")).contains("text/css; charset=utf-8");
        assertThat(assets.get("form-post.js").header("Content-Type")).contains("text/javascript; charset=utf-8");
    }

    @Test
    void they_are_kept_for_a_day_and_are_what_they_say() {
        assertThat(assets.values()).allSatisfy(asset -> {
            assertThat(asset.status()).isEqualTo(200);
            assertThat(asset.header("Cache-Control")).contains("public, max-age=86400");
            assertThat(asset.header("X-Content-Type-Options")).contains("nosniff");
            assertThat(asset.body()).isNotEmpty();
        });
    }

    @Test
    void the_style_sheet_loads_nothing_and_knows_the_dark() {
        assertThat(assets.get("pages.css").text())
                .doesNotContain("url(", "@import")
                .contains("prefers-color-scheme: dark");
    }
}
