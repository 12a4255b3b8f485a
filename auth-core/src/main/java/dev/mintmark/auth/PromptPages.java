package dev.mintmark.auth;

import dev.mintmark.auth.AuthorizationEndpoint.Ask;
import dev.mintmark.auth.AuthorizationRules.Wanted;
import dev.mintmark.auth.Sessions.Session;
import dev.mintmark.auth.Visits.Visit;
import dev.mintmark.auth.prompt.Prompt;
import dev.mintmark.auth.protocol.MfaFactor;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.Scopes;
import dev.mintmark.auth.protocol.Subject;
import dev.mintmark.auth.protocol.User;
import dev.mintmark.auth.user.People.Sent;
import dev.mintmark.auth.wire.WireRequest;
import dev.mintmark.auth.wire.WireResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** From what must be asked to the prompt that asks it. */
final class PromptPages {
    /** In forms: the visit, and of whom a consent is asked. */
    static final String INTERACTION = "interaction";

    static final String PERSON = "person";

    /** In the form below a recovery code: which one was shown. */
    static final String SHOWN = "shown";

    static final String FACTOR = "factor";

    private final BrowserParts parts;

    PromptPages(BrowserParts parts) {
        this.parts = parts;
    }

    WireResponse page(Ask ask, Wanted wanted, Optional<Session> session, Visit visit, WireRequest request) {
        return parts.parlour().show(prompt(ask, wanted, session, visit, request), request);
    }

    private Prompt prompt(Ask ask, Wanted wanted, Optional<Session> session, Visit visit, WireRequest request) {
        return switch (ask) {
            case SIGN_IN ->
                new Prompts.SignIn(
                        sheet(wanted, visit), visit.handle(), notBefore(wanted, visit), username(wanted, visit));
            case SECOND_FACTOR -> secondFactor(wanted, session, visit, request);
            case RECOVERY_CODE -> recoveryCode(wanted, visit, visit.told().orElseThrow());
            case CONSENT -> consent(wanted, session.orElseThrow(), visit);
            case NOTHING -> throw new IllegalStateException("nothing is asked");
        };
    }

    private Prompts.Sheet sheet(Wanted wanted, Visit visit) {
        return sheet(wanted, visit, Map.of(INTERACTION, visit.handle()));
    }

    private Prompts.Sheet sheet(Wanted wanted, Visit visit, Map<String, String> hidden) {
        return new Prompts.Sheet(
                parts.parlour().frame(wanted.params()),
                parts.parlour().interactionPath(),
                hidden,
                wanted.target().leadsTo(),
                wanted.target().asking(),
                visit.problem());
    }

    private Optional<Instant> notBefore(Wanted wanted, Visit visit) {
        return wanted.isForAnew()
                ? Optional.of(visit.began())
                : wanted.maxAge().map(age -> parts.memory().now().minus(age));
    }

    private Optional<String> username(Wanted wanted, Visit visit) {
        return visit.username().or(() -> wanted.params().get("login_hint"));
    }

    private Prompt consent(Wanted wanted, Session session, Visit visit) {
        Scopes scope = parts.scope(wanted, session.user());
        // A form that was drawn for one person is not another's answer.
        Map<String, String> hidden = Map.of(
                INTERACTION,
                visit.handle(),
                PERSON,
                visit.markOf(session.subject().value()));
        return new Prompts.Consent(
                sheet(wanted, visit, hidden),
                session.person(),
                scope,
                wanted.claims().beside(scope),
                wanted.target() instanceof Target.Device device ? Optional.of(device.userCode()) : Optional.empty());
    }

    /** Only the form below it says that it was seen: another one, sent twice, would make away with it unseen. */
    private Prompt recoveryCode(Wanted wanted, Visit visit, String code) {
        Map<String, String> hidden = Map.of(INTERACTION, visit.handle(), SHOWN, visit.markOf(code));
        return new Prompts.RecoveryCode(sheet(wanted, visit, hidden), code);
    }

    private Prompt secondFactor(Wanted wanted, Optional<Session> session, Visit visit, WireRequest request) {
        List<MfaFactor> usable = parts.people().usable(who(session, visit));
        Optional<Sent> sent = visit.sent();
        String factor = chosen(usable, sent, request);
        Optional<String> address = sent.filter(last -> last.factor().type().equals(factor))
                .map(last -> hidden(last.factor().address()));
        List<String> others = usable.stream()
                .map(MfaFactor::type)
                .filter(type -> !type.equals(factor))
                .toList();
        String link = parts.parlour().at(visit.handle()) + "&" + FACTOR + "=";
        Prompts.Sheet sheet = sheet(wanted, visit, Map.of(INTERACTION, visit.handle(), FACTOR, factor));
        return new Prompts.SecondFactor(sheet, factor, address, others, link);
    }

    /** Whose factor is asked for: whoever just knew the password, or whoever is signed in. */
    User who(Optional<Session> session, Visit visit) {
        Optional<Subject> subject =
                parts.pending(visit).<Subject>map(first -> first.subject()).or(() -> session.map(Session::subject));
        return parts.people().standing(subject.orElseThrow());
    }

    /** What was asked for by the link, else what was sent last, else the first that needs no sending. */
    private static String chosen(List<MfaFactor> usable, Optional<Sent> sent, WireRequest request) {
        Set<String> types = Set.copyOf(usable.stream().map(MfaFactor::type).toList());
        byte[] query = request.query().orElse("").getBytes(StandardCharsets.UTF_8);
        Optional<String> linked = Params.ofForm(query, Set.of(FACTOR)).get(FACTOR);
        return linked.filter(types::contains)
                .or(() -> sent.map(last -> last.factor().type()).filter(types::contains))
                .or(() -> usable.stream()
                        .filter(factor -> !(factor instanceof MfaFactor.SentCode))
                        .map(MfaFactor::type)
                        .findFirst())
                .orElseGet(() -> usable.get(0).type());
    }

    /** Enough for its owner: a***@example.com, ***42. */
    static String hidden(String address) {
        int at = address.lastIndexOf('@');
        if (at > 0) return address.substring(0, address.offsetByCodePoints(0, 1)) + "***" + address.substring(at);
        return "***" + address.substring(Math.max(0, address.length() - 2));
    }
}
