package dev.mintmark.auth.benchmarks;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Every {@link Operation}, by one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class Benchmarks {
    /** What is measured. */
    @Param
    public Operation operation = Operation.SIGNATURE_HS256;

    private Supplier<Object> prepared = () -> "nothing";

    /** For the benchmark's own use. */
    public Benchmarks() {}

    /** Makes keys, server and request. */
    @Setup
    public void prepare() {
        prepared = operation.prepare();
    }

    /**
     * Does it once.
     *
     * @return what came of it
     */
    @Benchmark
    public Object call() {
        return prepared.get();
    }
}
