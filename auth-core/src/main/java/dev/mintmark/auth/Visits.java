package dev.mintmark.auth;

import dev.mintmark.auth.prompt.Problem;
import dev.mintmark.auth.protocol.Authentication;
import dev.mintmark.auth.protocol.Authorization;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.store.Change;
import dev.mintmark.auth.store.Kind;
import dev.mintmark.auth.user.People.Sent;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Authorization requests that wait for a person, and how far that person has come: a row each, named by a handle in the URL. It
 * belongs to the browser that opens it first.
 */
final class Visits {
    private static final String PARAMS = "params";
    private static final String DEVICE = "device";
    private static final String OWN = "own";
    private static final String NAME = "name";
    private static final String BROWSER = "browser";
    private static final String MOVED = "moved";
    private static final String FRESH = "fresh";
    private static final String PENDING = "pending";
    private static final String USERNAME = "username";
    private static final String PROBLEM = "problem";
    private static final String WAIT = "wait";
    private static final String SENT = "sent";
    private static final String GOOD_UNTIL = "good_until";
    private static final String TOLD = "told";
    private static final String TELLING = "telling";
    private static final String RESUME = "resume";
    private static final String RESUMED = "resumed";

    private final BrowserRules rules;
    private final EngineMemory memory;

    Visits(BrowserRules rules, EngineMemory memory) {
        this.rules = rules;
        this.memory = memory;
    }

    /** A visit that is about to be put down. */
    record Begun(String handle, Change change) {}

    Begun begin(Target target, Params params, Optional<String> browser) {
        Claims errand = Claims.none();
        if (target instanceof Target.Device device) errand = Claims.of(DEVICE, device.deviceCode());
        if (target instanceof Target.Own own) errand = Claims.of(OWN, own.path());
        String asking = target.asking().map(Client::clientId).orElse(Sessions.ITSELF);
        return begin(asking, params, errand, browser);
    }

    private Begun begin(String client, Params params, Claims errand, Optional<String> browser) {
        String handle = memory.newHandle();
        Claims details = Claims.builder()
                .put(PARAMS, claims(params, Set.of()))
                .put(NAME, memory.newId())
                .putAll(errand)
                .put(BROWSER, browser.map(this::hash))
                .build();
        Authorization asking = Authorization.ofClient(client).build();
        return new Begun(handle, memory.remember(Kind.INTERACTION, handle, asking, details, rules.interaction()));
    }

    /**
     * Somebody opens what another site had put down: it goes on under a name that only this browser knows, as whoever posted it
     * knows the first one.
     */
    Begun opened(Visit visit, String browser) {
        Begun own = begin(visit.held().authorization().client(), visit.params(), visit.errand(), Optional.of(browser));
        return new Begun(
                own.handle(),
                own.change().and(visit.movedTo(own.handle(), browser).change()));
    }

    Optional<Visit> find(String handle) {
        return memory.find(memory.key(Kind.INTERACTION, handle)).map(held -> new Visit(this, handle, held));
    }

    /** Parameters as they are remembered, all but some. */
    static Claims claims(Params params, Set<String> without) {
        Claims.Builder out = Claims.builder();
        for (String name : params.names()) {
            if (!without.contains(name)) out.put(name, params.all(name));
        }
        return out.build();
    }

    static Params params(Claims remembered) {
        Params.Builder params = Params.builder();
        for (String name : remembered.names()) {
            remembered.strings(name).forEach(value -> params.add(name, value));
        }
        return params.build();
    }

    private String hash(String secret) {
        return memory.key(Kind.INTERACTION, secret).hash();
    }

    /** A visit as found, and as it goes on. Immutable; {@link #change} says what must be written for it to be so. */
    record Visit(Visits visits, String handle, Held held, Claims details) {
        private Visit(Visits visits, String handle, Held held) {
            this(visits, handle, held, held.details());
        }

        private Visit with(Claims more) {
            return new Visit(visits, handle, held, more);
        }

        private Visit with(String name, Object value) {
            return with(details.with(name, value));
        }

        Change change() {
            return visits.memory.rewrite(held, held.authorization(), details);
        }

        /** The last change: the client has its answer. */
        Change done() {
            return visits.memory.spend(held);
        }

        Params params() {
            return Visits.params(details.object(PARAMS));
        }

        /** Who asked; not where the server itself did. */
        Optional<String> client() {
            return Optional.of(held.authorization().client()).filter(id -> !id.equals(Sessions.ITSELF));
        }

        boolean isAsFound(Visit now) {
            return now.held().stored().version() == held.stored().version();
        }

        /** What it is for, if it is not a client's request. */
        private Claims errand() {
            return Claims.builder().put(DEVICE, device()).put(OWN, own()).build();
        }

        /** The device that waits, if it is not a client that sent the person here. */
        Optional<String> device() {
            return details.string(DEVICE);
        }

        /** The page of the server's own that somebody wants to see. */
        Optional<String> own() {
            return details.string(OWN);
        }

        /** To which attempts at codes are charged. */
        String name() {
            return details.string(NAME).orElseThrow();
        }

        boolean isUnopened() {
            return details.string(BROWSER).isEmpty();
        }

        boolean belongsTo(String browser) {
            return details.string(BROWSER).equals(Optional.of(visits.hash(browser)));
        }

        private Visit movedTo(String name, String browser) {
            return with(BROWSER, visits.hash(browser)).with(MOVED, name);
        }

        /** Where it goes on, if it was posted by another site. */
        Optional<String> moved() {
            return details.string(MOVED);
        }

        /** Somebody signed in here: fresh enough for whatever was asked. */
        boolean isFresh(String session) {
            return details.string(FRESH).equals(Optional.of(session));
        }

        Visit signedIn(String session, Instant when) {
            // An application may know its people from before.
            return when.isBefore(began()) ? provenMore() : provenMore().with(FRESH, session);
        }

        Instant began() {
            return held.stored().lineage().born();
        }

        /** Of whoever is signed in already. */
        Visit provenMore() {
            return with(details.without(PENDING, USERNAME, PROBLEM, WAIT, SENT, RESUME, RESUMED));
        }

        /** Who knew the password, and has a second factor to show. */
        Optional<Authentication> pending() {
            return authentication(PENDING);
        }

        Visit waitingFor(Authentication first) {
            return with(details.without(PROBLEM, WAIT, SENT)).with(PENDING, claims(first));
        }

        /** As before the password: with a new name, whose attempts are not used up. */
        Visit startingOver() {
            return with(details.without(PENDING, SENT)).with(NAME, visits.memory.newId());
        }

        Optional<String> username() {
            return details.string(USERNAME);
        }

        /** Of a person, or a code, in forms of this visit. */
        String markOf(String text) {
            return visits.hash(handle + '\n' + text);
        }

        Visit namedLast(String username) {
            return with(USERNAME, username);
        }

        Optional<Problem> problem() {
            Optional<ErrorCode> code = details.string(PROBLEM).map(ErrorCode::new);
            OptionalLong until = details.number(WAIT);
            if (until.isEmpty()) return code.map(what -> new Problem(what, Optional.empty()));
            // The page may be looked at later, and again.
            Duration left = Duration.between(visits.memory.now(), Instant.ofEpochMilli(until.getAsLong()));
            return code.filter(what -> !left.isNegative() && !left.isZero())
                    .map(what -> new Problem(what, Optional.of(left)));
        }

        Visit troubled(Problem problem) {
            Visit visit =
                    with(details.without(WAIT)).with(PROBLEM, problem.code().value());
            return problem.retryAfter()
                    .map(wait -> visit.with(WAIT, visits.memory.now().plus(wait).toEpochMilli()))
                    .orElse(visit);
        }

        /** What was sent last, as long as it is good. */
        Optional<Sent> sent() {
            Instant until = Instant.ofEpochMilli(details.number(GOOD_UNTIL).orElse(0));
            return Sent.of(details.object(SENT))
                    .filter(any -> visits.memory.now().isBefore(until));
        }

        Visit sent(Sent sent) {
            Instant until = visits.memory.now().plus(visits.rules.code());
            return with(details.without(PROBLEM, WAIT))
                    .with(SENT, sent.toClaims())
                    .with(GOOD_UNTIL, until.toEpochMilli());
        }

        /** A recovery code that the person has not been shown yet. */
        Optional<String> told() {
            return details.string(TOLD);
        }

        /** Whether there is one for this person, and not for whoever had the browser before. */
        boolean isTelling(String subject) {
            return told().isPresent() && details.string(TELLING).equals(Optional.of(subject));
        }

        Visit telling(String code, String subject) {
            return with(TOLD, code).with(TELLING, subject);
        }

        Visit toldAll() {
            return with(details.without(TOLD, TELLING));
        }

        /** The application says who signed in; it takes effect where the token is brought, in the browser that began. */
        Visit resumedBy(String token, Authentication authentication) {
            return with(RESUME, visits.hash(token)).with(RESUMED, claims(authentication));
        }

        Optional<Authentication> resumed(String token) {
            boolean right = details.string(RESUME).equals(Optional.of(visits.hash(token)));
            return right ? authentication(RESUMED) : Optional.empty();
        }

        private Optional<Authentication> authentication(String name) {
            Claims written = details.object(name);
            return written.isEmpty()
                    ? Optional.empty()
                    : AuthorizationCodec.read(written).authentication();
        }

        private static Claims claims(Authentication authentication) {
            return AuthorizationCodec.write(
                    Authorization.ofUser(Sessions.ITSELF, authentication).build());
        }

        /** Hides what was asked and said. */
        @Override
        public String toString() {
            return "a visit for " + held.authorization().client();
        }
    }
}
