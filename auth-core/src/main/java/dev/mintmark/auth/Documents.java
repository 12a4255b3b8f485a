package dev.mintmark.auth;

import com.nimbusds.jose.jwk.JWK;
import dev.mintmark.auth.client.ClientAuthMethod;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.GrantType;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the server publishes of itself: keys (RFC 7517 section 5) and metadata (RFC 8414), no more than is true. */
final class Documents {
    private final Settings settings;
    private final List<Route> routes;
    private final Set<GrantType> grants;
    private final List<ClientAuthMethod> methods;
    private final ScopeRules scopes;
    private final KeyRings keys;
    private final OpenId openId;

    /** What only an OpenID Provider says. */
    record OpenId(List<String> algorithms, List<String> contextClasses, boolean pairwise) {
        List<String> claims() {
            List<String> all =
                    new ArrayList<>(List.of("sub", "iss", "aud", "exp", "iat", "auth_time", "acr", "amr", "sid"));
            all.addAll(StandardClaims.NAMES);
            return all;
        }
    }

    Documents(
            Settings settings,
            List<Route> routes,
            Set<GrantType> grants,
            List<ClientAuthMethod> methods,
            ScopeRules scopes,
            KeyRings keys,
            OpenId openId) {
        this.settings = settings;
        this.routes = routes;
        this.grants = grants;
        this.methods = methods;
        this.scopes = scopes;
        this.keys = keys;
        this.openId = openId;
    }

    Claims jwks(Instant now) {
        List<Object> published = new ArrayList<>();
        for (JWK key : keys.published(now)) published.add(key.toJSONObject());
        return Claims.of("keys", published);
    }

    Claims metadata() {
        Claims.Builder out = Claims.builder().put("issuer", settings.issuer());
        boolean pages = put(out, Endpoint.AUTHORIZATION);
        out.put("authorization_endpoint", settings.authorizationEndpoint().map(URI::toString));
        put(out, Endpoint.TOKEN);
        put(out, Endpoint.JWKS);
        put(out, Endpoint.USERINFO);
        put(out, Endpoint.MFA_CHALLENGE);
        put(out, Endpoint.PAR);
        put(out, Endpoint.END_SESSION);
        put(out, Endpoint.DEVICE_AUTHORIZATION);
        put(out, Endpoint.AUTHORIZATION_CHALLENGE);
        List<String> known = scopes.known().literals().values();
        if (!known.isEmpty()) out.put("scopes_supported", known);
        // RFC 8414 section 2: whoever lists a grant with an authorization endpoint must name one; an empty list is left
        // out
        boolean codes = (pages || settings.authorizationEndpoint().isPresent())
                && grants.contains(GrantType.AUTHORIZATION_CODE);
        if (codes) out.put("response_types_supported", List.of("code"));
        out.put("grant_types_supported", grants(codes));
        List<String> all = methods.stream().map(ClientAuthMethod::name).toList();
        out.put("token_endpoint_auth_methods_supported", all);
        if (put(out, Endpoint.REVOCATION)) out.put("revocation_endpoint_auth_methods_supported", all);
        if (put(out, Endpoint.INTROSPECTION)) {
            List<String> proving =
                    all.stream().filter(name -> !name.equals("none")).toList();
            out.put("introspection_endpoint_auth_methods_supported", proving);
        }
        if (codes) {
            out.put("code_challenge_methods_supported", List.of("S256"));
            out.put("authorization_response_iss_parameter_supported", true);
            openId(out, pages);
        }
        return out.build();
    }

    /** OpenID Connect Discovery section 3; what has another default than it has here is written out. */
    private void openId(Claims.Builder out, boolean pages) {
        out.put(
                        "response_modes_supported",
                        pages ? List.of("query", "fragment", "form_post") : List.of("query", "fragment"))
                .put("subject_types_supported", openId.pairwise() ? List.of("public", "pairwise") : List.of("public"))
                .put("id_token_signing_alg_values_supported", openId.algorithms())
                .put("request_parameter_supported", false)
                .put("request_uri_parameter_supported", false);
        if (!pages) return;
        out.put("userinfo_signing_alg_values_supported", openId.algorithms())
                .put("claims_parameter_supported", true)
                .put("claim_types_supported", List.of("normal"))
                .put("claims_supported", openId.claims())
                .put("acr_values_supported", openId.contextClasses())
                .put("prompt_values_supported", List.of("none", "login", "consent", "select_account"))
                .put("display_values_supported", List.of("page"))
                .put("require_pushed_authorization_requests", false)
                .put("backchannel_logout_supported", true)
                .put("backchannel_logout_session_supported", true);
    }

    private List<String> grants(boolean codes) {
        return grants.stream()
                .filter(grant -> codes || !grant.equals(GrantType.AUTHORIZATION_CODE))
                .map(GrantType::value)
                .sorted()
                .toList();
    }

    private boolean put(Claims.Builder out, Endpoint endpoint) {
        Optional<Route> route = routes.stream()
                .filter(r -> r.endpoint().equals(Optional.of(endpoint)))
                .findFirst();
        out.put(endpoint.metadata(), route.map(this::url));
        return route.isPresent();
    }

    private String url(Route route) {
        return settings.baseUri() + route.path();
    }
}
