package dev.mintmark.auth.standalone;

import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.MfaFactor;
import dev.mintmark.auth.protocol.MfaFactor.SentCode;
import dev.mintmark.auth.protocol.ScopePattern;
import dev.mintmark.auth.protocol.Secret;
import dev.mintmark.auth.protocol.Totp;
import dev.mintmark.auth.protocol.User;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads the people of one server. */
final class UserReader {
    private static final String EMAIL = "[^@\\s\\p{Cntrl}]+@[^@\\s\\p{Cntrl}]+";
    private static final String PHONE = "\\+?[0-9][0-9 ()./-]{2,30}";

    private final Hashes hashes;
    private final Set<String> usernames = new HashSet<>();

    UserReader(Hashes hashes) {
        this.hashes = hashes;
    }

    Optional<User> read(Value value) {
        return value.section().flatMap(this::read).filter(user -> isFirst(user, value));
    }

    private Optional<User> read(Section s) {
        Optional<String> username = s.required("username", v -> subject(v).map(User::toString));
        Optional<Section> claims = s.read("claims", Value::section);
        // Without a sub of its own, a person is called by the name that is unique here.
        Optional<User> user = claims.filter(c -> c.at().members().containsKey("sub"))
                .map(c -> c.read("sub", UserReader::subject))
                .orElse(username.map(User::of));
        Optional<Secret> password = hashes.read(s, "password");
        List<MfaFactor> factors = factors(s);
        String scopes = String.join(
                " ",
                s.find("scopes")
                        .map(v -> v.each(item -> item.as(ScopePattern::parse).map(ScopePattern::toString)))
                        .orElse(List.of()));
        s.end();
        if (user.isEmpty() || username.isEmpty()) return Optional.empty();
        User read = user.get()
                .withUsername(username.get())
                .withClaims(claims(claims, username.get()))
                .withFactors(factors.toArray(MfaFactor[]::new))
                .withScope(scopes);
        return Optional.of(password.map(read::withPassword).orElse(read));
    }

    private boolean isFirst(User user, Value value) {
        String name = user.username().orElseThrow();
        boolean first = usernames.add(User.canonical(name));
        if (!first) value.fault("another one has the username " + name + ", in whatever case");
        return first;
    }

    private static Optional<User> subject(Value value) {
        return value.text().flatMap(text -> {
            try {
                return Optional.of(User.of(text));
            } catch (IllegalArgumentException e) {
                value.fault(String.valueOf(e.getMessage()).replaceFirst("^a subject ", ""));
                return Optional.empty();
            }
        });
    }

    /** In the order in which they are offered to whoever does not choose. */
    private List<MfaFactor> factors(Section s) {
        List<MfaFactor> factors = new ArrayList<>();
        s.read("totp_secret", v -> v.as(Totp::of)).ifPresent(factors::add);
        s.read("email_otp", v -> v.as(sent(SentCode.Channel.EMAIL, EMAIL, "must be an e-mail address")))
                .ifPresent(factors::add);
        s.read("phone_otp", v -> v.as(sent(SentCode.Channel.SMS, PHONE, "must be a telephone number")))
                .ifPresent(factors::add);
        s.find("recovery_codes").flatMap(this::recoveryCodes).ifPresent(factors::add);
        return factors;
    }

    private static Function<String, SentCode> sent(SentCode.Channel channel, String form, String otherwise) {
        return address -> {
            if (!address.matches(form)) throw new IllegalArgumentException(otherwise);
            return new SentCode(channel, address);
        };
    }

    private Optional<MfaFactor> recoveryCodes(Value value) {
        List<Secret> codes = value.each(item -> item.text().map(hashes::hash));
        if (codes.size() > MfaFactor.RecoveryCodes.MOST) {
            value.fault("must be at most " + MfaFactor.RecoveryCodes.MOST + " codes");
            return Optional.empty();
        }
        return codes.isEmpty() ? Optional.empty() : Optional.of(new MfaFactor.RecoveryCodes(codes));
    }

    /** Clients that ask for the scope profile expect the name by which a person signs in. */
    private static Claims claims(Optional<Section> section, String username) {
        Claims.Builder claims = Claims.builder();
        section.ifPresent(s -> s.at().members().forEach((name, value) -> claims.put(name, value.json())));
        Claims read = claims.build().without("sub");
        return read.get("preferred_username").isPresent() ? read : read.with("preferred_username", username);
    }
}
