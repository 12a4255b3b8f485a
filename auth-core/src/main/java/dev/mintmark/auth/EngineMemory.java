package dev.mintmark.auth;

import dev.mintmark.auth.grant.Memory;
import dev.mintmark.auth.grant.Note;
import dev.mintmark.auth.grant.Remembered;
import dev.mintmark.auth.keys.ServerSecrets;
import dev.mintmark.auth.protocol.Authentication;
import dev.mintmark.auth.protocol.Authorization;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.FamilyId;
import dev.mintmark.auth.protocol.Scope;
import dev.mintmark.auth.protocol.Subject;
import dev.mintmark.auth.store.Change;
import dev.mintmark.auth.store.Cursor;
import dev.mintmark.auth.store.GrantKey;
import dev.mintmark.auth.store.GrantStore;
import dev.mintmark.auth.store.Kind;
import dev.mintmark.auth.store.Lineage;
import dev.mintmark.auth.store.Selector;
import dev.mintmark.auth.store.Stored;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The store as the engine sees it: handles hashed, payloads encrypted, everything under one issuer. */
final class EngineMemory implements Memory {
    private static final int MOST_LISTED = 1000;

    /** Longer than a request that still has the old row in hand. */
    private static final Duration REPLACED_REMEMBERED = Duration.ofMinutes(1);

    private final String issuer;
    private final GrantStore store;
    private final ServerSecrets secrets;
    private final Clock clock;
    private final SecureRandom random;

    EngineMemory(String issuer, GrantStore store, ServerSecrets secrets, Clock clock, SecureRandom random) {
        this.issuer = issuer;
        this.store = store;
        this.secrets = secrets;
        this.clock = clock;
        this.random = random;
    }

    /** The server's time, no finer than every store can keep. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public String newHandle() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(randomBytes(32));
    }

    FamilyId newFamily() {
        return new FamilyId(HexFormat.of().formatHex(randomBytes(16)));
    }

    /** A random UUID (RFC 9562 section 5.4), from the server's own randomness. */
    String newId() {
        byte[] bytes = randomBytes(16);
        long high = 0;
        long low = 0;
        for (int i = 0; i < 8; i++) {
            high = high << 8 | (bytes[i] & 0xFF);
            low = low << 8 | (bytes[i + 8] & 0xFF);
        }
        return new UUID((high & ~0xF000L) | 0x4000L, (low & ~(3L << 62)) | (2L << 62)).toString();
    }

    int randomBelow(int bound) {
        return random.nextInt(bound);
    }

    private byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    Lineage lineage(Authorization a, Instant born) {
        Optional<String> user = a.subject() instanceof Subject.OfUser of ? Optional.of(of.value()) : Optional.empty();
        return Lineage.of(issuer, born)
                .withClient(a.client())
                .withSubject(user)
                .withSession(a.authentication().flatMap(Authentication::session))
                .withOffline(a.scope().contains(Scope.OFFLINE_ACCESS))
                .withFamily(a.family().map(FamilyId::value));
    }

    GrantKey key(Kind kind, String handle) {
        return GrantKey.of(issuer, kind, handle);
    }

    @Override
    public Change remember(Kind kind, String handle, Authorization authorization, Claims details, Duration lifetime) {
        return remember(kind, handle, authorization, details, lifetime, now());
    }

    /** What descends from an older grant is as old as that, for revocations that reach back to a moment. */
    Change remember(
            Kind kind, String handle, Authorization authorization, Claims details, Duration lifetime, Instant born) {
        GrantKey key = key(kind, handle);
        // An opaque token is also revoked alone, by the name of its row.
        Lineage lineage = lineage(authorization, born)
                .withToken(kind.equals(Kind.ACCESS_TOKEN) ? Optional.of(key.hash()) : Optional.empty());
        return Change.of(Change.Write.insert(key, lineage, now().plus(lifetime), seal(key, authorization, details)));
    }

    @Override
    public Optional<Remembered> recall(Kind kind, String handle) {
        return find(key(kind, handle)).map(held -> held);
    }

    Optional<Held> find(GrantKey key) {
        // Sealed by a secret that was retired: forgotten, like everything that secret made.
        return store.find(key)
                .filter(stored -> secrets.opens(stored.payload()))
                .map(stored -> open(stored, stored.spent() ? Held.Use.REPLAY : Held.Use.FIRST));
    }

    /** What has something in common and can be used: as much as one person is likely to have, however much is used up. */
    List<Held> list(Selector.By by, String value, Kind kind) {
        Selector selector = new Selector(issuer, by, value);
        List<Held> usable = new ArrayList<>();
        Optional<Cursor> after = Optional.empty();
        do {
            List<Stored> page = store.list(selector, kind, after, MOST_LISTED);
            page.stream()
                    .filter(stored -> secrets.opens(stored.payload()))
                    .map(stored -> open(stored, Held.Use.FIRST))
                    .filter(Held::usable)
                    .limit(MOST_LISTED - usable.size())
                    .forEach(usable::add);
            boolean last = page.size() < MOST_LISTED || usable.size() == MOST_LISTED;
            after = last ? Optional.empty() : Optional.of(Cursor.after(page.get(page.size() - 1)));
        } while (after.isPresent());
        return usable;
    }

    @Override
    public Change rewrite(Remembered remembered, Authorization authorization, Claims details) {
        return Change.of(update((Held) remembered, authorization, details, remembered.expires()));
    }

    @Override
    public Change spend(Remembered remembered) {
        return spend((Held) remembered, remembered.authorization().family(), remembered.expires());
    }

    /** Spent, and not remembered for long: for what another row stands in for. */
    Change replace(Held held) {
        return spend(held, held.authorization().family(), now().plus(REPLACED_REMEMBERED));
    }

    /** What is spent remembers the family it gave rise to, so that using it again can end that. */
    Change spend(Held held, Optional<FamilyId> gave, Instant until) {
        Authorization.Builder spent = held.authorization().toBuilder();
        gave.ifPresent(spent::family);
        return Change.of(update(held, spent.build(), held.details(), until).spending());
    }

    Change.Write update(Held held, Authorization authorization, Claims details, Instant expires) {
        Stored found = held.stored();
        Lineage before = found.lineage();
        // What gets another subject begins anew: a revocation from before that person's approval is not about it.
        boolean same = authorization.subject().equals(held.authorization().subject());
        Lineage lineage = lineage(authorization, same ? before.born() : later(before.born(), now()))
                .withToken(before.token());
        return Change.Write.update(found, lineage, expires, seal(found.key(), authorization, details));
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    /** A row that remembers no authorization: something about a person that outlives what the person granted. */
    record Jotted(Stored stored, Claims details) implements Note {}

    /** What was noted; without its details if a secret that was retired had sealed them. */
    Optional<Jotted> note(GrantKey key) {
        return store.find(key).map(stored -> {
            boolean readable = secrets.opens(stored.payload());
            return new Jotted(stored, readable ? payload(stored).object("d") : Claims.none());
        });
    }

    Change write(GrantKey key, Optional<Jotted> before, Claims details, Duration lifetime) {
        Lineage lineage = Lineage.of(issuer, now());
        Instant expires = now().plus(lifetime);
        byte[] payload = seal(key, Claims.of("d", details));
        return Change.of(before.map(note -> Change.Write.update(note.stored(), lineage, expires, payload))
                .orElseGet(() -> Change.Write.insert(key, lineage, expires, payload)));
    }

    @Override
    public Optional<Note> note(Kind kind, String name) {
        return note(key(kind, name)).map(jotted -> jotted);
    }

    @Override
    public Change note(Kind kind, String name, Optional<Note> before, Claims details, Duration lifetime) {
        return write(key(kind, name), before.map(Jotted.class::cast), details, lifetime);
    }

    Change spend(GrantKey key, Jotted note, Duration remembered) {
        byte[] payload = seal(key, Claims.of("d", note.details()));
        return Change.of(Change.Write.update(note.stored(), note.stored().lineage(), now().plus(remembered), payload)
                .spending());
    }

    /** A name for what is too short to be a secret: no one without the server's can find it by trying. */
    String mac(Kind kind, String text) {
        return secrets.name(kind + " " + issuer, text);
    }

    /** A text that only this server can read, for a browser or a token to carry. */
    String sealed(String purpose, String text) {
        byte[] sealed = secrets.seal(context(purpose), text.getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    /** The text, if this server sealed it for this purpose. */
    Optional<String> unsealed(String purpose, String sealed) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(sealed);
            return secrets.opens(bytes)
                    ? Optional.of(new String(secrets.open(context(purpose), bytes), StandardCharsets.UTF_8))
                    : Optional.empty();
        } catch (IllegalArgumentException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    private String context(String purpose) {
        return purpose + ' ' + issuer;
    }

    GrantStore.Outcome apply(Change change) {
        return change.isEmpty() ? GrantStore.Outcome.DONE : store.apply(change);
    }

    private byte[] seal(GrantKey key, Authorization authorization, Claims details) {
        return seal(key, Claims.of("a", AuthorizationCodec.write(authorization)).with("d", details));
    }

    private byte[] seal(GrantKey key, Claims payload) {
        return secrets.seal(key.toString(), payload.toJson().getBytes(StandardCharsets.UTF_8));
    }

    private Claims payload(Stored stored) {
        byte[] plain = secrets.open(stored.key().toString(), stored.payload());
        return Claims.parse(new String(plain, StandardCharsets.UTF_8));
    }

    Held open(Stored stored, Held.Use use) {
        Claims payload = payload(stored);
        return new Held(stored, AuthorizationCodec.read(payload.object("a")), payload.object("d"), use);
    }
}
