package net.rollcall.agent;

import android.app.admin.DevicePolicyManager;
import android.content.Context;
import android.content.Intent;
import android.os.Bundle;
import android.os.Handler;
import android.os.Looper;
import android.os.PersistableBundle;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Queue;
import net.rollcall.core.Address;
import net.rollcall.core.Agent;
import net.rollcall.core.Memory;
import net.rollcall.core.Problem;
import net.rollcall.core.Status;

/** The thread that works with the agent: there is one in the app, and it outlives pages. */
final class Worker {
    /** Something to do with the agent, between two runs of it. */
    interface Task {
        void run(Agent agent) throws Problem, IOException, InterruptedException;
    }

    /** A page that shows how the agent stands. Called on the main thread. */
    interface Page {
        void show();
    }

    /** The link in what a setup from the factory state hands over. */
    static final String EXTRA_URL = "rollcall.url";

    /** The pause before memory that cannot be read or written is tried again, in milliseconds. */
    private static final long RETRY_MS = 60_000;

    private static Worker instance;

    private final Context context;
    private final AndroidHost host;
    private final Handler main = new Handler(Looper.getMainLooper());
    private final Queue<Task> tasks = new ArrayDeque<Task>();
    private Thread thread;
    private AgentService service;
    private Agent agent;
    private Page page;
    /** Whether the agent runs, or is just about to: it has to be stopped for a task. */
    private boolean isRunning;
    /** What the notification of the service says, so that one which the person swiped away does not come back for nothing. */
    private boolean isShownWaiting;
    private boolean wasDamaged;
    private boolean isTooNew;
    private Problem problem;

    private Worker(Context context) {
        this.context = context;
        this.host = new AndroidHost(context, new Runnable() {
            @Override
            public void run() {
                changed();
            }
        });
    }

    static synchronized Worker of(Context context) {
        if (instance == null) {
            instance = new Worker(context.getApplicationContext());
        }
        return instance;
    }

    AndroidHost host() {
        return host;
    }

    /** How the agent stands, or null while its memory cannot be read. */
    synchronized Status status() {
        return agent == null ? null : agent.status();
    }

    /** Whether a step waits for the person. */
    boolean isWaiting() {
        Status status = status();
        return status != null && status.waitingFor != null;
    }

    /** Whether the memory could not be read: the phone has to be enrolled again. */
    synchronized boolean wasDamaged() {
        return wasDamaged;
    }

    /** Whether a newer version of the app wrote the memory. */
    synchronized boolean isTooNew() {
        return isTooNew;
    }

    /** Why the latest task failed, or null. */
    synchronized Problem problem() {
        return problem;
    }

    /** The person has read why the latest task failed. */
    synchronized void forgetProblem() {
        problem = null;
    }

    /** The page to tell about changes, or null for none. */
    synchronized void setPage(Page page) {
        this.page = page;
    }

    /** Goes to work, as long as the service is there. Its notification says whether something waits for the person. */
    synchronized void start(AgentService service, boolean isShownWaiting) {
        this.service = service;
        this.isShownWaiting = isShownWaiting;
        if (thread == null) {
            thread = new Thread("agent") {
                @Override
                public void run() {
                    work();
                }
            };
            thread.start();
        }
    }

    /** The service is gone: nothing keeps the app at work now. */
    synchronized void stop(AgentService gone) {
        if (service == gone) {
            service = null;
            interrupt();
        }
    }

    /** Something changed that the server, or a step, waits for. */
    synchronized void wake() {
        if (agent != null) {
            agent.wake();
        } else {
            host.endPause();
        }
    }

    /** Enrolls by a link, a server with an email and a PIN, or whatever else a task does. */
    void submit(Task task) {
        synchronized (this) {
            tasks.add(task);
            problem = null;
            if (isRunning || agent == null) {
                interrupt();
            }
        }
        AgentService.start(context);
    }

    /** Enrolls with the link that a setup from the factory state hands over. */
    void enrollProvisioned(Intent intent) {
        PersistableBundle extras =
                intent.getParcelableExtra(DevicePolicyManager.EXTRA_PROVISIONING_ADMIN_EXTRAS_BUNDLE);
        final String link = extras == null ? null : extras.getString(EXTRA_URL);
        if (link == null) {
            return; // set up without a link: the person enters one
        }
        host.rights().forgetAnswers();
        submit(new Task() {
            @Override
            public void run(Agent agent) throws Problem, IOException, InterruptedException {
                agent.enroll(Address.parse(link), Agent.COMPANY);
            }
        });
    }

    /** Ends a run, or the pause before the memory is read again. */
    private void interrupt() {
        if (agent != null) {
            agent.stop();
        } else {
            host.endPause();
        }
    }

    private void work() {
        try {
            if (open()) {
                while (isWanted()) {
                    Task task = nextTask();
                    if (task != null) {
                        perform(task);
                    } else if (!run()) {
                        break;
                    }
                }
            }
        } catch (InterruptedException e) {
            Log.line("interrupted");
        } finally {
            end();
        }
    }

    /** Opens the memory, as often as it takes. False when this version of the app cannot read it. */
    private boolean open() throws InterruptedException {
        while (isWanted()) {
            try {
                synchronized (this) {
                    if (agent != null) {
                        return true;
                    }
                }
                Memory memory = Memory.open(context.getFilesDir(), new KeystoreSeal(), new SecureRandom());
                synchronized (this) {
                    wasDamaged = memory.wasDamaged();
                    agent = new Agent(host, memory);
                }
                changed();
                return true;
            } catch (Memory.NewerVersion e) {
                synchronized (this) {
                    isTooNew = true;
                    tasks.clear();
                }
                changed();
                return false;
            } catch (IOException e) {
                Log.line("the memory cannot be read now: " + e.getMessage());
                host.pause(RETRY_MS);
            }
        }
        return false;
    }

    private void perform(Task task) throws InterruptedException {
        try {
            task.run(agent);
        } catch (Problem e) {
            failed(e);
        } catch (IOException e) {
            memoryFailed(e);
        }
        changed();
    }

    /** Runs the agent until it is stopped. False when it has nothing left to do. */
    private boolean run() throws InterruptedException {
        try {
            Agent.End end = agent.run();
            return end == Agent.End.STOPPED || hasTasks();
        } catch (IOException e) {
            memoryFailed(e);
            changed();
            host.pause(RETRY_MS);
            forgetProblem();
            return true;
        } finally {
            setIdle();
            host.rest();
        }
    }

    /** Whether nothing was begun since this service had nothing left to do. */
    private synchronized boolean isIdle(AgentService of) {
        return service == of && thread == null;
    }

    private synchronized boolean isWanted() {
        return service != null;
    }

    /** The next task; null means that the agent runs now. */
    private synchronized Task nextTask() {
        Task task = tasks.poll();
        isRunning = task == null;
        return task;
    }

    private synchronized void setIdle() {
        isRunning = false;
    }

    private synchronized boolean hasTasks() {
        return !tasks.isEmpty();
    }

    private void memoryFailed(IOException why) {
        Problem problem = Problem.memory(why);
        Log.line(problem.getMessage());
        failed(problem);
    }

    private synchronized void failed(Problem why) {
        problem = why;
    }

    /** The thread ends, and with it the service, unless there is new work. */
    private void end() {
        final AgentService done;
        synchronized (this) {
            thread = null;
            done = service;
            if (done != null && !tasks.isEmpty()) {
                start(done, isShownWaiting);
                return;
            }
        }
        changed();
        if (done != null) {
            main.post(new Runnable() {
                @Override
                public void run() {
                    if (isIdle(done)) {
                        done.finish();
                    }
                }
            });
        }
    }

    /** Tells the page and the notification, on the main thread. */
    private void changed() {
        main.post(new Runnable() {
            @Override
            public void run() {
                Page shown;
                boolean isWaiting = isWaiting();
                boolean isNew;
                synchronized (Worker.this) {
                    shown = page;
                    isNew = service != null && thread != null && isWaiting != isShownWaiting;
                    isShownWaiting = isNew ? isWaiting : isShownWaiting;
                }
                if (isNew) {
                    host.notices().showRunning(isWaiting);
                }
                if (shown != null) {
                    shown.show();
                }
            }
        });
    }
}
