package dev.mintmark.auth;

import dev.mintmark.auth.protocol.Authentication;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.Subject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Tells clients that a session has ended (OpenID Connect Back-Channel Logout section 2.5). Nobody waits for it: each is told from
 * a thread of its own house, tried again a few times, and then no more.
 */
final class BackChannel implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Section 2.4: short-lived, at most two minutes. */
    private static final Duration LIFETIME = Duration.ofMinutes(2);

    private static final int THREADS = 2;

    /** Those who are waiting to be told; the others are not, and an event says so. */
    private static final int MOST_WAITING = 10_000;

    private final Settings settings;
    private final EngineMemory memory;
    private final Subjects subjects;
    private final Events events;
    private final Function<String, Optional<Client>> clients;
    private final BiFunction<Client, Claims, String> signing;
    private Optional<HttpClient> http;
    private final List<Duration> retries;
    private Optional<ScheduledThreadPoolExecutor> threads = Optional.empty();
    private boolean closed;

    BackChannel(
            Settings settings,
            EngineMemory memory,
            Subjects subjects,
            Events events,
            Function<String, Optional<Client>> clients,
            BiFunction<Client, Claims, String> signing,
            Optional<HttpClient> http,
            List<Duration> retries) {
        this.settings = settings;
        this.memory = memory;
        this.subjects = subjects;
        this.events = events;
        this.clients = clients;
        this.signing = signing;
        this.http = http;
        this.retries = retries;
    }

    /** A message on its way. */
    private record Message(Client client, URI to, String subject, String session, String id, int tries) {
        Message again() {
            return new Message(client, to, subject, session, id, tries + 1);
        }
    }

    /** Tells whoever got a code in a session, and wants to know. */
    void tell(Held session) {
        Authentication ended = session.authorization().authentication().orElseThrow();
        Subject subject = ended.subject();
        for (String name : session.details().strings(Sessions.CLIENTS)) {
            Optional<Client> client = clients.apply(name);
            Optional<URI> to = client.flatMap(Client::backchannelLogoutUri);
            if (to.isEmpty()) continue;
            String sub = subjects.of(client.get(), subject);
            String sid = ended.session().orElseThrow();
            soon(new Message(client.get(), to.get(), sub, sid, memory.newId(), 0), Duration.ZERO);
        }
    }

    private void soon(Message message, Duration wait) {
        try {
            ScheduledThreadPoolExecutor executor = threads();
            if (executor.getQueue().size() >= MOST_WAITING) throw new RejectedExecutionException("too many wait");
            ScheduledFuture<?> unused =
                    executor.schedule(() -> deliver(message), wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            failed(message, "not told of the logout: " + e.getMessage());
        }
    }

    private synchronized ScheduledThreadPoolExecutor threads() {
        if (closed) throw new RejectedExecutionException("the server is closed");
        if (threads.isEmpty()) {
            ScheduledThreadPoolExecutor made = new ScheduledThreadPoolExecutor(THREADS, work -> {
                Thread thread = new Thread(work, "mintmark-logout");
                thread.setDaemon(true);
                return thread;
            });
            made.setRemoveOnCancelPolicy(true);
            threads = Optional.of(made);
        }
        return threads.get();
    }

    private void deliver(Message message) {
        try {
            int status = sent(message);
            if (status == 200 || status == 204) {
                events.tell(event(AuthEvent.Type.LOGOUT_TOLD, message));
            } else if (status >= 500) {
                troubled(message, "it answered " + status);
            } else {
                // Section 2.8: 400 is its last word; redirects are not followed
                failed(message, "it answered " + status);
            }
        } catch (IOException | RuntimeException e) {
            troubled(message, e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int sent(Message message) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(message.to())
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("logout_token=" + token(message)))
                .build();
        // The status is all there is to know. Whoever waits for the body waits as long as a client likes: the timeout
        // is
        // for the headers.
        HttpResponse<InputStream> answer = http().send(request, HttpResponse.BodyHandlers.ofInputStream());
        answer.body().close();
        return answer.statusCode();
    }

    /** The server's own is made when it is first wanted: it brings a thread. */
    private synchronized HttpClient http() {
        if (closed) throw new RejectedExecutionException("the server is closed");
        HttpClient client = http.orElseGet(() -> HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build());
        http = Optional.of(client);
        return client;
    }

    /** Section 2.4. */
    private String token(Message message) {
        Instant now = memory.now();
        return signing.apply(
                message.client(),
                Claims.builder()
                        .put("iss", settings.issuer())
                        .put("sub", message.subject())
                        .put("aud", message.client().clientId())
                        .put("iat", now.getEpochSecond())
                        .put("exp", now.plus(LIFETIME).getEpochSecond())
                        .put("jti", message.id())
                        .put("sid", message.session())
                        .put("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()))
                        .build());
    }

    private void troubled(Message message, String how) {
        if (message.tries() < retries.size()) soon(message.again(), retries.get(message.tries()));
        else failed(message, how);
    }

    private void failed(Message message, String how) {
        events.tell(event(AuthEvent.Type.FAILED, message).refused(ErrorCode.TEMPORARILY_UNAVAILABLE, how));
    }

    private AuthEvent event(AuthEvent.Type type, Message message) {
        return events.event(type)
                .endpoint("backchannel_logout")
                .client(Optional.of(message.client().clientId()));
    }

    @Override
    public synchronized void close() {
        closed = true;
        threads.ifPresent(ScheduledThreadPoolExecutor::shutdownNow);
        // Its thread ends when nobody has it any more.
        http = Optional.empty();
    }
}
