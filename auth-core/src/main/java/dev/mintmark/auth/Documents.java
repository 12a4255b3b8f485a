package dev.mintmark.auth;

import com.nimbusds.jose.jwk.JWK;
import dev.mintmark.auth.client.ClientAuthMethod;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.GrantType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
        for (Route route : routes) {
            route.endpoint().filter(e -> !e.metadata().isEmpty()).ifPresent(e -> out.put(e.metadata(), url(route)));
        }
        List<String> scopesSupported = scopes.known().literals().values();
        if (!scopesSupported.isEmpty()) out.put("scopes_supported", scopesSupported);
        boolean codes = grants.contains(GrantType.AUTHORIZATION_CODE);
        // RFC 8414 section 2: required, even where a person's approval reaches the server without an authorization
        // endpoint
        out.put("response_types_supported", codes ? List.of("code") : List.of());
        out.put(
                "grant_types_supported",
                grants.stream().map(GrantType::value).sorted().toList());
        List<String> all = methods.stream().map(ClientAuthMethod::name).toList();
        List<String> proving = all.stream().filter(name -> !name.equals("none")).toList();
        out.put("token_endpoint_auth_methods_supported", all);
        if (has(Endpoint.INTROSPECTION)) out.put("introspection_endpoint_auth_methods_supported", proving);
        if (has(Endpoint.REVOCATION)) out.put("revocation_endpoint_auth_methods_supported", all);
        if (codes) {
            out.put("code_challenge_methods_supported", List.of("S256"));
            out.put("authorization_response_iss_parameter_supported", true);
        }
        return out.build();
    }

    private boolean has(Endpoint endpoint) {
        return routes.stream().flatMap(route -> route.endpoint().stream()).anyMatch(endpoint::equals);
    }

    private String url(Route route) {
        return settings.baseUri() + route.path();
    }
}
