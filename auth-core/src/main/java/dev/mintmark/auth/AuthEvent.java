package dev.mintmark.auth;

import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.FamilyId;
import dev.mintmark.auth.protocol.GrantType;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Something the server did: one for each success and each refusal. It holds no token, code, secret or password. Not
 * changed once it is told; only the engine makes one.
 */
public final class AuthEvent {
    /** What happened. More will come: have a default branch. */
    public enum Type {
        /** A person signed in with a browser, or showed a second factor there. */
        SIGNED_IN,
        /** A session ended because its person wanted it so, or someone else signed in. */
        SIGNED_OUT,
        /** A person set up an authenticator. */
        FACTORS_CHANGED,
        /** A client was told that a session has ended. */
        LOGOUT_TOLD,
        /** A person's approval became a code. */
        CODE_ISSUED,
        /** Tokens were issued. */
        ISSUED,
        /** A refresh token was rotated. */
        REFRESHED,
        /** A refresh token was presented again within the grace, and its successor told again. */
        RETRIED,
        /** A code or refresh token was replayed; its family is revoked. */
        REPLAYED,
        /** A token was introspected. */
        INTROSPECTED,
        /** A token, family, session, client or person was revoked; or a token given back that was none. */
        REVOKED,
        /** The signing keys were replaced at once. */
        KEYS_REVOKED,
        /** An endpoint was called that has no type of its own: UserInfo, the MFA challenge, what a profile or the application added. */
        CALLED,
        /** A password was right, and a second factor is asked for. */
        CHALLENGED,
        /** A request was refused. */
        REFUSED,
        /** A request failed for no fault of its own; a client that was told {@code server_error} can quote the reference. */
        FAILED
    }

    private final Type type;
    private final Instant at;
    private final String issuer;
    private Optional<String> endpoint = Optional.empty();
    private Optional<String> client = Optional.empty();
    private Optional<String> subject = Optional.empty();
    private Optional<GrantType> grant = Optional.empty();
    private Optional<FamilyId> family = Optional.empty();
    private Optional<String> scope = Optional.empty();
    private Optional<ErrorCode> error = Optional.empty();
    private Optional<String> reason = Optional.empty();
    private Optional<String> reference = Optional.empty();
    private Optional<Throwable> cause = Optional.empty();

    AuthEvent(Type type, Instant at, String issuer) {
        this.type = type;
        this.at = at;
        this.issuer = issuer;
    }

    // Set by the engine alone, before anyone is told.

    AuthEvent endpoint(String value) {
        this.endpoint = Optional.of(value);
        return this;
    }

    AuthEvent client(Optional<String> value) {
        this.client = value;
        return this;
    }

    AuthEvent subject(Optional<String> value) {
        this.subject = value;
        return this;
    }

    AuthEvent grant(GrantType value) {
        this.grant = Optional.of(value);
        return this;
    }

    AuthEvent family(Optional<FamilyId> value) {
        this.family = value;
        return this;
    }

    AuthEvent scope(String value) {
        this.scope = Optional.of(value);
        return this;
    }

    AuthEvent refused(ErrorCode code, String why) {
        this.error = Optional.of(code);
        this.reason = Optional.of(why);
        return this;
    }

    AuthEvent reference(String value) {
        this.reference = Optional.of(value);
        return this;
    }

    AuthEvent cause(Throwable value) {
        this.cause = Optional.of(value);
        return this;
    }

    /**
     * What happened.
     *
     * @return the type
     */
    public Type type() {
        return type;
    }

    /**
     * When.
     *
     * @return by the server's clock
     */
    public Instant at() {
        return at;
    }

    /**
     * At which server.
     *
     * @return the issuer
     */
    public String issuer() {
        return issuer;
    }

    /**
     * At which endpoint.
     *
     * @return its name, such as {@code token}
     */
    public Optional<String> endpoint() {
        return endpoint;
    }

    /**
     * Which client.
     *
     * @return {@code client_id}, once it was authenticated
     */
    public Optional<String> client() {
        return client;
    }

    /**
     * Which person.
     *
     * @return {@code sub}, if a person is concerned
     */
    public Optional<String> subject() {
        return subject;
    }

    /**
     * By which grant.
     *
     * @return the grant type, if tokens were issued
     */
    public Optional<GrantType> grant() {
        return grant;
    }

    /**
     * Which family.
     *
     * @return the family, if one is concerned
     */
    public Optional<FamilyId> family() {
        return family;
    }

    /**
     * With which scope.
     *
     * @return the scope of the tokens, if any were issued
     */
    public Optional<String> scope() {
        return scope;
    }

    /**
     * With which error.
     *
     * @return the code, if the request was refused
     */
    public Optional<ErrorCode> error() {
        return error;
    }

    /**
     * Why it was refused.
     *
     * @return for the log, not for the client
     */
    public Optional<String> reason() {
        return reason;
    }

    /**
     * What a client can quote.
     *
     * @return a reference, if the request failed
     */
    public Optional<String> reference() {
        return reference;
    }

    /**
     * What was thrown.
     *
     * @return the cause, if the request failed
     */
    public Optional<Throwable> cause() {
        return cause;
    }

    /** One line, free of control characters whatever a client sent. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder(type.name().toLowerCase(Locale.ROOT))
                .append(" issuer=")
                .append(issuer);
        endpoint.ifPresent(v -> line.append(" endpoint=").append(v));
        client.ifPresent(v -> quote(line, "client", v));
        subject.ifPresent(v -> quote(line, "subject", v));
        grant.ifPresent(v -> line.append(" grant=").append(v));
        family.ifPresent(v -> line.append(" family=").append(v));
        scope.ifPresent(v -> quote(line, "scope", v));
        error.ifPresent(v -> line.append(" error=").append(v));
        reason.ifPresent(v -> quote(line, "reason", v));
        reference.ifPresent(v -> line.append(" reference=").append(v));
        return line.toString();
    }

    /** Whatever a client sent, it ends no quotation, begins no line, and fills no disk. */
    private static void quote(StringBuilder line, String name, String value) {
        line.append(' ').append(name).append("='");
        int shown = Math.min(value.length(), 200);
        for (int i = 0; i < shown; i++) {
            char c = value.charAt(i);
            boolean plain =
                    c != '\'' && c != '\\' && Character.getType(c) != Character.FORMAT && !Character.isISOControl(c);
            if (c == '\'') line.append('\u2019');
            else line.append(plain && c != '\u2028' && c != '\u2029' ? c : '?');
        }
        line.append(shown < value.length() ? "...'" : "'");
    }
}
