package net.rollcall.core;

/**
 * When the next heartbeat, the next poll and the next attempt after a failure are due. Times are of
 * {@link Host#elapsed()}.
 */
final class Schedule {
    /**
     * The shortest time between the beginnings of two polls that bring nothing new: some proxies let no server wait.
     */
    static final long EMPTY_POLL_MS = 2000;
    /** The shortest time between two heartbeats, and between two attempts, however often the agent is woken. */
    static final long SHORTEST_MS = 5000;
    /** The longest time between two heartbeats, whatever the server asks for. */
    static final long LONGEST_HEARTBEAT_MS = 24 * 60 * 60 * 1000;
    /** The time after which a step that waits for the person is asked again. */
    static final long STEP_AGAIN_MS = 60 * 1000;

    private final Backoff backoff;
    private long nextHeartbeat;
    private long nextPoll;
    private long notBefore;
    private long lastHeartbeat;
    private long lastFailure;
    private boolean isPauseAskedFor;
    private int failures;

    Schedule(Backoff backoff, long now) {
        this.backoff = backoff;
        nextHeartbeat = now;
        nextPoll = now;
        notBefore = now;
        lastHeartbeat = now - SHORTEST_MS;
        lastFailure = now - SHORTEST_MS;
    }

    /** When something is due. With {@code hasWork} that is as soon as the last failure allows. */
    long due(boolean hasWork) {
        return hasWork ? notBefore : Math.max(notBefore, Math.min(nextHeartbeat, nextPoll));
    }

    boolean isHeartbeatDue(long now) {
        return now >= nextHeartbeat;
    }

    /**
     * The agent was woken: a heartbeat is due, and the network may be back. A pause that the server asked for stays.
     */
    void wake(long now) {
        nextHeartbeat = Math.max(now, lastHeartbeat + SHORTEST_MS);
        if (!isPauseAskedFor) {
            notBefore = Math.min(notBefore, Math.max(now, lastFailure + SHORTEST_MS));
        }
    }

    /** A heartbeat is due at once. */
    void expectHeartbeat(long now) {
        nextHeartbeat = now;
    }

    /** A heartbeat is being sent. */
    void beginHeartbeat(long now) {
        lastHeartbeat = now;
    }

    /** A heartbeat was answered: up to a tenth earlier than the server asks, because agents must not report in step. */
    void heartbeatIn(long now, int seconds) {
        long wholeMs = Math.min(seconds * 1000L, LONGEST_HEARTBEAT_MS);
        nextHeartbeat = now + Math.max(backoff.between(wholeMs - wholeMs / 10, wholeMs), SHORTEST_MS);
    }

    /** How long a poll may wait, in whole seconds: until the next heartbeat, at most {@code most}. */
    int pollWaitS(long now, int most) {
        return (int) Math.max(1, Math.min(most, (nextHeartbeat - now) / 1000));
    }

    /** A poll that began at {@code began} was answered. Jitter: after a restart not all agents of a fleet at once. */
    void pollAnswered(long began, long now, boolean hasNews) {
        nextPoll = now + backoff.between(0, 250);
        if (!hasNews) {
            nextPoll = Math.max(nextPoll, began + EMPTY_POLL_MS);
        }
    }

    /** The person has not answered yet. */
    void waitForPerson(long now) {
        notBefore = now + STEP_AGAIN_MS;
        isPauseAskedFor = false;
    }

    void succeeded() {
        failures = 0;
        isPauseAskedFor = false;
    }

    void failed(long now, Problem problem) {
        failures++;
        lastFailure = now;
        isPauseAskedFor = problem.retryAfterMs() >= 0;
        notBefore = now + backoff.afterMs(problem, failures);
    }
}
