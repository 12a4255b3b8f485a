package dev.mintmark.auth.bank;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.access.BearerTokenAccessDeniedHandler;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/**
 * The resource server's half of RFC 9470: a sign-in of this class, and not older than this; or a challenge that says so.
 *
 * @param acr the authentication context class
 * @param maxAge how long ago people may have signed in
 */
record StepUp(String acr, Duration maxAge)
        implements AuthorizationManager<RequestAuthorizationContext>, AccessDeniedHandler {
    private static final AuthorizationResult ENOUGH = new AuthorizationDecision(true);
    private static final AuthorizationResult INSUFFICIENT = new AuthorizationDecision(false);
    private static final AccessDeniedHandler FORBIDDEN = new BearerTokenAccessDeniedHandler();

    @Override
    public AuthorizationResult authorize(
            Supplier<? extends @Nullable Authentication> caller, RequestAuthorizationContext request) {
        boolean enough = caller.get() instanceof JwtAuthenticationToken bearer && isMetBy(bearer.getToken());
        return enough ? ENOUGH : INSUFFICIENT;
    }

    private boolean isMetBy(Jwt token) {
        Instant signedIn = token.getClaimAsInstant("auth_time");
        return acr.equals(token.getClaimAsString("acr"))
                && signedIn != null
                && signedIn.isAfter(Instant.now().minus(maxAge));
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException, ServletException {
        boolean insufficient =
                denied instanceof AuthorizationDeniedException how && how.getAuthorizationResult() == INSUFFICIENT;
        if (insufficient) {
            // RFC 9470 section 3
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            response.setHeader(
                    HttpHeaders.WWW_AUTHENTICATE,
                    "Bearer error=\"insufficient_user_authentication\", acr_values=\"%s\", max_age=\"%d\""
                            .formatted(acr, maxAge.toSeconds()));
        } else {
            FORBIDDEN.handle(request, response, denied);
        }
    }
}
