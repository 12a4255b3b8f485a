package dev.mintmark.auth.profile;

import dev.mintmark.auth.AuthorizationServer;
import dev.mintmark.auth.protocol.Authentication;
import dev.mintmark.auth.protocol.Authorization;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.Issued;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.protocol.Scopes;
import dev.mintmark.auth.wire.WireDialect;
import dev.mintmark.auth.wire.WireRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whom a SlashID server serves, and what only that organisation's backend may do, by its API key. */
final class SlashIdOrganization {
    private static final int SHORTEST_KEY = 20;
    private static final int LONGEST_CLAIMS = 4096;

    /** What a caller may not say of a person: registered claims, and those that SlashID calls reserved. */
    private static final Set<String> RESERVED = Set.of(
            "iss",
            "act",
            "cnf",
            "client_id",
            "scope",
            "fid",
            "sub",
            "aud",
            "exp",
            "nbf",
            "iat",
            "jti",
            "auth_time",
            "nonce",
            "acr",
            "amr",
            "azp",
            "at_hash",
            "sid",
            "authenticated_methods",
            "groups",
            "groups_claim_name",
            "oid",
            "org_id");

    private final String id;
    private final byte[] key;

    SlashIdOrganization(String id, String apiKey) {
        if (apiKey.length() < SHORTEST_KEY) {
            throw new IllegalArgumentException("an API key has at least " + SHORTEST_KEY + " characters");
        }
        this.id = id;
        this.key = utf8(apiKey);
    }

    String id() {
        return id;
    }

    Claims mint(WireRequest request, AuthorizationServer server) {
        authenticate(request);
        Claims body = WireDialect.jsonObject(request);
        Authorization authorization = Authorization.ofUser(
                        text(body, "client_id"), authentication(text(body, "person_id"), server))
                .scope(scopes(body))
                .build();
        Claims custom = custom(body);
        Issued issued = server.issueWithoutGrant(
                        authorization,
                        plan -> plan.id(token -> token.claims(token.claims().with(custom))
                                .claim("authenticated_methods", List.of("api"))))
                .issued();
        Claims result = Claims.builder()
                .put("access_token", issued.accessToken())
                .put("id_token", issued.idToken())
                .put("refresh_token", issued.refreshToken())
                .build();
        return Claims.of("result", result);
    }

    private void authenticate(WireRequest request) {
        boolean known = same(request.header("SlashID-API-Key"), key) && same(request.header("SlashID-OrgID"), utf8(id));
        if (known) return;
        throw Refusal.of(ErrorCode.INVALID_TOKEN, "the API key or the organisation is wrong")
                .thrown();
    }

    private static boolean same(Optional<String> presented, byte[] expected) {
        return MessageDigest.isEqual(utf8(presented.orElse("")), expected);
    }

    private static Authentication authentication(String person, AuthorizationServer server) {
        try {
            return Authentication.of(person, server.now());
        } catch (IllegalArgumentException e) {
            throw Refusal.badParameter("person_id", "is no person's").thrown();
        }
    }

    private static String text(Claims body, String name) {
        return body.string(name)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() ->
                        Refusal.badParameter(name, "is missing, or no string").thrown());
    }

    private static Scopes scopes(Claims body) {
        Object given = body.get("scopes").orElse(List.of());
        boolean plain = given instanceof List<?> list
                && list.stream().allMatch(scope -> scope instanceof String text && !text.contains(" "));
        if (!plain) throw malformed("scopes");
        return Scopes.parse(String.join(" ", body.strings("scopes")));
    }

    private static Claims custom(Claims body) {
        Claims custom = body.object("custom_claims");
        boolean other = body.get("custom_claims")
                .filter(given -> !(given instanceof Map) && !(given instanceof Claims))
                .isPresent();
        boolean sound = !other
                && custom.names().stream().noneMatch(RESERVED::contains)
                && custom.toJson().length() <= LONGEST_CLAIMS;
        if (!sound) throw malformed("custom_claims");
        return custom;
    }

    private static RuntimeException malformed(String name) {
        return Refusal.badParameter(name, "is malformed").thrown();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
