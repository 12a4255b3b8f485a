package dev.mintmark.auth.bank;

import dev.mintmark.auth.AuthorizationServer;
import dev.mintmark.auth.AuthorizationServerBuilder;
import dev.mintmark.auth.pages.Pages;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Secret;
import dev.mintmark.auth.servlet.AuthServlet;
import dev.mintmark.auth.store.ClientStore;
import dev.mintmark.auth.store.UserStore;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;

/** The authorization server, on an origin of its own. It knows no Spring. */
final class Mint {
    private Mint() {}

    /** A server with one client: the paths are those that Spring Security has for a registration called mintmark. */
    static AuthorizationServerBuilder server(URI issuer, URI bank, UserStore people) {
        Client client = Client.of("bank")
                .clientName("The Bank")
                .secret(Secret.hash("a-long-secret-that-the-bank-keeps", new SecureRandom()))
                .grantTypes(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN)
                .redirectUris(bank.resolve("/login/oauth2/code/mintmark"))
                .postLogoutRedirectUris(bank.resolve("/goodbye"))
                .backchannelLogoutUri(bank.resolve("/logout/connect/back-channel/mintmark"))
                .scope("openid profile balance transfer")
                .build();
        return AuthorizationServer.builder(issuer)
                .clients(ClientStore.of(client))
                .users(people)
                .scopes("openid profile balance transfer")
                .audience(bank.resolve("/api").toString())
                .interaction(Pages.standard());
    }

    static Server serve(AuthorizationServer server, int port) throws Exception {
        ServletContextHandler web = new ServletContextHandler();
        web.addServlet(new ServletHolder(new AuthServlet(server)), "/*");
        Server jetty = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        jetty.setHandler(web);
        jetty.start();
        return jetty;
    }
}
