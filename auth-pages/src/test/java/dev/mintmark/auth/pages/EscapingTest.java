package dev.mintmark.auth.pages;

import static dev.mintmark.auth.pages.Markup.only;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.pages.Asked.Consent;
import dev.mintmark.auth.pages.Asked.Form;
import dev.mintmark.auth.pages.Asked.Login;
import dev.mintmark.auth.pages.Asked.Mfa;
import dev.mintmark.auth.prompt.Prompt;
import dev.mintmark.auth.prompt.Prompt.Account.Entry;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Scopes;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What strangers write stays text. */
class EscapingTest {
    private static final String EVIL = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>&amp;${7*7}";

    /** In every place at once. */
    static Stream<Prompt> prompts() {
        Form form = new Form(
                "/op?" + EVIL,
                Map.of(EVIL, EVIL),
                Optional.of(EVIL),
                Optional.of(Asked.client(
                        EVIL,
                        Claims.of("logo_uri", "https://app.example/?" + EVIL)
                                .with("policy_uri", "https://app.example/?a='b'&amp;c")
                                .with("tos_uri", "javascript:" + EVIL))),
                Asked.problem("<script>alert(3)</script>"));
        return Stream.of(
                new Login(form, Optional.of(EVIL)),
                new Mfa(form, "otp", Optional.of(EVIL), List.of(EVIL, "email")),
                new Mfa(form, EVIL, Optional.of(EVIL), List.of()),
                new Consent(form, EVIL, Scopes.of("<script>alert(4)</script>", "'><img/src=x>"), List.of(EVIL)),
                new Asked.Logout(form, EVIL),
                new Asked.Account(
                        form,
                        EVIL,
                        List.of(new Entry(EVIL, EVIL, Instant.EPOCH, List.of(EVIL), true)),
                        List.of(new Entry(EVIL, EVIL, Instant.EPOCH, List.of(EVIL), false)),
                        List.of(new Entry(EVIL, EVIL, Instant.EPOCH, List.of(EVIL), false)),
                        true,
                        Optional.of("/op?" + EVIL)),
                new Asked.Enrolment(form, EVIL, EVIL),
                new Asked.RecoveryCodes(List.of(EVIL), "/op?" + EVIL),
                new Asked.RecoveryCode(form, EVIL),
                new Asked.Device(form, Optional.of(EVIL)),
                Asked.failure("<script>alert(5)</script>", EVIL),
                new Asked.Post(URI.create("https://app.example/'onclick='?a&lt;b"), Map.of(EVIL, EVIL), EVIL));
    }

    @ParameterizedTest
    @MethodSource("prompts")
    void nothing_of_it_becomes_markup(Prompt prompt) {
        Document page = Asked.page(prompt);

        assertThat(page.select("script").size())
                .isEqualTo(List.of("form-post", "recovery-codes").contains(prompt.page()) ? 1 : 0);
        assertThat(page.select("img")).isEmpty();
        assertThat(page.getAllElements().stream().flatMap(e -> e.attributes().asList().stream()))
                .noneMatch(a -> a.getKey().startsWith("on"))
                .noneMatch(a -> a.getValue().startsWith("javascript:"));
        assertThat(page.getAllElements().eachAttr("class")).allMatch(c -> c.matches("[a-z]+( [a-z]+)*"));
    }

    @Test
    void a_name_is_shown_as_it_is() {
        assertThat(only(Asked.page(new Login(Form.plain(), Optional.of(EVIL))), "input[name=username]")
                        .attr("value"))
                .isEqualTo(EVIL);
        assertThat(only(Asked.page(new Asked.Logout(Form.plain(), EVIL)), "bdi").wholeText())
                .isEqualTo(EVIL);
    }

    @Test
    void a_clients_name_is_shown_as_it_is() {
        Form form = Form.plain().with(Asked.client(EVIL, Claims.none()));
        Document consent = Asked.page(new Consent(form, EVIL, Scopes.of("openid"), List.of(EVIL)));

        assertThat(only(consent, "strong bdi").wholeText()).isEqualTo(EVIL);
        assertThat(only(consent, "ul[aria-labelledby=claims] code").wholeText()).isEqualTo(EVIL);
        assertThat(only(Asked.page(new Login(form, Optional.empty())), "bdi").wholeText())
                .isEqualTo(EVIL);
    }

    @Test
    void a_scope_is_shown_as_it_is() {
        assertThat(only(Asked.page(Asked.consent("<b>&amp;'x'")), "code").wholeText())
                .isEqualTo("<b>&amp;'x'");
    }

    @Test
    void a_description_is_shown_as_it_is() {
        assertThat(only(Asked.page(Asked.failure("invalid_request", EVIL)), "dd bdi")
                        .wholeText())
                .isEqualTo(EVIL);
    }

    @Test
    void hidden_fields_keep_their_values() {
        Form form = Form.plain().withHidden(Map.of(EVIL, EVIL));

        assertThat(Markup.hidden(only(Asked.page(new Login(form, Optional.empty())), "form")))
                .isEqualTo(Map.of(EVIL, EVIL));
    }

    @Test
    void an_https_uri_with_quotes_keeps_its_value() {
        Form form = Form.plain().with(Asked.client(Claims.of("policy_uri", "https://app.example/?a='b'&amp;c")));

        assertThat(only(Asked.page(new Consent(form, "alice", Scopes.none(), List.of())), "a")
                        .attr("href"))
                .isEqualTo("https://app.example/?a='b'&amp;c");
    }

    @Test
    void a_name_that_turns_the_writing_around_stays_in_its_place() {
        String turning = "Shop\u202e";
        Form form = Form.plain().with(Asked.client(turning, Claims.none()));

        assertThat(only(Asked.page(new Consent(form, "alice", Scopes.none(), List.of())), "strong bdi")
                        .text())
                .isEqualTo(turning);
    }
}
