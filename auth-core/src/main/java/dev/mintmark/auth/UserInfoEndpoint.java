package dev.mintmark.auth;

import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.protocol.Scope;
import dev.mintmark.auth.protocol.User;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What a person let a client know (OpenID Connect Core section 5.3), by the scopes of section 5.4. */
final class UserInfoEndpoint implements BearerEndpoint {
    /** The one member of an answer that is a JWT; no claim is called so. */
    static final String SIGNED = "signed userinfo";

    private final List<String> audiences;
    private final Function<String, Optional<Client>> clients;
    private final BiFunction<Client, Claims, String> signing;

    UserInfoEndpoint(
            Settings settings, Function<String, Optional<Client>> clients, BiFunction<Client, Claims, String> signing) {
        this.audiences = List.of(settings.issuer(), settings.audience());
        this.clients = clients;
        this.signing = signing;
    }

    @Override
    public Claims call(BearerCall call) {
        if (!isForUs(call.token())) {
            throw Refusal.of(ErrorCode.INVALID_TOKEN, "the access token is for another resource")
                    .thrown();
        }
        // OpenID Connect Core section 5.3: the access token comes of an authentication request
        if (!call.token().scope().contains(Scope.OPENID)) throw BearerTokens.insufficient("openid");
        User user = call.user().orElseThrow(() -> BearerTokens.insufficient("openid"));
        Claims.Builder out = Claims.builder()
                .put(
                        "sub",
                        call.token()
                                .claims()
                                .string("sub")
                                .orElse(user.subject().value()));
        out.putAll(StandardClaims.of(call.token().scope(), user.claims()));
        Claims asked = call.token().claims().object(TokenMinter.USERINFO_CLAIMS);
        Claims claims = out.putAll(RequestedClaims.answer(asked, user.claims())).build();
        Optional<Client> signed = call.token()
                .client()
                .flatMap(clients)
                .filter(client -> client.userinfoSignedResponseAlg().isPresent());
        return signed.map(client -> Claims.of(SIGNED, signing.apply(client, claims)))
                .orElse(claims);
    }

    /** RFC 9068 section 4: or any resource could ask here with the tokens it was sent. Some APIs write the client there. */
    private boolean isForUs(VerifiedToken token) {
        List<String> audience = token.claims().strings("aud");
        return audience.isEmpty()
                || audience.stream().anyMatch(audiences::contains)
                || token.client().filter(audience::contains).isPresent();
    }
}
