package dev.mintmark.auth.browser;

import dev.mintmark.auth.AuthorizationServerBuilder;
import dev.mintmark.auth.Call;
import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.TestServer.MovableClock;
import dev.mintmark.auth.people.Town;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.Pkce;
import dev.mintmark.auth.store.ClientStore;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** A town whose people sign in with browsers. */
public final class House {
    public static final String CALLBACK = "https://shop.example/cb";
    public static final String VERIFIER = TestServer.VERIFIER;
    public static final String AFTER = "https://shop.example/bye";

    public final Town town;
    public final TestServer server;
    public final MovableClock clock;

    private House(MovableClock clock, Consumer<AuthorizationServerBuilder> more) {
        this.clock = clock;
        this.town = Town.of(clock, b -> {
            b.clients(ClientStore.of(shop().build(), partner().build(), page().build()))
                    .interaction(new SpelledOut());
            more.accept(b);
        });
        this.server = town.server;
    }

    public static House standard() {
        return of(b -> {});
    }

    public static House of(Consumer<AuthorizationServerBuilder> more) {
        return new House(new MovableClock(), more);
    }

    /** With these clients and no others. */
    public static House knowing(Client... clients) {
        return of(b -> b.clients(ClientStore.of(clients)));
    }

    /** A confidential client of the same house: nobody is asked for consent. */
    public static Client.Builder shop() {
        return client("shop").secret(TestServer.secret()).requireConsent(false);
    }

    /** A confidential client of others: people are asked. */
    public static Client.Builder partner() {
        return client("partner").secret(TestServer.secret());
    }

    /** A public client. */
    public static Client.Builder page() {
        return client("page").tokenEndpointAuthMethod("none");
    }

    public static Client.Builder client(String name) {
        return Client.of(name)
                .grantTypes(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN)
                .redirectUris(URI.create(CALLBACK))
                .postLogoutRedirectUris(URI.create(AFTER))
                .scope("openid profile email address phone offline_access read customer.*");
    }

    public Browser browser() {
        return new Browser(server.server);
    }

    /** What an honest client sends. */
    public static Map<String, String> request(String client, String... namesAndValues) {
        Map<String, String> params = new LinkedHashMap<>();
        params.put("client_id", client);
        params.put("response_type", "code");
        params.put("redirect_uri", CALLBACK);
        params.put("scope", "openid");
        params.put("state", "the state");
        params.put("nonce", "the nonce");
        params.put("code_challenge", Pkce.challenge(VERIFIER));
        params.put("code_challenge_method", "S256");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i + 1].isEmpty()) params.remove(namesAndValues[i]);
            else params.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return params;
    }

    /** The same as a link. */
    public static String link(String client, String... namesAndValues) {
        return "/authorize?" + Browser.encoded(request(client, namesAndValues));
    }

    /** A browser in which somebody has just signed in for the shop. */
    public Browser signedIn(String name) {
        Browser browser = browser();
        browser.open(link("shop")).signIn(name, Town.PASSWORD).answer(CALLBACK);
        return browser;
    }

    public Call redeem(String client, Params answer) {
        return as(client, server.call("POST", "/token"))
                .with("grant_type", "authorization_code")
                .with("code", answer.required("code"))
                .with("redirect_uri", CALLBACK)
                .with("code_verifier", VERIFIER);
    }

    /** The tokens of an answer. */
    public Reply tokens(String client, Params answer) {
        return redeem(client, answer).send().issued();
    }

    public Reply tokens(String client, Page page) {
        return tokens(client, page.answer(CALLBACK));
    }

    public Call as(String client, Call call) {
        return client.equals("page") ? call.with("client_id", client) : call.basic(client, TestServer.SECRET);
    }
}
