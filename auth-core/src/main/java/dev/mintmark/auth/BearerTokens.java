package dev.mintmark.auth;

import dev.mintmark.auth.protocol.ClientRequest;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.protocol.Refused;
import dev.mintmark.auth.protocol.Subject;
import dev.mintmark.auth.protocol.User;
import dev.mintmark.auth.store.UserStore;
import java.util.Optional;

/** From an access token in a request to whom it speaks for (RFC 6750). */
final class BearerTokens {
    private static final String SCHEME = "Bearer ";

    private final TokenReader tokens;
    private final Optional<UserStore> users;

    BearerTokens(TokenReader tokens, Optional<UserStore> users) {
        this.tokens = tokens;
        this.users = users;
    }

    private record Called(VerifiedToken token, Optional<User> user, Params params) implements BearerCall {}

    BearerCall verified(ClientRequest request) {
        TokenReader.Read read = tokens.read(presented(request))
                .filter(TokenReader.Read::isAccess)
                .orElseThrow(() -> invalid("is unknown").thrown());
        // RFC 6750 section 3.1, whose example says so in these words
        if (read.expired())
            throw invalid("has expired").saying("The access token expired").thrown();
        if (!read.active()) throw invalid("is revoked").thrown();
        // RFC 9449 section 7.1, RFC 8705 section 3: a bound token is no bearer token
        if (!read.claims().object("cnf").isEmpty())
            throw invalid("is bound to a key").thrown();
        return new Called(new VerifiedToken(read), user(read), request.params());
    }

    /** RFC 6750 sections 2.1 and 2.2; never from the URL, which is logged and kept (section 2.3, RFC 9700 section 4.3.2). */
    private static String presented(ClientRequest request) {
        Optional<String> inBody = request.params().get("access_token");
        Optional<String> header = request.authorization();
        // RFC 6750 section 2: clients MUST NOT use more than one method in each request
        if (inBody.isPresent() && header.isPresent()) {
            throw Refusal.badParameter("access_token", "stands beside an Authorization header")
                    .thrown();
        }
        return header.filter(text -> text.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(text -> text.substring(SCHEME.length()).strip())
                .or(() -> inBody)
                .orElseThrow(() -> invalid("is missing").about("access_token").thrown());
    }

    /** A token of someone who is gone or disabled is worth nothing. */
    private Optional<User> user(TokenReader.Read read) {
        Optional<String> person = read.person().filter(any -> users.isPresent());
        return person.map(sub -> users.flatMap(store -> store.find(new Subject.OfUser(sub)))
                .filter(User::active)
                .orElseThrow(
                        () -> invalid("is of a person who is gone or disabled").thrown()));
    }

    /** RFC 6750 section 3.1. */
    private static Refusal invalid(String how) {
        return Refusal.of(ErrorCode.INVALID_TOKEN, "the access token " + how);
    }

    static Refused insufficient(String scope) {
        return Refusal.of(ErrorCode.INSUFFICIENT_SCOPE, "the access token has no " + scope)
                .saying("the scope " + scope + " is needed")
                .thrown();
    }
}
