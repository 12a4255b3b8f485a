package dev.mintmark.auth.pages;

import static dev.mintmark.auth.pages.Markup.hidden;
import static dev.mintmark.auth.pages.Markup.only;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.pages.Asked.Consent;
import dev.mintmark.auth.pages.Asked.Form;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Scopes;
import java.util.List;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsentPageTest {
    private static Document of(Claims metadata) {
        return Asked.page(
                new Consent(Form.plain().with(Asked.client(metadata)), "alice", Scopes.of("openid"), List.of()));
    }

    @Test
    void consent_is_given_or_refused() {
        Document page = Asked.page(Asked.consent("openid"));

        assertThat(page.body().attr("data-page")).isEqualTo("consent");
        Element form = only(page, "form");
        assertThat(form.attr("method")).isEqualTo("post");
        assertThat(form.attr("action")).isEqualTo("/op/interaction");
        assertThat(hidden(form)).isEqualTo(Asked.HIDDEN);
        assertThat(only(form, "button[type=submit][name=decision][value=allow]").text())
                .isEqualTo("Allow");
        assertThat(only(form, "button[type=submit][name=decision][value=deny]").text())
                .isEqualTo("Do not allow");
        assertThat(page.select("button")).hasSize(2);
    }

    @Test
    void it_says_who_asks_whom() {
        assertThat(Asked.page(Asked.consent("openid")).text()).contains("Shop asks for access to the account: alice");
    }

    @Test
    void a_client_without_a_name_is_called_by_its_identifier() {
        Consent nameless =
                new Consent(Form.plain().with(Asked.client(" ", Claims.none())), "alice", Scopes.none(), List.of());

        assertThat(Asked.page(nameless).text()).contains("shop asks for access");
    }

    @Test
    void well_known_scopes_are_told_in_words_and_others_as_they_are() {
        Document page = Asked.page(Asked.consent("openid profile email address phone offline_access api customer.42"));

        List<String> items = page.select("ul[aria-labelledby=scope] li").eachText();
        assertThat(items)
                .containsExactly(
                        "know who you are",
                        "see your name and the rest of your profile",
                        "see your e-mail address",
                        "see your postal address",
                        "see your phone number",
                        "keep this access while you are away, until you take it back",
                        "api",
                        "customer.42");
    }

    @Test
    void well_known_claims_are_told_in_words_and_others_as_they_are() {
        Document page = Asked.page(Asked.consent("openid", "birthdate", "shoe_size"));

        assertThat(page.select("ul[aria-labelledby=claims] li").eachText())
                .containsExactly("your date of birth", "shoe_size");
    }

    @Test
    void without_scope_and_claims_there_are_no_lists() {
        assertThat(Asked.page(Asked.consent("")).select("ul, h2")).isEmpty();
    }

    @Test
    void the_clients_logo_and_policies_are_shown() {
        Document page = of(Claims.of("logo_uri", "https://app.example/logo.png")
                .with("policy_uri", "https://app.example/privacy?a=1&b=2")
                .with("tos_uri", "https://app.example/terms"));

        Element logo = only(page, "img");
        assertThat(logo.attr("src")).isEqualTo("https://app.example/logo.png");
        assertThat(logo.hasAttr("alt")).isTrue();
        assertThat(page.select("a").eachAttr("href"))
                .containsExactly("https://app.example/privacy?a=1&b=2", "https://app.example/terms");
        assertThat(page.select("a").eachAttr("rel")).containsOnly("noopener noreferrer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                " javascript:alert(1)",
                "JAVASCRIPT:alert(1)//https://app.example",
                "http://app.example/logo.png",
                "data:image/svg+xml,<svg onload=alert(1)>",
                "https:alert(1)",
                "https://bank.example@evil.example/",
                "https://app.example/\"onerror=\"alert(1)",
                "//app.example/logo.png",
                "",
            })
    void whatever_is_no_https_uri_is_left_out(String uri) {
        Document page = of(Claims.of("logo_uri", uri).with("policy_uri", uri).with("tos_uri", uri));

        assertThat(page.select("img, a")).isEmpty();
    }

    @Test
    void a_logo_that_is_no_text_is_left_out() {
        assertThat(of(Claims.of("logo_uri", List.of("https://app.example/logo.png")))
                        .select("img"))
                .isEmpty();
    }
}
