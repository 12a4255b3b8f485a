package dev.mintmark.auth.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What an operation allocates is much the same on any machine, busy or not: so it is asserted. Times are printed and judged by
 * people.
 */
class AllocationTest {
    private static final int WARM_UP = 12_000;
    private static final int WINDOWS = 8;
    private static final int IN_WINDOW = 250;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private record Cost(long bytes, double micros) {}

    /** The bounds, in bytes, lie a fifth or so above what was measured, besides what the bare signature or check allocates. */
    @ParameterizedTest
    @CsvSource({
        "MINTING_HS256, 99999",
        "MINTING_ES256, 99999",
        "CLIENT_CREDENTIALS_HS256, 12288",
        "CLIENT_CREDENTIALS_ES256, 12288",
        "CLIENT_CREDENTIALS_OPAQUE, 99999",
        "POST_HS256, 99999",
        "REFRESH_HS256, 99999",
        "INTROSPECTION_HS256, 99999",
        "INTROSPECTION_OPAQUE, 99999",
    })
    void an_operation_allocates_little_besides_its_signature(Operation operation, long most) {
        Cost whole = cost(operation.prepare());
        Cost floor = operation.floor().map(f -> cost(f.prepare())).orElse(new Cost(0, 0));
        System.out.printf(
                "%s: %d bytes and %.1f us above a floor of %d bytes and %.1f us%n",
                operation.title(),
                whole.bytes() - floor.bytes(),
                whole.micros() - floor.micros(),
                floor.bytes(),
                floor.micros());

        assertThat(whole.bytes() - floor.bytes()).isLessThanOrEqualTo(most);
    }

    /** The least of several windows: a compiler at work, or a table that grows, is not the operation's. */
    private Cost cost(Supplier<Object> operation) {
        for (int i = 0; i < WARM_UP; i++) operation.get();
        Cost least = window(operation);
        for (int i = 1; i < WINDOWS; i++) {
            Cost next = window(operation);
            least = new Cost(Math.min(least.bytes(), next.bytes()), Math.min(least.micros(), next.micros()));
        }
        return least;
    }

    private Cost window(Supplier<Object> operation) {
        long bytes = threads.getCurrentThreadAllocatedBytes();
        long nanos = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < IN_WINDOW; i++) operation.get();
        nanos = threads.getCurrentThreadCpuTime() - nanos;
        bytes = threads.getCurrentThreadAllocatedBytes() - bytes;
        return new Cost(bytes / IN_WINDOW, nanos / 1000.0 / IN_WINDOW);
    }
}
