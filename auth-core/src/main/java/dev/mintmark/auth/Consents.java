package dev.mintmark.auth;

import dev.mintmark.auth.EngineMemory.Jotted;
import dev.mintmark.auth.protocol.Authorization;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Scope;
import dev.mintmark.auth.protocol.Scopes;
import dev.mintmark.auth.protocol.Subject;
import dev.mintmark.auth.store.Change;
import dev.mintmark.auth.store.GrantKey;
import dev.mintmark.auth.store.Kind;
import dev.mintmark.auth.store.Selector;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What people allowed, client by client: a consent is an authorization without tokens. Which one holds is noted for person and
 * client; a new one gets a key of its own, so that one that was taken back stays so.
 */
final class Consents {
    static final String CLAIMS = "claims";
    private static final String HANDLE = "handle";

    private final BrowserRules rules;
    private final EngineMemory memory;

    Consents(BrowserRules rules, EngineMemory memory) {
        this.rules = rules;
        this.memory = memory;
    }

    /** What stands of what a person allowed a client; and the note, whatever it points to. */
    record Given(GrantKey key, Optional<Jotted> note, Optional<Held> row) {
        private Scopes scope() {
            return row.map(held -> held.authorization().scope()).orElse(Scopes.none());
        }

        private List<String> claims() {
            return row.map(held -> held.details().strings(CLAIMS)).orElse(List.of());
        }

        boolean covers(Scopes scope, List<String> claims) {
            return row.isPresent() && scope().containsAll(scope) && claims().containsAll(claims);
        }
    }

    Given given(Subject.OfUser subject, String client) {
        // No client_id has a line feed (RFC 6749 appendix A.1).
        GrantKey key = memory.key(Kind.CONSENT, client + '\n' + subject.value());
        Optional<Jotted> note = memory.note(key);
        Optional<Held> row = note.flatMap(of -> of.details().string(HANDLE))
                .flatMap(handle -> memory.find(memory.key(Kind.CONSENT, handle)))
                .filter(Held::usable);
        return new Given(key, note, row);
    }

    /** Remembers what was allowed now beside what was before. */
    Change give(Given before, Authorization allowed, List<String> claims) {
        Set<Scope> scopes = new LinkedHashSet<>();
        before.scope().forEach(scopes::add);
        allowed.scope().forEach(scopes::add);
        Set<String> names = new LinkedHashSet<>(before.claims());
        names.addAll(claims);
        Authorization consent = Authorization.ofUser(allowed.client(), (Subject.OfUser) allowed.subject())
                .scope(Scopes.of(scopes))
                .build();
        Claims details = names.isEmpty() ? Claims.none() : Claims.of(CLAIMS, new ArrayList<>(names));
        String handle = memory.newHandle();
        Change change = memory.remember(Kind.CONSENT, handle, consent, details, rules.consent())
                .and(memory.write(before.key(), before.note(), Claims.of(HANDLE, handle), rules.consent()));
        return before.row().map(row -> change.and(memory.replace(row))).orElse(change);
    }

    /** All that a person allowed anyone. */
    List<Held> list(String subject) {
        return memory.list(Selector.By.SUBJECT, subject, Kind.CONSENT);
    }
}
