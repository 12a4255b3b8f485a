package dev.mintmark.auth.servlet;

import dev.mintmark.auth.wire.WireHandler;
import dev.mintmark.auth.wire.WireRequest;
import dev.mintmark.auth.wire.WireResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;

/**
 * A Jakarta servlet in front of a server: turns servlet requests into wire requests and wire responses into servlet
 * responses, and decides nothing. Map it to the path of the server's base URI and everything below it, or to {@code /*}.
 * Thread-safe.
 */
public final class AuthServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient WireHandler handler;

    /**
     * A servlet.
     *
     * @param handler a server, or several as one
     */
    public AuthServlet(WireHandler handler) {
        this.handler = handler;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        WireResponse answer = handler.answer(read(request));
        response.setStatus(answer.status());
        answer.headers().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        response.setContentLength(answer.body().length);
        // RFC 9110 section 9.3.2: the same headers, the length included, but no body
        if (!request.getMethod().equals("HEAD")) response.getOutputStream().write(answer.body());
    }

    private static WireRequest read(HttpServletRequest request) throws IOException {
        WireRequest.Builder wire = WireRequest.of(request.getMethod(), request.getRequestURI())
                .remoteAddress(request.getRemoteAddr())
                .body(request.getInputStream());
        if (request.getQueryString() != null) wire.query(request.getQueryString());
        for (String name : Collections.list(request.getHeaderNames())) {
            for (String value : Collections.list(request.getHeaders(name))) wire.header(name, value);
        }
        return wire.build();
    }
}
