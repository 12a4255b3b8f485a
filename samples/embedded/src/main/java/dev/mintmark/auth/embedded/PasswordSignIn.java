package dev.mintmark.auth.embedded;

import dev.mintmark.auth.AuthorizationServer;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.ClientRequest;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Issued;
import dev.mintmark.auth.protocol.Secret;
import dev.mintmark.auth.protocol.TokenResult;
import dev.mintmark.auth.protocol.Totp;
import dev.mintmark.auth.protocol.User;
import dev.mintmark.auth.store.ClientStore;
import dev.mintmark.auth.store.UserStore;
import java.net.URI;
import java.security.SecureRandom;
import java.util.function.Supplier;

/** A sign-in with name, password and a second factor, without HTTP; over HTTP it is the same at the token endpoint. */
final class PasswordSignIn {
    private final AuthorizationServer server;

    PasswordSignIn(URI issuer) {
        // tag::people[]
        Client app = Client.of("app")
                .tokenEndpointAuthMethod("none")
                .grantTypes(GrantType.PASSWORD, GrantType.REFRESH_TOKEN)
                .scope("openid profile")
                .build();
        User alice = User.of("1302")
                .withUsername("alice")
                .withPassword(Secret.hash("correct horse battery staple", new SecureRandom()))
                .withFactors(Totp.of("JBSWY3DPEHPK3PXP"));

        AuthorizationServer server = AuthorizationServer.builder(issuer)
                .clients(ClientStore.of(app))
                .users(UserStore.of(alice)) // or your own: it says who there is
                .passwordGrant()
                .build();
        // end::people[]
        this.server = server;
    }

    Issued signIn(String username, String password, Supplier<String> authenticator) {
        // tag::second-factor[]
        TokenResult answer = server.token(
                ClientRequest.of(GrantType.PASSWORD, "username", username, "password", password, "scope", "openid")
                        .withClientId("app"));
        if (answer instanceof TokenResult.Denied denied
                && denied.refusal().code().equals(ErrorCode.MFA_REQUIRED)) {
            String challenge = denied.refusal().members().string("mfa_token").orElseThrow();
            answer =
                    server.token(ClientRequest.of(GrantType.MFA_OTP, "mfa_token", challenge, "otp", authenticator.get())
                            .withClientId("app"));
        }
        Issued tokens = answer.issued(); // throws what was refused: a wrong password, a wrong code, too many attempts
        // end::second-factor[]
        return tokens;
    }
}
