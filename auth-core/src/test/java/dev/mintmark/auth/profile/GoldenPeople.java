package dev.mintmark.auth.profile;

import dev.mintmark.auth.TestServer.MovableClock;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.MfaFactor;
import dev.mintmark.auth.protocol.Secret;
import dev.mintmark.auth.protocol.Totp;
import dev.mintmark.auth.protocol.User;
import dev.mintmark.auth.store.UserStore;
import dev.mintmark.auth.user.OtpSender;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The people of the golden files, their authenticators and their mail; wire/README.md says who they are. */
final class GoldenPeople implements WireFile.World, OtpSender {
    private static final String AUTHENTICATOR_KEY = "JBSWY3DPEHPK3PXPJBSWY3DP";
    private static final SecureRandom RANDOM = GoldenServer.seeded(2);
    private static final Totp AUTHENTICATOR = Totp.of(AUTHENTICATOR_KEY);

    private static final Secret.Generated ALICES = Secret.generate(RANDOM);
    private static final Secret.Generated BOBS = Secret.generate(RANDOM);
    private static final Secret.Generated CAROLS = Secret.generate(RANDOM);
    private static final Secret.Generated DAVES = Secret.generate(RANDOM);
    private static final Secret.Generated RECOVERY = Secret.generate(RANDOM);

    private final MovableClock clock;
    private final List<String> mailed = new ArrayList<>();

    GoldenPeople(MovableClock clock) {
        this.clock = clock;
    }

    static UserStore store(String alice) {
        return UserStore.of(
                User.of(alice)
                        .withUsername("alice")
                        .withPassword(ALICES.secret())
                        .withClaims(alice()),
                User.of("b0b")
                        .withUsername("bob")
                        .withPassword(BOBS.secret())
                        .withFactors(AUTHENTICATOR, new MfaFactor.RecoveryCodes(List.of(RECOVERY.secret()))),
                User.of("ca401")
                        .withUsername("carol")
                        .withPassword(CAROLS.secret())
                        .withActive(false),
                User.of("dave1")
                        .withUsername("dave")
                        .withPassword(DAVES.secret())
                        .withFactors(new MfaFactor.SentCode(MfaFactor.SentCode.Channel.EMAIL, "dave@example.com"))
                        .withClaims(Claims.of("preferred_username", "dave").with("email", "dave@example.com")));
    }

    private static Claims alice() {
        return Claims.of("name", "Alice Liddell")
                .with("email", "alice@example.com")
                .with("email_verified", true)
                .with("phone_number", "+6561234567")
                .with("phone_number_verified", true)
                .with("preferred_username", "alice")
                .with("picture", "https://app.example/alice.png")
                .with("profile", "https://app.example/alice")
                .with(
                        "permissions",
                        Claims.of("accounts", List.of("get", "post")).with("ledgers", List.of("get")));
    }

    static UserStore screeningEagle() {
        return UserStore.of(User.of("1302")
                .withClaims(Claims.of("email", "test@screeningeagle.com")
                        .with("email_verified", true)
                        .with("name", "Test User")
                        .with("given_name", "Test")
                        .with("family_name", "User")
                        .with("country_code", "SG")
                        .with("picture", "https://id-dev.screeningeagle.com/api/v1/user/1302/picture/")
                        .with("updated_at", 1725846378)));
    }

    @Override
    public void send(User user, MfaFactor.SentCode factor, String code, Duration lifetime) {
        mailed.add(code);
    }

    @Override
    public void later(Duration by) {
        clock.advance(by);
    }

    @Override
    public Map<String, String> known() {
        Map<String, String> known = new HashMap<>(Map.of(
                "now",
                Long.toString(clock.instant().getEpochSecond()),
                "user",
                "alice",
                "password",
                ALICES.plaintext(),
                "user_id",
                "4f0c6a52-7d1e-4b3a-9c88-1e2f3a4b5c6d",
                "mfa_user",
                "bob",
                "mfa_password",
                BOBS.plaintext(),
                "mail_user",
                "dave",
                "mail_password",
                DAVES.plaintext(),
                "disabled_user",
                "carol",
                "disabled_password",
                CAROLS.plaintext()));
        String code = AUTHENTICATOR.code(clock.instant());
        known.put("otp", code);
        known.put("wrong_otp", code.startsWith("0") ? "1" + code.substring(1) : "0" + code.substring(1));
        known.put("recovery_code", RECOVERY.plaintext());
        if (!mailed.isEmpty()) known.put("mail_code", mailed.get(mailed.size() - 1));
        return known;
    }

    /** What only they, their authenticators and their mail know. */
    List<String> secrets() {
        List<String> secrets = new ArrayList<>(mailed);
        for (Secret.Generated secret : List.of(ALICES, BOBS, CAROLS, DAVES, RECOVERY)) secrets.add(secret.plaintext());
        secrets.add(AUTHENTICATOR_KEY);
        secrets.add(AUTHENTICATOR.code(clock.instant()));
        return secrets;
    }
}
