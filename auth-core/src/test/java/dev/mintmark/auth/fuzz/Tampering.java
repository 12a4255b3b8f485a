package dev.mintmark.auth.fuzz;

import dev.mintmark.auth.fuzz.Material.Coin;
import dev.mintmark.auth.protocol.Claims;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Tokens that look like one that was issued, and are none. */
final class Tampering {
    private Tampering() {}

    /** The request with another text where the token stands; empty if there is nothing to change. */
    static Optional<Sent> of(Sent sent, Coin coin, Material with) {
        String other = changed(sent, coin, with);
        if (other.equals(coin.value())) return Optional.empty();
        return Optional.of(sent.replacing(coin.value(), other));
    }

    private static String changed(Sent sent, Coin coin, Material with) {
        String token = coin.value();
        int at = with.below(token.length());
        return switch (with.below(token.startsWith("eyJ") ? 10 : 6)) {
            case 0 ->
                token.substring(0, at) + (char) (token.charAt(at) ^ (1 << with.below(2))) + token.substring(at + 1);
            case 1 -> token.substring(0, token.length() - 1) + last(with);
            case 2 -> token.substring(0, at) + token.substring(at + 1);
            case 3 -> token + with.one(List.of("A", "=", ".", "%00", "%20", "+"));
            case 4 -> token.substring(0, at) + Character.toUpperCase(token.charAt(at)) + token.substring(at + 1);
            case 5 -> ofAnotherKind(sent, coin, with);
            case 6 -> unsigned(token, with);
            case 7 -> payload(token, with);
            case 8 -> token.substring(0, token.lastIndexOf('.') + 1);
            default -> header(token, with);
        };
    }

    /** The bits of the last character that mean nothing, or that do. */
    private static char last(Material with) {
        return "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".charAt(with.below(64));
    }

    /** A code for a refresh token, an ID token for a code: any that the request has no place for. */
    private static String ofAnotherKind(Sent sent, Coin coin, Material with) {
        String other = with.one(with.coins()).value();
        boolean fits =
                sent.body().contains("token=" + coin.value()) && !sent.body().contains("_token=" + coin.value());
        for (Coin same : with.coins()) {
            if (!same.value().equals(other)) continue;
            fits |= same.name().equals(coin.name());
            fits |= sent.body().contains(same.name());
            fits |= same.name().startsWith("access")
                    && sent.header("Authorization").orElse("").startsWith("Bearer");
        }
        return fits ? coin.value() : other;
    }

    private static String unsigned(String jwt, Material with) {
        String none = encoded("{\"alg\":\"" + with.one(List.of("none", "None", "nOnE", "")) + "\"}");
        String[] parts = jwt.split("\\.", -1);
        return none + "." + parts[1] + "." + (with.random.nextBoolean() ? parts[2] : "");
    }

    private static String payload(String jwt, Material with) {
        String[] parts = jwt.split("\\.", -1);
        Claims claims = Claims.parse(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
        Claims other = switch (with.below(4)) {
            case 0 -> claims.with("exp", 9_999_999_999L);
            case 1 -> claims.with("sub", "admin");
            case 2 -> claims.with("scope", "openid admin");
            default -> claims.without("exp");
        };
        return parts[0] + "." + encoded(other.toJson()) + "." + parts[2];
    }

    private static String header(String jwt, Material with) {
        String[] parts = jwt.split("\\.", -1);
        Claims header = Claims.parse(new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8));
        Claims other = switch (with.below(4)) {
            case 0 -> header.with("alg", with.one(List.of("HS256", "ES256", "PS256", "RS512")));
            case 1 -> header.with("kid", with.one(Material.NASTY));
            case 2 -> header.with("crit", List.of("b64"));
            default -> header.with("jku", "https://evil.example/jwks");
        };
        return encoded(other.toJson()) + "." + parts[1] + "." + parts[2];
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
