package dev.mintmark.auth.fuzz;

import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.wire.WireResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** What mutations are made of: chance, the tokens seen so far, and texts that parsers have stumbled over. */
final class Material {
    /** A token and the name it was given by. */
    record Coin(String name, String value) {
        /** Whether no success tells it again: a code, an access token. */
        boolean isSpent() {
            return name.equals("code") || name.startsWith("access");
        }
    }

    static final List<String> NASTY = List.of(
            "",
            " ",
            "+",
            "\0",
            "\n",
            "\r\nSet-Cookie: a=b",
            "\t",
            "\u007f",
            "\u0085",
            "\u00e9",
            "\u2028",
            "\u202e",
            "\ud83d\ude00",
            "\ufeff",
            "\ufffd",
            "\"",
            "'",
            "\\",
            "<script>",
            "{{issuer}}",
            "%",
            "%4",
            "%zz",
            "%00",
            "%0d%0aX:1",
            "${jndi:ldap://x}",
            "' OR 1=1--",
            "../",
            "null",
            "true",
            "0",
            "-1",
            "1e999",
            "NaN",
            "9223372036854775808",
            "99999999999999999999999",
            "*",
            "customer.*",
            "customer.1 customer.2",
            "openid openid",
            "  openid",
            "openid  read",
            "urn:x",
            "http://[",
            "2020-01-01T00:00:00Z",
            "+999999999-12-31T23:59:59Z",
            "-999999999-01-01T00:00:00+18:00",
            "eyJhbGciOiJub25lIn0.e30.",
            "eyJ.eyJ.",
            "...",
            "a.1.b");

    static final List<String> NAMES = List.of("""
            grant_type code redirect_uri code_verifier code_challenge refresh_token scope client_id
            client_secret username password token token_type_hint resource audience person_id until
            client_assertion client_assertion_type assertion device_code nonce state request grantType
            clientId clientSecret refreshToken mfaToken mfaType passcode __proto__ class
            """.split("\\s+"));

    static final List<String> GRANTS = List.of("""
            authorization_code refresh_token client_credentials password implicit
            urn:ietf:params:oauth:grant-type:token-exchange urn:ietf:params:oauth:grant-type:device_code
            AUTHORIZATION_CODE
            """.split("\\s+"));

    final Random random;
    final Map<String, String> presets;
    private final List<Coin> coins;

    private Material(Random random, Map<String, String> presets, List<Coin> coins) {
        this.random = random;
        this.presets = presets;
        this.coins = coins;
    }

    static Material of(Stage stage) {
        List<Coin> coins = new ArrayList<>();
        stage.presets.forEach((name, value) -> {
            if (name.startsWith("code")) coins.add(new Coin("code", value));
        });
        return new Material(new Random(0), stage.presets, coins);
    }

    /** The same things, another chance. */
    Material at(long seed) {
        return new Material(new Random(seed), presets, coins);
    }

    List<Coin> coins() {
        return coins;
    }

    /** Keeps the tokens of an answer; addresses of endpoints are none. */
    void harvest(WireResponse response) {
        if (response.status() != 200 || !response.text().startsWith("{")) return;
        Claims body = Claims.parse(response.text());
        for (String name : body.names()) {
            body.string(name)
                    .filter(value -> name.toLowerCase(Locale.ROOT).contains("token") && value.matches("[\\w.~-]{20,}"))
                    .ifPresent(value -> coins.add(new Coin(name, value)));
        }
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    <T> T one(List<T> of) {
        return of.get(below(of.size()));
    }

    String name() {
        return switch (below(8)) {
            case 0 -> one(NASTY);
            case 1 -> "x".repeat(1 + below(300));
            default -> one(NAMES);
        };
    }

    /** A value for a parameter, a secret or token now and then. */
    String value() {
        return switch (below(9)) {
            case 0 -> Character.toString(below(0x110000)).repeat(1 + below(40));
            case 1 -> "x".repeat(below(9000));
            case 2 -> one(GRANTS);
            case 3 -> presets.get(one(List.of("client", "other", "public", "issuer")));
            case 4 -> one(Stage.TRAPS);
            case 5 -> presets.get(one(List.of("secret", "other_secret", "verifier")));
            case 6 -> coins.isEmpty() ? Stage.PASSWORD : one(coins).value();
            case 7 -> Stage.PASSWORD;
            default -> one(NASTY);
        };
    }
}
