package dev.mintmark.auth.people;

import dev.mintmark.auth.AuthorizationServerBuilder;
import dev.mintmark.auth.Call;
import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.TestServer.MovableClock;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.MfaFactor;
import dev.mintmark.auth.protocol.MfaFactor.SentCode;
import dev.mintmark.auth.protocol.MfaFactor.SentCode.Channel;
import dev.mintmark.auth.protocol.Secret;
import dev.mintmark.auth.protocol.Totp;
import dev.mintmark.auth.protocol.User;
import dev.mintmark.auth.store.ClientStore;
import dev.mintmark.auth.user.PasswordCheck;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A server whose people sign in with names and passwords. All have one password, which costs nothing to check unless told otherwise. */
public final class Town {
    public static final String PASSWORD = "correct horse battery staple";
    public static final String RECOVERY = "8f3k-22mq";
    public static final String SECOND_RECOVERY = "9d1c-77xa";
    public static final Totp TOTP = Totp.of("JBSWY3DPEHPK3PXP");
    public static final String SCOPE = "openid read offline_access";

    private static final SecureRandom RANDOM = new SecureRandom();

    /** Hashed once for all tests: each costs 50 ms. */
    public static final Secret HASHED = Secret.hash(PASSWORD, RANDOM);

    private static final MfaFactor CODES =
            new MfaFactor.RecoveryCodes(List.of(Secret.hash(RECOVERY, RANDOM), Secret.hash(SECOND_RECOVERY, RANDOM)));

    public final Folk folk = new Folk(
            Folk.person("alice"),
            Folk.person("nobody's password"),
            Folk.person("tom", TOTP),
            Folk.person("emma", new SentCode(Channel.EMAIL, "emma@example.com")),
            Folk.person("sam", new SentCode(Channel.SMS, "+15550100")),
            Folk.person("rita", TOTP, CODES),
            Folk.person("max", TOTP, new SentCode(Channel.EMAIL, "max@example.com"), CODES));

    /** A code that was sent. */
    public record Sending(User user, SentCode factor, String code, Duration lifetime) {}

    public final Deque<Sending> sent = new ArrayDeque<>();
    public final AtomicBoolean senderDown = new AtomicBoolean();
    public final TestServer server;
    public final MovableClock clock;

    private Town(MovableClock clock, boolean hashing, boolean sending, Consumer<AuthorizationServerBuilder> more) {
        this.clock = clock;
        this.server = TestServer.of(clock, b -> {
            b.clients(ClientStore.of(
                            app("app").build(),
                            app("other").build(),
                            publicApp("page").build(),
                            TestServer.web().build(),
                            TestServer.machine().build()))
                    .users(folk)
                    .passwordGrant();
            if (sending) b.otpSender(this::send);
            if (!hashing) b.passwords(cheap());
            more.accept(b);
        });
    }

    public static Town standard() {
        return of(b -> {});
    }

    public static Town of(Consumer<AuthorizationServerBuilder> more) {
        return of(new MovableClock(), more);
    }

    public static Town of(MovableClock clock, Consumer<AuthorizationServerBuilder> more) {
        return new Town(clock, false, true, more);
    }

    /** A town whose passwords are checked by the hashes in its store. */
    public static Town hashing() {
        return new Town(new MovableClock(), true, true, b -> {});
    }

    /** A town from which no code is sent. */
    public static Town withoutSender() {
        return new Town(new MovableClock(), false, false, b -> {});
    }

    private void send(User user, SentCode factor, String code, Duration lifetime) {
        if (senderDown.get()) throw new IllegalStateException("the gateway is away");
        sent.add(new Sending(user, factor, code, lifetime));
    }

    public static Client.Builder app(String name) {
        return client(name).secret(TestServer.secret());
    }

    private static Client.Builder publicApp(String name) {
        return client(name).tokenEndpointAuthMethod("none");
    }

    private static Client.Builder client(String name) {
        return Client.of(name)
                .grantTypes(GrantType.PASSWORD, GrantType.REFRESH_TOKEN)
                .scope("openid profile email offline_access read customer.*");
    }

    /** By the password all have. */
    public PasswordCheck cheap() {
        return (name, password) ->
                folk.named(name).filter(user -> password.equals(PASSWORD)).map(User::subject);
    }

    /** As a client of the town. */
    public Call token(String client, GrantType grant) {
        return as(client, server.call("POST", "/token")).with("grant_type", grant.value());
    }

    public Call as(String client, Call call) {
        return client.equals("page") ? call.with("client_id", client) : call.basic(client, TestServer.SECRET);
    }

    public Call signIn(String name, String password) {
        return signIn("app", name, password);
    }

    public Call signIn(String client, String name, String password) {
        return token(client, GrantType.PASSWORD)
                .with("username", name)
                .with("password", password)
                .with("scope", SCOPE);
    }

    /** A right password, upon which a second factor is wanted. */
    public String challenge(String name) {
        return challenge("app", name);
    }

    public String challenge(String client, String name) {
        return signIn(client, name, PASSWORD)
                .send()
                .refused(403, "mfa_required")
                .string("mfa_token");
    }

    public String code() {
        return TOTP.code(clock.instant());
    }

    /** A code that is none of this moment's. */
    public String wrongCode() {
        for (int i = 0; ; i++) {
            String code = String.format("%06d", i);
            if (TOTP.step(code, clock.instant(), 0).isEmpty()) return code;
        }
    }

    public Call otp(String challenge, String code) {
        return otp("app", challenge, code);
    }

    public Call otp(String client, String challenge, String code) {
        return token(client, GrantType.MFA_OTP).with("mfa_token", challenge).with("otp", code);
    }

    public Call recovery(String challenge, String code) {
        return token("app", GrantType.MFA_RECOVERY_CODE)
                .with("mfa_token", challenge)
                .with("recovery_code", code);
    }

    public Call send(String challenge) {
        return as("app", server.call("POST", "/mfa/challenge")).with("mfa_token", challenge);
    }

    public Call oob(String challenge, Reply sending, String code) {
        return token("app", GrantType.MFA_OOB)
                .with("mfa_token", challenge)
                .with("oob_code", sending.string("oob_code"))
                .with("binding_code", code);
    }

    public Call refresh(Reply tokens) {
        return token("app", GrantType.REFRESH_TOKEN).with("refresh_token", tokens.refresh());
    }

    public Call userInfo(String accessToken) {
        return server.call("GET", "/userinfo").contentType("").header("Authorization", "Bearer " + accessToken);
    }
}
