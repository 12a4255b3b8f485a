package dev.mintmark.auth.pages;

import static dev.mintmark.auth.pages.Markup.only;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.pages.Asked.Consent;
import dev.mintmark.auth.pages.Asked.Form;
import dev.mintmark.auth.pages.Asked.Login;
import dev.mintmark.auth.pages.Asked.Mfa;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Scopes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** Whatever strangers write, the page has the same elements with the same attributes, and the text comes out as it went in. */
class EscapingProperties {
    /** Printable text with more than its share of what means something in HTML. */
    @Provide
    static Arbitrary<String> text() {
        Arbitrary<String> plain =
                Arbitraries.strings().withCharRange(' ', '~').ofMinLength(1).ofMaxLength(8);
        Arbitrary<String> wide = Arbitraries.strings()
                .withCharRange('\u00a1', '\ud7ff')
                .ofMinLength(1)
                .ofMaxLength(4);
        Arbitrary<String> meaning = Arbitraries.of(
                "<",
                ">",
                "\"",
                "'",
                "&",
                "&lt;",
                "&#34;",
                "&#x3c;",
                "=",
                "/",
                "`",
                "</title>",
                "</p>",
                "<script>",
                "</script>",
                "<!--",
                "-->",
                "<![CDATA[",
                "javascript:",
                " onload=",
                "${",
                "}",
                "<\\",
                "\u202e");
        return Arbitraries.oneOf(plain, wide, meaning)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .map(parts -> String.join("", parts))
                .filter(s -> !s.isBlank());
    }

    private static Form form(String text) {
        return Form.plain()
                .with(Asked.client(text, Claims.of("logo_uri", text).with("policy_uri", text)))
                .withHidden(Map.of(text, text))
                .leadingTo(Optional.of(text));
    }

    /** Elements and the names of their attributes, in order. */
    private static String bones(Document page) {
        return page.getAllElements().stream()
                .map(e -> e.tagName()
                        + e.attributes().asList().stream().map(a -> a.getKey()).toList())
                .collect(Collectors.joining("\n"));
    }

    private static Consent consent(String text) {
        return new Consent(form(text), text, Scopes.of("openid"), List.of(text));
    }

    private static Mfa mfa(String text) {
        return new Mfa(form(text), "otp", Optional.of(text), List.of("x" + text, "sms"));
    }

    @Property(seed = "20260101", tries = 200)
    void a_login_stays_a_login(@ForAll("text") String text) {
        Document page = Asked.page(new Login(form(text), Optional.of(text)));

        assertThat(bones(page)).isEqualTo(bones(Asked.page(new Login(form("x"), Optional.of("x")))));
        assertThat(only(page, "input[name=username]").attr("value")).isEqualTo(text);
        assertThat(only(page, "bdi").wholeText()).isEqualTo(text);
        assertThat(Markup.hidden(only(page, "form"))).isEqualTo(Map.of(text, text));
    }

    @Property(seed = "20260101", tries = 200)
    void a_second_factor_stays_one(@ForAll("text") String text) {
        Document page = Asked.page(mfa(text));

        assertThat(bones(page)).isEqualTo(bones(Asked.page(mfa("x"))));
        assertThat(page.select("bdi").stream().map(Element::wholeText)).containsExactly(text, text);
        assertThat(only(page, "a").attr("href")).endsWith(text);
    }

    @Property(seed = "20260101", tries = 200)
    void a_consent_stays_a_consent(@ForAll("text") String text) {
        Document page = Asked.page(consent(text));

        assertThat(bones(page)).isEqualTo(bones(Asked.page(consent("x"))));
        assertThat(page.select("bdi").stream().map(Element::wholeText)).containsExactly(text, text);
        assertThat(only(page, "code").wholeText()).isEqualTo(text);
    }

    @Property(seed = "20260101", tries = 200)
    void an_error_stays_an_error(@ForAll("text") String text) {
        Document page = Asked.page(Asked.failure("invalid_request", text));

        assertThat(bones(page)).isEqualTo(bones(Asked.page(Asked.failure("invalid_request", "x"))));
        assertThat(only(page, "bdi").wholeText()).isEqualTo(text);
    }

    @Property(seed = "20260101", tries = 200)
    void a_form_post_posts_what_it_was_given(@ForAll("text") String text) {
        Document page = Asked.page(Asked.post(Map.of(text, text)));

        assertThat(bones(page)).isEqualTo(bones(Asked.page(Asked.post(Map.of("x", "x")))));
        assertThat(Markup.hidden(only(page, "form"))).isEqualTo(Map.of(text, text));
    }

    @Property(seed = "20260101", tries = 500)
    void a_policy_has_the_same_directives_wherever_a_form_leads(@ForAll("text") String text) {
        String policy = Asked.answer(new Login(Form.plain().leadingTo(Optional.of(text)), Optional.empty()))
                .header("Content-Security-Policy")
                .orElseThrow();

        assertThat(policy.split(";", -1)).hasSize(6);
        assertThat(policy).startsWith("default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'");
        assertThat(policy).matches("[!-~ ]+").doesNotContain(",", "*", "unsafe");
    }
}
