package dev.mintmark.auth.embedded;

import dev.mintmark.auth.AuthorizationServer;
import dev.mintmark.auth.protocol.Authentication;
import dev.mintmark.auth.servlet.AuthServlet;
import dev.mintmark.auth.wire.WireResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The application's own sign-in: a toy, which knows one person. What is not a toy is the last step: who it was, and on. */
final class LoginServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Map<String, String> PASSWORDS = Map.of("alice", "correct horse battery staple");

    private final transient AuthorizationServer server;

    LoginServlet(AuthorizationServer server) {
        this.server = server;
    }

    /** The form goes back to the address it came from, and the interaction with it. */
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        page(response, 200, """
                <form method="post">
                <label>User name <input name="username" autocomplete="username"></label>
                <label>Password <input name="password" type="password" autocomplete="current-password"></label>
                <button type="submit">Sign in</button>
                </form>
                """);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String username = text(request.getParameter("username"));
        if (!known(username, text(request.getParameter("password")))) {
            page(response, 401, "<p>That is not you.</p>");
            return;
        }
        String interaction = text(request.getParameter("interaction"));
        // tag::resume[]
        Authentication person = Authentication.of(username, Instant.now()).withAmr(List.of("pwd"));
        WireResponse next = server.resume(interaction, person);
        AuthServlet.write(next, response);
        // end::resume[]
    }

    private static boolean known(String username, String password) {
        byte[] expected = PASSWORDS.getOrDefault(username, "").getBytes(StandardCharsets.UTF_8);
        return expected.length > 0 && MessageDigest.isEqual(expected, password.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(@Nullable String value) {
        return Optional.ofNullable(value).orElse("");
    }

    private static void page(HttpServletResponse response, int status, String body) throws IOException {
        response.setStatus(status);
        response.setContentType("text/html;charset=UTF-8");
        // form-action holds for redirects after the form, too: the client's redirect URI must be among them.
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'none'; form-action 'self' https://app.example; frame-ancestors 'none'");
        response.setHeader("Cache-Control", "no-store");
        response.getWriter().write("<!doctype html><html lang=\"en\"><title>Sign in</title>" + body);
    }
}
