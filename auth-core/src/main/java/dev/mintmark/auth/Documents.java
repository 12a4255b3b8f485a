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

    Documents(
            Settings settings,
            List<Route> routes,
            Set<GrantType> grants,
            List<ClientAuthMethod> methods,
            ScopeRules scopes,
            KeyRings keys) {
        this.settings = settings;
        this.routes = routes;
        this.grants = grants;
        this.methods = methods;
        this.scopes = scopes;
        this.keys = keys;
    }

    Claims jwks(Instant now) {
        List<Object> published = new ArrayList<>();
        for (JWK key : keys.published(now)) published.add(key.toJSONObject());
        return Claims.of("keys", published);
    }

    Claims metadata() {
        Claims.Builder out = Claims.builder().put("issuer", settings.issuer());
        out.put("authorization_endpoint", settings.authorizationEndpoint().map(URI::toString));
        put(out, Endpoint.TOKEN);
        put(out, Endpoint.JWKS);
        put(out, Endpoint.USERINFO);
        put(out, Endpoint.MFA_CHALLENGE);
        List<String> known = scopes.known().literals().values();
        if (!known.isEmpty()) out.put("scopes_supported", known);
        // RFC 8414 section 2: whoever lists a grant with an authorization endpoint must name one; an empty list is left
        // out
        boolean codes = settings.authorizationEndpoint().isPresent() && grants.contains(GrantType.AUTHORIZATION_CODE);
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
        }
        return out.build();
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
