package net.rollcall.core;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.json.JSONException;
import org.json.JSONObject;

/** The single calls of an enrolled agent, with what each changes in the memory and in what the person sees. */
final class Caller {
    private final Host host;
    private final Memory memory;
    private final Api api;
    private final Backoff backoff;
    private final Facts facts;
    private final Status.Live live = new Status.Live();
    private final AtomicReference<Status> status = new AtomicReference<Status>();
    /** Set when the agent has to stop: nothing is tried again. */
    private volatile boolean isStopping;

    Caller(Host host, Memory memory, Api api, Backoff backoff, Facts facts) {
        this.host = host;
        this.memory = memory;
        this.api = api;
        this.backoff = backoff;
        this.facts = facts;
        status.set(new Status(memory, live));
    }

    Status status() {
        return status.get();
    }

    /** What is not remembered between two runs; call {@link #publish()} after a change. */
    Status.Live live() {
        return live;
    }

    /** Makes the present state visible. */
    void publish() {
        status.set(new Status(memory, live));
        host.statusChanged();
    }

    void setStopping(boolean isStopping) {
        this.isStopping = isStopping;
    }

    boolean isStopping() {
        return isStopping;
    }

    /** Sends one call of the enrolled device; null for a poll that was cancelled. */
    Api.Answer send(Request request) throws Problem {
        return send(memory.enrollment().server(), request, memory.enrollment().bearer());
    }

    private Api.Answer send(String server, Request request, String bearer) throws Problem {
        try {
            Api.Answer answer = api.send(server, request, bearer);
            if (answer != null) {
                live.lastContact = host.now();
                seen(null);
            }
            return answer;
        } catch (Problem problem) {
            if (problem.isOfServer()) {
                live.lastContact = host.now();
            }
            seen(problem);
            throw problem;
        }
    }

    private void seen(Problem problem) {
        if (problem != null && (live.problem == null || !live.problem.code().equals(problem.code()))) {
            host.log(problem.getMessage());
        }
        live.problem = problem;
        publish();
    }

    /** Sends a call until its answer is final or the attempts are used up. */
    Api.Answer sendPatiently(Request request) throws Problem, InterruptedException {
        return sendPatiently(memory.enrollment().server(), request, memory.enrollment().bearer());
    }

    private Api.Answer sendPatiently(String server, Request request, String bearer)
            throws Problem, InterruptedException {
        for (int failures = 1; ; failures++) {
            try {
                return send(server, request, bearer);
            } catch (Problem problem) {
                if (failures >= Backoff.ATTEMPTS || !problem.isTransient() || isStopping) {
                    throw problem;
                }
                sleep(backoff.afterMs(problem, failures));
            }
        }
    }

    /** Sleeps the whole time, unless the agent has to stop: something else may end a pause. */
    private void sleep(long ms) throws InterruptedException {
        long end = host.elapsed() + ms;
        for (long left = ms; left > 0 && !isStopping; left = end - host.elapsed()) {
            host.pause(left);
        }
    }

    /** Enrolls with a credential of an invitation, which is used and not kept. */
    void enroll(String server, JSONObject credential, String ownership)
            throws Problem, IOException, InterruptedException {
        final JSONObject capabilities = facts.capabilities();
        final Enrollment enrollment;
        try {
            JSONObject body = credential.put("platform", "android").put("ownership", ownership)
                    .put("installation_id", memory.installationId()).put("agent_version", host.version())
                    .put("device", facts.info()).put("capabilities", capabilities);
            JSONObject reply = sendPatiently(server, Request.ask("enroll", body), null).object();
            enrollment = enrollmentOf(server, ownership, reply);
            if (capabilities != null) {
                enrollment.setCapabilities(capabilities);
            }
        } catch (JSONException e) {
            throw new IOException(e);
        }
        memory.update(new Memory.Edit() {
            @Override
            public void apply(Memory memory) throws JSONException {
                enrollment.keepCommandsOf(memory.enrollment());
                memory.setEnrollment(enrollment);
                memory.setWipe(null);
            }
        });
    }

    private Enrollment enrollmentOf(String server, String ownership, JSONObject reply) throws Problem {
        try {
            return Enrollment.of(server, ownership, reply);
        } catch (JSONException e) {
            throw unreadable(e);
        }
    }

    private Problem unreadable(JSONException error) {
        Problem problem = Api.unreadable(error.getMessage());
        seen(problem);
        return problem;
    }

    /** Reports a step of the enrollment, and which required permissions are missing. */
    void reportProgress(Step step, CommandFailed error) throws Problem, IOException {
        try {
            JSONObject report = new JSONObject().put("step", step.word()).put("missing_permissions",
                    Json.list(facts.missing(memory.enrollment().requiredPermissions())));
            if (error != null) {
                report.put("error", Results.error(error).getJSONObject("error"));
            }
            send(Request.put("progress", report));
        } catch (JSONException e) {
            throw new IOException(e);
        }
    }

    /** Sends a heartbeat; returns after how many seconds the server wants the next one. */
    int heartbeat() throws Problem, IOException, InterruptedException {
        try {
            JSONObject report = facts.report(memory.lost() != null);
            final JSONObject capabilities = facts.capabilities();
            boolean hasNews = capabilities != null && !memory.enrollment().hasReported(capabilities);
            if (hasNews) {
                report.put("capabilities", capabilities);
            }
            // The number is saved before it is sent, so that none is used twice.
            memory.update(new Memory.Edit() {
                @Override
                public void apply(Memory memory) throws JSONException {
                    memory.setSeq(memory.seq() + 1);
                }
            });
            JSONObject reply = send(Request.ask("state", report.put("seq", memory.seq()))).object();
            if (hasNews) {
                memory.update(new Memory.Edit() {
                    @Override
                    public void apply(Memory memory) throws JSONException {
                        memory.enrollment().setCapabilities(capabilities);
                    }
                });
            }
            return Json.number(reply, "next_heartbeat_s", 1, 900);
        } catch (JSONException e) {
            throw new IOException(e);
        }
    }

    /**
     * Sends the inventory.
     *
     * @param isPatient whether to try again when the server cannot be reached
     * @return whether it differs from what the server had
     */
    boolean inventory(boolean isPatient) throws Problem, IOException, InterruptedException {
        try {
            JSONObject inventory = facts.inventory(memory.enrollment().hasNoInventory());
            if (inventory == null) {
                return false;
            }
            final String fingerprint = Json.fingerprint(inventory);
            final String known = memory.enrollment().etagOf(fingerprint);
            // A request that is delivered late does not undo a newer one.
            inventory.put("collected_at", Json.time(host.now()));
            Request request = Request.inventory(inventory, known);
            final Api.Answer answer = isPatient ? sendPatiently(request) : send(request);
            memory.update(new Memory.Edit() {
                @Override
                public void apply(Memory memory) throws JSONException {
                    memory.enrollment().setInventory(fingerprint, answer.etag == null ? known : answer.etag);
                }
            });
            return answer.status != 304;
        } catch (JSONException e) {
            throw new IOException(e);
        }
    }

    /** Takes a new secret. */
    void renew() throws Problem, IOException, InterruptedException {
        final String secret = secretOf(sendPatiently(Request.ask("renew", null)).object());
        memory.update(new Memory.Edit() {
            @Override
            public void apply(Memory memory) throws JSONException {
                memory.enrollment().setSecret(secret);
            }
        });
    }

    private String secretOf(JSONObject reply) throws Problem {
        try {
            return Json.secret(reply, "device_secret");
        } catch (JSONException e) {
            throw unreadable(e);
        }
    }
}
