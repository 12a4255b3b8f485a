package dev.mintmark.auth.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.pages.Asked.Consent;
import dev.mintmark.auth.pages.Asked.Form;
import dev.mintmark.auth.pages.Asked.Login;
import dev.mintmark.auth.pages.Asked.Post;
import dev.mintmark.auth.prompt.Prompt;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Scopes;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentPolicyTest {
    private static final String FORM = "default-src 'none'; style-src 'self'; img-src 'self';"
            + " form-action 'self' https://app.example; base-uri 'none'; frame-ancestors 'none'";
    private static final String TEXT = "default-src 'none'; style-src 'self'; img-src 'self';"
            + " form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    private static String policy(Prompt prompt) {
        return Asked.answer(prompt).header("Content-Security-Policy").orElseThrow();
    }

    private static String leadingTo(String source) {
        return policy(new Login(Form.plain().leadingTo(Optional.of(source)), Optional.empty()));
    }

    @Test
    void login_leads_to_the_client_alone() {
        assertThat(policy(Asked.login())).isEqualTo(FORM);
    }

    @Test
    void mfa_leads_to_the_client_alone() {
        assertThat(policy(Asked.mfa("otp", "email"))).isEqualTo(FORM);
    }

    @Test
    void consent_leads_to_the_client_alone() {
        assertThat(policy(Asked.consent("openid"))).isEqualTo(FORM);
    }

    @Test
    void logout_leads_to_the_client_alone() {
        assertThat(policy(Asked.logout())).isEqualTo(FORM);
    }

    @Test
    void a_logo_may_come_from_anywhere_by_https() {
        Claims metadata = Claims.of("logo_uri", "https://cdn.example/logo.png");
        Consent consent =
                new Consent(Form.plain().with(Asked.client(metadata)), "alice", Scopes.of("openid"), List.of());

        assertThat(policy(consent)).isEqualTo(FORM.replace("img-src 'self'", "img-src 'self' https:"));
    }

    @Test
    void a_logo_that_is_not_shown_opens_nothing() {
        Claims metadata = Claims.of("logo_uri", "javascript:alert(1)");
        Consent consent =
                new Consent(Form.plain().with(Asked.client(metadata)), "alice", Scopes.of("openid"), List.of());

        assertThat(policy(consent)).isEqualTo(FORM);
    }

    @Test
    void a_page_without_a_form_leads_nowhere() {
        assertThat(policy(new Asked.SignedOut(false))).isEqualTo(TEXT);
        assertThat(policy(new Asked.SignedOut(true))).isEqualTo(TEXT);
        assertThat(policy(Asked.failure("server_error", "no"))).isEqualTo(TEXT);
    }

    @Test
    void a_form_post_runs_its_script_and_leads_to_its_target_alone() {
        assertThat(policy(Asked.post(Map.of())))
                .isEqualTo("default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self';"
                        + " form-action https://app.example; base-uri 'none'; frame-ancestors 'none'");
    }

    @Test
    void a_form_post_whose_target_cannot_be_named_leads_nowhere() {
        Post post = new Post(URI.create("https://app.example/cb"), Map.of(), "https://app.example; script-src *");

        assertThat(policy(post)).contains("form-action 'none';").doesNotContain("*");
    }

    @Test
    void a_form_that_leads_nowhere_else_comes_back_here() {
        assertThat(policy(new Login(Form.plain().leadingTo(Optional.empty()), Optional.empty())))
                .contains("form-action 'self';");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://127.0.0.1:8080", "http://localhost", "com.example.app:", "https://xn--bcher-kva.example"
            })
    void it_leads_to_origins_and_schemes(String source) {
        assertThat(leadingTo(source)).contains("form-action 'self' " + source + ";");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example; script-src 'unsafe-inline'",
                "https://app.example https://evil.example",
                "https://app.example,default-src *",
                "https://app.example\r\nSet-Cookie: a=b",
                "https://app.example\n",
                "'unsafe-inline'",
                "*",
                "https://*.example",
                "https://app.example/\u00e9",
                "",
            })
    void what_is_neither_is_left_out(String source) {
        assertThat(leadingTo(source)).isEqualTo(FORM.replace(" https://app.example", ""));
    }
}
