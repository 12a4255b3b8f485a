package dev.mintmark.auth.pages;

import dev.mintmark.auth.pages.Asked.Account;
import dev.mintmark.auth.pages.Asked.Consent;
import dev.mintmark.auth.pages.Asked.Device;
import dev.mintmark.auth.pages.Asked.DeviceDone;
import dev.mintmark.auth.pages.Asked.Enrolment;
import dev.mintmark.auth.pages.Asked.Failure;
import dev.mintmark.auth.pages.Asked.Form;
import dev.mintmark.auth.pages.Asked.Login;
import dev.mintmark.auth.pages.Asked.Logout;
import dev.mintmark.auth.pages.Asked.Mfa;
import dev.mintmark.auth.pages.Asked.RecoveryCode;
import dev.mintmark.auth.pages.Asked.SignedOut;
import dev.mintmark.auth.prompt.Prompt;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.Scopes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A sample of every page, in each of the ways it can look. */
public final class Gallery {
    private Gallery() {}

    /**
     * A sample.
     *
     * @param name what tells it from the others: letters and hyphens, beginning with the page's name
     * @param prompt what is drawn
     */
    public record Sample(String name, Prompt prompt) {
        @Override
        public String toString() {
            return name;
        }
    }

    public static List<Sample> all() {
        Form wrong = Form.plain().with(Asked.problem("invalid_grant"));
        Form empty = Form.plain().with(Asked.problem("invalid_request"));
        Form waiting = Form.plain().with(Asked.problem("too_many_attempts", Duration.ofMinutes(15)));
        Form nobodys = Form.plain().withoutClient();
        Form rich = Form.plain()
                .with(Asked.client(
                        "The Shop Around the Corner",
                        Claims.of("policy_uri", "https://app.example/privacy")
                                .with("tos_uri", "https://app.example/terms")));
        Account account = Asked.account();
        Enrolment enrolment = Asked.enrolment();
        return List.of(
                new Sample("login", Asked.login()),
                new Sample("login-wrong", new Login(wrong, Optional.of("alice"))),
                new Sample("login-empty", new Login(empty, Optional.empty())),
                new Sample("login-no-password", new Login(empty, Optional.of("alice"))),
                new Sample("login-waiting", new Login(waiting, Optional.of("alice"))),
                new Sample("login-of-its-own", new Login(nobodys, Optional.empty())),
                new Sample("mfa", Asked.mfa("otp", "recovery-code", "email")),
                new Sample("mfa-wrong", new Mfa(wrong, "otp", Optional.empty(), List.of("recovery-code"))),
                new Sample("mfa-sent", new Mfa(wrong, "sms", Optional.of("***21"), List.of("email", "otp"))),
                new Sample("mfa-unsent", Asked.mfa("email", "sms")),
                new Sample("mfa-recovery-code", Asked.mfa("recovery-code", "otp")),
                new Sample("recovery-code", new RecoveryCode(Form.plain(), "8f3k-2m9q")),
                new Sample("consent", Asked.consent("openid api", "birthdate")),
                new Sample(
                        "consent-to-much",
                        new Consent(
                                rich,
                                "alice@example.com",
                                Scopes.of("openid", "profile", "email", "offline_access", "customer.42"),
                                List.of("birthdate", "shoe_size"))),
                new Sample(
                        "consent-device",
                        new Consent(rich, "alice", Scopes.of("openid", "email"), List.of(), Optional.of("WDJB-MJHT"))),
                new Sample("consent-empty", new Consent(empty, "alice", Scopes.of("openid"), List.of())),
                new Sample("device", new Device(nobodys, Optional.empty())),
                new Sample("device-wrong", new Device(wrong.withoutClient(), Optional.of("WDJB-MJHT"))),
                new Sample("device-done", new DeviceDone(true)),
                new Sample("account", account),
                new Sample(
                        "account-bare",
                        new Account(
                                nobodys,
                                "alice",
                                account.sessions().subList(1, 2),
                                List.of(),
                                List.of(),
                                false,
                                account.enrolment())),
                new Sample("enrolment", enrolment),
                new Sample("enrolment-wrong", new Enrolment(wrong.withoutClient(), enrolment.uri(), enrolment.key())),
                new Sample("recovery-codes", Asked.recoveryCodes()),
                new Sample("logout", Asked.logout()),
                new Sample("logout-empty", new Logout(empty, "alice")),
                new Sample("signed-out", new SignedOut(false)),
                new Sample("signed-out-staying", new SignedOut(true)),
                new Sample("error", Asked.failure("invalid_request", "the redirect_uri is not registered")),
                new Sample("error-bare", new Failure(ErrorCode.SERVER_ERROR, Optional.empty())),
                new Sample("form-post", Asked.post(Map.of("code", "c-1", "state", "s-1"))));
    }
}
