package dev.mintmark.auth.protocol;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What a client was authorized to do, for whom, and how that came to be: the one noun that codes, challenges, device codes
 * and refresh families remember, and from which tokens are struck. Immutable.
 */
public final class Authorization {
    private final String client;
    private final Subject subject;
    private final Optional<Actor> actor;
    private final Scopes scope;
    private final List<URI> resources;
    private final Claims claimsRequest;
    private final Optional<Authentication> authentication;
    private final Optional<String> nonce;
    private final Binding binding;
    private final Optional<FamilyId> family;

    private Authorization(Builder b) {
        this.client = b.client;
        this.subject = b.subject;
        this.actor = b.actor;
        this.scope = b.scope;
        this.resources = List.copyOf(b.resources);
        this.claimsRequest = b.claimsRequest;
        this.authentication = b.authentication;
        this.nonce = b.nonce;
        this.binding = b.binding;
        this.family = b.family;
    }

    /**
     * A client acting for itself (RFC 6749 section 4.4).
     *
     * @param client the client's identifier
     * @return a builder
     */
    public static Builder ofClient(String client) {
        return new Builder(client, new Subject.OfClient(client));
    }

    /**
     * A client acting for a person who signed in.
     *
     * @param client the client's identifier
     * @param authentication how the person signed in
     * @return a builder
     */
    public static Builder ofUser(String client, Authentication authentication) {
        Builder builder = new Builder(client, authentication.subject());
        builder.authentication = Optional.of(authentication);
        return builder;
    }

    /**
     * A client acting for a person whose sign-in is not known, such as the subject of a token exchange.
     *
     * @param client the client's identifier
     * @param subject the person
     * @return a builder
     */
    public static Builder ofUser(String client, Subject.OfUser subject) {
        return new Builder(client, subject);
    }

    /**
     * This authorization, to be changed.
     *
     * @return a builder that starts from it
     */
    public Builder toBuilder() {
        Builder builder = new Builder(client, subject);
        builder.actor = actor;
        builder.scope = scope;
        builder.resources = resources;
        builder.claimsRequest = claimsRequest;
        builder.authentication = authentication;
        builder.nonce = nonce;
        builder.binding = binding;
        builder.family = family;
        return builder;
    }

    /**
     * The client.
     *
     * @return {@code client_id}
     */
    public String client() {
        return client;
    }

    /**
     * Whom the client acts for.
     *
     * @return the subject
     */
    public Subject subject() {
        return subject;
    }

    /**
     * Who acts for the subject, where that is not the subject.
     *
     * @return the actor
     */
    public Optional<Actor> actor() {
        return actor;
    }

    /**
     * The scope granted.
     *
     * @return the scopes
     */
    public Scopes scope() {
        return scope;
    }

    /**
     * The resources the grant is for (RFC 8707).
     *
     * @return absolute URIs; empty for the server's default audience
     */
    public List<URI> resources() {
        return resources;
    }

    /**
     * The claims asked for one by one (OpenID Connect Core section 5.5).
     *
     * @return the {@code claims} parameter; empty if there was none
     */
    public Claims claimsRequest() {
        return claimsRequest;
    }

    /**
     * How the person signed in.
     *
     * @return empty for a client acting for itself
     */
    public Optional<Authentication> authentication() {
        return authentication;
    }

    /**
     * The nonce of the authorization request.
     *
     * @return {@code nonce}, if one was sent
     */
    public Optional<String> nonce() {
        return nonce;
    }

    /**
     * To whose key the grant is bound.
     *
     * @return the binding; {@link Binding#NONE} for bearers
     */
    public Binding binding() {
        return binding;
    }

    /**
     * The family of tokens that descends from this authorization.
     *
     * @return empty for a client acting for itself
     */
    public Optional<FamilyId> family() {
        return family;
    }

    /** Changes an authorization. Not thread-safe. */
    public static final class Builder {
        private final String client;
        private final Subject subject;
        private Optional<Actor> actor = Optional.empty();
        private Scopes scope = Scopes.none();
        private List<URI> resources = List.of();
        private Claims claimsRequest = Claims.none();
        private Optional<Authentication> authentication = Optional.empty();
        private Optional<String> nonce = Optional.empty();
        private Binding binding = Binding.NONE;
        private Optional<FamilyId> family = Optional.empty();

        private Builder(String client, Subject subject) {
            this.client = client;
            this.subject = subject;
        }

        /**
         * Sets who acts for the subject.
         *
         * @param value the actor
         * @return this
         */
        public Builder actor(Actor value) {
            actor = Optional.of(value);
            return this;
        }

        /**
         * Sets how the person signed in.
         *
         * @param value the authentication, of the same person
         * @return this
         * @throws IllegalArgumentException if it is another's
         */
        public Builder authentication(Authentication value) {
            if (!value.subject().equals(subject)) throw new IllegalArgumentException("another person's authentication");
            authentication = Optional.of(value);
            return this;
        }

        /**
         * Sets the scope granted.
         *
         * @param value the scopes
         * @return this
         */
        public Builder scope(Scopes value) {
            scope = value;
            return this;
        }

        /**
         * Sets the resources.
         *
         * @param value absolute URIs
         * @return this
         */
        public Builder resources(List<URI> value) {
            resources = value;
            return this;
        }

        /**
         * Sets the claims asked for.
         *
         * @param value the {@code claims} parameter
         * @return this
         */
        public Builder claimsRequest(Claims value) {
            claimsRequest = value;
            return this;
        }

        /**
         * Sets the nonce.
         *
         * @param value the nonce, if there is one
         * @return this
         */
        public Builder nonce(Optional<String> value) {
            nonce = value;
            return this;
        }

        /**
         * Sets to whose key the grant is bound.
         *
         * @param value the binding
         * @return this
         */
        public Builder binding(Binding value) {
            binding = value;
            return this;
        }

        /**
         * Sets the family.
         *
         * @param value the family
         * @return this
         */
        public Builder family(FamilyId value) {
            family = Optional.of(value);
            return this;
        }

        /**
         * The authorization.
         *
         * @return an immutable value
         */
        public Authorization build() {
            return new Authorization(this);
        }
    }
}
