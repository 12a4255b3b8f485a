package dev.mintmark.auth;

import dev.mintmark.auth.AuthorizationRules.Wanted;
import dev.mintmark.auth.grant.AuthorizationCodeGrant;
import dev.mintmark.auth.protocol.Approved;
import dev.mintmark.auth.protocol.Authentication;
import dev.mintmark.auth.protocol.Authorization;
import dev.mintmark.auth.protocol.AuthorizationRequest;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.store.Change;
import dev.mintmark.auth.store.GrantStore;
import dev.mintmark.auth.store.Kind;
import java.util.Map;

/** From a person's approval to a code (RFC 6749 section 4.1.2, RFC 7636 section 4.4). */
final class CodeIssuer {
    private final Settings settings;
    private final AuthorizationRules rules;
    private final EngineMemory memory;
    private final Redirects redirects;
    private final Subjects subjects;

    CodeIssuer(
            Settings settings, AuthorizationRules rules, EngineMemory memory, Redirects redirects, Subjects subjects) {
        this.settings = settings;
        this.rules = rules;
        this.memory = memory;
        this.redirects = redirects;
        this.subjects = subjects;
    }

    /** A code, what it stands for, and what must be written for it to be valid. */
    record Code(String value, Authorization authorization, Change change) {
        /** Hides the code. */
        @Override
        public String toString() {
            return "a code";
        }
    }

    Code code(Wanted wanted, Authorization.Builder granted) {
        Authorization authorization = granted.resources(wanted.resources())
                .nonce(wanted.params().get("nonce"))
                .claimsRequest(wanted.claims().toClaims())
                .family(memory.newFamily())
                .build();
        String code = memory.newHandle();
        Claims.Builder details = Claims.builder().put(AuthorizationCodeGrant.CODE_CHALLENGE, wanted.challenge());
        if (wanted.target() instanceof Target.Redirect target) {
            details.put(AuthorizationCodeGrant.REDIRECT_URI, target.uri().toString())
                    .put(AuthorizationCodeGrant.REDIRECT_URI_SENT, target.named());
        }
        return new Code(
                code,
                authorization,
                memory.remember(Kind.CODE, code, authorization, details.build(), settings.codeLifetime()));
    }

    /** A code, and the authorization it stands for. */
    record Coded(Approved approved, Authorization authorization) {}

    /** For an application that asked the person itself. */
    Coded approve(AuthorizationRequest request, Authentication authentication) {
        Params params = request.params();
        Target.Redirect target = rules.target(params);
        Wanted wanted = rules.wanted(target, params);
        if (target.mode() == ResponseMode.FORM_POST) {
            throw Refusal.badParameter("response_mode", "form_post is not possible here")
                    .thrown();
        }
        // OpenID Connect Core section 3.1.2.1: judged by the sign-in that the application vouches for
        boolean old = wanted.maxAge()
                .filter(age -> authentication.time().isBefore(memory.now().minus(age)))
                .isPresent();
        if (!wanted.isAbout(subjects.of(wanted.client(), authentication.subject()))) {
            throw Refusal.of(ErrorCode.LOGIN_REQUIRED, "somebody else signed in")
                    .thrown();
        }
        if (old)
            throw Refusal.of(ErrorCode.LOGIN_REQUIRED, "the sign-in is older than max_age")
                    .thrown();
        Code code = code(
                wanted,
                Authorization.ofUser(wanted.client().clientId(), authentication).scope(wanted.scope()));
        // A revocation of this very moment covers the sign-in, too.
        if (memory.apply(code.change()) != GrantStore.Outcome.DONE) {
            throw Refusal.of(ErrorCode.ACCESS_DENIED, "revoked meanwhile").thrown();
        }
        Approved approved = new Approved(code.value(), redirects.uri(target, Map.of("code", code.value())));
        return new Coded(approved, code.authorization());
    }
}
