package net.rollcall.core;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.json.JSONException;
import org.json.JSONObject;

/**
 * An agent: a host, a memory, and the server it is enrolled with.
 *
 * <p>One thread works with it: {@link #enroll}, {@link #run}, {@link #unenroll}. Any thread may call {@link #stop},
 * {@link #wake} and {@link #status}.
 */
public final class Agent {
    /** Ownership of a device that belongs to the company. */
    public static final String COMPANY = "company";
    /** Ownership of a device that belongs to its person. */
    public static final String PERSONAL = "personal";

    /** How long a call may take, in milliseconds; a poll may take longer by the time it waits. */
    private static final int CALL_LIMIT_MS = 15000;
    /** Heartbeats between two inventories: about a day. */
    private static final int HEARTBEATS_PER_INVENTORY = 96;

    private final Host host;
    private final Memory memory;
    private final Api api;
    private final Backoff backoff;
    private final Caller caller;
    private final Commands commands;
    private final AtomicBoolean isBusy = new AtomicBoolean();
    private final AtomicBoolean isWoken = new AtomicBoolean();

    private Schedule schedule;
    private int heartbeats;
    private boolean haveCommandsFailed;
    private boolean isWorking;

    /** Why {@link #run} returned. */
    public enum End {
        /** {@link Agent#stop()} was called. */
        STOPPED,
        /** There is no enrollment. */
        NOT_ENROLLED,
        /** The server does not know this device any more: only a new enrollment helps. */
        ENDED,
        /** The device is being erased. */
        WIPED
    }

    /** An agent that works for a device. */
    public Agent(Host host, Memory memory) {
        this(host, memory, CALL_LIMIT_MS);
    }

    /** An agent whose calls may take {@code callLimitMs} milliseconds. */
    Agent(Host host, Memory memory, int callLimitMs) {
        this.host = host;
        this.memory = memory;
        this.api = new Api(host.version(), callLimitMs);
        this.backoff = new Backoff(host.random());
        this.caller = new Caller(host, memory, api, backoff, new Facts(host));
        this.commands = new Commands(host, memory, caller);
    }

    /** How the agent stands. Called by any thread. */
    public Status status() {
        return caller.status();
    }

    /** Makes {@link #run} return soon; when none is running, the next one returns at once. Called by any thread. */
    public void stop() {
        caller.setStopping(true);
        api.cancelPoll();
        host.endPause();
    }

    /**
     * Something has changed (a permission, the administrator, the network), or an alarm rang: a heartbeat is due, and a
     * step that waits for the person is asked again. Called by any thread, as often as it likes.
     */
    public void wake() {
        isWoken.set(true);
        api.cancelPoll();
        host.endPause();
    }

    /**
     * Enrolls with an invitation's link.
     *
     * @param address of {@link Address#parse}
     * @param ownership {@link #COMPANY} or {@link #PERSONAL}
     * @throws Problem the server refuses or cannot be reached
     * @throws IOException the memory cannot be written
     */
    public void enroll(Address address, String ownership) throws Problem, IOException, InterruptedException {
        try {
            enroll(address.server(), new JSONObject().put("method", "token").put("token", address.token()), ownership);
        } catch (JSONException e) {
            throw new IOException(e);
        }
    }

    /**
     * Enrolls with an invitation's PIN and the person's email.
     *
     * @param address of {@link Address#server}
     * @throws Problem the server refuses or cannot be reached
     * @throws IOException the memory cannot be written
     */
    public void enroll(Address address, String email, String pin, String ownership)
            throws Problem, IOException, InterruptedException {
        try {
            JSONObject credential = new JSONObject().put("method", "pin").put("email", email.trim()).put("pin", pin);
            enroll(address.server(), credential, ownership);
        } catch (JSONException e) {
            throw new IOException(e);
        }
    }

    private void enroll(String server, JSONObject credential, String ownership)
            throws Problem, IOException, InterruptedException {
        begin();
        caller.live().isContacting = true;
        caller.live().failure = null;
        caller.publish();
        try {
            caller.enroll(server, credential, ownership);
        } finally {
            caller.live().isContacting = false;
            caller.publish();
            isBusy.set(false);
        }
    }

    /**
     * Says goodbye and forgets the enrollment, also when the server does not know this device any more. Lost mode ends.
     *
     * @throws Problem the server cannot be reached: the device stays enrolled
     * @throws IOException the memory cannot be written
     */
    public void unenroll() throws Problem, IOException, InterruptedException {
        begin();
        try {
            if (memory.enrollment() == null) {
                return;
            }
            sayGoodbye();
            boolean wasLost = memory.lost() != null;
            memory.update(new Memory.Edit() {
                @Override
                public void apply(Memory memory) throws JSONException {
                    memory.setEnrollment(null);
                    memory.setLost(null);
                }
            });
            if (wasLost) {
                host.endLost();
            }
        } catch (CommandFailed failure) {
            host.log("Lost mode could not be ended: " + failure.getMessage());
        } finally {
            caller.publish();
            isBusy.set(false);
        }
    }

    private void sayGoodbye() throws Problem, InterruptedException {
        if (memory.enrollment().endedBy() != null) {
            return;
        }
        try {
            caller.sendPatiently(Request.post("unenroll", null));
        } catch (Problem problem) {
            if (!problem.endsEnrollment()) {
                throw problem;
            }
        }
    }

    /**
     * Works until something of {@link End} happens: steps of the enrollment, heartbeats, polls, commands. A server that
     * cannot be reached is tried again for ever.
     *
     * @throws IOException the memory cannot be written
     * @throws InterruptedException the thread was interrupted
     */
    public End run() throws IOException, InterruptedException {
        begin();
        try {
            schedule = new Schedule(backoff, host.elapsed());
            heartbeats = 0;
            setWorking(true);
            // What an earlier run left over comes first, and needs no network.
            commands.finishWipe();
            commands.resumeLostMode();
            End end = null;
            while (end == null) {
                end = round();
            }
            return end;
        } finally {
            setWorking(false);
            caller.live().waitingFor = null;
            caller.publish();
            isBusy.set(false);
        }
    }

    private void begin() {
        if (!isBusy.compareAndSet(false, true)) {
            throw new IllegalStateException("another thread works with this agent");
        }
    }

    /** Does what is due, or sleeps until something is; returns why the agent has to end, or null. */
    private End round() throws IOException, InterruptedException {
        End end = end();
        if (end != null) {
            return end;
        }
        long now = host.elapsed();
        if (isWoken.getAndSet(false)) {
            api.allowPolls();
            schedule.wake(now);
        }
        boolean isEnrolling = memory.enrollment().step() != Step.DONE;
        long due = schedule.due(isEnrolling || isCommandDue());
        if (now < due) {
            setWorking(false);
            host.pause(due - now);
            setWorking(true);
            return null;
        }
        try {
            work(now);
        } catch (Problem problem) {
            fail(problem);
        }
        return null;
    }

    private End end() {
        if (caller.isStopping()) {
            caller.setStopping(false);
            api.allowPolls();
            return End.STOPPED;
        }
        if (commands.isWiped()) {
            return End.WIPED;
        }
        if (memory.enrollment() == null) {
            return End.NOT_ENROLLED;
        }
        return memory.enrollment().endedBy() == null ? null : End.ENDED;
    }

    private void work(long now) throws Problem, IOException, InterruptedException {
        if (memory.enrollment().step() != Step.DONE) {
            takeStep(now);
        } else if (isCommandDue()) {
            workOnCommands(now);
        } else if (schedule.isHeartbeatDue(now)) {
            beat(now);
        } else {
            poll(now);
        }
    }

    /** Whether commands come next. After a fault of theirs something else does: they do not hold up heartbeats. */
    private boolean isCommandDue() {
        return !haveCommandsFailed && commands.isDue();
    }

    private void workOnCommands(long now) throws Problem, IOException, InterruptedException {
        boolean wasLost = memory.lost() != null;
        haveCommandsFailed = true;
        try {
            commands.work();
            haveCommandsFailed = false;
            schedule.succeeded();
        } finally {
            if (wasLost != (memory.lost() != null)) {
                schedule.expectHeartbeat(now);
            }
        }
    }

    private void fail(Problem problem) throws IOException {
        if (problem.endsEnrollment()) {
            final String code = problem.code();
            memory.update(new Memory.Edit() {
                @Override
                public void apply(Memory memory) throws JSONException {
                    memory.enrollment().setEndedBy(code);
                }
            });
            return;
        }
        schedule.failed(host.elapsed(), problem);
    }

    /** Takes the next step of the enrollment. */
    private void takeStep(long now) throws Problem, IOException, InterruptedException {
        Step last = memory.enrollment().step();
        final Step step = Step.values()[last == null ? 0 : last.ordinal() + 1];
        if (!isReady(step)) {
            schedule.waitForPerson(now);
            return;
        }
        caller.reportProgress(step, null);
        if (step == Step.INVENTORY) {
            caller.inventory(false);
            heartbeats = 1;
            sendHeartbeat(now);
        }
        memory.update(new Memory.Edit() {
            @Override
            public void apply(Memory memory) throws JSONException {
                memory.enrollment().setStep(step);
            }
        });
        schedule.succeeded();
        host.log("Step " + step.number() + " of " + Step.values().length + ": " + step.word());
        caller.publish();
    }

    /** Whether the host can go on with a step. Why it cannot is reported once. */
    private boolean isReady(Step step) throws Problem, IOException, InterruptedException {
        CommandFailed before = caller.live().failure;
        CommandFailed failure = null;
        boolean isReady = false;
        try {
            isReady = host.prepare(step) == Host.Readiness.READY;
        } catch (CommandFailed e) {
            failure = e;
        } catch (RuntimeException e) {
            failure = CommandFailed.failed("The device reported a fault: " + e + ".");
        }
        boolean isNew = failure != null && (before == null || !failure.getMessage().equals(before.getMessage()));
        if (isNew) {
            caller.reportProgress(step, failure);
        }
        caller.live().failure = failure;
        caller.live().waitingFor = isReady ? null : step;
        caller.publish();
        return isReady;
    }

    private void beat(long now) throws Problem, IOException, InterruptedException {
        haveCommandsFailed = false;
        sendHeartbeat(now);
        boolean isInventoryDue = heartbeats % HEARTBEATS_PER_INVENTORY == 0;
        if (isInventoryDue) {
            caller.inventory(false);
        }
        heartbeats++;
    }

    private void setWorking(boolean isWorking) {
        if (this.isWorking != isWorking) {
            this.isWorking = isWorking;
            host.working(isWorking);
        }
    }

    private void sendHeartbeat(long now) throws Problem, IOException, InterruptedException {
        schedule.beginHeartbeat(now);
        schedule.heartbeatIn(now, caller.heartbeat());
        schedule.succeeded();
    }

    private void poll(long now) throws Problem, IOException {
        haveCommandsFailed = false;
        int waitS = schedule.pollWaitS(now, commands.isDue() ? 1 : memory.enrollment().waitS());
        setWorking(false);
        Api.Answer answer;
        try {
            answer = caller.send(Request.poll(waitS));
        } finally {
            setWorking(true);
        }
        if (answer == null) {
            // Somebody woke the agent.
            return;
        }
        boolean hasNews = commands.remember(answer.list());
        schedule.succeeded();
        schedule.pollAnswered(now, host.elapsed(), hasNews);
    }
}
