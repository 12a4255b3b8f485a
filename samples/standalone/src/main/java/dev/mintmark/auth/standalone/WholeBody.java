package dev.mintmark.auth.standalone;

import dev.mintmark.auth.wire.WireRequest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a request's body without a thread, and only then hands the request on: servlets read on a thread of the pool, and
 * whoever sends a byte now and then would hold one for as long as it pleases him. Jetty's own eager handler keeps the network
 * buffers that the bytes came in, thousands of bytes for each that trickles in; here the bytes are copied. Of a body that is too
 * large no more is read than shows that it is. Thread-safe.
 */
final class WholeBody extends Handler.Wrapper {
    private static final int ENOUGH = WireRequest.MOST_BODY + 1;

    WholeBody(Handler handler) {
        super(handler);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        new Waiting(getHandler(), request, response, callback).read(false);
        return true;
    }

    /** One request whose body is on its way; Jetty runs it on one thread at a time. */
    private static final class Waiting implements Invocable.Task {
        private final Handler next;
        private final Request request;
        private final Response response;
        private final Callback callback;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);

        Waiting(Handler next, Request request, Response response, Callback callback) {
            this.next = next;
            this.request = request;
            this.response = response;
            this.callback = callback;
        }

        @Override
        public void run() {
            read(true);
        }

        /** Called by the selector's thread: what it calls must not wait. */
        @Override
        public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
        }

        void read(boolean elsewhere) {
            while (true) {
                Content.Chunk chunk = request.read();
                if (chunk == null) {
                    request.demand(this);
                    return;
                }
                Rest rest = Rest.of(chunk);
                if (rest != Rest.BROKEN) take(chunk);
                if (rest == Rest.COMING && body.size() < ENOUGH) continue;
                Request whole = new Whole(request, body.toByteArray(), rest, chunk.getFailure());
                if (elsewhere) request.getContext().execute(() -> handOn(whole));
                else handOn(whole);
                return;
            }
        }

        private void take(Content.Chunk chunk) {
            byte[] bytes = new byte[chunk.remaining()];
            chunk.get(bytes, 0, bytes.length);
            chunk.release();
            body.writeBytes(bytes);
        }

        private void handOn(Request whole) {
            try {
                if (!next.handle(whole, response, callback)) {
                    Response.writeError(whole, response, callback, HttpStatus.NOT_FOUND_404);
                }
            } catch (Exception e) {
                Response.writeError(whole, response, callback, e);
            }
        }
    }

    /** What follows the bytes read. */
    private enum Rest {
        COMING,
        NOTHING,
        BROKEN;

        static Rest of(Content.Chunk chunk) {
            if (Content.Chunk.isFailure(chunk)) return BROKEN;
            return chunk.isLast() ? NOTHING : COMING;
        }
    }

    /** The request with its body at hand. */
    private static final class Whole extends Request.Wrapper {
        private final Rest rest;
        private final @Nullable Throwable failure;
        private final byte[] body;
        private boolean read;

        Whole(Request request, byte[] body, Rest rest, @Nullable Throwable failure) {
            super(request);
            this.body = body;
            this.rest = rest;
            this.failure = failure;
        }

        @Override
        public Content.@Nullable Chunk read() {
            if (!read) {
                read = true;
                if (body.length > 0) return Content.Chunk.from(ByteBuffer.wrap(body), rest == Rest.NOTHING);
            }
            if (failure != null) return Content.Chunk.from(failure, true);
            return rest == Rest.NOTHING ? Content.Chunk.EOF : super.read();
        }

        @Override
        public void demand(Runnable ready) {
            if (read && rest == Rest.COMING) super.demand(ready);
            else ready.run();
        }
    }
}
