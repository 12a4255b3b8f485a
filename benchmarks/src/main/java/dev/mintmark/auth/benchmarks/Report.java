package dev.mintmark.auth.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures, and prints a table in Markdown: processor time and allocation of one operation, and what of it is above the bare
 * signature.
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar dev.mintmark.auth.benchmarks.Report [rounds [name]]
 * }</pre>
 *
 * <p>A round runs every operation whose name contains the second argument, and its floor, in a JVM of its own for about five
 * seconds; the rounds follow each other, so that whatever else the machine does strikes all alike. The table holds medians.
 */
public final class Report {
    private final Map<Operation, List<Double>> micros = new EnumMap<>(Operation.class);
    private final Map<Operation, List<Double>> bytes = new EnumMap<>(Operation.class);

    private Report() {}

    /**
     * Measures and prints.
     *
     * @param args how many rounds, two unless told otherwise; a part of the names of what is measured
     * @throws RunnerException if a benchmark fails
     */
    public static void main(String[] args) throws RunnerException {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 2;
        Set<Operation> chosen = chosen(args.length > 1 ? args[1].toUpperCase(Locale.ROOT) : "");
        Report report = new Report();
        for (int round = 1; round <= rounds; round++) {
            System.err.println("round " + round + " of " + rounds);
            report.add(new Runner(options(chosen)).run());
        }
        System.out.print(report.table(chosen));
    }

    private static Set<Operation> chosen(String part) {
        Set<Operation> chosen = EnumSet.noneOf(Operation.class);
        for (Operation operation : Operation.values()) {
            if (!operation.name().contains(part)) continue;
            chosen.add(operation);
            operation.floor().ifPresent(chosen::add);
        }
        return chosen;
    }

    private static Options options(Set<Operation> chosen) {
        return new OptionsBuilder()
                .include(Benchmarks.class.getName())
                .param("operation", chosen.stream().map(Operation::name).toArray(String[]::new))
                .addProfiler(GCProfiler.class)
                .addProfiler(ThreadTime.class)
                .jvmArgsAppend("-Xms512m", "-Xmx512m")
                .warmupIterations(6)
                .warmupTime(TimeValue.milliseconds(400))
                .measurementIterations(10)
                .measurementTime(TimeValue.milliseconds(200))
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .build();
    }

    private void add(Collection<RunResult> results) {
        for (RunResult result : results) {
            Operation operation = Operation.valueOf(result.getParams().getParam("operation"));
            for (BenchmarkResult fork : result.getBenchmarkResults()) {
                for (IterationResult iteration : fork.getIterationResults()) {
                    add(micros, operation, iteration, ThreadTime.LABEL);
                    add(bytes, operation, iteration, "gc.alloc.rate.norm");
                }
            }
        }
    }

    private static void add(
            Map<Operation, List<Double>> to, Operation operation, IterationResult iteration, String label) {
        Result<?> measured =
                Objects.requireNonNull(iteration.getSecondaryResults().get(label), label);
        to.computeIfAbsent(operation, o -> new ArrayList<>()).add(measured.getScore());
    }

    private String table(Set<Operation> chosen) {
        StringBuilder out = new StringBuilder();
        out.append("Java ").append(Runtime.version()).append(", ");
        out.append(System.getProperty("os.arch")).append(", one thread\n\n");
        out.append("| operation | us/op | floor | difference | times the floor | B/op | floor | difference |\n");
        out.append("|---|---:|---:|---:|---:|---:|---:|---:|\n");
        for (Operation operation : chosen) {
            double time = median(micros, operation);
            double space = median(bytes, operation);
            out.append(operation
                    .floor()
                    .map(floor -> row(operation, time, median(micros, floor), space, median(bytes, floor)))
                    .orElseGet(() -> String.format(
                            Locale.ROOT, "| %s | %.2f | | | | %.0f | | |%n", operation.title(), time, space)));
        }
        return out.toString();
    }

    private static String row(Operation operation, double time, double floorTime, double space, double floorSpace) {
        return String.format(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %.2f | %.2f | %.0f | %.0f | %.0f |%n",
                operation.title(),
                time,
                floorTime,
                time - floorTime,
                time / floorTime,
                space,
                floorSpace,
                space - floorSpace);
    }

    private static double median(Map<Operation, List<Double>> measured, Operation operation) {
        double[] sorted = measured.getOrDefault(operation, List.of()).stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
