package dev.mintmark.auth.embedded;

import dev.mintmark.auth.AuthorizationServer;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Secret;
import dev.mintmark.auth.servlet.AuthServlet;
import dev.mintmark.auth.store.ClientStore;
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
                .grantTypes(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN)
                .redirectUris(URI.create("https://shop.example/callback"))
                .scope("openid orders:read")
                .build();

        String self = "http://127.0.0.1:" + port;
        AuthorizationServer server = AuthorizationServer.builder(URI.create(self + "/oauth"))
                .clients(ClientStore.of(shop))
                .scopes("openid orders:read")
                .authorizationEndpoint(URI.create(self + "/sign-in"))
                .build();

        ServletContextHandler web = new ServletContextHandler();
        ServletHolder oauth = new ServletHolder(new AuthServlet(server));
        web.addServlet(oauth, "/oauth/*");
        web.addServlet(oauth, "/.well-known/oauth-authorization-server/oauth");
        web.addServlet(new ServletHolder(new SignIn(server)), "/sign-in"); // your own: it calls server.approve(..)

        Server jetty = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        jetty.setHandler(web);
        jetty.start();
        // end::embed[]
        return jetty;
    }
}
