package dev.mintmark.auth.bank;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The client's half of RFC 9470: a challenge becomes a link, and the link's parameters those of the authorization request. Anyone
 * can make such a link; whether the sign-in is enough is for the resource server to see.
 */
final class StepUpRequests implements OAuth2AuthorizationRequestResolver {
    private static final List<String> NAMES = List.of("acr_values", "max_age");
    private static final Pattern WANTED = Pattern.compile("\\b(" + String.join("|", NAMES) + ")=\"([^\"]*)\"");

    private final OAuth2AuthorizationRequestResolver standard;

    StepUpRequests(ClientRegistrationRepository clients) {
        this.standard = new DefaultOAuth2AuthorizationRequestResolver(clients);
    }

    /** Where a challenge sends the browser; empty if another sign-in would not help. */
    static Optional<String> link(String challenge) {
        if (!challenge.contains("error=\"insufficient_user_authentication\"")) return Optional.empty();
        UriComponentsBuilder link = UriComponentsBuilder.fromPath("/oauth2/authorization/mintmark");
        WANTED.matcher(challenge).results().forEach(wanted -> link.queryParam(wanted.group(1), wanted.group(2)));
        return Optional.of(link.encode().toUriString());
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest link) {
        return wanting(link, standard.resolve(link));
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest link, String registration) {
        return wanting(link, standard.resolve(link, registration));
    }

    private static @Nullable OAuth2AuthorizationRequest wanting(
            HttpServletRequest link, @Nullable OAuth2AuthorizationRequest request) {
        if (request == null) return null;
        OAuth2AuthorizationRequest.Builder more = OAuth2AuthorizationRequest.from(request);
        for (String name : NAMES) {
            String value = link.getParameter(name);
            if (value != null)
                more.additionalParameters(parameters -> parameters.put(name, Objects.requireNonNull(value)));
        }
        return more.build();
    }
}
