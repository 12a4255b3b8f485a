package dev.mintmark.auth.pages;

import static dev.mintmark.auth.pages.Markup.hidden;
import static dev.mintmark.auth.pages.Markup.label;
import static dev.mintmark.auth.pages.Markup.only;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.pages.Asked.Form;
import dev.mintmark.auth.pages.Asked.Login;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

class LoginPageTest {
    @Test
    void a_login_asks_for_name_and_password() {
        Document page = Asked.page(Asked.login());

        assertThat(page.body().attr("data-page")).isEqualTo("login");
        Element form = only(page, "form");
        assertThat(form.attr("method")).isEqualTo("post");
        assertThat(form.attr("action")).isEqualTo("/op/interaction");
        assertThat(hidden(form)).isEqualTo(Asked.HIDDEN);
        only(form, "input[name=username][autocomplete=username]");
        only(form, "input[name=password][type=password][autocomplete=current-password]");
        only(form, "button[type=submit]");
        assertThat(label(page, "input[name=username]")).isEqualTo("User name");
        assertThat(label(page, "input[name=password]")).isEqualTo("Password");
        assertThat(page.select("[role=alert]")).isEmpty();
    }

    @Test
    void it_says_for_which_client() {
        assertThat(Asked.page(Asked.login()).text()).contains("To continue to: Shop");
    }

    @Test
    void without_a_client_it_names_none() {
        Login nobodys = new Login(Form.plain().withoutClient(), Optional.empty());

        assertThat(Asked.page(nobodys).text()).doesNotContain("continue to");
    }

    @Test
    void the_cursor_stands_in_the_first_empty_field() {
        Document empty = Asked.page(Asked.login());
        Document known = Asked.page(new Login(Form.plain(), Optional.of("alice")));

        assertThat(only(empty, "[autofocus]").attr("name")).isEqualTo("username");
        assertThat(only(known, "[autofocus]").attr("name")).isEqualTo("password");
        assertThat(only(known, "input[name=username]").attr("value")).isEqualTo("alice");
    }

    @Test
    void what_was_wrong_is_said_and_tied_to_the_fields() {
        Document page = Asked.page(new Login(Form.plain().with(Asked.problem("invalid_grant")), Optional.of("alice")));

        Element alert = only(page, "[role=alert]");
        assertThat(alert.text()).isEqualTo("The name or the password is wrong.");
        for (String field : new String[] {"input[name=username]", "input[name=password]"}) {
            assertThat(only(page, field).attr("aria-describedby")).isEqualTo(alert.id());
            assertThat(only(page, field).attr("aria-invalid")).isEqualTo("true");
        }
        assertThat(only(page, "input[name=password]").hasAttr("value")).isFalse();
    }

    @Test
    void without_a_problem_no_field_is_tied_to_one() {
        assertThat(Asked.page(Asked.login()).select("[aria-describedby], [aria-invalid]"))
                .isEmpty();
    }
}
