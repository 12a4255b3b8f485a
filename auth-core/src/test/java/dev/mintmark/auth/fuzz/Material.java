package dev.mintmark.auth.fuzz;

import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.wire.WireResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What mutations are made of: chance, the tokens seen so far, and texts that parsers have stumbled over. */
final class Material {
    /** A token and the name it was given by. */
    record Coin(String name, String value) {
        /** Whether a success may tell it again: a successor within the grace, the ID token that another one equals. */
        boolean mayBeToldAgain() {
            return name.startsWith("refresh") || name.startsWith("id");
        }

        /** Whether a wrong one is a guess, which is charged. */
        boolean isGuessed() {
            return name.startsWith("recovery");
        }

        boolean isOfADevice() {
            return name.startsWith("device");
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
            mfa_token otp oob_code binding_code recovery_code device_token remember_device challenge_type
            authenticator_id access_token recoveryCode deviceToken rememberDevice id_token_hint
            sub resource action scopes custom_claims
            response_type response_mode prompt max_age claims acr_values login_hint ui_locales display request_uri
            code_challenge_method interaction person decision send factor resumed logout post_logout_redirect_uri
            """.split("\\s+"));

    static final List<String> GRANTS = List.of("""
            authorization_code refresh_token client_credentials password implicit
            urn:ietf:params:oauth:grant-type:token-exchange urn:ietf:params:oauth:grant-type:device_code
            AUTHORIZATION_CODE http://auth0.com/oauth/grant-type/mfa-otp http://auth0.com/oauth/grant-type/mfa-oob
            http://auth0.com/oauth/grant-type/mfa-recovery-code
            """.split("\\s+"));

    private static final List<String> PUBLIC = List.of(
            "client", "other", "public", "issuer", "org", "user", "mfa_user", "mail_user", "disabled_user", "user_id");

    private static final List<String> SECRET = List.of(
            "secret",
            "other_secret",
            "verifier",
            "password",
            "mfa_password",
            "mail_password",
            "disabled_password",
            "otp",
            "recovery_code",
            "mail_code",
            "api_key");

    private static final Pattern TOLD = Pattern.compile("token|recovery_?code|oob_?code");

    private static final Pattern CODE = Pattern.compile("[?&#]code=([\\w-]{43})");

    final Random random;
    private final Stage stage;
    private final List<Coin> coins;

    private Material(Random random, Stage stage, List<Coin> coins) {
        this.random = random;
        this.stage = stage;
        this.coins = coins;
    }

    static Material of(Stage stage) {
        List<Coin> coins = new ArrayList<>();
        stage.known().forEach((name, value) -> {
            if (name.startsWith("code")) coins.add(new Coin("code", value));
        });
        return new Material(new Random(0), stage, coins);
    }

    /** The same things, another chance. */
    Material at(long seed) {
        return new Material(new Random(seed), stage, coins);
    }

    /** What files call by a name; a token that was made up for what is not there yet. */
    String known(String name) {
        return stage.known().getOrDefault(name, "0".repeat(6));
    }

    List<Coin> coins() {
        return coins;
    }

    /** Each value once, be it told by several names. */
    List<Coin> distinctCoins() {
        Map<String, Coin> byValue = new LinkedHashMap<>();
        for (Coin coin : coins) byValue.putIfAbsent(coin.value(), coin);
        return List.copyOf(byValue.values());
    }

    /** Keeps the tokens of an answer, be it a refusal that asks for more; addresses of endpoints are none. */
    void harvest(WireResponse response) {
        Matcher code = CODE.matcher(response.header("Location").orElse(""));
        if (code.find()) coins.add(new Coin("code", code.group(1)));
        if (response.text().startsWith("{")) harvest(Claims.parse(response.text()));
    }

    private void harvest(Claims body) {
        for (String name : body.names()) {
            harvest(body.object(name));
            body.string(name)
                    .filter(value ->
                            TOLD.matcher(name.toLowerCase(Locale.ROOT)).find() && value.matches("[\\w.~-]{19,}"))
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
            case 3 -> known(one(PUBLIC));
            case 4 -> one(Stage.TRAPS);
            case 5 -> known(one(SECRET));
            case 6, 7 -> coins.isEmpty() ? known("password") : one(coins).value();
            default -> one(NASTY);
        };
    }
}
