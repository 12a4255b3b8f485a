package dev.mintmark.auth;

import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.protocol.Scope;
import dev.mintmark.auth.protocol.User;
import java.util.List;
import java.util.Map;

/** What a person let a client know (OpenID Connect Core section 5.3), by the scopes of section 5.4. */
final class UserInfoEndpoint implements BearerEndpoint {
    private static final Map<String, List<String>> CLAIMS = Map.of(
            "profile",
            List.of(
                    "name",
                    "family_name",
                    "given_name",
                    "middle_name",
                    "nickname",
                    "preferred_username",
                    "profile",
                    "picture",
                    "website",
                    "gender",
                    "birthdate",
                    "zoneinfo",
                    "locale",
                    "updated_at"),
            "email",
            List.of("email", "email_verified"),
            "address",
            List.of("address"),
            "phone",
            List.of("phone_number", "phone_number_verified"));

    private final List<String> audiences;

    UserInfoEndpoint(Settings settings) {
        this.audiences = List.of(settings.issuer(), settings.audience());
    }

    @Override
    public Claims call(BearerCall call) {
        if (!isForUs(call.token())) {
            throw Refusal.of(ErrorCode.INVALID_TOKEN, "the access token is for another resource")
                    .thrown();
        }
        // OpenID Connect Core section 5.3: the access token comes of an authentication request
        if (!call.token().scope().contains(Scope.OPENID)) throw BearerTokens.insufficient("openid");
        User user = call.user().orElseThrow(() -> BearerTokens.insufficient("openid"));
        Claims.Builder out = Claims.builder()
                .put(
                        "sub",
                        call.token()
                                .claims()
                                .string("sub")
                                .orElse(user.subject().value()));
        for (Scope scope : call.token().scope()) {
            for (String name : CLAIMS.getOrDefault(scope.value(), List.of()))
                out.put(name, user.claims().get(name));
        }
        return out.build();
    }

    /** RFC 9068 section 4: or any resource could ask here with the tokens it was sent. Some APIs write the client there. */
    private boolean isForUs(VerifiedToken token) {
        List<String> audience = token.claims().strings("aud");
        return audience.isEmpty()
                || audience.stream().anyMatch(audiences::contains)
                || token.client().filter(audience::contains).isPresent();
    }
}
