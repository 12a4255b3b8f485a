package dev.mintmark.auth.protocol;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A request refused: what the client is told, and what the log is told.
 *
 * <p>It carries no HTTP status: the dialect of the route owns status, headers and shape. The {@linkplain #reason() reason} is
 * for the log and never reaches the wire; the {@linkplain #description() description} is public. Neither may hold a secret.
 * Immutable.
 */
public final class Refusal {
    private final ErrorCode code;
    private final String reason;
    private final Optional<String> description;
    private final Optional<String> parameter;
    private final Optional<Duration> retryAfter;
    private final List<String> allow;
    private final Optional<FamilyId> revokes;
    private final Claims members;

    private Refusal(
            ErrorCode code,
            String reason,
            Optional<String> description,
            Optional<String> parameter,
            Optional<Duration> retryAfter,
            List<String> allow,
            Optional<FamilyId> revokes,
            Claims members) {
        this.code = code;
        this.reason = reason;
        this.description = description;
        this.parameter = parameter;
        this.retryAfter = retryAfter;
        this.allow = allow;
        this.revokes = revokes;
        this.members = members;
    }

    /**
     * A refusal that tells the client its code and nothing else.
     *
     * @param code the code on the wire
     * @param reason what happened, for the log; no secret
     * @return the refusal
     */
    public static Refusal of(ErrorCode code, String reason) {
        return new Refusal(
                code,
                reason,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Claims.none());
    }

    /**
     * An {@code invalid_request} that names the parameter at fault.
     *
     * @param parameter the name of the parameter
     * @param description what is wrong with it, public
     * @return the refusal
     */
    public static Refusal badParameter(String parameter, String description) {
        return of(ErrorCode.INVALID_REQUEST, parameter + ": " + description)
                .about(parameter)
                .saying(parameter + ": " + description);
    }

    /**
     * The same refusal with a public text.
     *
     * @param text becomes {@code error_description}; characters outside RFC 6749's set are replaced
     * @return the new refusal
     */
    public Refusal saying(String text) {
        return new Refusal(
                code, reason, Optional.of(describable(text)), parameter, retryAfter, allow, revokes, members);
    }

    /**
     * The same refusal, naming the parameter at fault.
     *
     * @param name the parameter
     * @return the new refusal
     */
    public Refusal about(String name) {
        return new Refusal(code, reason, description, Optional.of(name), retryAfter, allow, revokes, members);
    }

    /**
     * The same refusal with the time after which a retry may succeed.
     *
     * @param wait how long to wait
     * @return the new refusal
     */
    public Refusal retryAfter(Duration wait) {
        return new Refusal(code, reason, description, parameter, Optional.of(wait), allow, revokes, members);
    }

    /**
     * The same refusal with the methods that would have been allowed (RFC 9110 section 10.2.1).
     *
     * @param methods HTTP methods
     * @return the new refusal
     */
    public Refusal allowing(List<String> methods) {
        return new Refusal(code, reason, description, parameter, retryAfter, List.copyOf(methods), revokes, members);
    }

    /**
     * The same refusal, upon which the engine revokes a family durably: the answer to a replay.
     *
     * @param family the family to end
     * @return the new refusal
     */
    public Refusal revoking(FamilyId family) {
        return new Refusal(code, reason, description, parameter, retryAfter, allow, Optional.of(family), members);
    }

    /**
     * The same refusal with further members for the client, such as what it takes to go on. They may hold secrets: only the wire
     * sees them, no log and no event.
     *
     * @param more beside those of RFC 6749 section 5.2
     * @return the new refusal
     */
    public Refusal telling(Claims more) {
        return new Refusal(code, reason, description, parameter, retryAfter, allow, revokes, members.with(more));
    }

    /**
     * What the client is told.
     *
     * @return the code
     */
    public ErrorCode code() {
        return code;
    }

    /**
     * What the log is told.
     *
     * @return the reason; not for the wire
     */
    public String reason() {
        return reason;
    }

    /**
     * The public text, if there is one beside the code.
     *
     * @return the text, in the characters of RFC 6749 section 5.2
     */
    public Optional<String> description() {
        return description;
    }

    /**
     * The parameter at fault.
     *
     * @return its name, if one is
     */
    public Optional<String> parameter() {
        return parameter;
    }

    /**
     * What else the client is told.
     *
     * @return members beside those of RFC 6749 section 5.2; not for a log
     */
    public Claims members() {
        return members;
    }

    /**
     * How long the client should wait.
     *
     * @return the wait, if waiting helps
     */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /**
     * The methods that would have been allowed.
     *
     * @return HTTP methods; empty unless the method was the fault
     */
    public List<String> allow() {
        return allow;
    }

    /**
     * The family this refusal ends.
     *
     * @return the family, if the refusal answers a replay
     */
    public Optional<FamilyId> revokes() {
        return revokes;
    }

    /**
     * This refusal as an exception, to be thrown where the rule lives.
     *
     * @return an exception without a stack trace
     */
    public Refused thrown() {
        return new Refused(this);
    }

    @Override
    public String toString() {
        return code + " (" + reason + ")";
    }

    // RFC 6749 section 5.2: error_description is %x20-21 / %x23-5B / %x5D-7E
    private static String describable(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') out.append('\'');
            else out.append(c >= 0x20 && c <= 0x7E ? (char) c : '?');
        });
        return out.toString();
    }
}
