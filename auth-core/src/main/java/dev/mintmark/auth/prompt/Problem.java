package dev.mintmark.auth.prompt;

import dev.mintmark.auth.protocol.ErrorCode;
import java.time.Duration;
import java.util.Optional;

/**
 * What was wrong with what a person entered last.
 *
 * @param code {@code invalid_grant} for a wrong name, password or code, {@code access_denied} for a person who is disabled,
 *     {@code too_many_attempts}, {@code temporarily_unavailable}, {@code invalid_request} for an empty field; more may come
 * @param retryAfter how long to wait before the next try, if waiting helps
 */
public record Problem(ErrorCode code, Optional<Duration> retryAfter) {}
