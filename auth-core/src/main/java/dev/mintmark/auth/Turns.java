package dev.mintmark.auth;

import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.protocol.Refused;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Slow checks, in turn: first among those for the same name, so that guesses at one keep no other waiting; then among all, as many
 * at once as there are processors. Whoever would wait too long, or wait with too many, is told to come again. Thread-safe.
 */
final class Turns {
    /** How long a request waits for its turn, and how many wait at the most: each holds a thread. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private static final int MOST_WAITING = 16;
    private static final int LANES = 64;

    /** How many wait for one name: no name's guesses take up the room of all. */
    private static final int MOST_WAITING_FOR_ONE = 8;

    private final String what;
    private final int seed;
    private final Semaphore waiting;
    private final Semaphore atOnce;
    private final List<Lane> lanes;

    /** Those for some names, of whom only so many may come in, and fewer are at work. */
    private record Lane(Semaphore room, Semaphore turn) {}

    /**
     * Turns.
     *
     * @param what is checked, for the log
     * @param atOnce how many checks go on at once
     * @param perName how many of them for one name
     * @param random spreads names over lanes in a way that no one can foresee
     */
    Turns(String what, int atOnce, int perName, SecureRandom random) {
        this.what = what;
        this.seed = random.nextInt();
        this.waiting = new Semaphore(atOnce + MOST_WAITING);
        this.atOnce = new Semaphore(atOnce, true);
        this.lanes = Stream.generate(
                        () -> new Lane(new Semaphore(perName + MOST_WAITING_FOR_ONE), new Semaphore(perName, true)))
                .limit(LANES)
                .toList();
    }

    /** Waits among those for one name; within, {@link #slowly} waits among all. */
    <T> T among(String name, Supplier<T> work) {
        Lane lane = lanes.get(lane(name));
        return inside(lane.room(), () -> inside(waiting, () -> holding(lane.turn(), work)));
    }

    <T> T slowly(Supplier<T> check) {
        return holding(atOnce, check);
    }

    private <T> T inside(Semaphore room, Supplier<T> work) {
        if (!room.tryAcquire()) throw busy();
        try {
            return work.get();
        } finally {
            room.release();
        }
    }

    private <T> T holding(Semaphore turn, Supplier<T> work) {
        try {
            if (!turn.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) throw busy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        }
        try {
            return work.get();
        } finally {
            turn.release();
        }
    }

    private int lane(String name) {
        int hash = seed;
        for (int i = 0; i < name.length(); i++) hash = Integer.rotateLeft((hash ^ name.charAt(i)) * 0x9E3779B1, 15);
        return Math.floorMod(hash, LANES);
    }

    private Refused busy() {
        return Refusal.of(ErrorCode.TEMPORARILY_UNAVAILABLE, "too many " + what + " are being hashed")
                .retryAfter(Duration.ofSeconds(1))
                .thrown();
    }
}
