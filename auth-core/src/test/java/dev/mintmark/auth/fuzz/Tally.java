package dev.mintmark.auth.fuzz;

import java.util.Map;
import java.util.TreeMap;

/** How many requests were sent to each API, and how they were answered: so that a figure can be quoted, and silence is noticed. */
final class Tally {
    private static final Map<String, Map<Integer, Integer>> COUNTS = new TreeMap<>();

    private Tally() {}

    static synchronized void count(Api api, int status) {
        COUNTS.computeIfAbsent(api.name(), name -> new TreeMap<>()).merge(status, 1, Integer::sum);
    }

    static synchronized String report() {
        StringBuilder out = new StringBuilder("Requests judged, by API and status:\n");
        COUNTS.forEach((api, counts) -> out.append(String.format(
                "  %-16s %7d  %s%n",
                api, counts.values().stream().mapToInt(Integer::intValue).sum(), counts)));
        return out.toString();
    }
}
