package dev.mintmark.auth.servlet;

import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.protocol.Refused;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;

/** The body as it was sent, or a refusal if nothing of it is left. For one thread. */
final class Body extends InputStream {
    private final HttpServletRequest request;
    private boolean begun;

    Body(HttpServletRequest request) {
        this.request = request;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] to, int from, int length) throws IOException {
        int read = sent().read(to, from, length);
        if (read < 0 && !begun && wasSent()) throw readBefore();
        if (read > 0) begun = true;
        return read;
    }

    private InputStream sent() throws IOException {
        try {
            return request.getInputStream();
        } catch (IllegalStateException e) {
            // Someone has called getReader().
            throw readBefore();
        }
    }

    private boolean wasSent() {
        return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }

    private static Refused readBefore() {
        return Refusal.of(ErrorCode.INVALID_REQUEST, "the body is empty, or a filter before the servlet has read it")
                .saying("the body is empty, or was read before it reached the server")
                .thrown();
    }
}
