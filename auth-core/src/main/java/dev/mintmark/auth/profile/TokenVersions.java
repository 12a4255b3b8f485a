package dev.mintmark.auth.profile;

import dev.mintmark.auth.AuthorizationServer;
import dev.mintmark.auth.grant.Memory;
import dev.mintmark.auth.grant.Remembered;
import dev.mintmark.auth.protocol.Authorization;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.store.Change;
import dev.mintmark.auth.store.GrantKey;
import dev.mintmark.auth.store.GrantStore;
import dev.mintmark.auth.store.Kind;
import dev.mintmark.auth.store.StoreException;
import java.time.Duration;
import java.util.Optional;

/**
 * A number for each person, raised to make all of that person's tokens fail. Each version is a session of its own, so that what
 * was begun before is revoked by name, and what begins in the same moment is not.
 */
final class TokenVersions {
    private static final Kind KIND = new Kind("token-version");
    private static final Duration REMEMBERED = Duration.ofDays(400);
    private static final int ATTEMPTS = 5;

    /** The rows are no one's, or revoking a person's tokens would take the number with them. */
    private static final Authorization NO_ONES =
            Authorization.ofClient("token-versions").build();

    private final Memory memory;

    TokenVersions(Memory memory) {
        this.memory = memory;
    }

    static String session(String person, long version) {
        return version + ":" + GrantKey.of("", KIND, person).hash();
    }

    static long of(Authorization authorization) {
        return authorization
                .authentication()
                .flatMap(signIn -> signIn.session())
                .map(session -> Long.parseLong(session.substring(0, session.indexOf(':'))))
                .orElse(1L);
    }

    long current(String person) {
        return memory.recall(KIND, person).map(TokenVersions::version).orElse(1L);
    }

    private static long version(Remembered row) {
        return row.details().number("version").orElse(1);
    }

    /**
     * Revokes before, so that a logout that broke off can be asked for again, and after, for what began in between.
     */
    void raise(String person, AuthorizationServer server) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Optional<Remembered> row = memory.recall(KIND, person);
            long version = row.map(TokenVersions::version).orElse(1L);
            server.revokeSession(session(person, version));
            Claims next = Claims.of("version", version + 1);
            Change change = row.map(found -> memory.rewrite(found, NO_ONES, next))
                    .orElseGet(() -> memory.remember(KIND, person, NO_ONES, next, REMEMBERED));
            if (server.apply(change) == GrantStore.Outcome.LOST) continue;
            server.revokeSession(session(person, version));
            return;
        }
        throw new StoreException("a token version was raised by too many at once");
    }
}
