package dev.mintmark.auth.pages;

import dev.mintmark.auth.prompt.Prompt;
import dev.mintmark.auth.wire.WireResponse;
import gg.jte.html.HtmlInterceptor;
import gg.jte.html.HtmlTemplateOutput;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Draws in one language and look: each prompt has its template, and a policy for what it needs. */
record Drawing(Texts texts, Look look) {
    WireResponse of(Prompt prompt) {
        if (prompt instanceof Prompt.Consent consent) return consent(consent);
        if (prompt instanceof Prompt.FormPost post) {
            return page(
                    ContentPolicy.post(post), (out, tags) -> JteformpostGenerated.render(out, tags, post, texts, look));
        }
        if (prompt instanceof Prompt.RecoveryCodes codes) {
            return page(
                    ContentPolicy.script(),
                    (out, tags) -> JterecoverycodesGenerated.render(out, tags, codes, texts, look));
        }
        if (prompt instanceof Prompt.Form form) return page(ContentPolicy.form(form), form(form));
        return page(ContentPolicy.text(), text(prompt));
    }

    private BiConsumer<HtmlTemplateOutput, HtmlInterceptor> form(Prompt.Form form) {
        if (form instanceof Prompt.SignIn login) {
            return (out, tags) -> JteloginGenerated.render(out, tags, login, texts, look);
        }
        if (form instanceof Prompt.SecondFactor mfa) {
            return (out, tags) -> JtemfaGenerated.render(out, tags, mfa, texts, look);
        }
        if (form instanceof Prompt.RecoveryCode fresh) {
            return (out, tags) -> JterecoverycodeGenerated.render(out, tags, fresh, texts, look);
        }
        if (form instanceof Prompt.Device device) {
            return (out, tags) -> JtedeviceGenerated.render(out, tags, device, texts, look);
        }
        if (form instanceof Prompt.Account account) {
            return (out, tags) -> JteaccountGenerated.render(out, tags, account, texts, look);
        }
        if (form instanceof Prompt.Enrolment enrolment) {
            return (out, tags) -> JteenrolmentGenerated.render(out, tags, enrolment, texts, look);
        }
        if (form instanceof Prompt.Logout logout) {
            return (out, tags) -> JtelogoutGenerated.render(out, tags, logout, texts, look);
        }
        throw unknown(form);
    }

    private BiConsumer<HtmlTemplateOutput, HtmlInterceptor> text(Prompt prompt) {
        if (prompt instanceof Prompt.DeviceDone done) {
            return (out, tags) -> JtedevicedoneGenerated.render(out, tags, done, texts, look);
        }
        if (prompt instanceof Prompt.SignedOut done) {
            return (out, tags) -> JtesignedoutGenerated.render(out, tags, done, texts, look);
        }
        if (prompt instanceof Prompt.Failure failure) {
            return (out, tags) -> JteerrorGenerated.render(out, tags, failure, texts, look);
        }
        throw unknown(prompt);
    }

    private static IllegalArgumentException unknown(Prompt prompt) {
        return new IllegalArgumentException("no page for the prompt " + prompt.page());
    }

    private WireResponse consent(Prompt.Consent consent) {
        Optional<ClientCard> client = consent.client().map(ClientCard::of);
        ContentPolicy policy = ContentPolicy.form(consent);
        return page(
                client.flatMap(ClientCard::logo).isPresent() ? policy.withPictures() : policy,
                (out, tags) -> JteconsentGenerated.render(out, tags, consent, client, texts, look));
    }

    private WireResponse page(ContentPolicy policy, BiConsumer<HtmlTemplateOutput, HtmlInterceptor> template) {
        return Page.of(look.origin().map(policy::withPicturesOf).orElse(policy), template)
                .withHeader("Content-Language", texts.language());
    }
}
