package dev.mintmark.auth.pages;

import static dev.mintmark.auth.pages.Markup.hidden;
import static dev.mintmark.auth.pages.Markup.only;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.prompt.Prompt.Account.Entry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

class AccountPageTest {
    private static final Instant THEN = Instant.parse("2026-03-04T05:06:07Z");

    private final Document page = Asked.page(Asked.account());

    private static Document of(
            List<Entry> sessions, List<Entry> clients, boolean authenticator, Optional<String> link) {
        return Asked.page(new Asked.Account(
                Asked.Form.plain().withoutClient(), "alice", sessions, clients, List.of(), authenticator, link));
    }

    private static Entry session(String... amr) {
        return new Entry("session s", "", THEN, List.of(amr), false);
    }

    private static Entry client(String title, String... allowed) {
        return new Entry("client c", title, THEN, List.of(allowed), false);
    }

    private static List<String> entries(Document in, String section) {
        return in.select("section[aria-labelledby=" + section + "] .entry").eachText();
    }

    @Test
    void each_entry_is_ended_by_a_form_of_its_own() {
        assertThat(page.body().attr("data-page")).isEqualTo("account");
        List<Element> forms = page.select("form");
        assertThat(forms)
                .extracting(form -> hidden(form).get("end"))
                .containsExactly("session s-1", "session s-2", "client shop", "device d-1");
        assertThat(forms).allSatisfy(form -> {
            assertThat(form.attr("method")).isEqualTo("post");
            assertThat(form.attr("action")).isEqualTo("/op/interaction");
            assertThat(hidden(form)).containsAllEntriesOf(Asked.HIDDEN).hasSize(3);
        });
        assertThat(page.select("form button").eachText())
                .containsExactly("Sign out there", "Sign out here", "Take back", "Forget");
    }

    @Test
    void each_button_says_what_it_ends() {
        assertThat(page.select("form button"))
                .allSatisfy(button -> assertThat(page.getElementById(button.attr("aria-describedby")))
                        .hasToString(button.parent().previousElementSibling().toString()));
    }

    @Test
    void sessions_say_since_when_how_and_where() {
        assertThat(page.text()).contains("Signed in as: alice");
        assertThat(entries(page, "sessions"))
                .containsExactly(
                        "Another browser Since 4 March 2026, 05:06 UTC With: password",
                        "This browser Since 30 November 2026, 22:59 UTC With: password, one-time code");
    }

    @Test
    void a_way_to_sign_in_that_has_no_words_has_its_name() {
        assertThat(entries(of(List.of(session("face", "mfa")), List.of(), false, Optional.empty()), "sessions"))
                .containsExactly("Another browser Since 4 March 2026, 05:06 UTC With: face");
        assertThat(entries(of(List.of(session()), List.of(), false, Optional.empty()), "sessions"))
                .containsExactly("Another browser Since 4 March 2026, 05:06 UTC");
    }

    @Test
    void clients_say_what_they_may_in_words() {
        Element shop = only(page, "section[aria-labelledby=clients] .entry");

        assertThat(only(shop, "strong").text()).isEqualTo("Shop");
        assertThat(shop.select("li").eachText())
                .containsExactly(
                        "know who you are", "see your e-mail address", "customer.42", "see your date of birth");
        assertThat(only(shop, "li code").text()).isEqualTo("customer.42");
    }

    @Test
    void scopes_with_parameters_are_told_with_their_values_and_odd_claims_as_they_are() {
        Pages pages = Pages.standard().withTexts("en", Map.of("scope.customer.{id}", "act for customer %s"));
        Asked.Account account = new Asked.Account(
                Asked.Form.plain(),
                "alice",
                List.of(),
                List.of(client("Shop", "customer.42", "odd \"claim\"")),
                List.of(),
                false,
                Optional.empty());

        assertThat(Asked.page(pages, account).select(".access li").eachText())
                .containsExactly("act for customer 42", "odd \"claim\"");
    }

    @Test
    void a_client_that_has_no_name_or_may_nothing_is_shown_all_the_same() {
        assertThat(entries(of(List.of(), List.of(client(" ")), false, Optional.empty()), "clients"))
                .containsExactly("An application Since 4 March 2026, 05:06 UTC");
    }

    @Test
    void where_there_is_nothing_it_says_so() {
        Document bare = of(List.of(), List.of(), false, Optional.empty());

        assertThat(bare.text())
                .contains("You are not signed in anywhere.")
                .contains("No application has access to your account.")
                .doesNotContain("Remembered devices", "Authenticator");
        assertThat(bare.select("form, a, ul")).isEmpty();
    }

    @Test
    void an_authenticator_is_set_up_by_a_link() {
        Optional<String> link = Optional.of("/op/account/authenticator");

        Element first = only(of(List.of(), List.of(), false, link), "a");
        Element again = only(of(List.of(), List.of(), true, link), "a");

        assertThat(first.attr("href")).isEqualTo("/op/account/authenticator");
        assertThat(first.text()).isEqualTo("Set up an authenticator app");
        assertThat(again.text()).isEqualTo("Set up another one instead");
    }
}
