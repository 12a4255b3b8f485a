package dev.mintmark.auth;

import dev.mintmark.auth.EngineMemory.Jotted;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.MfaFactor;
import dev.mintmark.auth.protocol.Secret;
import dev.mintmark.auth.protocol.Totp;
import dev.mintmark.auth.protocol.User;
import dev.mintmark.auth.store.Change;
import dev.mintmark.auth.store.GrantKey;
import dev.mintmark.auth.store.Kind;
import dev.mintmark.auth.user.People.Proven;
import dev.mintmark.auth.user.People.Sent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Whether a code is right, and what must be written so that it is never right again. Counts nothing. */
final class SecondFactors {
    /** Longer than a code of RFC 6238 can be used. */
    private static final Duration STEP_REMEMBERED = Duration.ofMinutes(10);

    /** What was used once stays used. */
    private static final Duration FOREVER = Duration.ofDays(3650);

    /** A given code that was used is soon as unknown as any. */
    private static final Duration SPENT_REMEMBERED = Duration.ofHours(1);

    /** 32 letters and digits that no one mistakes for one another. */
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

    private final EngineMemory memory;
    private final Turns turns;

    SecondFactors(EngineMemory memory, Turns turns) {
        this.memory = memory;
        this.turns = turns;
    }

    /** RFC 6238 section 5.2: a second use of a code MUST NOT be accepted. */
    Optional<Proven> otp(User user, String code) {
        Optional<Totp> totp = factor(user, Totp.class);
        if (totp.isEmpty()) return Optional.empty();
        GrantKey key = memory.key(Kind.TOTP, user.subject().value());
        Optional<Jotted> last = memory.note(key);
        long used = last.map(note -> note.details().number("step").orElse(0)).orElse(0L);
        OptionalLong step = totp.get().step(code.strip(), memory.now(), used);
        if (step.isEmpty()) return Optional.empty();
        Change change = memory.write(key, last, Claims.of("step", step.getAsLong()), STEP_REMEMBERED);
        return Optional.of(new Proven(List.of("otp"), change, Claims.none()));
    }

    /** RFC 8176 has a word for text messages; a code by e-mail is a one-time password like another. */
    Optional<Proven> sentCode(User user, Optional<Sent> sent, String code) {
        return sent.filter(last -> user.factors().contains(last.factor()))
                .filter(last -> MessageDigest.isEqual(utf8(last.code()), utf8(code.strip())))
                .map(last -> last.factor().channel() == MfaFactor.SentCode.Channel.SMS ? "sms" : "otp")
                .map(how -> new Proven(List.of(how), Change.none(), Claims.none()));
    }

    /** A code of the person's own list, or one that was given for such a code. */
    Optional<Proven> recoveryCode(User user, String code) {
        Optional<MfaFactor.RecoveryCodes> list = factor(user, MfaFactor.RecoveryCodes.class);
        if (list.isEmpty()) return Optional.empty();
        GrantKey given = given(user, list.get(), code);
        Optional<Jotted> found = memory.note(given);
        if (found.isPresent()) {
            return found.filter(note -> !note.stored().spent())
                    .map(note -> proven(user, list.get(), memory.spend(given, note, SPENT_REMEMBERED)));
        }
        List<Secret> unused = list.get().codes().stream()
                .filter(secret -> memory.note(used(user, secret)).isEmpty())
                .toList();
        // One turn for all of them: what was looked at in part is paid for in full.
        Optional<Secret> right = turns.among(
                user.subject().value(),
                () -> turns.slowly(() -> unused.stream()
                        .filter(secret -> secret.matches(code.strip()))
                        .findFirst()));
        return right.map(secret -> {
            Change used = memory.write(used(user, secret), Optional.empty(), Claims.none(), FOREVER);
            return proven(user, list.get(), used);
        });
    }

    /** A code is replaced by another, so that no one runs out of them. */
    private Proven proven(User user, MfaFactor.RecoveryCodes list, Change used) {
        String code = newRecoveryCode();
        Change fresh = memory.write(given(user, list, code), Optional.empty(), Claims.none(), FOREVER);
        return new Proven(List.of("otp"), used.and(fresh), Claims.of("recovery_code", code));
    }

    /** 80 random bits. */
    String newRecoveryCode() {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < 16; i++) {
            if (i > 0 && i % 4 == 0) code.append('-');
            code.append(ALPHABET.charAt(memory.randomBelow(ALPHABET.length())));
        }
        return code.toString();
    }

    /** Of 80 random bits: its hash is the row's key. It is good as long as the list for one of whose codes it was given. */
    private GrantKey given(User user, MfaFactor.RecoveryCodes list, String code) {
        String plain = code.toLowerCase(Locale.ROOT).replaceAll("[ -]", "");
        return memory.key(
                Kind.RECOVERY_CODE, String.join("\n", "given", user.subject().value(), list.fingerprint(), plain));
    }

    private GrantKey used(User user, Secret secret) {
        return memory.key(Kind.RECOVERY_CODE, "used\n" + user.subject().value() + '\n' + secret.stored());
    }

    private static <T extends MfaFactor> Optional<T> factor(User user, Class<T> type) {
        return user.factors().stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
