package dev.mintmark.auth.profile;

import dev.mintmark.auth.AuthorizationServer;
import dev.mintmark.auth.grant.Memory;
import dev.mintmark.auth.grant.Note;
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
final class GeoLensTokenVersions {
    private static final Kind KIND = new Kind("token-version");
    /** Since the last logout: longer than anything of an older version lives. */
    private static final Duration REMEMBERED = Duration.ofDays(800);

    private static final int ATTEMPTS = 5;

    private final Memory memory;

    GeoLensTokenVersions(Memory memory) {
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
        return memory.note(KIND, person).map(GeoLensTokenVersions::version).orElse(1L);
    }

    private static long version(Note note) {
        return note.details().number("version").orElse(1);
    }

    /**
     * Revokes before, so that a logout that broke off can be asked for again, and after, for what began in between.
     */
    void raise(String person, AuthorizationServer server) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Optional<Note> note = memory.note(KIND, person);
            long version = note.map(GeoLensTokenVersions::version).orElse(1L);
            server.revokeSession(session(person, version));
            Change change = memory.note(KIND, person, note, Claims.of("version", version + 1), REMEMBERED);
            if (server.apply(change) != GrantStore.Outcome.DONE) continue;
            server.revokeSession(session(person, version));
            return;
        }
        throw new StoreException("a token version was raised by too many at once");
    }
}
