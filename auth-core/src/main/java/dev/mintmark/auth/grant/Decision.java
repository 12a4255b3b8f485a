package dev.mintmark.auth.grant;

import dev.mintmark.auth.protocol.Authorization;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.protocol.Scopes;
import dev.mintmark.auth.store.Change;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** What a grant decided, with every write it needs. Immutable. */
public sealed interface Decision {
    /**
     * Grants an authorization.
     *
     * @param authorization what is granted; its scope is that of the whole family
     * @return the decision
     */
    static Approve approve(Authorization authorization) {
        return new Approve(
                authorization,
                authorization.scope(),
                authorization.resources(),
                Optional.empty(),
                Change.none(),
                Claims.none());
    }

    /**
     * Refuses.
     *
     * @param refusal why
     * @return the decision
     */
    static Refuse refuse(Refusal refusal) {
        return new Refuse(refusal, Change.none());
    }

    /** Tokens are to be struck. */
    final class Approve implements Decision {
        private final Authorization authorization;
        private final Scopes scope;
        private final List<URI> resources;
        private final Optional<Redeemed> redeemed;
        private final Change change;
        private final Claims extra;

        private Approve(
                Authorization authorization,
                Scopes scope,
                List<URI> resources,
                Optional<Redeemed> redeemed,
                Change change,
                Claims extra) {
            this.authorization = authorization;
            this.scope = scope;
            this.resources = resources;
            this.redeemed = redeemed;
            this.change = change;
            this.extra = extra;
        }

        /**
         * The same with a smaller scope for the tokens of this answer; the family keeps its own.
         *
         * @param issued within the authorization's scope
         * @return the new decision
         */
        public Approve issuing(Scopes issued) {
            return new Approve(authorization, issued, resources, redeemed, change, extra);
        }

        /**
         * The same with fewer resources for the tokens of this answer; the family keeps its own.
         *
         * @param narrowed among the authorization's resources
         * @return the new decision
         */
        public Approve audience(List<URI> narrowed) {
            return new Approve(authorization, scope, narrowed, redeemed, change, extra);
        }

        /**
         * The same, using something up. If it was used before, the engine refuses instead, and ends the family of a
         * {@linkplain dev.mintmark.auth.store.Kind#CODE code} or a {@linkplain dev.mintmark.auth.store.Kind#FAMILY refresh
         * token}. Of any other kind a second use is only refused: it may be an honest client that asks again.
         *
         * @param value what is redeemed
         * @return the new decision
         */
        public Approve redeeming(Redeemed value) {
            return new Approve(authorization, scope, resources, Optional.of(value), change, extra);
        }

        /**
         * The same with further writes, made together with the engine's own.
         *
         * @param more the writes
         * @return the new decision
         */
        public Approve also(Change more) {
            return new Approve(authorization, scope, resources, redeemed, change.and(more), extra);
        }

        /**
         * The same with further members of the answer.
         *
         * @param members beside those of RFC 6749 section 5.1
         * @return the new decision
         */
        public Approve tell(Claims members) {
            return new Approve(authorization, scope, resources, redeemed, change, extra.with(members));
        }

        /**
         * What is granted.
         *
         * @return the authorization
         */
        public Authorization authorization() {
            return authorization;
        }

        /**
         * The scope of the tokens of this answer.
         *
         * @return within the authorization's scope
         */
        public Scopes scope() {
            return scope;
        }

        /**
         * The resources that the tokens of this answer are for.
         *
         * @return among the authorization's resources
         */
        public List<URI> resources() {
            return resources;
        }

        /**
         * What is used up.
         *
         * @return what is redeemed, if anything is
         */
        public Optional<Redeemed> redeemed() {
            return redeemed;
        }

        /**
         * Further writes.
         *
         * @return the change
         */
        public Change change() {
            return change;
        }

        /**
         * Further members of the answer.
         *
         * @return the members
         */
        public Claims extra() {
            return extra;
        }
    }

    /** The request is refused. */
    final class Refuse implements Decision {
        private final Refusal refusal;
        private final Change change;

        private Refuse(Refusal refusal, Change change) {
            this.refusal = refusal;
            this.change = change;
        }

        /**
         * The same with writes that a refusal needs: a counted attempt, a poll that came too soon.
         *
         * @param more the writes
         * @return the new decision
         */
        public Refuse also(Change more) {
            return new Refuse(refusal, change.and(more));
        }

        /**
         * Why.
         *
         * @return the refusal
         */
        public Refusal refusal() {
            return refusal;
        }

        /**
         * The writes.
         *
         * @return the change
         */
        public Change change() {
            return change;
        }
    }
}
