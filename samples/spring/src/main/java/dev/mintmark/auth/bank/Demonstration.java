package dev.mintmark.auth.bank;

import dev.mintmark.auth.AuthorizationServer;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Secret;
import dev.mintmark.auth.protocol.Totp;
import dev.mintmark.auth.protocol.User;
import dev.mintmark.auth.store.UserStore;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.Charset;
import java.security.SecureRandom;
import java.time.Instant;
import org.eclipse.jetty.server.Server;

/** The bank and its authorization server, with one person. */
public final class Demonstration {
    private Demonstration() {}

    /**
     * Runs both, and prints a code of the person's authenticator for every line that is entered.
     *
     * @param args the bank's port and the server's; 8080 and 9000 if there are none
     * @throws Exception if a port is taken
     */
    public static void main(String[] args) throws Exception {
        int bankPort = args.length > 0 ? Integer.parseInt(args[0]) : 8080;
        int mintPort = args.length > 1 ? Integer.parseInt(args[1]) : 9000;
        URI bank = URI.create("http://localhost:" + bankPort);
        URI issuer = URI.create("http://127.0.0.1:" + mintPort);

        Totp authenticator = Totp.of("JBSWY3DPEHPK3PXP");
        User alice = User.of("1302")
                .withUsername("alice")
                .withPassword(Secret.hash("correct horse battery staple", new SecureRandom()))
                .withFactors(authenticator)
                .withClaims(Claims.of("name", "Alice Liddell"));
        AuthorizationServer server =
                Mint.server(issuer, bank, UserStore.of(alice)).build();
        Server jetty = Mint.serve(server, mintPort);
        Bank.start(bankPort, issuer);

        System.out.println("ready " + bank);
        System.out.println("Sign in as alice, with the password: correct horse battery staple");
        System.out.println("Her authenticator has the key JBSWY3DPEHPK3PXP. Press Enter for a code of it.");
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        while (lines.readLine() != null) System.out.println(authenticator.code(Instant.now()));
        jetty.join();
    }
}
