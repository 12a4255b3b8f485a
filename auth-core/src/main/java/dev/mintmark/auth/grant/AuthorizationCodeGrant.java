package dev.mintmark.auth.grant;

import dev.mintmark.auth.protocol.Authorization;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Pkce;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.protocol.Refused;
import dev.mintmark.auth.store.Kind;
import java.util.Optional;

/** A person allowed it, and the client brings the code and the verifier (RFC 6749 section 4.1.3, RFC 7636 section 4.6). */
public final class AuthorizationCodeGrant implements Grant {
    /** In the details of a code: where the response went. */
    public static final String REDIRECT_URI = "redirect_uri";

    /** In the details of a code: whether the request named that URI, or left it to the registration. */
    public static final String REDIRECT_URI_SENT = "redirect_uri_sent";

    /** In the details of a code: the S256 challenge, if there was one. */
    public static final String CODE_CHALLENGE = "code_challenge";

    /** The grant. */
    public AuthorizationCodeGrant() {}

    @Override
    public GrantType type() {
        return GrantType.AUTHORIZATION_CODE;
    }

    @Override
    public Decision decide(GrantRequest request) {
        Redeemed code = request.redeem(Kind.CODE, "code");
        checkRedirectUri(code.details(), request.params().get("redirect_uri"));
        checkVerifier(code.details(), request.params().get("code_verifier"));
        Authorization granted = code.authorization();
        return Decision.approve(granted)
                .audience(Resources.narrowed(granted, request))
                .redeeming(code);
    }

    private static void checkRedirectUri(Claims details, Optional<String> sent) {
        // RFC 6749 section 4.1.3: if it was in the authorization request, it MUST be identical here
        if (sent.isEmpty() && !details.isTrue(REDIRECT_URI_SENT)) return;
        if (!sent.equals(details.string(REDIRECT_URI))) throw wrong("redirect_uri does not match");
    }

    private static void checkVerifier(Claims details, Optional<String> verifier) {
        Optional<String> challenge = details.string(CODE_CHALLENGE);
        // RFC 9700 section 2.1.1: a verifier without a challenge MUST be refused, or PKCE could be stripped
        if (challenge.isEmpty() && verifier.isPresent()) throw wrong("a code_verifier without a code_challenge");
        if (challenge.isEmpty()) return;
        if (verifier.isEmpty()) throw wrong("code_verifier is missing");
        if (!Pkce.s256(verifier.get(), challenge.get())) throw wrong("code_verifier does not match");
    }

    private static Refused wrong(String how) {
        return Refusal.of(ErrorCode.INVALID_GRANT, how).saying(how).thrown();
    }
}
