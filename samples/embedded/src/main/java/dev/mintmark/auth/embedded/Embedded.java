package dev.mintmark.auth.embedded;

import dev.mintmark.auth.AuthorizationServer;
import dev.mintmark.auth.pages.Pages;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Secret;
import dev.mintmark.auth.protocol.User;
import dev.mintmark.auth.servlet.AuthServlet;
import dev.mintmark.auth.store.ClientStore;
import dev.mintmark.auth.store.UserStore;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;

/** An application that is its own authorization server: a few lines beside the servlets it has anyway. */
public final class Embedded {
    private Embedded() {}

    /**
     * Runs the application.
     *
     * @param args nothing
     * @throws Exception if Jetty does not start
     */
    public static void main(String[] args) throws Exception {
        start(9000).join();
    }

    static Server start(int port) throws Exception {
        // tag::embed[]
        Client shop = Client.of("shop")
                .secret(Secret.hash("a-long-secret-that-the-shop-keeps", new SecureRandom()))
                .redirectUris(URI.create("https://shop.example/callback"))
                .grantTypes(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN)
                .scope("openid profile orders:read")
                .build();
        User alice = User.of("1302")
                .withUsername("alice")
                .withPassword(Secret.hash("correct horse battery staple", new SecureRandom()))
                .withClaims(Claims.of("name", "Alice Liddell"));

        AuthorizationServer server = AuthorizationServer.builder(URI.create("http://127.0.0.1:" + port + "/oauth"))
                .clients(ClientStore.of(shop))
                .users(UserStore.of(alice)) // or your own: it says who there is
                .scopes("openid profile orders:read")
                .interaction(Pages.standard()) // sign-in, second factor, consent, sign-out
                .build();

        ServletContextHandler web = new ServletContextHandler();
        ServletHolder oauth = new ServletHolder(new AuthServlet(server));
        web.addServlet(oauth, "/oauth/*");
        web.addServlet(oauth, "/.well-known/oauth-authorization-server/oauth");

        Server jetty = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        jetty.setHandler(web);
        jetty.start();
        // end::embed[]
        return jetty;
    }
}
