package dev.mintmark.auth;

import dev.mintmark.auth.grant.AuthorizationCodeGrant;
import dev.mintmark.auth.protocol.Approved;
import dev.mintmark.auth.protocol.Authentication;
import dev.mintmark.auth.protocol.Authorization;
import dev.mintmark.auth.protocol.AuthorizationRequest;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.Pkce;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.protocol.Refused;
import dev.mintmark.auth.store.ClientStore;
import dev.mintmark.auth.store.GrantStore;
import dev.mintmark.auth.store.Kind;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** From a person's approval to a code (RFC 6749 section 4.1.2, RFC 7636 section 4.4, RFC 9207). */
final class CodeIssuer {
    private static final int LONGEST_NONCE = 512;
    private static final Pattern LOOPBACK_PORT =
            Pattern.compile("^(http://(?:127\\.0\\.0\\.1|localhost|\\[::1])):[0-9]{1,5}(?=/|\\?|$)");

    private final Settings settings;
    private final ClientStore clients;
    private final ScopeRules scopes;
    private final EngineMemory memory;

    CodeIssuer(Settings settings, ClientStore clients, ScopeRules scopes, EngineMemory memory) {
        this.settings = settings;
        this.clients = clients;
        this.scopes = scopes;
        this.memory = memory;
    }

    /** A code, and the authorization it stands for. */
    record Coded(Approved approved, Authorization authorization) {}

    Coded approve(AuthorizationRequest request, Authentication authentication) {
        Params params = request.params();
        Client client = client(params);
        URI redirect = redirectUri(client, params.get("redirect_uri"));
        responseType(client, params);
        unsupported(params);
        signedInRecently(params, authentication);
        Optional<String> challenge = challenge(client, params);
        Authorization authorization = Authorization.ofUser(client.clientId(), authentication)
                .scope(scopes.orDefault(scopes.requested(client, params), client))
                .resources(scopes.resources(client, params))
                .nonce(nonce(params))
                .family(memory.newFamily())
                .build();

        String code = memory.newHandle();
        Claims details = Claims.builder()
                .put(AuthorizationCodeGrant.REDIRECT_URI, redirect.toString())
                .put(
                        AuthorizationCodeGrant.REDIRECT_URI_SENT,
                        params.get("redirect_uri").isPresent())
                .put(AuthorizationCodeGrant.CODE_CHALLENGE, challenge)
                .build();
        GrantStore.Outcome outcome =
                memory.apply(memory.remember(Kind.CODE, code, authorization, details, settings.codeLifetime()));
        // A revocation of this very moment covers the sign-in, too.
        if (outcome != GrantStore.Outcome.DONE) throw refused(ErrorCode.ACCESS_DENIED, "revoked meanwhile");
        return new Coded(new Approved(code, response(redirect, code, params.get("state"))), authorization);
    }

    private Client client(Params params) {
        return ClientAuthenticator.find(clients, params.required("client_id"))
                .orElseThrow(
                        () -> Refusal.badParameter("client_id", "is unknown").thrown());
    }

    private static URI redirectUri(Client client, Optional<String> sent) {
        // RFC 6749 section 3.1.2.3: with several registered, or none named, there is nothing to fall back on
        if (sent.isEmpty() && client.redirectUris().size() == 1)
            return client.redirectUris().get(0);
        // RFC 9700 section 2.1: exact string matching, but for the port of a native app that listens on a loopback
        // address
        return sent.filter(to -> client.redirectUris().stream()
                        .anyMatch(uri -> uri.toString().equals(to)
                                || (client.isPublic()
                                        && portless(uri.toString()).equals(portless(to)))))
                .map(URI::create)
                .orElseThrow(() -> Refusal.badParameter("redirect_uri", "is not registered")
                        .thrown());
    }

    /** RFC 8252 section 7.3: the operating system chooses the port, when the app asks. */
    private static String portless(String uri) {
        return LOOPBACK_PORT.matcher(uri).replaceFirst("$1");
    }

    private static void responseType(Client client, Params params) {
        if (!params.required("response_type").equals("code")) {
            throw refused(ErrorCode.UNSUPPORTED_RESPONSE_TYPE, "response_type is not code");
        }
        if (!client.grantTypes().contains(GrantType.AUTHORIZATION_CODE)) {
            throw refused(ErrorCode.UNAUTHORIZED_CLIENT, client + " may not use authorization_code");
        }
    }

    /** A nonce is kept with the code and comes back in the ID token: no longer than any honest one. */
    private static Optional<String> nonce(Params params) {
        Optional<String> nonce = params.get("nonce");
        if (nonce.filter(text -> text.length() > LONGEST_NONCE).isPresent()) {
            throw Refusal.badParameter("nonce", "is too long").thrown();
        }
        return nonce;
    }

    /** OpenID Connect Core section 3.1.2.6: what would change the request's meaning is refused, not passed over. */
    private static void unsupported(Params params) {
        for (String name : List.of("request", "request_uri")) {
            if (params.get(name).isPresent()) throw refused(new ErrorCode(name + "_not_supported"), name + " was sent");
        }
        if (params.get("response_mode").filter(mode -> !mode.equals("query")).isPresent()) {
            throw Refusal.badParameter("response_mode", "must be query").thrown();
        }
    }

    /** OpenID Connect Core section 3.1.2.1: max_age, judged by the sign-in that the application vouches for. */
    private void signedInRecently(Params params, Authentication authentication) {
        Optional<String> maxAge = params.get("max_age");
        if (maxAge.isEmpty()) return;
        if (!maxAge.get().matches("[0-9]{1,9}"))
            throw Refusal.badParameter("max_age", "is no number").thrown();
        Instant oldest = memory.now().minusSeconds(Long.parseLong(maxAge.get()));
        if (authentication.time().isBefore(oldest)) {
            throw refused(new ErrorCode("login_required"), "the sign-in is older than max_age");
        }
    }

    private Optional<String> challenge(Client client, Params params) {
        Optional<String> challenge = params.get("code_challenge");
        if (challenge.isEmpty()) {
            // RFC 9700 section 2.1.1: public clients MUST use PKCE; the others too, unless this server was told
            // otherwise
            if (settings.pkceRequired() || client.isPublic()) {
                throw Refusal.badParameter("code_challenge", "is required").thrown();
            }
            return challenge;
        }
        // RFC 7636 section 4.3: an absent method means plain, which this server does not know
        if (!params.get("code_challenge_method").equals(Optional.of("S256"))) {
            throw Refusal.badParameter("code_challenge_method", "must be S256").thrown();
        }
        if (!Pkce.isChallenge(challenge.get())) {
            throw Refusal.badParameter("code_challenge", "is no SHA-256 in base64url")
                    .thrown();
        }
        return challenge;
    }

    private URI response(URI redirect, String code, Optional<String> state) {
        StringBuilder uri = new StringBuilder(redirect.toString());
        uri.append(redirect.getRawQuery() == null ? '?' : '&').append("code=").append(code);
        state.ifPresent(value -> uri.append("&state=").append(encode(value)));
        // RFC 9207 section 2
        return URI.create(uri.append("&iss=").append(encode(settings.issuer())).toString());
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static Refused refused(ErrorCode code, String reason) {
        return Refusal.of(code, reason).thrown();
    }
}
