package dev.mintmark.auth.protocol;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A registered client, by the metadata names of RFC 7591 section 2. Immutable.
 */
public final class Client {
    private static final Set<String> SCRIPTABLE = Set.of("javascript", "data", "vbscript", "file", "blob", "about");
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    private final String clientId;
    private final Optional<String> clientName;
    private final List<Secret> secrets;
    private final String tokenEndpointAuthMethod;
    private final Set<GrantType> grantTypes;
    private final List<URI> redirectUris;
    private final ScopePatterns scope;
    private final List<URI> resources;
    private final Optional<SigningAlgorithm> idTokenSignedResponseAlg;
    private final Optional<Duration> accessTokenLifetime;
    private final Optional<Duration> refreshTokenLifetime;
    private final List<URI> postLogoutRedirectUris;
    private final boolean requireConsent;
    private final Optional<String> sector;
    private final Optional<SigningAlgorithm> userinfoSignedResponseAlg;
    private final Optional<Duration> defaultMaxAge;
    private final List<String> defaultAcrValues;
    private final boolean requirePushedAuthorizationRequests;
    private final boolean firstParty;
    private final Optional<URI> backchannelLogoutUri;
    private final Optional<String> rawSecret;
    private final Claims metadata;

    private Client(Builder b) {
        this.clientId = b.clientId;
        this.clientName = b.clientName;
        this.secrets = List.copyOf(b.secrets);
        this.tokenEndpointAuthMethod = b.tokenEndpointAuthMethod;
        this.grantTypes = Set.copyOf(b.grantTypes);
        this.redirectUris = List.copyOf(b.redirectUris);
        this.scope = b.scope;
        this.resources = List.copyOf(b.resources);
        this.idTokenSignedResponseAlg = b.idTokenSignedResponseAlg;
        this.accessTokenLifetime = b.accessTokenLifetime;
        this.refreshTokenLifetime = b.refreshTokenLifetime;
        this.postLogoutRedirectUris = List.copyOf(b.postLogoutRedirectUris);
        this.requireConsent = b.requireConsent;
        this.sector = b.sector;
        this.userinfoSignedResponseAlg = b.userinfoSignedResponseAlg;
        this.defaultMaxAge = b.defaultMaxAge;
        this.defaultAcrValues = List.copyOf(b.defaultAcrValues);
        this.requirePushedAuthorizationRequests = b.requirePushedAuthorizationRequests;
        this.firstParty = b.firstParty;
        this.backchannelLogoutUri = b.backchannelLogoutUri;
        this.rawSecret = b.rawSecret;
        this.metadata = b.metadata;
    }

    /**
     * A client with this identifier.
     *
     * @param clientId {@code client_id}: printable ASCII, 1 to 255 characters
     * @return a builder with RFC 7591's defaults: {@code client_secret_basic}, {@code authorization_code}
     */
    public static Builder of(String clientId) {
        return new Builder(clientId);
    }

    /**
     * Whether a client can be called so (RFC 6749 appendix A.1), and every store can keep it.
     *
     * @param text any text
     * @return whether it is 1 to 255 characters of printable ASCII
     */
    public static boolean isClientId(String text) {
        return !text.isEmpty() && text.length() <= Text.LONGEST && text.chars().allMatch(c -> c >= 0x20 && c <= 0x7E);
    }

    /**
     * Whether the client cannot keep a secret (RFC 6749 section 2.1).
     *
     * @return whether its method is {@code none}
     */
    public boolean isPublic() {
        return tokenEndpointAuthMethod.equals("none");
    }

    /**
     * The client's identifier.
     *
     * @return {@code client_id}
     */
    public String clientId() {
        return clientId;
    }

    /**
     * The client's name for people.
     *
     * @return {@code client_name}, if it has one
     */
    public Optional<String> clientName() {
        return clientName;
    }

    /**
     * The client's secrets; more than one while a secret is being replaced.
     *
     * @return what checks them; empty if it has none
     */
    public List<Secret> secrets() {
        return secrets;
    }

    /**
     * The one method by which the client proves who it is.
     *
     * @return {@code token_endpoint_auth_method}
     */
    public String tokenEndpointAuthMethod() {
        return tokenEndpointAuthMethod;
    }

    /**
     * The grants the client may use.
     *
     * @return {@code grant_types}
     */
    public Set<GrantType> grantTypes() {
        return grantTypes;
    }

    /**
     * Where the client may be redirected to.
     *
     * @return {@code redirect_uris}
     */
    public List<URI> redirectUris() {
        return redirectUris;
    }

    /**
     * What the client may ask for: scopes, patterns such as {@code customer.*}, single values such as {@code customer.42}.
     *
     * @return {@code scope}
     */
    public ScopePatterns scope() {
        return scope;
    }

    /**
     * The resources the client may name beside the server's own (RFC 8707).
     *
     * @return absolute URIs
     */
    public List<URI> resources() {
        return resources;
    }

    /**
     * How the client's ID tokens are signed.
     *
     * @return {@code id_token_signed_response_alg}; empty for the server's default
     */
    public Optional<SigningAlgorithm> idTokenSignedResponseAlg() {
        return idTokenSignedResponseAlg;
    }

    /**
     * How long the client's access tokens live.
     *
     * @return empty for the server's default
     */
    public Optional<Duration> accessTokenLifetime() {
        return accessTokenLifetime;
    }

    /**
     * How long the client's refresh families live.
     *
     * @return empty for the server's default
     */
    public Optional<Duration> refreshTokenLifetime() {
        return refreshTokenLifetime;
    }

    /**
     * Where a person who signed out may be sent back to (OpenID Connect RP-Initiated Logout section 3.1).
     *
     * @return {@code post_logout_redirect_uris}
     */
    public List<URI> postLogoutRedirectUris() {
        return postLogoutRedirectUris;
    }

    /**
     * Whether people are asked before the client is given anything.
     *
     * @return false for a client that speaks for the same house as the server
     */
    public boolean requireConsent() {
        return requireConsent;
    }

    /**
     * Whose clients know a person by the same pairwise identifier (OpenID Connect Core section 8.1).
     *
     * @return the host that names the sector; empty unless {@code subject_type} is pairwise
     */
    public Optional<String> sector() {
        return sector;
    }

    /**
     * How the client's UserInfo is signed (OpenID Connect Core section 5.3.2).
     *
     * @return {@code userinfo_signed_response_alg}; empty for plain JSON
     */
    public Optional<SigningAlgorithm> userinfoSignedResponseAlg() {
        return userinfoSignedResponseAlg;
    }

    /**
     * How old a sign-in may be when the request does not say.
     *
     * @return {@code default_max_age}, if registered
     */
    public Optional<Duration> defaultMaxAge() {
        return defaultMaxAge;
    }

    /**
     * Which context classes are wanted when the request does not say.
     *
     * @return {@code default_acr_values}
     */
    public List<String> defaultAcrValues() {
        return defaultAcrValues;
    }

    /**
     * Whether the client must push its authorization requests (RFC 9126 section 6).
     *
     * @return {@code require_pushed_authorization_requests}
     */
    public boolean requirePushedAuthorizationRequests() {
        return requirePushedAuthorizationRequests;
    }

    /**
     * Whether the client is of the same house as the server, and may ask people for their passwords itself.
     *
     * @return whether it may use the authorization challenge endpoint
     */
    public boolean firstParty() {
        return firstParty;
    }

    /**
     * Where the client is told that a person signed out (OpenID Connect Back-Channel Logout section 2.2).
     *
     * @return {@code backchannel_logout_uri}, if registered
     */
    public Optional<URI> backchannelLogoutUri() {
        return backchannelLogoutUri;
    }

    /**
     * The client's secret in the clear.
     *
     * @return only where {@link Builder#rawSecret} kept it
     */
    public Optional<String> rawSecret() {
        return rawSecret;
    }

    /**
     * What else was registered, for policies and profiles.
     *
     * @return further members
     */
    public Claims metadata() {
        return metadata;
    }

    @Override
    public String toString() {
        return clientId;
    }

    /** Registers a client. Not thread-safe. */
    public static final class Builder {
        private final String clientId;
        private Optional<String> clientName = Optional.empty();
        private final List<Secret> secrets = new ArrayList<>();
        private String tokenEndpointAuthMethod = "client_secret_basic";
        private Set<GrantType> grantTypes = Set.of(GrantType.AUTHORIZATION_CODE);
        private List<URI> redirectUris = List.of();
        private ScopePatterns scope = ScopePatterns.none();
        private List<URI> resources = List.of();
        private Optional<SigningAlgorithm> idTokenSignedResponseAlg = Optional.empty();
        private Optional<Duration> accessTokenLifetime = Optional.empty();
        private Optional<Duration> refreshTokenLifetime = Optional.empty();
        private List<URI> postLogoutRedirectUris = List.of();
        private boolean requireConsent = true;
        private Optional<URI> sectorIdentifier = Optional.empty();
        private Optional<SigningAlgorithm> userinfoSignedResponseAlg = Optional.empty();
        private Optional<Duration> defaultMaxAge = Optional.empty();
        private List<String> defaultAcrValues = List.of();
        private boolean requirePushedAuthorizationRequests = false;
        private boolean firstParty;
        private Optional<URI> backchannelLogoutUri = Optional.empty();
        private Optional<String> rawSecret = Optional.empty();
        private boolean pairwise;
        private Optional<String> sector = Optional.empty();
        private Claims metadata = Claims.none();
        private boolean insecureRedirects;
        private boolean insecureLogout;

        private Builder(String clientId) {
            this.clientId = clientId;
        }

        /**
         * Sets {@code client_name}.
         *
         * @param value the name people see
         * @return this
         */
        public Builder clientName(String value) {
            clientName = Optional.of(value);
            return this;
        }

        /**
         * Adds a secret; a second one is valid beside the first, so that it can be replaced without an outage.
         *
         * @param value what checks the secret
         * @return this
         */
        public Builder secret(Secret value) {
            secrets.add(value);
            return this;
        }

        /**
         * Sets {@code token_endpoint_auth_method}.
         *
         * @param value a method the server knows
         * @return this
         */
        public Builder tokenEndpointAuthMethod(String value) {
            tokenEndpointAuthMethod = value;
            return this;
        }

        /**
         * Sets {@code grant_types}.
         *
         * @param values the grants the client may use
         * @return this
         */
        public Builder grantTypes(GrantType... values) {
            grantTypes = new LinkedHashSet<>(List.of(values));
            return this;
        }

        /**
         * Sets {@code redirect_uris}.
         *
         * @param values absolute URIs, compared character by character; of a public client's on a loopback address any port
         *     will do (RFC 8252 section 7.3)
         * @return this
         */
        public Builder redirectUris(URI... values) {
            redirectUris = List.of(values);
            return this;
        }

        /**
         * Allows redirect URIs of plain http that are not on a loopback address, though RFC 9700 section 2.6 forbids them. Whoever
         * listens on the way reads every code.
         *
         * @return this
         */
        public Builder allowInsecureHttpRedirects() {
            insecureRedirects = true;
            return this;
        }

        /**
         * Sets {@code scope}.
         *
         * @param patterns what the client may ask for, separated by spaces
         * @return this
         * @throws IllegalArgumentException if a pattern is malformed
         */
        public Builder scope(String patterns) {
            scope = ScopePatterns.parse(patterns);
            return this;
        }

        /**
         * Sets the resources the client may name beside the server's own.
         *
         * @param values absolute URIs without a fragment
         * @return this
         */
        public Builder resources(URI... values) {
            resources = List.of(values);
            return this;
        }

        /**
         * Sets {@code id_token_signed_response_alg}.
         *
         * @param value the algorithm
         * @return this
         */
        public Builder idTokenSignedResponseAlg(SigningAlgorithm value) {
            idTokenSignedResponseAlg = Optional.of(value);
            return this;
        }

        /**
         * Sets how long the client's access tokens live.
         *
         * @param value a lifetime of at least a second
         * @return this
         */
        public Builder accessTokenLifetime(Duration value) {
            accessTokenLifetime = Optional.of(value);
            return this;
        }

        /**
         * Sets how long the client's refresh families live.
         *
         * @param value a lifetime of at least a second
         * @return this
         */
        public Builder refreshTokenLifetime(Duration value) {
            refreshTokenLifetime = Optional.of(value);
            return this;
        }

        /**
         * Sets {@code post_logout_redirect_uris}.
         *
         * @param value absolute URIs, compared character by character
         * @return this
         */
        public Builder postLogoutRedirectUris(URI... value) {
            postLogoutRedirectUris = List.of(value);
            return this;
        }

        /**
         * Sets whether people are asked before the client is given anything. The default is that they are.
         *
         * @param value false for clients of the same house
         * @return this
         */
        public Builder requireConsent(boolean value) {
            requireConsent = value;
            return this;
        }

        /**
         * Sets {@code userinfo_signed_response_alg}: UserInfo then comes as a JWT.
         *
         * @param value an algorithm that the server signs ID tokens with
         * @return this
         */
        public Builder userinfoSignedResponseAlg(SigningAlgorithm value) {
            userinfoSignedResponseAlg = Optional.of(value);
            return this;
        }

        /**
         * Sets {@code default_max_age}.
         *
         * @param value how old a sign-in may be when the request does not say
         * @return this
         */
        public Builder defaultMaxAge(Duration value) {
            defaultMaxAge = Optional.of(value);
            return this;
        }

        /**
         * Sets {@code default_acr_values}.
         *
         * @param value {@code acr} values, the most wanted first
         * @return this
         */
        public Builder defaultAcrValues(String... value) {
            defaultAcrValues = List.of(value);
            return this;
        }

        /**
         * Sets {@code require_pushed_authorization_requests}: requests that were not pushed are refused.
         *
         * @return this
         */
        public Builder requirePushedAuthorizationRequests() {
            requirePushedAuthorizationRequests = true;
            return this;
        }

        /**
         * Lets the client sign people in at its own screens, at the authorization challenge endpoint (OAuth 2.0 for First-Party
         * Applications): it sees their passwords. For applications of the same house, and never for a page in a browser.
         *
         * @return this
         */
        public Builder firstParty() {
            firstParty = true;
            return this;
        }

        /**
         * Sets {@code backchannel_logout_uri}.
         *
         * @param value https, or http on a loopback address; no fragment
         * @return this
         */
        public Builder backchannelLogoutUri(URI value) {
            backchannelLogoutUri = Optional.of(value);
            return this;
        }

        /**
         * Allows a {@code backchannel_logout_uri} of plain http that is not on a loopback address, as in a network of one's own.
         * Whoever listens on the way learns who signed out.
         *
         * @return this
         */
        public Builder allowInsecureBackchannelLogout() {
            insecureLogout = true;
            return this;
        }

        /**
         * Sets {@code subject_type} to pairwise: no two sectors know a person by the same {@code sub}. The sector is the host of the
         * redirect URIs, which must be one and the same.
         *
         * @return this
         */
        public Builder pairwise() {
            pairwise = true;
            return this;
        }

        /**
         * The same, the sector being named: clients of several hosts that know a person by the same {@code sub}.
         *
         * @param sectorIdentifierUri {@code sector_identifier_uri}, whose host names the sector. That it lists the redirect URIs
         *     (OpenID Connect Registration section 5) is for whoever registers the client to see
         * @return this
         */
        public Builder pairwise(URI sectorIdentifierUri) {
            sectorIdentifier = Optional.of(sectorIdentifierUri);
            return pairwise();
        }

        /**
         * Keeps a secret in the clear, beside what checks it: ID tokens signed with HS256 need it (OpenID Connect Core section 10.1).
         *
         * @param value at least 32 bytes of UTF-8
         * @return this
         */
        public Builder rawSecret(String value) {
            rawSecret = Optional.of(value);
            return this;
        }

        /**
         * Sets what else was registered.
         *
         * @param value further members
         * @return this
         */
        public Builder metadata(Claims value) {
            metadata = value;
            return this;
        }

        /**
         * The client.
         *
         * @return an immutable value
         * @throws IllegalArgumentException with every complaint at once
         */
        public Client build() {
            List<String> complaints = new ArrayList<>();
            if (!isClientId(clientId)) complaints.add("client_id must be printable ASCII, 1 to 255 characters");
            boolean usesSecret = tokenEndpointAuthMethod.startsWith("client_secret_");
            if (usesSecret && secrets.isEmpty()) complaints.add(tokenEndpointAuthMethod + " needs a secret");
            if (tokenEndpointAuthMethod.equals("none") && !secrets.isEmpty()) {
                complaints.add("a client whose method is none can keep no secret");
            }
            // RFC 6749 section 4.4: MUST only be used by confidential clients
            if (tokenEndpointAuthMethod.equals("none") && grantTypes.contains(GrantType.CLIENT_CREDENTIALS)) {
                complaints.add("client_credentials is not for a client whose method is none");
            }
            if (idTokenSignedResponseAlg.filter(alg -> !alg.isPublic()).isPresent()) raw(complaints);
            if (userinfoSignedResponseAlg.filter(alg -> !alg.isPublic()).isPresent()) raw(complaints);
            for (URI uri : redirectUris) {
                complain(uri, "redirect_uris", complaints);
                // RFC 9700 section 2.6: MUST NOT be http, but for native apps that listen on a loopback address
                if (!insecureRedirects
                        && "http".equalsIgnoreCase(uri.getScheme())
                        && !LOOPBACK.contains(Objects.requireNonNullElse(uri.getHost(), ""))) {
                    complaints.add("redirect_uris must be https, or http on a loopback address: " + uri);
                }
            }
            for (URI uri : resources) complain(uri, "resources", complaints);
            for (URI uri : postLogoutRedirectUris) complain(uri, "post_logout_redirect_uris", complaints);
            backchannelLogoutUri.ifPresent(uri -> backchannel(uri, complaints));
            if (pairwise) sector(complaints);
            accessTokenLifetime
                    .filter(Builder::tooShort)
                    .ifPresent(d -> complaints.add("access tokens must live a second"));
            refreshTokenLifetime
                    .filter(Builder::tooShort)
                    .ifPresent(d -> complaints.add("refresh tokens must live a second"));
            if (!complaints.isEmpty()) {
                throw new IllegalArgumentException("client " + clientId + ": " + String.join("; ", complaints));
            }
            return new Client(this);
        }

        /** OpenID Connect Core section 10.1: that key is the secret itself; RFC 7518 section 3.2 wants 256 bits. */
        private void raw(List<String> complaints) {
            if (rawSecret.isEmpty()) complaints.add("HS256 needs the client's secret in the clear: rawSecret(..)");
            else if (rawSecret.get().getBytes(StandardCharsets.UTF_8).length < 32)
                complaints.add("HS256 needs a secret of at least 32 bytes");
            // What is slow to check is not checked each time a store makes a client of a row.
            else if (secrets.stream().allMatch(Secret::isCheap)
                    && secrets.stream().noneMatch(secret -> secret.matches(rawSecret.get())))
                complaints.add("rawSecret is none of the client's secrets");
        }

        private void backchannel(URI uri, List<String> complaints) {
            complain(uri, "backchannel_logout_uri", complaints);
            // OpenID Connect Back-Channel Logout section 2.2: SHOULD be https; who signed out is no one else's business
            boolean http = "http".equalsIgnoreCase(uri.getScheme());
            boolean loopback = LOOPBACK.contains(Objects.requireNonNullElse(uri.getHost(), ""));
            if (!"https".equalsIgnoreCase(uri.getScheme()) && !(http && (loopback || insecureLogout))) {
                complaints.add("backchannel_logout_uri must be https, or http on a loopback address: " + uri);
            }
        }

        /** OpenID Connect Core section 8.1. */
        private void sector(List<String> complaints) {
            List<String> hosts = sectorIdentifier.map(List::of).orElse(redirectUris).stream()
                    .map(uri -> Objects.requireNonNullElse(uri.getHost(), ""))
                    .distinct()
                    .toList();
            if (hosts.size() == 1 && !hosts.get(0).isEmpty()) sector = Optional.of(hosts.get(0));
            else complaints.add("pairwise needs redirect URIs of one host, or a sector_identifier_uri");
        }

        private static void complain(URI uri, String name, List<String> complaints) {
            // RFC 6749 section 3.1.2 and RFC 8707 section 2: absolute, without a fragment
            if (!uri.isAbsolute()) complaints.add(name + " must be absolute: " + uri);
            else if (uri.getRawFragment() != null) complaints.add(name + " must have no fragment: " + uri);
            else if (SCRIPTABLE.contains(uri.getScheme().toLowerCase(Locale.ROOT))) {
                complaints.add(name + " must not have the scheme " + uri.getScheme());
            }
        }

        private static boolean tooShort(Duration duration) {
            return duration.compareTo(Duration.ofSeconds(1)) < 0;
        }
    }
}
