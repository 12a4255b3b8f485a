package dev.mintmark.auth.pages;

import static dev.mintmark.auth.pages.Markup.only;
import static org.assertj.core.api.Assertions.assertThat;

import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

class RecoveryCodesPageTest {
    private final Document page = Asked.page(Asked.recoveryCodes());

    @Test
    void the_codes_are_a_list_and_it_goes_on_from_there() {
        assertThat(page.body().attr("data-page")).isEqualTo("recovery-codes");
        assertThat(page.select("ul#codes li code").eachText()).containsExactly("8f3k-2m9q", "h7wz-5t4x", "c2vb-9n6d");
        assertThat(only(page, "a").attr("href")).isEqualTo("/op/account");
        assertThat(page.text()).contains("they are not shown again");
    }

    @Test
    void without_scripts_nothing_is_offered_that_would_not_work() {
        assertThat(page.select("button")).hasSize(2).allMatch(button -> button.hasAttr("hidden"));
        assertThat(page.select("form")).isEmpty();
    }

    @Test
    void the_script_knows_the_page() {
        Element script = only(page, "script");
        assertThat(script.attr("src")).startsWith("/op/assets/recovery-codes.js?v=");
        String text = Pages.standard().assets().get("recovery-codes.js").text();
        for (String id : new String[] {"print", "copy", "copied"}) {
            only(page, "#" + id);
            assertThat(text).contains("getElementById(\"" + id + "\")");
        }
        assertThat(only(page, "#copied").attr("role")).isEqualTo("status");
        assertThat(only(page, "#copied").attr("data-said")).isEqualTo("The codes are copied.");
    }

    @Test
    void this_page_alone_may_run_it_and_no_form_leads_away() {
        assertThat(Asked.answer(Asked.recoveryCodes()).header("Content-Security-Policy"))
                .contains("default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self';"
                        + " form-action 'none'; base-uri 'none'; frame-ancestors 'none'");
        assertThat(Gallery.all().stream()
                        .map(Gallery.Sample::prompt)
                        .filter(prompt -> Asked.answer(prompt)
                                .header("Content-Security-Policy")
                                .orElseThrow()
                                .contains("script-src"))
                        .map(prompt -> prompt.page())
                        .distinct())
                .containsExactlyInAnyOrder("recovery-codes", "form-post");
    }
}
