package dev.mintmark.auth;

import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.FamilyId;
import dev.mintmark.auth.protocol.Scope;
import dev.mintmark.auth.protocol.Scopes;
import dev.mintmark.auth.protocol.TokenKind;
import dev.mintmark.auth.store.GrantStore;
import dev.mintmark.auth.store.Kind;
import dev.mintmark.auth.store.Lineage;
import dev.mintmark.auth.store.Selector;
import dev.mintmark.auth.store.Stored;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads any token this server gave out, whatever its form, and says whether it is still valid. */
final class TokenReader {
    private final String issuer;
    private final KeyRings keys;
    private final EngineMemory memory;
    private final Families families;
    private final GrantStore store;

    TokenReader(String issuer, KeyRings keys, EngineMemory memory, Families families, GrantStore store) {
        this.issuer = issuer;
        this.keys = keys;
        this.memory = memory;
        this.families = families;
        this.store = store;
    }

    /**
     * A token as read.
     *
     * @param kind access or refresh
     * @param client whose it is
     * @param person for whom it speaks, if not for the client itself
     * @param claims what it says
     * @param active whether it is valid now
     * @param expired whether that is because it has ended by itself
     * @param expires when it ends by itself
     * @param revocation what to revoke to end it; empty if it has no name to be revoked by
     */
    record Read(
            TokenKind kind,
            String client,
            Optional<String> person,
            Claims claims,
            boolean active,
            boolean expired,
            Instant expires,
            Optional<Selector> revocation) {
        boolean isAccess() {
            return kind == TokenKind.ACCESS;
        }

        Scopes scope() {
            return Scopes.parse(String.join(" ", claims.strings("scope")));
        }
    }

    /** A token that this server made, valid or not; RFC 7009 section 2.1 has the hint be no more than a hint, so none is needed. */
    Optional<Read> read(String token) {
        Instant now = memory.now();
        return jwt(token, now).or(() -> refresh(token, now)).or(() -> opaque(token));
    }

    private Optional<Read> jwt(String token, Instant now) {
        // Issuers that were given the same keys still vouch for their own tokens only.
        Optional<Claims> ours = keys.verify(TokenKind.ACCESS, token, now)
                .filter(claims -> claims.string("iss").orElse(issuer).equals(issuer));
        return ours.map(signed -> {
            Claims claims = named(signed);
            Optional<Stored> row = claims.string("fid").flatMap(family -> store.find(memory.key(Kind.FAMILY, family)));
            Lineage lineage = lineage(claims, row);
            // Its own iat may be later than a revocation that its grant, whose age the family's row knows, is not.
            Instant expires = Instant.ofEpochSecond(claims.number("exp").orElse(0));
            boolean expired = !expires.isAfter(now);
            boolean active = !expired
                    && !store.revoked(lineage)
                    && row.filter(Stored::revoked).isEmpty();
            Optional<Selector> alone = lineage.token().map(jti -> new Selector(issuer, Selector.By.TOKEN, jti));
            return new Read(
                    TokenKind.ACCESS,
                    lineage.client().orElse(""),
                    lineage.subject().filter(sub -> row.isPresent() || speaksForPerson(claims, lineage)),
                    told(signed),
                    active,
                    expired,
                    expires,
                    alone);
        });
    }

    private static Claims told(Claims claims) {
        return claims.names().contains(TokenMinter.PERSON) ? claims.without(TokenMinter.PERSON) : claims;
    }

    /** With the person's own identifier, where the client knows the person by another. */
    private Claims named(Claims signed) {
        return signed.string(TokenMinter.PERSON)
                .flatMap(text -> memory.unsealed(
                        TokenMinter.PERSON + signed.string("sub").orElse(""), text))
                .map(person -> signed.with("sub", person))
                .orElse(signed);
    }

    /**
     * A policy may leave {@code client_id} out of its tokens; then {@code azp} or a lone {@code aud} names the client. Whoever is
     * not called like the client is a person; of those who are, the family's row knows which they are. Where there is none, what
     * revokes a person revokes them.
     */
    private Lineage lineage(Claims claims, Optional<Stored> row) {
        Optional<String> client =
                claims.string("client_id").or(() -> claims.string("azp")).or(() -> claims.string("aud"));
        Optional<String> family = claims.string("fid");
        boolean same = client.isPresent() && client.equals(claims.string("sub"));
        boolean person = !same
                || (family.isPresent()
                        && row.map(of -> of.lineage().subject().isPresent()).orElse(true));
        Instant born = Instant.ofEpochSecond(claims.number("iat").orElse(0));
        Lineage lineage = Lineage.of(issuer, born);
        return (client.isPresent() ? lineage.withClient(client.get()) : lineage)
                .withSubject(claims.string("sub").filter(sub -> person))
                .withSession(claims.string("sid"))
                .withOffline(row.map(of -> of.lineage().offline()).orElseGet(() -> offline(claims)))
                .withFamily(family)
                .withToken(claims.string("jti"));
    }

    /** A token of a narrower scope than its family's may not say it; it lives for minutes, and ends with the session. */
    private static boolean offline(Claims claims) {
        return List.of(String.join(" ", claims.strings("scope")).split(" ", -1)).contains(Scope.OFFLINE_ACCESS.value());
    }

    /** Without a family's row, which may be gone before its last access token: no client's own token says when someone signed in. */
    private static boolean speaksForPerson(Claims claims, Lineage lineage) {
        return !lineage.client().equals(lineage.subject())
                || claims.get("auth_time").isPresent();
    }

    private Optional<Read> refresh(String token, Instant now) {
        return families.find(token, Optional.empty(), now).map(held -> {
            Claims.Builder claims = Claims.builder()
                    .put("iss", issuer)
                    .put("sub", held.authorization().subject().value())
                    .put("client_id", held.authorization().client());
            if (!held.authorization().scope().isEmpty()) {
                claims.put("scope", held.authorization().scope().toString());
            }
            claims.put("iat", held.changed().getEpochSecond())
                    .put("exp", held.expires().getEpochSecond())
                    .put("fid", held.authorization().family().map(FamilyId::value));
            Optional<Selector> family =
                    held.authorization().family().map(id -> new Selector(issuer, Selector.By.FAMILY, id.value()));
            boolean active = held.usable() && held.use() != Held.Use.REPLAY;
            return new Read(
                    TokenKind.REFRESH,
                    held.authorization().client(),
                    held.stored().lineage().subject(),
                    claims.build(),
                    active,
                    held.stored().expired(),
                    held.expires(),
                    family);
        });
    }

    private Optional<Read> opaque(String token) {
        return memory.find(memory.key(Kind.ACCESS_TOKEN, token)).map(held -> {
            Optional<Selector> alone =
                    held.stored().lineage().token().map(name -> new Selector(issuer, Selector.By.TOKEN, name));
            return new Read(
                    TokenKind.ACCESS,
                    held.authorization().client(),
                    held.stored().lineage().subject(),
                    told(held.details()),
                    held.usable(),
                    held.stored().expired(),
                    held.expires(),
                    alone);
        });
    }
}
