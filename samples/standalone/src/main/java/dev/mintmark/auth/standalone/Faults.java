package dev.mintmark.auth.standalone;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Everything that is wrong with a file, each with its line and its key path. Not thread-safe. */
final class Faults {
    private record Fault(int line, String path, String words) {}

    private final String file;
    private final Set<Fault> all = new LinkedHashSet<>();
    private final Set<Fault> notes = new LinkedHashSet<>();

    Faults(String file) {
        this.file = file;
    }

    /** Adds a fault; the same twice counts once. */
    void add(int line, String path, String words) {
        all.add(new Fault(line, path, words));
    }

    /** Adds what is no fault, and yet not what whoever wrote the file may think. */
    void note(int line, String path, String words) {
        notes.add(new Fault(line, path, words));
    }

    /** How many faults there are: whoever compares two counts knows whether anything went wrong in between. */
    int count() {
        return all.size();
    }

    boolean none() {
        return all.isEmpty();
    }

    /** One line a fault, in the order of the file: {@code file:line: path: words}. */
    List<String> lines() {
        return lines(all);
    }

    /** The same of what is no fault. */
    List<String> notes() {
        return lines(notes);
    }

    private List<String> lines(Set<Fault> some) {
        return some.stream()
                .sorted(Comparator.comparingInt(Fault::line))
                .map(f -> file + ":" + f.line() + ": " + (f.path().isEmpty() ? "" : f.path() + ": ") + f.words())
                .toList();
    }
}
