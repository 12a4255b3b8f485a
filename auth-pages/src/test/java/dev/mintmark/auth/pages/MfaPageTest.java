package dev.mintmark.auth.pages;

import static dev.mintmark.auth.pages.Markup.hidden;
import static dev.mintmark.auth.pages.Markup.label;
import static dev.mintmark.auth.pages.Markup.only;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.pages.Asked.Form;
import dev.mintmark.auth.pages.Asked.Mfa;
import java.util.List;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

class MfaPageTest {
    @Test
    void a_second_factor_asks_for_a_code() {
        Document page = Asked.page(Asked.mfa("otp"));

        assertThat(page.body().attr("data-page")).isEqualTo("mfa");
        Element form = only(page, "form");
        assertThat(form.attr("method")).isEqualTo("post");
        assertThat(form.attr("action")).isEqualTo("/op/interaction");
        assertThat(hidden(form)).isEqualTo(Asked.HIDDEN);
        only(form, "input[name=otp][autocomplete=one-time-code][inputmode=numeric][autofocus]");
        only(form, "input[name=remember_device][type=checkbox][value=true]");
        only(form, "button[type=submit]");
        assertThat(label(page, "input[name=otp]")).isEqualTo("Code");
        assertThat(label(page, "input[name=remember_device]")).isEqualTo("Do not ask again on this device");
        assertThat(only(page, "input[name=remember_device]").hasAttr("checked")).isFalse();
    }

    @Test
    void a_recovery_code_has_a_field_of_its_own() {
        Document page = Asked.page(Asked.mfa("recovery-code", "otp"));

        only(page, "input[name=recovery_code]");
        assertThat(page.select("input[name=otp]")).isEmpty();
        assertThat(label(page, "input[name=recovery_code]")).isEqualTo("Recovery code");
        assertThat(only(page, "a").attr("href")).isEqualTo("/op/interaction?interaction=h-1&factor=otp");
    }

    @Test
    void it_says_where_the_code_went() {
        Document page = Asked.page(new Mfa(Form.plain(), "email", Optional.of("a***@example.com"), List.of()));

        assertThat(page.text())
                .contains("Enter the code from the e-mail.")
                .contains("The code was sent to: a***@example.com");
    }

    @Test
    void factors_that_need_no_sending_are_links_and_the_others_forms() {
        Document page = Asked.page(Asked.mfa("otp", "recovery-code", "email", "sms"));

        assertThat(page.select("a").eachText()).containsExactly("Use a recovery code");
        assertThat(only(page, "a").attr("href")).isEqualTo("/op/interaction?interaction=h-1&factor=recovery-code");
        List<Element> forms = page.select("form");
        assertThat(forms).hasSize(3);
        assertSends(forms.get(1), "email", "Send a code by e-mail");
        assertSends(forms.get(2), "sms", "Send a code by text message");
    }

    @Test
    void a_code_that_did_not_come_can_be_sent_again() {
        Document page = Asked.page(new Mfa(Form.plain(), "sms", Optional.of("***21"), List.of("sms", "otp")));

        List<Element> forms = page.select("form");
        assertThat(forms).hasSize(2);
        assertSends(forms.get(1), "sms", "Send another code by text message");
        assertThat(page.select("a").eachText()).containsExactly("Use an authenticator app");
    }

    @Test
    void a_code_that_was_not_sent_yet_is_offered_and_not_claimed() {
        Document page = Asked.page(Asked.mfa("email", "otp"));

        assertThat(page.text())
                .contains("First have a code sent to you by e-mail")
                .doesNotContain("was sent");
        List<Element> forms = page.select("form");
        assertThat(forms).hasSize(2);
        assertSends(forms.get(0), "email", "Send a code by e-mail");
        only(forms.get(0), "button[autofocus]:not(.quiet)");
        only(forms.get(1), "input[name=otp][autocomplete=one-time-code]:not([autofocus])");
        assertThat(page.select("a").eachText()).containsExactly("Use an authenticator app");
    }

    @Test
    void a_factor_without_words_has_its_name() {
        Document page = Asked.page(Asked.mfa("otp", "carrier-pigeon"));

        assertThat(only(page, "a").text()).isEqualTo("Use another way: carrier-pigeon");
        assertThat(Asked.page(Asked.mfa("carrier-pigeon")).text()).contains("Enter the code.");
    }

    @Test
    void a_wrong_code_is_said_and_tied_to_the_field() {
        Document page = Asked.page(
                new Mfa(Form.plain().with(Asked.problem("invalid_grant")), "otp", Optional.empty(), List.of()));

        Element alert = only(page, "[role=alert]");
        assertThat(alert.text()).isEqualTo("The code is wrong or was used.");
        assertThat(only(page, "input[name=otp]").attr("aria-describedby")).isEqualTo(alert.id());
        assertThat(only(page, "input[name=otp]").attr("aria-invalid")).isEqualTo("true");
    }

    private static void assertSends(Element form, String factor, String words) {
        assertThat(form.attr("method")).isEqualTo("post");
        assertThat(form.attr("action")).isEqualTo("/op/interaction");
        assertThat(hidden(form)).containsAllEntriesOf(Asked.HIDDEN).containsEntry("send", factor);
        assertThat(only(form, "button[type=submit]").text()).isEqualTo(words);
    }
}
