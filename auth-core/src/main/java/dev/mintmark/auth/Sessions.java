package dev.mintmark.auth;

import dev.mintmark.auth.protocol.Authentication;
import dev.mintmark.auth.protocol.Authorization;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Subject;
import dev.mintmark.auth.protocol.User;
import dev.mintmark.auth.store.Change;
import dev.mintmark.auth.store.Kind;
import dev.mintmark.auth.store.Selector;
import dev.mintmark.auth.store.UserStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who is signed in at the server itself, browser by browser: a row each, named by a handle in a cookie. A session is an
 * authorization like others, whose client is the server.
 */
final class Sessions {
    /** The server as a client of itself. No client can be called so: their identifiers are ASCII. */
    static final String ITSELF = "\u00b7";

    /** More clients than anyone signs in to in one session; those after them are not told of its end. */
    private static final int MOST_CLIENTS = 200;

    /** A session that was used a moment ago is not written again: it may end so much earlier. */
    private static final Duration MOMENT = Duration.ofMinutes(1);

    private static final String ENDS = "ends";
    /** In the details of a session: the clients that got a code in it. */
    static final String CLIENTS = "clients";

    private final BrowserRules rules;
    private final EngineMemory memory;
    private final Optional<UserStore> users;

    Sessions(BrowserRules rules, EngineMemory memory, Optional<UserStore> users) {
        this.rules = rules;
        this.memory = memory;
        this.users = users;
    }

    /** A session that stands, and whose it is where the server knows people. */
    record Session(Held held, Optional<User> user) {
        Authentication authentication() {
            return held.authorization().authentication().orElseThrow();
        }

        String sid() {
            return authentication().session().orElseThrow();
        }

        Subject.OfUser subject() {
            return authentication().subject();
        }

        /** For people to recognise. */
        String person() {
            return user.flatMap(User::username).orElse(subject().value());
        }

        List<String> clients() {
            return held.details().strings(CLIENTS);
        }
    }

    /** A session about to begin: its handle, its authentication, and what must be written. */
    record Begun(String handle, Authentication authentication, Change change) {}

    /** The session of a handle, if it stands and its person does. */
    Optional<Session> find(Optional<String> handle) {
        return handle.flatMap(text -> memory.find(memory.key(Kind.SESSION, text)))
                .filter(Held::usable)
                .flatMap(this::standing);
    }

    private Optional<Session> standing(Held held) {
        if (users.isEmpty()) return Optional.of(new Session(held, Optional.empty()));
        Subject subject = held.authorization().subject();
        return users.flatMap(store -> store.find((Subject.OfUser) subject))
                .filter(User::active)
                .map(user -> new Session(held, Optional.of(user)));
    }

    /** Whether a session of a person would stand. */
    boolean admits(Subject.OfUser subject) {
        return users.isEmpty() || users.get().find(subject).filter(User::active).isPresent();
    }

    /**
     * Somebody signed in: a new handle, whatever the browser had before. The same person's session goes on under its name.
     *
     * @param proven how
     * @param before the session that this replaces
     * @param anew whether it counts as a new sign-in, or is what was missing to an old one
     */
    Begun begin(Authentication proven, Optional<Session> before, boolean anew) {
        Optional<Session> own = before.filter(session -> session.subject().equals(proven.subject()));
        Authentication authentication = proven.withAcr(rules.contextClass(proven))
                .withSession(own.map(Session::sid).orElseGet(memory::newId));
        Instant now = memory.now();
        Instant ends =
                anew || own.isEmpty() ? now.plus(rules.most()) : ends(own.get().held());
        Claims details = Claims.of(ENDS, ends.toEpochMilli());
        if (own.isPresent()) details = details.with(CLIENTS, own.get().clients());
        String handle = memory.newHandle();
        Authorization session = Authorization.ofUser(ITSELF, authentication).build();
        Change change = memory.remember(
                Kind.SESSION, handle, session, details, Duration.between(now, earlier(ends, now.plus(rules.idle()))));
        if (own.isPresent()) change = change.and(memory.replace(own.get().held()));
        return new Begun(handle, authentication, change);
    }

    /** The session was used for a client, or for a page of the server: nothing to write if it was a moment ago, and for the same client. */
    Change used(Session session, Optional<String> client) {
        Held held = session.held();
        Instant now = held.now();
        boolean known = client.isEmpty()
                || session.clients().contains(client.get())
                || session.clients().size() >= MOST_CLIENTS;
        boolean lately = held.changed().plus(MOMENT).isAfter(now);
        if (known && lately) return Change.none();
        List<String> clients = new ArrayList<>(session.clients());
        if (!known) clients.add(client.orElseThrow());
        Instant expires = earlier(ends(held), now.plus(rules.idle()));
        Claims details = held.details().with(CLIENTS, clients);
        return Change.of(memory.update(held, held.authorization(), details, expires));
    }

    private static Instant ends(Held held) {
        return Instant.ofEpochMilli(held.details().number(ENDS).orElseThrow());
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    /** A person's sessions that stand. */
    List<Held> list(String subject) {
        return memory.list(Selector.By.SUBJECT, subject, Kind.SESSION);
    }
}
