package dev.mintmark.auth.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Secret;
import dev.mintmark.auth.protocol.Totp;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** People at a server without a profile: what the file says of them, seen from outside. */
class SignInTest {
    private static final String KEY = "JBSWY3DPEHPK3PXP";
    private static final String MFA = "http://auth0.com/oauth/grant-type/mfa-";
    private static final String FILE = """
            servers:
              - issuer: http://127.0.0.1:9000
                scopes: [openid, profile, email, phone, offline_access, api, "customer.{customer_id}"]
                mfa: {lifetime: 300, attempts: 2, resends: 1}
                login_attempts: {failures: 3, within: PT15M, lock: PT15M}
                clients:
                  - client_id: app
                    client_secret: s
                    grant_types: [password, refresh_token]
                    scope: openid profile email api customer.*
                  - {client_id: backend, client_secret: s, grant_types: [client_credentials], scope: api customer.*}
                users:
                  - username: alice
                    password: secret
                    scopes: ["customer.77"]
                    claims: {sub: "1302", name: Alice Liddell, email: alice@example.com, email_verified: true}
                  - {username: hashed, password_hash: "HASH"}
                  - {username: otto, password: secret, totp_secret: JBSWY3DPEHPK3PXP, claims: {preferred_username: o}}
                  - {username: olga, password: secret, totp_secret: JBSWY3DPEHPK3PXP}
                  - {username: mail, password: secret, email_otp: mail@example.com}
                  - {username: post, password: secret, email_otp: post@example.com}
                  - {username: phone, password: secret, phone_otp: +65 6123 4567}
                  - {username: spare, password: secret, totp_secret: JBSWY3DPEHPK3PXP, recovery_codes: [8f3k-22mq, 9d1c-77xa]}
                  - {username: guessed, password: secret}
                  - {username: directory}
              - issuer: http://127.0.0.1:9000/alone
                clients: [{client_id: backend, client_secret: s, grant_types: [client_credentials]}]
            """;

    private static Served server;

    @BeforeAll
    static void start() throws Exception {
        server = new Served(
                FILE.replace("HASH", Secret.hash("secret", new SecureRandom()).stored()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void a_name_and_a_password_get_tokens_and_an_id_token_when_openid_was_granted() throws Exception {
        Claims tokens = Served.ok(password("alice", "&scope=openid+api"));
        assertThat(tokens.string("refresh_token")).isPresent();
        assertThat(Served.jwt(tokens, "access_token").string("sub")).contains("1302");
        Claims id = Served.jwt(tokens, "id_token");
        assertThat(id.string("sub")).contains("1302");
        assertThat(id.strings("amr")).containsExactly("pwd");

        assertThat(Served.ok(password("alice", "&scope=api")).string("id_token"))
                .isEmpty();
        assertThat(Served.ok(password("ALICE", "&scope=api")).string("access_token"))
                .isPresent();
        assertThat(Served.ok(password("hashed", "&scope=api")).string("access_token"))
                .isPresent();
    }

    @Test
    void a_wrong_password_an_unknown_name_and_one_without_a_password_are_refused_alike() throws Exception {
        for (String who : new String[] {"username=alice&password=wrong", "username=nobody&password=secret"}) {
            HttpResponse<String> answer = server.form("/token", "app", "grant_type=password&" + who);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(Served.error(answer)).isEqualTo("invalid_grant");
        }
        assertThat(Served.error(password("directory", ""))).isEqualTo("invalid_grant");
    }

    @Test
    void an_untyped_scope_parameter_becomes_a_string_claim_of_its_name() throws Exception {
        Claims of = Served.jwt(Served.ok(password("alice", "&scope=api+customer.77")), "access_token");
        assertThat(of.string("customer_id")).contains("77");
        Claims machine =
                Served.ok(server.form("/token", "backend", "grant_type=client_credentials&scope=customer.anyone"));
        assertThat(Served.jwt(machine, "access_token").string("customer_id")).contains("anyone");
    }

    @Test
    void a_customer_scope_that_the_user_does_not_own_is_invalid_scope() throws Exception {
        HttpResponse<String> answer = password("alice", "&scope=api+customer.78");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Served.error(answer)).isEqualTo("invalid_scope");
    }

    @Test
    void userinfo_tells_the_file_s_claims_and_the_name_to_sign_in_by() throws Exception {
        Claims tokens = Served.ok(password("alice", "&scope=openid+profile+email"));
        Claims told =
                Served.ok(server.get("/userinfo", tokens.string("access_token").orElseThrow()));
        assertThat(told)
                .isEqualTo(Claims.of("sub", "1302")
                        .with("name", "Alice Liddell")
                        .with("preferred_username", "alice")
                        .with("email", "alice@example.com")
                        .with("email_verified", true));
    }

    @Test
    void a_code_of_the_authenticator_completes_the_sign_in_once_and_amr_says_otp() throws Exception {
        HttpResponse<String> asked = password("otto", "&scope=openid+profile");
        assertThat(asked.statusCode()).isEqualTo(403);
        assertThat(Served.error(asked)).isEqualTo("mfa_required");
        assertThat(HttpCalls.json(asked).object("mfa_requirements").objects("challenge"))
                .containsExactly(Claims.of("type", "otp"));

        String otp = "&otp=" + Totp.of(KEY).code(Instant.now());
        Claims tokens = Served.ok(second("otp", asked, otp));
        assertThat(Served.jwt(tokens, "id_token").strings("amr")).containsExactly("pwd", "otp", "mfa");
        assertThat(Served.ok(server.get(
                                "/userinfo", tokens.string("access_token").orElseThrow()))
                        .string("preferred_username"))
                .contains("o");
        assertThat(Served.error(second("otp", asked, otp))).isEqualTo("invalid_grant");
        HttpResponse<String> again = password("otto", "");
        assertThat(Served.error(second("otp", again, otp))).isEqualTo("invalid_grant");
    }

    @Test
    void a_challenge_has_the_file_s_attempts_and_no_more() throws Exception {
        HttpResponse<String> asked = password("olga", "");
        String right = Totp.of(KEY).code(Instant.now());
        String wrong = "&otp=" + (right.startsWith("0") ? "1" : "0") + right.substring(1);
        for (int i = 0; i < 2; i++)
            assertThat(Served.error(second("otp", asked, wrong))).isEqualTo("invalid_grant");
        assertThat(Served.error(second("otp", asked, "&otp=" + right))).isEqualTo("invalid_grant");
        assertThat(Served.ok(second("otp", password("olga", "&scope=openid"), "&otp=" + right))
                        .string("id_token"))
                .isPresent();
    }

    @Test
    void a_code_by_mail_is_printed_instead_of_sent() throws Exception {
        HttpResponse<String> asked = password("mail", "&scope=openid");
        Claims challenge = Served.ok(challenge(asked));
        assertThat(challenge.string("challenge_type")).contains("oob");
        String code = printed("mintmark: code for mail by email to mail@example\\.com: ([0-9]{6})\n");
        Claims tokens = Served.ok(second(
                "oob", asked, "&oob_code=" + challenge.string("oob_code").orElseThrow() + "&binding_code=" + code));
        assertThat(Served.jwt(tokens, "id_token").strings("amr")).containsExactly("pwd", "otp", "mfa");
    }

    @Test
    void a_code_by_text_message_is_printed_too() throws Exception {
        HttpResponse<String> asked = password("phone", "&scope=openid");
        Claims challenge = Served.ok(challenge(asked));
        String code = printed("mintmark: code for phone by sms to \\+65 6123 4567: ([0-9]{6})\n");
        Claims tokens = Served.ok(second(
                "oob", asked, "&oob_code=" + challenge.string("oob_code").orElseThrow() + "&binding_code=" + code));
        assertThat(Served.jwt(tokens, "id_token").strings("amr")).containsExactly("pwd", "sms", "mfa");
    }

    @Test
    void codes_are_sent_again_as_often_as_the_file_says() throws Exception {
        HttpResponse<String> asked = password("post", "");
        Served.ok(challenge(asked));
        Served.ok(challenge(asked));
        HttpResponse<String> third = challenge(asked);
        assertThat(third.statusCode()).isEqualTo(429);
        assertThat(third.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void a_recovery_code_is_good_once_and_another_is_given_for_it() throws Exception {
        String code = "&recovery_code=8f3k-22mq";
        Claims tokens = Served.ok(second("recovery-code", password("spare", ""), code));
        assertThat(tokens.string("access_token")).isPresent();
        HttpResponse<String> asked = password("spare", "");
        assertThat(Served.error(second("recovery-code", asked, code))).isEqualTo("invalid_grant");
        String fresh = "&recovery_code=" + tokens.string("recovery_code").orElseThrow();
        assertThat(Served.ok(second("recovery-code", asked, fresh)).string("access_token"))
                .isPresent();
    }

    @Test
    void guesses_at_one_name_end_where_the_file_says_and_others_sign_in_from_there() throws Exception {
        for (int i = 0; i < 3; i++) {
            HttpResponse<String> wrong =
                    server.form("/token", "app", "grant_type=password&username=guessed&password=wrong" + i);
            assertThat(Served.error(wrong)).isEqualTo("invalid_grant");
        }
        HttpResponse<String> right = password("guessed", "");
        assertThat(right.statusCode()).isEqualTo(429);
        assertThat(right.headers().firstValue("Retry-After").map(Integer::valueOf))
                .hasValueSatisfying(wait -> assertThat(wait).isBetween(850, 900));
        assertThat(password("alice", "&scope=api").statusCode()).isEqualTo(200);
    }

    @Test
    void a_client_that_is_not_registered_for_passwords_cannot_send_them() throws Exception {
        HttpResponse<String> answer =
                server.form("/token", "backend", "grant_type=password&username=alice&password=secret");
        assertThat(Served.error(answer)).isEqualTo("unauthorized_client");
    }

    @Test
    void where_no_client_sends_passwords_and_there_are_no_users_nothing_of_it_is_there() throws Exception {
        HttpResponse<String> answer =
                server.form("/alone/token", "backend", "grant_type=password&username=alice&password=secret");
        assertThat(Served.error(answer)).isEqualTo("unsupported_grant_type");
        assertThat(server.form("/alone/mfa/challenge", "backend", "").statusCode())
                .isEqualTo(404);
        assertThat(server.get("/alone/userinfo", "").statusCode()).isEqualTo(404);
        assertThat(server.get("/alone/.well-known/oauth-authorization-server", "")
                        .body())
                .doesNotContain("password", "mfa", "userinfo");
    }

    @Test
    void guesses_count_by_the_address_that_a_trusted_proxy_tells() throws Exception {
        String file = """
                trust_proxy_headers: [127.0.0.0/8]
                servers:
                  - issuer: http://127.0.0.1:9000
                    login_attempts: {failures: 2}
                    clients: [{client_id: app, client_secret: s, grant_types: [password]}]
                    users: [{username: alice, password: secret}]
                """;
        try (Served behind = new Served(file)) {
            for (int i = 0; i < 2; i++) guess(behind, "198.51.100.1", "wrong");
            assertThat(guess(behind, "198.51.100.1", "secret")).isEqualTo(429);
            assertThat(guess(behind, "203.0.113.7", "secret")).isEqualTo(200);
            assertThat(guess(behind, "203.0.113.7, 198.51.100.1", "secret")).isEqualTo(429);
            assertThat(guess(behind, ",".repeat(2_000) + "_hidden", "secret")).isEqualTo(200);
        }
        try (Served open = new Served(file.replaceFirst(".*\n", ""))) {
            for (int i = 0; i < 2; i++) guess(open, "198.51.100.1", "wrong");
            assertThat(guess(open, "203.0.113.7", "secret")).isEqualTo(429);
        }
    }

    private static int guess(Served at, String forwardedFor, String password) throws Exception {
        HttpRequest.Builder request = HttpCalls.form(
                        at.at("/token"), "grant_type=password&username=alice&password=" + password)
                .header("Authorization", HttpCalls.basic("app", "s"))
                .header("X-Forwarded-For", forwardedFor);
        return Served.HTTP.send(request).statusCode();
    }

    private static HttpResponse<String> password(String username, String more) throws Exception {
        return server.form("/token", "app", "grant_type=password&username=" + username + "&password=secret" + more);
    }

    private static HttpResponse<String> challenge(HttpResponse<String> asked) throws Exception {
        return server.form("/mfa/challenge", "app", "mfa_token=" + mfaToken(asked));
    }

    private static HttpResponse<String> second(String grant, HttpResponse<String> asked, String more) throws Exception {
        String form = "grant_type=" + HttpCalls.encode(MFA + grant) + "&mfa_token=" + mfaToken(asked) + more;
        return server.form("/token", "app", form);
    }

    private static String mfaToken(HttpResponse<String> asked) {
        return HttpCalls.encode(HttpCalls.json(asked).string("mfa_token").orElseThrow());
    }

    private static String printed(String line) {
        Matcher matcher = Pattern.compile(line).matcher(server.printed());
        assertThat(matcher.find()).as(server.printed()).isTrue();
        return matcher.group(1);
    }
}
