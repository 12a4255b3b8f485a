package dev.mintmark.auth.standalone;

import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.User;
import java.util.Optional;

/** Reads a person. */
final class UserReader {
    private UserReader() {}

    static Optional<User> read(Value value) {
        return value.section().flatMap(UserReader::read);
    }

    private static Optional<User> read(Section s) {
        Optional<String> username = s.required("username", Value::text);
        Optional<Section> claims = s.read("claims", Value::section);
        // Without a sub of its own, a person is called by the name that is unique here.
        Optional<String> sub = claims.filter(c -> c.at().members().containsKey("sub"))
                .map(c -> c.read("sub", Value::text))
                .orElse(username);
        s.notBuilt("password", "password_hash", "totp_secret", "recovery_codes", "email_otp", "scopes");
        s.end();
        return sub.map(User::of).map(user -> user.withClaims(claims(claims)));
    }

    private static Claims claims(Optional<Section> section) {
        Claims.Builder claims = Claims.builder();
        section.ifPresent(s -> s.at().members().forEach((name, value) -> claims.put(name, value.json())));
        return claims.build().without("sub");
    }
}
