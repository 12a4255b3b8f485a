package dev.mintmark.auth.pages;

import dev.mintmark.auth.prompt.Interaction;
import dev.mintmark.auth.prompt.Prompt;
import dev.mintmark.auth.wire.WireRequest;
import dev.mintmark.auth.wire.WireResponse;
import java.util.Map;
import java.util.Optional;

/**
 * Plain HTML pages for every prompt of the engine. They work without scripts, from 320 pixels of width, in light and dark, and
 * carry a Content-Security-Policy without {@code unsafe-inline}. In English. Thread-safe.
 *
 * <p>An application that draws some prompts itself hands the others on:
 *
 * <pre>{@code
 * Pages pages = Pages.standard();
 * Interaction mine = (prompt, request) -> prompt instanceof Prompt.SignIn login ? myLogin(login) : pages.ask(prompt, request);
 * }</pre>
 *
 * <p>Such an interaction also hands on the {@link #assets}.
 */
public final class Pages implements Interaction {
    private final Texts texts;
    private final Map<String, WireResponse> assets;

    private Pages(Texts texts) {
        this.texts = texts;
        this.assets = Assets.all();
    }

    /**
     * The pages as they come.
     *
     * @return pages, for {@code AuthorizationServer.Builder.interaction}
     */
    public static Pages standard() {
        return new Pages(Texts.english());
    }

    /**
     * Draws a prompt.
     *
     * @param prompt what is asked
     * @param request not looked at: there is one language
     * @return the page, always with status 200
     * @throws IllegalArgumentException if the prompt is of a kind that these pages do not know
     */
    @Override
    public WireResponse ask(Prompt prompt, WireRequest request) {
        if (prompt instanceof Prompt.SignIn login) {
            return Page.of(ContentPolicy.form(login), (out, tags) -> JteloginGenerated.render(out, tags, login, texts));
        }
        if (prompt instanceof Prompt.SecondFactor mfa) {
            return Page.of(ContentPolicy.form(mfa), (out, tags) -> JtemfaGenerated.render(out, tags, mfa, texts));
        }
        if (prompt instanceof Prompt.Device device) {
            return Page.of(
                    ContentPolicy.form(device), (out, tags) -> JtedeviceGenerated.render(out, tags, device, texts));
        }
        if (prompt instanceof Prompt.DeviceDone done) {
            return Page.of(ContentPolicy.text(), (out, tags) -> JtedevicedoneGenerated.render(out, tags, done, texts));
        }
        if (prompt instanceof Prompt.RecoveryCode fresh) {
            return Page.of(
                    ContentPolicy.form(fresh), (out, tags) -> JterecoverycodeGenerated.render(out, tags, fresh, texts));
        }
        if (prompt instanceof Prompt.Consent consent) return consent(consent);
        if (prompt instanceof Prompt.Account account) {
            return Page.of(
                    ContentPolicy.form(account), (out, tags) -> JteaccountGenerated.render(out, tags, account, texts));
        }
        if (prompt instanceof Prompt.Enrolment enrolment) {
            return Page.of(
                    ContentPolicy.form(enrolment),
                    (out, tags) -> JteenrolmentGenerated.render(out, tags, enrolment, texts));
        }
        if (prompt instanceof Prompt.RecoveryCodes codes) {
            return Page.of(
                    ContentPolicy.script(), (out, tags) -> JterecoverycodesGenerated.render(out, tags, codes, texts));
        }
        if (prompt instanceof Prompt.Logout logout) {
            return Page.of(
                    ContentPolicy.form(logout), (out, tags) -> JtelogoutGenerated.render(out, tags, logout, texts));
        }
        if (prompt instanceof Prompt.SignedOut done) {
            return Page.of(ContentPolicy.text(), (out, tags) -> JtesignedoutGenerated.render(out, tags, done, texts));
        }
        if (prompt instanceof Prompt.Failure failure) {
            return Page.of(ContentPolicy.text(), (out, tags) -> JteerrorGenerated.render(out, tags, failure, texts));
        }
        if (prompt instanceof Prompt.FormPost post) {
            return Page.of(
                    ContentPolicy.post(post), (out, tags) -> JteformpostGenerated.render(out, tags, post, texts));
        }
        throw new IllegalArgumentException("no page for the prompt " + prompt.page());
    }

    private WireResponse consent(Prompt.Consent consent) {
        Optional<ClientCard> client = consent.client().map(ClientCard::of);
        boolean pictured = client.flatMap(ClientCard::logo).isPresent();
        ContentPolicy policy = pictured ? ContentPolicy.form(consent).withPictures() : ContentPolicy.form(consent);
        return Page.of(policy, (out, tags) -> JteconsentGenerated.render(out, tags, consent, client, texts));
    }

    @Override
    public Map<String, WireResponse> assets() {
        return assets;
    }
}
