package dev.mintmark.auth.pages;

import static dev.mintmark.auth.pages.Markup.only;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.pages.Asked.Consent;
import dev.mintmark.auth.pages.Asked.Form;
import dev.mintmark.auth.pages.Asked.Login;
import dev.mintmark.auth.pages.Asked.Mfa;
import dev.mintmark.auth.prompt.Problem;
import dev.mintmark.auth.protocol.Scopes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemTextTest {
    private static Document login(Optional<Problem> problem) {
        return Asked.page(new Login(Form.plain().with(problem), Optional.of("alice")));
    }

    private static String alert(Document page) {
        return only(page, "[role=alert]").text();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "invalid_grant|The name or the password is wrong.",
                "access_denied|This account cannot sign in.",
                "too_many_attempts|There were too many attempts. Please try again later.",
                "temporarily_unavailable|This does not work just now. Please try again later.",
                "invalid_request|Please enter your password.",
                "never_heard_of|This did not work. Please try again.",
            })
    void a_login_has_words_for_each_problem(String code, String words) {
        assertThat(alert(login(Asked.problem(code)))).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "invalid_grant|The code is wrong or was used.",
                "invalid_request|Please enter the code.",
                "access_denied|This account cannot sign in.",
            })
    void a_second_factor_has_words_of_its_own(String code, String words) {
        Mfa mfa = new Mfa(Form.plain().with(Asked.problem(code)), "otp", Optional.empty(), List.of());

        assertThat(alert(Asked.page(mfa))).isEqualTo(words);
    }

    @Test
    void a_login_without_a_name_wants_both() {
        Form empty = Form.plain().with(Asked.problem("invalid_request"));
        Document page = Asked.page(new Login(empty, Optional.empty()));

        assertThat(alert(page)).isEqualTo("Please enter both name and password.");
        assertThat(page.select("[aria-describedby=problem][aria-invalid=true]")).hasSize(2);
    }

    @Test
    void only_the_field_that_is_empty_is_called_wrong() {
        Document page = login(Asked.problem("invalid_request"));

        assertThat(only(page, "[aria-describedby=problem][aria-invalid=true]").attr("name"))
                .isEqualTo("password");
        assertThat(only(page, "[autofocus]").attr("name")).isEqualTo("password");
    }

    @Test
    void a_problem_of_a_page_without_fields_has_the_focus() {
        Document page = Asked.page(new Asked.Logout(Form.plain().with(Asked.problem("invalid_request")), "alice"));

        assertThat(only(page, "[autofocus]").attr("role")).isEqualTo("alert");
        assertThat(only(page, "[autofocus]").attr("tabindex")).isEqualTo("-1");
    }

    @Test
    void a_decision_has_words_too() {
        Form failing = Form.plain().with(Asked.problem("invalid_request"));

        assertThat(alert(Asked.page(new Consent(failing, "alice", Scopes.of("openid"), List.of()))))
                .isEqualTo("Something is missing. Please try again.");
        assertThat(alert(Asked.page(new Asked.Logout(failing, "alice"))))
                .isEqualTo("Something is missing. Please try again.");
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, one second",
        "PT1S, one second",
        "PT1.2S, 2 seconds",
        "PT90S, 90 seconds",
        "PT91S, 2 minutes",
        "PT15M, 15 minutes",
        "PT90M, 90 minutes",
        "PT90M1S, 2 hours",
        "PT24H, 24 hours",
    })
    void how_long_to_wait_is_said_and_never_too_short(Duration time, String words) {
        assertThat(alert(login(Asked.problem("too_many_attempts", time))))
                .isEqualTo("There were too many attempts. Please try again in " + words + ".");
    }

    @Test
    void fields_are_not_called_wrong_when_waiting_helps() {
        Document page = login(Asked.problem("too_many_attempts", Duration.ofMinutes(5)));

        assertThat(page.select("[aria-invalid]")).isEmpty();
        assertThat(page.select("[aria-describedby=problem]")).hasSize(2);
    }
}
