package dev.mintmark.auth.embedded;

import dev.mintmark.auth.AuthorizationServer;
import dev.mintmark.auth.protocol.Approved;
import dev.mintmark.auth.protocol.Authentication;
import dev.mintmark.auth.protocol.AuthorizationRequest;
import dev.mintmark.auth.protocol.Refused;
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

/**
 * The application's own sign-in, where clients send the browser: a toy, which knows one person and keeps no session. What is
 * not a toy is the last step, from a person who has signed in to a code.
 */
final class SignIn extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Map<String, String> PASSWORDS = Map.of("alice", "correct horse battery staple");

    private final transient AuthorizationServer server;

    SignIn(AuthorizationServer server) {
        this.server = server;
    }

    /** The form goes back to the address it came from, the client's request with it. */
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        page(response, 200, """
                <form method="post">
                <input name="username" autocomplete="username">
                <input name="password" type="password" autocomplete="current-password">
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
        try {
            String query = text(request.getQueryString());
            // tag::approve[]
            AuthorizationRequest asked = AuthorizationRequest.ofQuery(query);
            Authentication person = Authentication.of(username, Instant.now()).withAmr(List.of("pwd"));
            Approved approved = server.approve(asked, person);
            response.sendRedirect(approved.redirect().toString());
            // end::approve[]
        } catch (Refused e) {
            // An application with more than one client tells the client, unless client_id or redirect_uri is at fault.
            page(response, 400, "<p>This request cannot be granted.</p>");
        }
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
        response.setHeader("Content-Security-Policy", "default-src 'none'; form-action 'self'; frame-ancestors 'none'");
        response.setHeader("Cache-Control", "no-store");
        response.getWriter().write("<!doctype html><title>Sign in</title>" + body);
    }
}
