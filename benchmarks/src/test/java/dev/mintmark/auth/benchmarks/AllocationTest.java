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
    private static final int WARM_UP = 20_000;
    private static final int WINDOWS = 12;
    private static final int IN_WINDOW = 200;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** So that nothing is done for nothing. */
    private Object last = "";

    private record Cost(long bytes, double micros) {
        Cost orLess(Cost other) {
            return new Cost(Math.min(bytes, other.bytes), Math.min(micros, other.micros));
        }
    }

    /**
     * Bytes besides those of the bare signature or check. The bounds lie a fifth or less above what was measured: how much the
     * compiler spares differs a little from run to run.
     */
    @ParameterizedTest
    @CsvSource({
        "MINTING_HS256, 4800",
        "POST_HS256, 22000",
        "REFRESH_HS256, 55000",
        "INTROSPECTION_HS256, 19000",
        "INTROSPECTION_OPAQUE, 24000",
        "CLIENT_CREDENTIALS_OPAQUE, 24000",
        "CLIENT_CREDENTIALS_HS256, 14000",
        "CLIENT_CREDENTIALS_ES256, 14000",
    })
    void an_operation_allocates_little_besides_its_signature(Operation operation, long most) {
        Supplier<Object> work = operation.prepare();
        Supplier<Object> bare = operation.floor().map(Operation::prepare).orElse(() -> "nothing");
        repeat(work, WARM_UP);
        repeat(bare, WARM_UP);
        Cost whole = window(work);
        Cost floor = window(bare);
        // In turns, and the least of each: neither a compiler at work nor a busy neighbour is the operation's.
        for (int i = 1; i < WINDOWS; i++) {
            whole = whole.orLess(window(work));
            floor = floor.orLess(window(bare));
        }
        System.out.printf(
                "%s: %d bytes and %.1f us above a floor of %d bytes and %.1f us%n",
                operation.title(),
                whole.bytes() - floor.bytes(),
                whole.micros() - floor.micros(),
                floor.bytes(),
                floor.micros());

        assertThat(whole.bytes() - floor.bytes()).isLessThanOrEqualTo(most);
    }

    private Cost window(Supplier<Object> operation) {
        long bytes = threads.getCurrentThreadAllocatedBytes();
        long nanos = threads.getCurrentThreadCpuTime();
        repeat(operation, IN_WINDOW);
        nanos = threads.getCurrentThreadCpuTime() - nanos;
        bytes = threads.getCurrentThreadAllocatedBytes() - bytes;
        return new Cost(bytes / IN_WINDOW, nanos / 1000.0 / IN_WINDOW);
    }

    private void repeat(Supplier<Object> operation, int times) {
        for (int i = 0; i < times; i++) last = operation.get();
        assertThat(last).isNotNull();
    }
}
