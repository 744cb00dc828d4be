package net.rollcall.core;

import java.util.Random;

/** When to try again: pauses that double, with jitter so that a fleet does not come back at the same moment. */
final class Backoff {
    /** Attempts of an ordinary call, the first included: about half a minute. Polls and heartbeats go on for ever. */
    static final int ATTEMPTS = 5;
    /** The pause after the first failure. */
    static final long BASE_MS = 1000;
    /** The longest pause that the agent makes by itself. */
    static final long CAP_MS = 5 * 60 * 1000;
    /** The longest pause that a server can ask for. */
    static final long ASKED_MAX_MS = 60 * 60 * 1000;

    private final Random random;

    Backoff(Random random) {
        this.random = random;
    }

    /** The pause after {@code problem}, the {@code failures}th failure in a row (counted from 1), in milliseconds. */
    long afterMs(Problem problem, int failures) {
        long asked = problem.retryAfterMs();
        long least = asked < 0 ? wholeMs(failures) / 2 : Math.min(asked, ASKED_MAX_MS);
        // What the server asks for, plus up to a quarter; otherwise between half and the whole of the doubled time.
        long most = asked < 0 ? wholeMs(failures) : least + least / 4;
        return between(least, most);
    }

    /** A number from {@code low} to {@code high}, both included. */
    long between(long low, long high) {
        return low + (long) (random.nextDouble() * (high - low + 1));
    }

    private static long wholeMs(int failures) {
        int doublings = Math.min(Math.max(failures, 1) - 1, 30);
        return Math.min(BASE_MS << doublings, CAP_MS);
    }
}
