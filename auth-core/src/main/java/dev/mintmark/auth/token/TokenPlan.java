package dev.mintmark.auth.token;

import java.util.function.UnaryOperator;

/**
 * The tokens of one answer. All three are always described, so that a policy can switch one on or off; those that are
 * {@linkplain TokenSpec#issued() issued} are struck. The access token always is. Immutable.
 */
public final class TokenPlan {
    private final TokenSpec access;
    private final TokenSpec id;
    private final TokenSpec refresh;
    private final boolean idIsAccess;

    private TokenPlan(TokenSpec access, TokenSpec id, TokenSpec refresh, boolean idIsAccess) {
        this.access = access;
        this.id = id;
        this.refresh = refresh;
        this.idIsAccess = idIsAccess;
    }

    /**
     * A plan.
     *
     * @param access the access token
     * @param id the ID token
     * @param refresh the refresh token; a handle unless its format is JWT
     * @return the plan
     */
    public static TokenPlan of(TokenSpec access, TokenSpec id, TokenSpec refresh) {
        return new TokenPlan(access, id, refresh, false);
    }

    /**
     * The plan with its access token changed.
     *
     * @param change what to change
     * @return the new plan
     */
    public TokenPlan access(UnaryOperator<TokenSpec> change) {
        return new TokenPlan(change.apply(access), id, refresh, idIsAccess);
    }

    /**
     * The plan with its ID token changed.
     *
     * @param change what to change
     * @return the new plan
     */
    public TokenPlan id(UnaryOperator<TokenSpec> change) {
        return new TokenPlan(access, change.apply(id), refresh, idIsAccess);
    }

    /**
     * The plan with its refresh token changed.
     *
     * @param change what to change
     * @return the new plan
     */
    public TokenPlan refresh(UnaryOperator<TokenSpec> change) {
        return new TokenPlan(access, id, change.apply(refresh), idIsAccess);
    }

    /**
     * The plan with the access token once more in the ID token's place. Some APIs do so, though the two are for different
     * readers; whoever takes such a token for proof of a sign-in takes any access token for it.
     *
     * @return the new plan
     */
    public TokenPlan insecurelyRepeatAccessTokenAsIdToken() {
        return new TokenPlan(access, id.issued(true), refresh, true);
    }

    /**
     * The access token.
     *
     * @return its specification
     */
    public TokenSpec access() {
        return access;
    }

    /**
     * The ID token.
     *
     * @return its specification
     */
    public TokenSpec id() {
        return id;
    }

    /**
     * The refresh token.
     *
     * @return its specification
     */
    public TokenSpec refresh() {
        return refresh;
    }

    /**
     * Whether the ID token is the access token once more.
     *
     * @return whether it is
     */
    public boolean idIsAccess() {
        return idIsAccess;
    }
}
