package dev.mintmark.auth.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;

/** What a parser may cost: memory in proportion to what it is given. */
final class Cost {
    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final long CONSTANT = 64 << 10;

    private Cost() {}

    /** Runs, and complains if more was allocated than so many bytes for each byte of input. */
    static <T> T within(int factor, int input, Supplier<T> run) {
        long most = CONSTANT + (long) factor * input;
        long before = THREAD.getCurrentThreadAllocatedBytes();
        try {
            return run.get();
        } finally {
            // The first time, classes may have been loaded meanwhile.
            if (THREAD.getCurrentThreadAllocatedBytes() - before > most) {
                assertThat(spent(run)).as("allocated for %d bytes", input).isLessThan(most);
            }
        }
    }

    private static long spent(Supplier<?> run) {
        long before = THREAD.getCurrentThreadAllocatedBytes();
        try {
            Object unused = run.get();
        } catch (RuntimeException e) {
            // The first run tells of it.
        }
        return THREAD.getCurrentThreadAllocatedBytes() - before;
    }
}
