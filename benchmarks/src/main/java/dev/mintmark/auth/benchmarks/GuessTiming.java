package dev.mintmark.auth.benchmarks;

import dev.mintmark.auth.AuthorizationServer;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Secret;
import dev.mintmark.auth.protocol.User;
import dev.mintmark.auth.store.ClientStore;
import dev.mintmark.auth.store.UserStore;
import dev.mintmark.auth.wire.WireRequest;
import dev.mintmark.auth.wire.WireResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * Measures whether the time of a refused sign-in tells if there is such a person, and prints a table in Markdown.
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar dev.mintmark.auth.benchmarks.GuessTiming [rounds]
 * }</pre>
 *
 * <p>Each round asks each case once, in an order that is drawn anew, so that whatever else the machine does strikes all alike. The
 * distance is that of Kolmogorov and Smirnov between a case and a wrong password of a known person: 0 for one distribution, 1 for
 * two that never meet. The last row compares wrong passwords with wrong passwords, every other one: chance looks like this.
 */
public final class GuessTiming {
    private static final String WRONG = "a password that is no one's";

    private enum Case {
        KNOWN("wrong password of a known person", "alice"),
        UNKNOWN("unknown name", "no one"),
        WITHOUT("person without a password", "elsewhere"),
        LONG("name of 300 characters", "x".repeat(300)),
        IMPORTED("wrong password, hashed elsewhere (bcrypt, cost 10)", "old");

        private final String title;
        private final String name;

        Case(String title, String name) {
            this.title = title;
            this.name = name;
        }
    }

    private final AuthorizationServer server;
    private final String basic;
    private final Map<Case, List<Long>> nanos = new EnumMap<>(Case.class);

    private GuessTiming() {
        SecureRandom random = new SecureRandom();
        Secret.Generated generated = Secret.generate(random);
        Secret imported = Secret.parse("$2b$10$" + ".".repeat(53));
        this.server = AuthorizationServer.builder(URI.create("https://auth.example.com"))
                .clients(ClientStore.of(Client.of("app")
                        .secret(generated.secret())
                        .grantTypes(GrantType.PASSWORD)
                        .build()))
                .users(UserStore.of(
                        User.of("1").withUsername(Case.KNOWN.name).withPassword(Secret.hash("a password", random)),
                        User.of("2").withUsername(Case.WITHOUT.name),
                        User.of("3").withUsername(Case.IMPORTED.name).withPassword(imported)))
                .passwordGrant()
                .loginAttempts(1_000_000, Duration.ofDays(1), Duration.ofMinutes(1))
                .listener(event -> {})
                .build();
        String pair = "app:" + generated.plaintext();
        this.basic = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Measures and prints.
     *
     * @param args how many rounds, 300 unless told otherwise
     */
    public static void main(String[] args) {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 300;
        GuessTiming timing = new GuessTiming();
        timing.run(50);
        timing.nanos.clear();
        timing.run(rounds);
        System.out.print(timing.table());
    }

    private void run(int rounds) {
        Random order = new Random(20260101);
        List<Case> cases = new ArrayList<>(List.of(Case.values()));
        for (int round = 0; round < rounds; round++) {
            Collections.shuffle(cases, order);
            for (Case one : cases) {
                WireRequest request = request(one);
                long before = System.nanoTime();
                WireResponse response = server.handle(request).orElseThrow();
                long took = System.nanoTime() - before;
                if (response.status() != 400) throw new IllegalStateException(response.text());
                nanos.computeIfAbsent(one, c -> new ArrayList<>()).add(took);
            }
        }
    }

    private WireRequest request(Case one) {
        String form =
                "grant_type=password&username=" + one.name.replace(' ', '+') + "&password=" + WRONG.replace(' ', '+');
        return WireRequest.of("POST", "/token")
                .header("Authorization", basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .remoteAddress("192.0.2.7")
                .body(form.getBytes(StandardCharsets.US_ASCII))
                .build();
    }

    private String table() {
        long[] known = sorted(Case.KNOWN, 0, 1);
        StringBuilder out = new StringBuilder();
        out.append("Java ").append(Runtime.version()).append(", ");
        out.append(System.getProperty("os.arch"))
                .append(", ")
                .append(known.length)
                .append(" rounds\n\n");
        out.append("| refused | 10 % ms | median ms | 90 % ms | median's difference us | distance |\n");
        out.append("|---|---:|---:|---:|---:|---:|\n");
        for (Case one : Case.values()) row(out, one.title, sorted(one, 0, 1), known);
        row(out, "chance", sorted(Case.KNOWN, 0, 2), sorted(Case.KNOWN, 1, 2));
        return out.toString();
    }

    private static void row(StringBuilder out, String title, long[] one, long[] other) {
        out.append(String.format(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %.2f | %.0f | %.3f |%n",
                title,
                part(one, 10) / 1e6,
                part(one, 50) / 1e6,
                part(one, 90) / 1e6,
                (part(one, 50) - part(other, 50)) / 1e3,
                distance(one, other)));
    }

    private long[] sorted(Case one, int from, int every) {
        List<Long> measured = Objects.requireNonNull(nanos.get(one), one.title);
        List<Long> some = new ArrayList<>();
        for (int i = from; i < measured.size(); i += every) some.add(measured.get(i));
        long[] sorted = some.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return sorted;
    }

    private static double part(long[] sorted, int percent) {
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }

    /** The largest difference between the shares of both that are below a time. */
    private static double distance(long[] one, long[] other) {
        double most = 0;
        int j = 0;
        for (int i = 0; i < one.length; i++) {
            while (j < other.length && other[j] <= one[i]) j++;
            double here = (double) (i + 1) / one.length;
            double before = (double) i / one.length;
            double there = (double) j / other.length;
            most = Math.max(most, Math.max(Math.abs(here - there), Math.abs(before - there)));
        }
        return most;
    }
}
