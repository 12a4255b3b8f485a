package dev.mintmark.auth.embedded;

import dev.mintmark.auth.AuthorizationServer;
import dev.mintmark.auth.pages.Pages;
import dev.mintmark.auth.prompt.Interaction;
import dev.mintmark.auth.prompt.Prompt;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.servlet.AuthServlet;
import dev.mintmark.auth.store.ClientStore;
import dev.mintmark.auth.wire.WireResponse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;

/** An application whose people sign in at its own page, with its own passwords; the server asks it who they are. */
public final class OwnLogin {
    private OwnLogin() {}

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
        Client app = Client.of("app")
                .tokenEndpointAuthMethod("none")
                .redirectUris(URI.create("https://app.example/callback"))
                .scope("openid")
                .build();
        URI issuer = URI.create("http://127.0.0.1:" + port + "/oauth");

        // tag::own-login[]
        Interaction mine = Pages.standard()
                .with(
                        Prompt.SignIn.class,
                        (login, request) -> WireResponse.of(303)
                                .withHeader("Location", "/login?interaction=" + login.interaction()));

        AuthorizationServer server = AuthorizationServer.builder(issuer)
                .clients(ClientStore.of(app))
                .interaction(mine)
                .build();
        // end::own-login[]

        ServletContextHandler web = new ServletContextHandler();
        web.addServlet(new ServletHolder(new AuthServlet(server)), "/oauth/*");
        web.addServlet(new ServletHolder(new LoginServlet(server)), "/login");

        Server jetty = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        jetty.setHandler(web);
        jetty.start();
        return jetty;
    }
}
