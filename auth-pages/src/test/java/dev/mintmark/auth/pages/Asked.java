package dev.mintmark.auth.pages;

import dev.mintmark.auth.prompt.Problem;
import dev.mintmark.auth.prompt.Prompt;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Scopes;
import dev.mintmark.auth.wire.WireRequest;
import dev.mintmark.auth.wire.WireResponse;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** Prompts made by hand, and the pages that answer them. */
final class Asked {
    static final Map<String, String> HIDDEN = Map.of("interaction", "h-1", "csrf", "c-2");
    static final String APP = "https://app.example";

    private static final Pages PAGES = Pages.standard();

    private Asked() {}

    static WireResponse answer(Prompt prompt) {
        return answer(PAGES, prompt);
    }

    static WireResponse answer(Pages pages, Prompt prompt) {
        return pages.ask(prompt, WireRequest.of("GET", "/interaction").build());
    }

    static Document page(Prompt prompt) {
        return page(PAGES, prompt);
    }

    static Document page(Pages pages, Prompt prompt) {
        return Jsoup.parse(answer(pages, prompt).text());
    }

    /** For whoever reads this language. */
    static Document page(Pages pages, Prompt prompt, String language) {
        WireRequest request = WireRequest.of("GET", "/interaction")
                .header("Accept-Language", language)
                .build();
        return Jsoup.parse(pages.ask(prompt, request).text());
    }

    static Client client() {
        return client(Claims.none());
    }

    static Client client(Claims metadata) {
        return client("Shop", metadata);
    }

    static Client client(String name, Claims metadata) {
        return Client.of("shop")
                .tokenEndpointAuthMethod("none")
                .grantTypes(GrantType.AUTHORIZATION_CODE)
                .redirectUris(URI.create("https://app.example/cb"))
                .clientName(name)
                .metadata(metadata)
                .build();
    }

    static Optional<Problem> problem(String code) {
        return Optional.of(new Problem(new ErrorCode(code), Optional.empty()));
    }

    static Optional<Problem> problem(String code, Duration retryAfter) {
        return Optional.of(new Problem(new ErrorCode(code), Optional.of(retryAfter)));
    }

    static Login login() {
        return new Login(Form.plain(), Optional.empty());
    }

    static Mfa mfa(String factor, String... others) {
        return new Mfa(Form.plain(), factor, Optional.empty(), List.of(others));
    }

    static Consent consent(String scope, String... claims) {
        return new Consent(Form.plain(), "alice", Scopes.parse(scope), List.of(claims));
    }

    static Logout logout() {
        return new Logout(Form.plain(), "alice");
    }

    static Account account() {
        return new Account(
                Form.plain().withoutClient(),
                "alice",
                List.of(
                        new Prompt.Account.Entry(
                                "session s-1", "", Instant.parse("2026-03-04T05:06:07Z"), List.of("pwd"), false),
                        new Prompt.Account.Entry(
                                "session s-2",
                                "",
                                Instant.parse("2026-11-30T22:59:59.5Z"),
                                List.of("pwd", "otp", "mfa"),
                                true)),
                List.of(new Prompt.Account.Entry(
                        "client shop",
                        "Shop",
                        Instant.parse("2025-12-31T23:59:00Z"),
                        List.of("openid", "email", "customer.42", "birthdate"),
                        false)),
                List.of(new Prompt.Account.Entry(
                        "device d-1", "", Instant.parse("2026-01-01T00:00:00Z"), List.of(), false)),
                true,
                Optional.of("/op/account/authenticator"));
    }

    static Enrolment enrolment() {
        return new Enrolment(
                Form.plain().withoutClient(),
                "otpauth://totp/op.example:alice?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=op.example",
                "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP");
    }

    static RecoveryCodes recoveryCodes() {
        return new RecoveryCodes(List.of("8f3k-2m9q", "h7wz-5t4x", "c2vb-9n6d"), "/op/account");
    }

    static Failure failure(String code, String description) {
        return new Failure(new ErrorCode(code), Optional.of(description));
    }

    static Post post(Map<String, String> fields) {
        return new Post(URI.create("https://app.example/cb?a=1&b=2"), fields, APP);
    }

    /** What every form has. */
    record Form(
            String action,
            Map<String, String> hidden,
            Optional<String> leadsTo,
            Optional<Client> client,
            Optional<Problem> problem) {
        static Form plain() {
            return new Form("/op/interaction", HIDDEN, Optional.of(APP), Optional.of(Asked.client()), Optional.empty());
        }

        Form with(Client one) {
            return new Form(action, hidden, leadsTo, Optional.of(one), problem);
        }

        Form withoutClient() {
            return new Form(action, hidden, leadsTo, Optional.empty(), problem);
        }

        Form with(Optional<Problem> one) {
            return new Form(action, hidden, leadsTo, client, one);
        }

        Form withHidden(Map<String, String> fields) {
            return new Form(action, fields, leadsTo, client, problem);
        }

        Form leadingTo(Optional<String> source) {
            return new Form(action, hidden, source, client, problem);
        }
    }

    interface Anywhere extends Prompt {
        @Override
        default List<String> locales() {
            return List.of();
        }

        @Override
        default String asset(String name) {
            return "/op/assets/" + name;
        }
    }

    interface WithForm extends Prompt.Form, Anywhere {
        Asked.Form form();

        @Override
        default String action() {
            return form().action();
        }

        @Override
        default Map<String, String> hidden() {
            return form().hidden();
        }

        @Override
        default Optional<String> leadsTo() {
            return form().leadsTo();
        }

        @Override
        default Optional<Client> client() {
            return form().client();
        }

        @Override
        default Optional<Problem> problem() {
            return form().problem();
        }
    }

    record Login(Asked.Form form, Optional<String> username) implements Prompt.SignIn, WithForm {
        @Override
        public String page() {
            return "login";
        }

        @Override
        public Optional<Instant> notBefore() {
            return Optional.empty();
        }

        @Override
        public String interaction() {
            return "h-1";
        }
    }

    /** A login that a client wants in languages. */
    record Spoken(List<String> locales, Login login) implements Prompt.SignIn, WithForm {
        @Override
        public Asked.Form form() {
            return login.form();
        }

        @Override
        public Optional<String> username() {
            return login.username();
        }

        @Override
        public String page() {
            return login.page();
        }

        @Override
        public Optional<Instant> notBefore() {
            return login.notBefore();
        }

        @Override
        public String interaction() {
            return login.interaction();
        }
    }

    record Mfa(Asked.Form form, String factor, Optional<String> sentTo, List<String> others)
            implements Prompt.SecondFactor, WithForm {
        @Override
        public String page() {
            return "mfa";
        }

        @Override
        public String linkTo(String other) {
            return "/op/interaction?interaction=h-1&factor=" + other;
        }
    }

    record Consent(Asked.Form form, String person, Scopes scope, List<String> claims, Optional<String> userCode)
            implements Prompt.Consent, WithForm {
        Consent(Asked.Form form, String person, Scopes scope, List<String> claims) {
            this(form, person, scope, claims, Optional.empty());
        }

        @Override
        public String page() {
            return "consent";
        }
    }

    record Logout(Asked.Form form, String person) implements Prompt.Logout, WithForm {
        @Override
        public String page() {
            return "logout";
        }
    }

    record Device(Asked.Form form, Optional<String> userCode) implements Prompt.Device, WithForm {
        @Override
        public String page() {
            return "device";
        }
    }

    record DeviceDone(boolean allowed) implements Prompt.DeviceDone, Anywhere {
        @Override
        public String page() {
            return "device-done";
        }
    }

    record RecoveryCode(Asked.Form form, String code) implements Prompt.RecoveryCode, WithForm {
        @Override
        public String page() {
            return "recovery-code";
        }
    }

    record Account(
            Asked.Form form,
            String person,
            List<Prompt.Account.Entry> sessions,
            List<Prompt.Account.Entry> clients,
            List<Prompt.Account.Entry> devices,
            boolean hasAuthenticator,
            Optional<String> enrolment)
            implements Prompt.Account, WithForm {
        @Override
        public String page() {
            return "account";
        }
    }

    record Enrolment(Asked.Form form, String uri, String key) implements Prompt.Enrolment, WithForm {
        @Override
        public String page() {
            return "enrolment";
        }
    }

    record RecoveryCodes(List<String> codes, String next) implements Prompt.RecoveryCodes, Anywhere {
        @Override
        public String page() {
            return "recovery-codes";
        }
    }

    record SignedOut(boolean staying) implements Prompt.SignedOut, Anywhere {
        @Override
        public String page() {
            return "signed-out";
        }
    }

    record Failure(ErrorCode error, Optional<String> description) implements Prompt.Failure, Anywhere {
        @Override
        public String page() {
            return "error";
        }
    }

    record Post(URI target, Map<String, String> fields, String leadsTo) implements Prompt.FormPost, Anywhere {
        @Override
        public String page() {
            return "form-post";
        }
    }

    /** A prompt that the engine may learn one day. */
    record Unheard() implements Anywhere {
        @Override
        public String page() {
            return "unheard";
        }
    }
}
