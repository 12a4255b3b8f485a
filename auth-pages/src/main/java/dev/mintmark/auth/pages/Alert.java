package dev.mintmark.auth.pages;

import dev.mintmark.auth.prompt.Problem;
import dev.mintmark.auth.prompt.Prompt;
import dev.mintmark.auth.protocol.ErrorCode;
import java.util.Optional;
import java.util.Set;

/**
 * What was wrong, in words.
 *
 * @param code why
 * @param text the words
 */
record Alert(ErrorCode code, String text) {
    private static final Set<ErrorCode> WAITING_HELPS =
            Set.of(ErrorCode.TOO_MANY_ATTEMPTS, ErrorCode.TEMPORARILY_UNAVAILABLE);

    static Optional<Alert> of(Prompt.Form form, Texts texts) {
        return form.problem().map(problem -> new Alert(problem.code(), words(form, problem, texts)));
    }

    private static String words(Prompt.Form form, Problem problem, Texts texts) {
        String what = texts.problem(form.page(), problem.code());
        if (problem.retryAfter().isPresent()) {
            return what + " " + texts.retry(problem.retryAfter().get());
        }
        return WAITING_HELPS.contains(problem.code()) ? what + " " + texts.of("wait") : what;
    }

    /** Whether something else has to be entered, or the same could have been right. */
    static boolean isAboutInput(Optional<Alert> alert) {
        return alert.map(Alert::code)
                .filter(c -> c.equals(ErrorCode.INVALID_GRANT) || c.equals(ErrorCode.INVALID_REQUEST))
                .isPresent();
    }
}
