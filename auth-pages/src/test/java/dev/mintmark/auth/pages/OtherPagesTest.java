package dev.mintmark.auth.pages;

import static dev.mintmark.auth.pages.Markup.hidden;
import static dev.mintmark.auth.pages.Markup.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintmark.auth.pages.Asked.Failure;
import dev.mintmark.auth.pages.Asked.SignedOut;
import dev.mintmark.auth.protocol.ErrorCode;
import java.util.Map;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

class OtherPagesTest {
    @Test
    void logout_asks_before_it_signs_out() {
        Document page = Asked.page(Asked.logout());

        assertThat(page.body().attr("data-page")).isEqualTo("logout");
        Element form = only(page, "form");
        assertThat(form.attr("method")).isEqualTo("post");
        assertThat(form.attr("action")).isEqualTo("/op/interaction");
        assertThat(hidden(form)).isEqualTo(Asked.HIDDEN);
        assertThat(only(form, "button[type=submit][name=decision][value=allow]").text())
                .isEqualTo("Sign out");
        assertThat(only(form, "button[type=submit][name=decision][value=deny]").text())
                .isEqualTo("Stay signed in");
        assertThat(page.select("button")).hasSize(2);
        assertThat(page.text()).contains("Signed in as: alice");
    }

    @Test
    void signed_out_says_whether_somebody_still_is_signed_in() {
        Document out = Asked.page(new SignedOut(false));
        Document staying = Asked.page(new SignedOut(true));

        assertThat(out.body().attr("data-page")).isEqualTo("signed-out");
        assertThat(only(out, "h1").text()).isEqualTo("You are signed out");
        assertThat(staying.body().attr("data-page")).isEqualTo("signed-out");
        assertThat(only(staying, "h1").text()).isEqualTo("You are still signed in");
        assertThat(out.select("form")).isEmpty();
    }

    @Test
    void an_error_shows_its_code_and_description() {
        Document page = Asked.page(Asked.failure("invalid_request", "the redirect_uri is not registered"));

        assertThat(page.body().attr("data-page")).isEqualTo("error");
        assertThat(only(page, "[role=alert]").text())
                .contains("invalid_request")
                .contains("the redirect_uri is not registered");
        assertThat(page.select("form")).isEmpty();
    }

    @Test
    void an_error_without_a_description_shows_its_code() {
        Document page = Asked.page(new Failure(ErrorCode.SERVER_ERROR, Optional.empty()));

        assertThat(only(page, "[role=alert]").text()).isEqualTo("Error server_error");
    }

    @Test
    void a_form_post_goes_to_the_client_with_or_without_scripts() {
        Map<String, String> fields = Map.of("code", "c-1", "state", "a \"b\" & <c>", "iss", "https://op.example");

        Document page = Asked.page(Asked.post(fields));

        assertThat(page.body().attr("data-page")).isEqualTo("form-post");
        Element form = only(page, "form");
        assertThat(form.attr("method")).isEqualTo("post");
        assertThat(form.attr("action")).isEqualTo("https://app.example/cb?a=1&b=2");
        assertThat(hidden(form)).isEqualTo(fields);
        only(form, "button[type=submit]:not([name])");
        Element script = only(page, "script");
        assertThat(script.attr("src")).startsWith("/op/assets/form-post.js?v=");
        assertThat(script.data()).isEmpty();
        assertThat(Pages.standard().assets().get("form-post.js").text())
                .contains("getElementById(\"" + form.id() + "\")");
    }

    @Test
    void a_prompt_that_is_not_known_has_no_page() {
        assertThatThrownBy(() -> Asked.answer(new Asked.Unheard()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unheard");
    }
}
