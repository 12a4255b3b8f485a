package dev.mintmark.auth.grant;

import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.user.People.Sent;
import java.util.Optional;

/**
 * The second factor is a code that was sent to the person: {@code mfa_token}, the {@code oob_code} that names the sending, and the
 * {@code binding_code} that the person received.
 */
public final class MfaOobGrant implements Grant {
    private final boolean named;

    /** The grant. */
    public MfaOobGrant() {
        this(true);
    }

    private MfaOobGrant(boolean named) {
        this.named = named;
    }

    /**
     * The grant for APIs that do not name sendings: the code that was sent last is meant.
     *
     * @return a grant without {@code oob_code}
     */
    public static MfaOobGrant ofTheLatest() {
        return new MfaOobGrant(false);
    }

    @Override
    public GrantType type() {
        return GrantType.MFA_OOB;
    }

    @Override
    public boolean isOpenTo(Client client) {
        return SecondStep.isOpenTo(client, type());
    }

    @Override
    public Decision decide(GrantRequest request) {
        Optional<String> name = named ? Optional.of(request.params().required("oob_code")) : Optional.empty();
        String code = request.params().required("binding_code");
        SecondStep step = SecondStep.of(request);
        Claims details = step.challenge().details();
        Optional<String> type = request.params().get("authenticator_id");
        if (type.isPresent()
                && step.user().factors().stream().noneMatch(f -> type.get().equals(f.type()))) {
            return Decision.refuse(Refusal.of(ErrorCode.UNSUPPORTED_CHALLENGE_TYPE, "the person has no such factor")
                    .saying("no second factor of this type"));
        }
        if (name.isPresent() && !name.equals(details.string("oob_code"))) {
            return Decision.refuse(Refusal.of(ErrorCode.INVALID_GRANT, "oob_code is not that of the last sending"));
        }
        Optional<Sent> sent = Sent.of(details.object("sent"))
                .filter(last ->
                        type.isEmpty() || type.get().equals(last.factor().type()));
        return step.passed(request, request.people().sentCode(step.user(), step.name(), sent, code));
    }
}
