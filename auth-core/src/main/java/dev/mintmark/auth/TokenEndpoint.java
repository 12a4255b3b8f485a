package dev.mintmark.auth;

import dev.mintmark.auth.grant.Decision;
import dev.mintmark.auth.grant.Grant;
import dev.mintmark.auth.protocol.Authorization;
import dev.mintmark.auth.protocol.Binding;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.ClientRequest;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Issued;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.protocol.Scopes;
import dev.mintmark.auth.protocol.Subject;
import dev.mintmark.auth.protocol.User;
import dev.mintmark.auth.store.GrantStore;
import dev.mintmark.auth.store.UserStore;
import dev.mintmark.auth.token.TokenPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The token endpoint (RFC 6749 section 3.2), and the one story of how a token comes to be. The client is authenticated before
 * it begins.
 */
final class TokenEndpoint {
    /** How often a request decides anew because another was faster. */
    private static final int ATTEMPTS = 3;

    private final Map<GrantType, Grant> grants;
    private final GrantCall.Parts parts;
    private final TokenMinter minter;
    private final Optional<UserStore> users;

    TokenEndpoint(Map<GrantType, Grant> grants, GrantCall.Parts parts, TokenMinter minter, Optional<UserStore> users) {
        this.grants = grants;
        this.parts = parts;
        this.minter = minter;
        this.users = users;
    }

    /** Tokens, and how they came about. */
    record Outcome(Issued issued, AuthEvent.Type type, GrantType grant) {}

    Outcome exchange(Client client, Binding binding, ClientRequest request) {
        Grant grant = grant(client, request);
        GrantCall call = call(client, binding, request);
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Decision decision = grant.decide(call);
            if (decision instanceof Decision.Refuse refuse) {
                // Told only once it is counted: an answer that no one paid for would be a free guess.
                if (parts.memory().apply(refuse.change()) == GrantStore.Outcome.LOST) continue;
                throw refuse.refusal().thrown();
            }
            Optional<Outcome> outcome =
                    struck(grant.type(), call, unreplayed((Decision.Approve) decision), UnaryOperator.identity());
            if (outcome.isPresent()) return outcome.get();
        }
        throw Refusal.of(ErrorCode.TEMPORARILY_UNAVAILABLE, "lost " + ATTEMPTS + " races")
                .retryAfter(Duration.ofSeconds(1))
                .thrown();
    }

    /** Tokens for what the application decided itself. */
    Outcome issue(Client client, Authorization authorization, UnaryOperator<TokenPlan> last) {
        parts.scopes().check(client, authorization.scope());
        GrantCall call = call(client, authorization.binding(), ClientRequest.of(Params.none()));
        return struck(GrantType.NONE, call, Decision.approve(authorization), last)
                .orElseThrow(() -> new IllegalStateException("nothing else writes rows that are new"));
    }

    /** Tokens that are valid; empty if another request was faster, and all is to be decided anew upon what it wrote. */
    private Optional<Outcome> struck(
            GrantType by, GrantCall call, Decision.Approve approved, UnaryOperator<TokenPlan> last) {
        Optional<User> user = standingUser(approved.authorization().subject());
        Scopes scope = parts.scopes().standing(approved.scope(), call.requested(), call.client(), user);
        TokenMinter.Minted minted = minter.mint(by, call, approved, scope, user, last);
        return switch (parts.memory().apply(minted.change())) {
            case DONE -> Optional.of(new Outcome(minted.issued(), type(approved), by));
            case REVOKED ->
                throw Refusal.of(ErrorCode.INVALID_GRANT, "revoked meanwhile").thrown();
            case LOST -> Optional.empty();
        };
    }

    private Grant grant(Client client, ClientRequest request) {
        GrantType type = new GrantType(request.params().required("grant_type"));
        Grant grant = grants.get(type);
        if (grant == null) {
            throw Refusal.of(ErrorCode.UNSUPPORTED_GRANT_TYPE, "no such grant")
                    .about("grant_type")
                    .thrown();
        }
        if (!grant.isOpenTo(client)) {
            throw Refusal.of(ErrorCode.UNAUTHORIZED_CLIENT, client + " may not use " + type)
                    .thrown();
        }
        return grant;
    }

    private GrantCall call(Client client, Binding binding, ClientRequest request) {
        Instant now = parts.memory().now();
        return new GrantCall(
                client,
                request.params(),
                binding,
                now,
                parts.scopes().requested(client, request.params()),
                parts.scopes().resources(client, request.params()),
                request.remoteAddress(),
                parts);
    }

    /** Only now, when the grant has found everything else right, is a second use a replay. */
    private static Decision.Approve unreplayed(Decision.Approve approved) {
        Optional<Held> redeemed = Held.redeemedBy(approved);
        if (redeemed.filter(held -> held.use() == Held.Use.REPLAY).isPresent()) throw GrantCall.replay(redeemed.get());
        return approved;
    }

    private Optional<User> standingUser(Subject subject) {
        if (users.isEmpty() || !(subject instanceof Subject.OfUser person)) return Optional.empty();
        Optional<User> user = users.get().find(person).filter(User::active);
        if (user.isEmpty())
            throw Refusal.of(ErrorCode.INVALID_GRANT, "the user is gone or disabled")
                    .thrown();
        return user;
    }

    private static AuthEvent.Type type(Decision.Approve approved) {
        Optional<Held> family = Held.redeemedBy(approved).filter(Held::isFamily);
        if (family.isEmpty()) return AuthEvent.Type.ISSUED;
        return family.get().use() == Held.Use.RETRY ? AuthEvent.Type.RETRIED : AuthEvent.Type.REFRESHED;
    }
}
