package dev.mintmark.auth.pages;

import dev.mintmark.auth.prompt.Prompt;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What can be ended, in words.
 *
 * @param id of the element
 * @param name what names it in the form
 * @param title what it is
 * @param since when it began
 * @param how by what the person signed in; empty if it is no session
 * @param allowed what it may do; empty if it is no client
 * @param current whether it is this very browser
 */
record AccountLine(
        String id, String name, String title, Instant since, String how, List<Access> allowed, boolean current) {
    static List<AccountLine> of(String kind, List<Prompt.Account.Entry> entries, Texts texts) {
        return IntStream.range(0, entries.size())
                .mapToObj(i -> of(kind + "-" + (i + 1), kind, entries.get(i), texts))
                .toList();
    }

    private static AccountLine of(String id, String kind, Prompt.Account.Entry entry, Texts texts) {
        boolean session = kind.equals("session");
        boolean here = session && entry.current();
        return new AccountLine(
                id,
                entry.name(),
                entry.title().isBlank()
                        ? texts.of("account." + kind + (entry.current() ? ".current" : ".other"))
                        : entry.title(),
                entry.since(),
                session ? how(entry.details(), texts) : "",
                session
                        ? List.of()
                        : entry.details().stream().map(texts::allowed).toList(),
                here);
    }

    private static String how(List<String> methods, Texts texts) {
        return methods.stream()
                // It says no more than that there were two of the others.
                .filter(method -> !method.equals("mfa"))
                .map(method -> texts.has("amr." + method) ? texts.of("amr." + method) : method)
                .collect(Collectors.joining(", "));
    }
}
