package dev.mintmark.auth;

import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Scope;
import dev.mintmark.auth.protocol.Scopes;
import java.util.List;
import java.util.Map;

/** What a client may be told of a person: the claims of OpenID Connect Core section 5.1, by the scopes of section 5.4. */
final class StandardClaims {
    private static final Map<String, List<String>> BY_SCOPE = Map.of(
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

    /** In the order of section 5.1. */
    static final List<String> NAMES = List.of("profile", "email", "address", "phone").stream()
            .flatMap(scope -> ofScope(scope).stream())
            .toList();

    private StandardClaims() {}

    private static List<String> ofScope(String scope) {
        return BY_SCOPE.getOrDefault(scope, List.of());
    }

    /** What a scope lets be known. */
    static List<String> of(Scope scope) {
        return ofScope(scope.value());
    }

    static boolean covered(String name, Scopes scope) {
        for (Scope granted : scope) {
            if (of(granted).contains(name)) return true;
        }
        return false;
    }

    static Claims of(Scopes scope, Claims person) {
        Claims.Builder out = Claims.builder();
        for (Scope granted : scope) of(granted).forEach(name -> out.put(name, person.get(name)));
        return out.build();
    }
}
