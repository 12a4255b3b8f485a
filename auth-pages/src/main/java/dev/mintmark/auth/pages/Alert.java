package dev.mintmark.auth.pages;

import dev.mintmark.auth.prompt.Problem;
import dev.mintmark.auth.prompt.Prompt;
import dev.mintmark.auth.protocol.ErrorCode;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was wrong, in words.
 *
 * @param code why
 * @param field the one field it is about; empty for every field
 * @param text the words
 */
record Alert(ErrorCode code, Optional<String> field, String text) {
    private static final Set<ErrorCode> WAITING_HELPS =
            Set.of(ErrorCode.TOO_MANY_ATTEMPTS, ErrorCode.TEMPORARILY_UNAVAILABLE);
    private static final Set<ErrorCode> ABOUT_INPUT = Set.of(ErrorCode.INVALID_GRANT, ErrorCode.INVALID_REQUEST);

    static Optional<Alert> of(Prompt.Form form, Texts texts) {
        return form.problem().map(problem -> {
            Optional<String> field = field(form, problem.code());
            return new Alert(problem.code(), field, words(place(form, field), problem, texts));
        });
    }

    /** Whoever has given a name can only have forgotten the password. */
    private static Optional<String> field(Prompt.Form form, ErrorCode code) {
        boolean named = form instanceof Prompt.SignIn login
                && login.username().filter(name -> !name.isBlank()).isPresent();
        return named && code.equals(ErrorCode.INVALID_REQUEST) ? Optional.of("password") : Optional.empty();
    }

    private static String place(Prompt.Form form, Optional<String> field) {
        if (form instanceof Prompt.SecondFactor mfa) return form.page() + "." + mfa.factor();
        return form.page() + field.map(name -> "." + name).orElse("");
    }

    private static String words(String place, Problem problem, Texts texts) {
        String what = texts.problem(place, problem.code());
        if (problem.retryAfter().isPresent()) {
            return what + " " + texts.retry(problem.retryAfter().get());
        }
        return WAITING_HELPS.contains(problem.code()) ? what + " " + texts.of("wait") : what;
    }

    private boolean concerns(String name) {
        return field.isEmpty() || field.get().equals(name);
    }

    /** For {@code aria-describedby} of a field. */
    static @Nullable String describing(String name, Optional<Alert> alert) {
        return alert.filter(a -> a.concerns(name)).isPresent() ? "problem" : null;
    }

    /** For {@code aria-invalid}: whether something else has to be entered there, or the same could have been right. */
    static @Nullable String invalid(String name, Optional<Alert> alert) {
        return alert.filter(a -> a.concerns(name) && ABOUT_INPUT.contains(a.code()))
                        .isPresent()
                ? "true"
                : null;
    }
}
