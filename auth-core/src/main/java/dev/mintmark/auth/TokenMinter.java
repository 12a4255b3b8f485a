package dev.mintmark.auth;

import dev.mintmark.auth.grant.Decision;
import dev.mintmark.auth.keys.Jwt;
import dev.mintmark.auth.keys.SigningKey;
import dev.mintmark.auth.protocol.Actor;
import dev.mintmark.auth.protocol.Authentication;
import dev.mintmark.auth.protocol.Authorization;
import dev.mintmark.auth.protocol.Binding;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.FamilyId;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Issued;
import dev.mintmark.auth.protocol.Scope;
import dev.mintmark.auth.protocol.Scopes;
import dev.mintmark.auth.protocol.SigningAlgorithm;
import dev.mintmark.auth.protocol.Subject;
import dev.mintmark.auth.protocol.TokenKind;
import dev.mintmark.auth.protocol.User;
import dev.mintmark.auth.store.Change;
import dev.mintmark.auth.store.Kind;
import dev.mintmark.auth.token.TokenFormat;
import dev.mintmark.auth.token.TokenPlan;
import dev.mintmark.auth.token.TokenPolicy;
import dev.mintmark.auth.token.TokenSpec;
import dev.mintmark.auth.token.TokenSpec.Stamp;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Plans the tokens of an answer, strikes them, and says what must be written for them to be valid. Writes nothing itself. */
final class TokenMinter {
    /** In access tokens: what UserInfo is to tell beside the scope. */
    static final String USERINFO_CLAIMS = "userinfo_claims";

    /** In access tokens of clients that know a person by another name: the person, for the server alone. */
    static final String PERSON = "local_sub";

    private final Settings settings;
    private final ScopeRules scopes;
    private final TokenPolicy policy;
    private final KeyRings keys;
    private final EngineMemory memory;
    private final Families families;
    private final boolean refreshable;
    private final Subjects subjects;

    TokenMinter(
            Settings settings,
            TokenPolicy policy,
            KeyRings keys,
            GrantCall.Parts parts,
            Subjects subjects,
            boolean refreshable) {
        this.settings = settings;
        this.policy = policy;
        this.keys = keys;
        this.scopes = parts.scopes();
        this.memory = parts.memory();
        this.families = parts.families();
        this.refreshable = refreshable;
        this.subjects = subjects;
    }

    /** Tokens, and the one change that makes them valid. */
    record Minted(Issued issued, Change change) {}

    Minted mint(
            GrantType by,
            GrantCall call,
            Decision.Approve approved,
            Scopes scope,
            Optional<User> user,
            UnaryOperator<TokenPlan> last) {
        Instant now = call.now();
        Authorization asked = inFamily(approved.authorization());
        Authorization unnamed = token(asked, call, approved, scope);
        TokenPlan first = last.apply(plan(by, call, unnamed, user));
        // A policy may give a client acting for itself a refresh token: then all its tokens name a family, too.
        boolean begins = first.refresh().issued() && asked.family().isEmpty();
        Authorization granted = begins ? withFamily(asked) : asked;
        Authorization token = begins ? token(granted, call, approved, scope) : unnamed;
        TokenPlan plan = begins ? last.apply(plan(by, call, token, user)) : first;

        Optional<Held> redeemed = Held.redeemedBy(approved);
        Instant born = redeemed.map(held -> held.stored().lineage().born()).orElse(now);
        Struck access = access(plan.access(), token, born, now);
        Optional<String> id =
                plan.id().issued() ? Optional.of(id(plan, call.client(), access.text(), now)) : Optional.empty();
        Optional<Families.Turn> turn = turn(redeemed, granted, plan.refresh(), born, call);
        Optional<String> refresh = turn.map(t -> refresh(plan.refresh(), t, now));

        Change change = approved.change().and(access.change());
        if (turn.isPresent()) change = change.and(turn.get().change());
        if (redeemed.isPresent() && !redeemed.get().isFamily()) {
            change = change.and(
                    memory.spend(redeemed.get(), granted.family(), spentUntil(redeemed.get(), plan.access(), now)));
        }
        Authorization bound = granted.toBuilder().binding(call.binding()).build();
        Issued issued = Issued.of(access.text(), plan.access().lifetime(), bound, scope)
                .withRefreshToken(refresh)
                .withIdToken(id)
                .withExtra(approved.extra());
        return new Minted(issued, change);
    }

    private TokenPlan plan(GrantType by, GrantCall call, Authorization token, Optional<User> user) {
        return policy.plan(by, call.client(), token, user, standard(by, call.client(), token, user));
    }

    /** What was granted, as far as this answer's tokens go, and bound to the key that this request proved. */
    private static Authorization token(Authorization granted, GrantCall call, Decision.Approve approved, Scopes scope) {
        return granted.toBuilder()
                .scope(scope)
                .resources(approved.resources())
                .binding(call.binding())
                .build();
    }

    /**
     * What a family remembers. RFC 9449 section 5, RFC 8705 section 4: a public client's refresh tokens are bound to its key; a
     * confidential client's are bound to the client already, and its key may change.
     */
    private static Authorization lasting(Authorization granted, GrantCall call) {
        Binding binding = call.client().isPublic() ? call.binding() : Binding.NONE;
        return granted.toBuilder().binding(binding).build();
    }

    /** Whatever a person granted can be revoked as one. */
    private Authorization inFamily(Authorization authorization) {
        boolean person = authorization.subject() instanceof Subject.OfUser;
        return person && authorization.family().isEmpty() ? withFamily(authorization) : authorization;
    }

    private Authorization withFamily(Authorization authorization) {
        return authorization.toBuilder().family(memory.newFamily()).build();
    }

    /** What was redeemed is remembered as spent for as long as what it gave may live, so that a replay is noticed. */
    private static Instant spentUntil(Held redeemed, TokenSpec access, Instant now) {
        Instant end = now.plus(access.lifetime());
        return end.isAfter(redeemed.expires()) ? end : redeemed.expires();
    }

    private Optional<Families.Turn> turn(
            Optional<Held> redeemed, Authorization granted, TokenSpec spec, Instant born, GrantCall call) {
        Instant now = call.now();
        if (redeemed.isPresent() && redeemed.get().isFamily()) return Optional.of(families.next(redeemed.get(), now));
        if (!spec.issued()) return Optional.empty();
        return Optional.of(families.start(lasting(granted, call), within(spec).lifetime(), born, now));
    }

    private String refresh(TokenSpec spec, Families.Turn turn, Instant now) {
        if (spec.format() == TokenFormat.OPAQUE) return turn.handle();
        TokenSpec living = spec.lifetime(Duration.between(now, turn.expires()));
        return sign(living, stamped(living, now, turn.handle(), ""), now);
    }

    private String id(TokenPlan plan, Client client, String accessToken, Instant now) {
        if (plan.idIsAccess()) return accessToken;
        Claims claims = stamped(within(plan.id()), now, memory.newId(), accessToken);
        return plan.id().algorithm() == SigningAlgorithm.HS256 && IdTokenHints.signsWithItsSecret(client)
                ? Jwt.sign(IdTokenHints.key(client), plan.id().typ(), false, claims)
                : sign(plan.id(), claims, now);
    }

    /** A token, and what must be written for it. */
    private record Struck(String text, Change change) {}

    private Struck access(TokenSpec spec, Authorization token, Instant born, Instant now) {
        Claims claims = stamped(within(spec), now, memory.newId(), "");
        if (spec.format() == TokenFormat.JWT) return new Struck(sign(spec, claims, now), Change.none());
        String handle = memory.newHandle();
        return new Struck(handle, memory.remember(Kind.ACCESS_TOKEN, handle, token, claims, spec.lifetime(), born));
    }

    /** Revocations are remembered for the longest lifetime there is: nothing may outlive it. */
    private TokenSpec within(TokenSpec spec) {
        Duration longest = settings.longest(spec.kind());
        if (spec.lifetime().compareTo(longest) <= 0) return spec;
        throw new IllegalStateException(
                "a token is planned for " + spec.lifetime() + ", and the longest allowed is " + longest);
    }

    private String sign(TokenSpec spec, Claims claims, Instant now) {
        SigningKey key = keys.signer(spec.kind(), spec.algorithm(), now);
        return Jwt.sign(key, spec.typ(), spec.keyNamed(), claims);
    }

    private static Claims stamped(TokenSpec spec, Instant now, String id, String accessToken) {
        Claims.Builder claims = Claims.builder().putAll(spec.claims());
        long seconds = now.getEpochSecond();
        for (Stamp stamp : spec.stamps()) {
            switch (stamp) {
                case ISSUED_AT -> claims.put("iat", seconds);
                case NOT_BEFORE -> claims.put("nbf", seconds);
                case EXPIRES -> claims.put("exp", seconds + spec.lifetime().toSeconds());
                case ID ->
                    claims.put(
                            "jti",
                            spec.kind() == TokenKind.REFRESH
                                    ? id
                                    : spec.tokenId().apply(id));
                case ACCESS_TOKEN_HASH -> claims.put("at_hash", leftHalf(accessToken, spec.algorithm()));
            }
        }
        return claims.build();
    }

    // OpenID Connect Core section 3.1.3.6
    private static String leftHalf(String token, SigningAlgorithm algorithm) {
        try {
            byte[] hash =
                    MessageDigest.getInstance(algorithm.digest()).digest(token.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, hash.length / 2));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + algorithm.digest(), e);
        }
    }

    /** What the RFCs plan. */
    private TokenPlan standard(GrantType by, Client client, Authorization a, Optional<User> user) {
        boolean person = a.subject() instanceof Subject.OfUser;
        TokenSpec access = TokenSpec.of(
                        TokenKind.ACCESS,
                        settings.accessFormat(),
                        settings.algorithm(TokenKind.ACCESS),
                        registered(client.accessTokenLifetime(), settings.accessLifetime(), TokenKind.ACCESS))
                .typ(Optional.of("at+jwt"))
                .claims(accessClaims(client, a))
                .stamped(Stamp.ISSUED_AT, Stamp.EXPIRES, Stamp.ID);
        TokenSpec id = TokenSpec.of(
                        TokenKind.ID,
                        TokenFormat.JWT,
                        client.idTokenSignedResponseAlg().orElse(settings.algorithm(TokenKind.ID)),
                        settings.idLifetime())
                .typ(Optional.of("JWT"))
                .claims(idClaims(by, client, a, user))
                .stamped(Stamp.ISSUED_AT, Stamp.EXPIRES, Stamp.ACCESS_TOKEN_HASH)
                .issued(a.authentication().isPresent() && a.scope().contains(Scope.OPENID));
        TokenSpec refresh = TokenSpec.of(
                        TokenKind.REFRESH,
                        TokenFormat.OPAQUE,
                        settings.algorithm(TokenKind.REFRESH),
                        registered(client.refreshTokenLifetime(), settings.refreshLifetime(), TokenKind.REFRESH))
                .typ(Optional.of("rt+jwt"))
                .claims(refreshClaims(client, a))
                .stamped(Stamp.ISSUED_AT, Stamp.EXPIRES, Stamp.ID)
                .issued(person && refreshable && client.grantTypes().contains(GrantType.REFRESH_TOKEN));
        return TokenPlan.of(access, id, refresh);
    }

    /** A client's own lifetime, as far as the server lets it. */
    private Duration registered(Optional<Duration> own, Duration standard, TokenKind kind) {
        return own.filter(lifetime -> lifetime.compareTo(settings.longest(kind)) <= 0)
                .orElse(own.isPresent() ? settings.longest(kind) : standard);
    }

    /** RFC 9068 section 2.2, and {@code fid}, by which a token is known to belong to a revoked family. */
    private Claims accessClaims(Client client, Authorization a) {
        Claims.Builder claims = Claims.builder()
                .put("iss", settings.issuer())
                .put("sub", subjects.of(client, a.subject()))
                .put("aud", audience(a))
                .put("client_id", a.client());
        if (!a.scope().isEmpty()) claims.put("scope", a.scope().toString());
        claims.putAll(scopes.parameters(a.scope()));
        a.authentication().ifPresent(authentication -> signIn(claims, authentication));
        claims.put("act", a.actor().map(Actor::toClaims));
        if (!a.binding().confirmation().isEmpty()) claims.put("cnf", a.binding().confirmation());
        if (!a.claimsRequest().isEmpty()) {
            Claims asked = RequestedClaims.of(a.claimsRequest()).userInfo();
            if (!asked.isEmpty()) claims.put(USERINFO_CLAIMS, asked);
        }
        if (subjects.isPairwise(client, a.subject())) {
            String sub = subjects.of(client, a.subject());
            claims.put(PERSON, memory.sealed(PERSON + sub, a.subject().value()));
        }
        return claims.put("fid", a.family().map(FamilyId::value)).build();
    }

    /** OpenID Connect Core section 2; section 12.2 leaves the nonce out after a refresh. */
    private Claims idClaims(GrantType by, Client client, Authorization a, Optional<User> user) {
        Claims.Builder claims = Claims.builder()
                .put("iss", settings.issuer())
                .put("sub", subjects.of(client, a.subject()))
                .put("aud", a.client());
        if (user.isPresent() && !a.claimsRequest().isEmpty()) {
            Claims asked = RequestedClaims.of(a.claimsRequest()).idToken();
            claims.putAll(RequestedClaims.answer(asked, user.get().claims()));
        }
        a.authentication().ifPresent(authentication -> signIn(claims, authentication));
        if (!by.equals(GrantType.REFRESH_TOKEN)) claims.put("nonce", a.nonce());
        return claims.build();
    }

    /** What else is signed for a client, by the keys of its ID tokens: UserInfo, logout tokens. */
    String signed(Client client, SigningAlgorithm algorithm, String typ, Claims claims) {
        boolean own = algorithm == SigningAlgorithm.HS256 && client.rawSecret().isPresent();
        SigningKey key = own ? IdTokenHints.key(client) : keys.signer(TokenKind.ID, algorithm, memory.now());
        return Jwt.sign(key, Optional.of(typ), !own, claims);
    }

    private Claims refreshClaims(Client client, Authorization a) {
        Claims.Builder claims = Claims.builder()
                .put("iss", settings.issuer())
                .put("sub", subjects.of(client, a.subject()))
                .put("aud", settings.issuer())
                .put("client_id", a.client());
        if (!a.scope().isEmpty()) claims.put("scope", a.scope().toString());
        return claims.build();
    }

    private static void signIn(Claims.Builder claims, Authentication authentication) {
        claims.put("auth_time", authentication.time().getEpochSecond())
                .put("acr", authentication.acr())
                .put("sid", authentication.session());
        if (!authentication.amr().isEmpty()) claims.put("amr", authentication.amr());
    }

    private Object audience(Authorization a) {
        List<String> resources = a.resources().stream().map(URI::toString).toList();
        return resources.isEmpty() ? settings.audience() : resources.size() == 1 ? resources.get(0) : resources;
    }
}
