package dev.mintmark.auth.race;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Eight threads that do the same thing at the same moment, as often as they are told. */
public final class Race implements AutoCloseable {
    public static final int THREADS = 8;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final CyclicBarrier start = new CyclicBarrier(THREADS);

    public <T> List<T> run(Supplier<T> runner) throws Exception {
        List<Future<T>> running = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            running.add(threads.submit(() -> {
                start.await(30, TimeUnit.SECONDS);
                return runner.get();
            }));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> one : running) results.add(one.get(30, TimeUnit.SECONDS));
        return results;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
