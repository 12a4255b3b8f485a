package dev.mintmark.auth.testkit.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/** Threads that start together, again and again. Whoever takes a minute hangs. */
final class Race implements AutoCloseable {
    static final int THREADS = 8;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    /** Runs eight tasks at once, and waits for all. */
    <T> List<T> run(IntFunction<? extends Callable<T>> tasks) throws InterruptedException {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        List<Future<T>> running = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Callable<T> task = tasks.apply(i);
            running.add(threads.submit(() -> {
                start.await(1, TimeUnit.MINUTES);
                return task.call();
            }));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> one : running) results.add(result(one));
        return results;
    }

    private static <T> T result(Future<T> running) throws InterruptedException {
        try {
            return running.get(1, TimeUnit.MINUTES);
        } catch (ExecutionException e) {
            throw new AssertionError("a thread failed: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("a thread hangs", e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
