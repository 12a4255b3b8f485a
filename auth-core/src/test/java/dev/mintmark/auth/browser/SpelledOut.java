package dev.mintmark.auth.browser;

import dev.mintmark.auth.prompt.Interaction;
import dev.mintmark.auth.prompt.Problem;
import dev.mintmark.auth.prompt.Prompt;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.wire.WireRequest;
import dev.mintmark.auth.wire.WireResponse;
import java.util.List;

/** Pages that say in JSON what they were asked to draw. */
public final class SpelledOut implements Interaction {
    @Override
    public WireResponse ask(Prompt prompt, WireRequest request) {
        Claims.Builder out = Claims.builder().put("page", prompt.page()).put("locales", prompt.locales());
        if (prompt instanceof Prompt.Form form) {
            out.put("action", form.action())
                    .put("hidden", Claims.of(form.hidden()))
                    .put("leads_to", form.leadsTo())
                    .put("client", form.client().map(Client::clientId))
                    .put("problem", form.problem().map(problem -> problem.code().value()))
                    .put("wait", form.problem().flatMap(Problem::retryAfter).map(wait -> wait.toSeconds()));
        }
        if (prompt instanceof Prompt.SignIn login) {
            out.put("interaction", login.interaction())
                    .put("not_before", login.notBefore().map(moment -> moment.toString()))
                    .put("username", login.username());
        }
        if (prompt instanceof Prompt.SecondFactor mfa) {
            out.put("factor", mfa.factor())
                    .put("sent_to", mfa.sentTo())
                    .put("others", mfa.others())
                    .put("link", mfa.linkTo(""));
        }
        if (prompt instanceof Prompt.RecoveryCode fresh) out.put("code", fresh.code());
        if (prompt instanceof Prompt.Consent consent) {
            out.put("person", consent.person())
                    .put("scope", consent.scope().toString())
                    .put("claims", consent.claims())
                    .put("user_code", consent.userCode());
        }
        if (prompt instanceof Prompt.DeviceDone done) out.put("allowed", done.allowed());
        if (prompt instanceof Prompt.Device device) out.put("user_code", device.userCode());
        if (prompt instanceof Prompt.Account account) {
            out.put("person", account.person())
                    .put("sessions", entries(account.sessions()))
                    .put("clients", entries(account.clients()))
                    .put("devices", entries(account.devices()))
                    .put("has_authenticator", account.hasAuthenticator())
                    .put("enrolment", account.enrolment());
        }
        if (prompt instanceof Prompt.Enrolment enrolment) {
            out.put("uri", enrolment.uri()).put("key", enrolment.key());
        }
        if (prompt instanceof Prompt.RecoveryCodes codes) {
            out.put("codes", codes.codes()).put("next", codes.next());
        }
        if (prompt instanceof Prompt.Logout logout) out.put("person", logout.person());
        if (prompt instanceof Prompt.SignedOut done) out.put("staying", done.staying());
        if (prompt instanceof Prompt.Failure failure) {
            out.put("error", failure.error().value()).put("description", failure.description());
        }
        if (prompt instanceof Prompt.FormPost post) {
            out.put("target", post.target().toString())
                    .put("fields", Claims.of(post.fields()))
                    .put("leads_to", post.leadsTo());
        }
        return WireResponse.json(200, out.build());
    }

    private static List<Claims> entries(List<Prompt.Account.Entry> entries) {
        return entries.stream()
                .map(entry -> Claims.of("name", entry.name())
                        .with("title", entry.title())
                        .with("details", entry.details())
                        .with("current", entry.current()))
                .toList();
    }
}
