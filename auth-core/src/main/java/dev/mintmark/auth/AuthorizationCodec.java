package dev.mintmark.auth;

import dev.mintmark.auth.protocol.Actor;
import dev.mintmark.auth.protocol.Authentication;
import dev.mintmark.auth.protocol.Authorization;
import dev.mintmark.auth.protocol.Binding;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.FamilyId;
import dev.mintmark.auth.protocol.Scopes;
import dev.mintmark.auth.protocol.Subject;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * Authorizations as they are remembered. Members are only ever added: an older node passes over what it does not know, a newer
 * one does without what it does not find.
 */
final class AuthorizationCodec {
    private AuthorizationCodec() {}

    static Claims write(Authorization a) {
        Claims.Builder out = Claims.builder().put("client", a.client());
        if (a.subject() instanceof Subject.OfUser user) out.put("user", user.value());
        if (!a.scope().isEmpty()) out.put("scope", a.scope().toString());
        if (!a.resources().isEmpty()) {
            out.put("resources", a.resources().stream().map(URI::toString).toList());
        }
        if (!a.claimsRequest().isEmpty()) out.put("claims", a.claimsRequest());
        if (!a.binding().confirmation().isEmpty()) out.put("cnf", a.binding().confirmation());
        return out.put("act", a.actor().map(Actor::toClaims))
                .put("auth", a.authentication().map(AuthorizationCodec::write))
                .put("nonce", a.nonce())
                .put("family", a.family().map(FamilyId::value))
                .build();
    }

    private static Claims write(Authentication a) {
        Claims.Builder out = Claims.builder()
                .put("time", a.time().toEpochMilli())
                .put("acr", a.acr())
                .put("sid", a.session());
        if (!a.amr().isEmpty()) out.put("amr", a.amr());
        return out.build();
    }

    static Authorization read(Claims in) {
        Authorization.Builder out = begin(in, in.string("client").orElseThrow())
                .scope(Scopes.parse(in.string("scope").orElse("")))
                .resources(in.strings("resources").stream().map(URI::create).toList())
                .claimsRequest(in.object("claims"))
                .binding(Binding.of(in.object("cnf")))
                .nonce(in.string("nonce"));
        Actor.of(in.object("act")).ifPresent(out::actor);
        in.string("family").map(FamilyId::new).ifPresent(out::family);
        return out.build();
    }

    private static Authorization.Builder begin(Claims in, String client) {
        Optional<String> user = in.string("user");
        if (user.isEmpty()) return Authorization.ofClient(client);
        Claims auth = in.object("auth");
        if (auth.isEmpty()) return Authorization.ofUser(client, new Subject.OfUser(user.get()));
        Authentication authentication = Authentication.of(
                        user.get(), Instant.ofEpochMilli(auth.number("time").orElseThrow()))
                .withAmr(auth.strings("amr"));
        if (auth.string("acr").isPresent())
            authentication = authentication.withAcr(auth.string("acr").get());
        if (auth.string("sid").isPresent())
            authentication = authentication.withSession(auth.string("sid").get());
        return Authorization.ofUser(client, authentication);
    }
}
