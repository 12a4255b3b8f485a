package dev.mintmark.auth.servlet;

import dev.mintmark.auth.wire.WireHandler;
import dev.mintmark.auth.wire.WireRequest;
import dev.mintmark.auth.wire.WireResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;

/**
 * A Jakarta servlet in front of a server: turns servlet requests into wire requests and wire responses into servlet
 * responses, and decides nothing. Map it to the path of the server's base URI and everything below it, or to {@code /*}.
 * Thread-safe.
 *
 * <p>It reads bodies itself: a filter before it that reads one, or asks a form for a parameter, must hand on a request whose
 * {@code getInputStream()} gives the bytes once more. If none are left, the answer is {@code invalid_request}.
 */
public final class AuthServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient WireHandler handler;
    private final transient TrustedProxies proxies;

    /**
     * A servlet that takes requests for those of whoever is at the other end of the connection.
     *
     * @param handler a server, or several as one
     */
    public AuthServlet(WireHandler handler) {
        this(handler, TrustedProxies.none());
    }

    /**
     * A servlet behind proxies.
     *
     * @param handler a server, or several as one
     * @param proxies who is believed about whence a request came; none where the container sees to that itself
     */
    public AuthServlet(WireHandler handler, TrustedProxies proxies) {
        this.handler = handler;
        this.proxies = proxies;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        WireResponse answer = handler.answer(read(request));
        head(answer, response);
        if (answer.status() == 413 && request.getProtocol().startsWith("HTTP/1")) {
            finish(request);
            // RFC 9110 section 15.5.14: what is left of the body stays unread. Jetty closes then, and would not say so.
            response.setHeader("Connection", "close");
        }
        // RFC 9110 section 9.3.2: the same headers, the length included, but no body
        if (!request.getMethod().equals("HEAD")) response.getOutputStream().write(answer.body());
    }

    /**
     * Writes a response, for servlets of one's own that get one from the server.
     *
     * @param answer the server's response
     * @param response where to write it; nothing may be written yet
     * @throws IOException if the connection breaks
     */
    public static void write(WireResponse answer, HttpServletResponse response) throws IOException {
        head(answer, response);
        response.getOutputStream().write(answer.body());
    }

    private static void head(WireResponse answer, HttpServletResponse response) {
        response.setStatus(answer.status());
        answer.headers().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        response.setContentLength(answer.body().length);
    }

    /** A client that is still writing may not hear an answer: what has arrived is read, and nothing waited for. */
    private static void finish(HttpServletRequest request) {
        try {
            InputStream body = request.getInputStream();
            body.readNBytes(Math.min(body.available(), WireRequest.MOST_BODY));
        } catch (IOException | IllegalStateException e) {
            // It is gone, and with it whoever would have heard.
        }
    }

    private WireRequest read(HttpServletRequest request) {
        WireRequest.Builder wire = WireRequest.of(request.getMethod(), request.getRequestURI())
                .remoteAddress(proxies.clientAddress(
                        request.getRemoteAddr(),
                        Collections.list(request.getHeaders("Forwarded")),
                        Collections.list(request.getHeaders("X-Forwarded-For"))))
                .body(new Body(request));
        if (request.getQueryString() != null) wire.query(request.getQueryString());
        for (String name : Collections.list(request.getHeaderNames())) {
            for (String value : Collections.list(request.getHeaders(name))) wire.header(name, value);
        }
        return wire.build();
    }
}
