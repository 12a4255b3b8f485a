package dev.mintmark.auth.standalone;

import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The program: a placeholder that says it is ready and waits for the end. */
public final class Main {
    private Main() {}

    /**
     * Runs until the process is told to stop.
     *
     * @param args the command line
     * @throws InterruptedException if the wait is broken off
     */
    public static void main(String[] args) throws InterruptedException {
        System.out.println(greeting(List.of(args)));
        System.out.flush();
        new CountDownLatch(1).await();
    }

    static String greeting(List<String> args) {
        return args.isEmpty() ? "ready http://127.0.0.1:9000" : "ready http://127.0.0.1:9000 " + args;
    }
}
