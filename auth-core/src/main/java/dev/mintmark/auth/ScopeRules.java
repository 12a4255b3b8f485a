package dev.mintmark.auth;

import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.protocol.Scope;
import dev.mintmark.auth.protocol.ScopePatterns;
import dev.mintmark.auth.protocol.Scopes;
import dev.mintmark.auth.protocol.User;
import dev.mintmark.auth.user.UserScopePolicy;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a client may ask for: scopes (RFC 6749 section 3.3) and resources (RFC 8707 section 2). */
final class ScopeRules {
    private final ScopePatterns known;
    private final Optional<Scopes> defaults;
    private final boolean required;
    private final Set<URI> resources;
    private final UserScopePolicy ofUsers;

    ScopeRules(
            ScopePatterns known,
            Optional<Scopes> defaults,
            boolean required,
            Set<URI> resources,
            UserScopePolicy ofUsers) {
        this.known = known;
        this.defaults = defaults;
        this.required = required;
        this.resources = Set.copyOf(resources);
        this.ofUsers = ofUsers;
    }

    /** The scope asked for, well-formed and within what this client may have. */
    Optional<Scopes> requested(Client client, Params params) {
        Optional<Scopes> requested = params.get("scope").map(Scopes::parse);
        requested.ifPresent(scopes -> check(client, scopes));
        return requested;
    }

    /** Every scope known, and within what this client may have. */
    void check(Client client, Scopes scopes) {
        for (Scope scope : scopes) {
            if (!known.admits(scope))
                throw refused(client, scope + " is unknown").thrown();
            if (!client.scope().admits(scope))
                throw refused(client, scope + " is not for this client")
                        .about("client_id")
                        .thrown();
        }
        known.parameters(scopes);
    }

    /** RFC 6749 section 3.3: an empty request is given a default, or refused. */
    Scopes orDefault(Optional<Scopes> requested, Client client) {
        if (requested.isPresent()) return requested.get();
        if (required) throw refused(client, "is required").thrown();
        Scopes from = defaults.orElseGet(() -> client.scope().literals());
        return from.only(scope -> allowed(client, scope));
    }

    /**
     * What of a scope still stands: it may have been taken from the client or the person since it was granted. What was asked for
     * just now and is not the person's is refused.
     */
    Scopes standing(Scopes granted, Optional<Scopes> requested, Client client, Optional<User> user) {
        Scopes standing = granted.only(scope -> allowed(client, scope) && ownedBy(user, client, scope));
        for (Scope scope : granted) {
            boolean missed = requested.filter(asked -> asked.contains(scope)).isPresent() && !standing.contains(scope);
            if (missed) throw refused(client, scope + " is not for this user").thrown();
        }
        if (standing.isEmpty() && !granted.isEmpty()) {
            throw Refusal.of(ErrorCode.INVALID_SCOPE, "nothing of the scope stands any more")
                    .thrown();
        }
        return standing;
    }

    private boolean ownedBy(Optional<User> user, Client client, Scope scope) {
        boolean parameterised = !known.literals().contains(scope);
        return user.isEmpty() || ofUsers.admits(client, user.get(), scope, parameterised);
    }

    /** The claims that a scope's parameters become. */
    Claims parameters(Scopes scopes) {
        return known.parameters(scopes);
    }

    ScopePatterns known() {
        return known;
    }

    private boolean allowed(Client client, Scope scope) {
        return known.admits(scope) && client.scope().admits(scope);
    }

    private static Refusal refused(Client client, String how) {
        return Refusal.of(ErrorCode.INVALID_SCOPE, client + ": scope " + how)
                .about("scope")
                .saying("scope " + how);
    }

    /** The resources asked for, well-formed and for this client. */
    List<URI> resources(Client client, Params params) {
        Set<URI> requested = new LinkedHashSet<>();
        for (String text : params.all("resource")) {
            Optional<URI> resource = absolute(text);
            if (resource.isEmpty()) throw target("is not an absolute URI without a fragment");
            // RFC 3986 section 6.2.1: character by character, or aud would have the client's spelling
            if (Stream.concat(resources.stream(), client.resources().stream())
                    .noneMatch(known -> known.toString().equals(text))) {
                throw target("is unknown, or not for this client");
            }
            requested.add(resource.get());
        }
        return new ArrayList<>(requested);
    }

    private static Optional<URI> absolute(String text) {
        try {
            // RFC 8707 section 2: MUST be an absolute URI, MUST NOT include a fragment
            return Optional.of(URI.create(text)).filter(uri -> uri.isAbsolute() && uri.getRawFragment() == null);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static RuntimeException target(String how) {
        return Refusal.of(ErrorCode.INVALID_TARGET, "resource " + how)
                .about("resource")
                .saying("resource " + how)
                .thrown();
    }
}
