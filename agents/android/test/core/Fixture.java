package net.rollcall.core;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.Random;
import org.json.JSONException;
import org.json.JSONObject;

/** An agent on a fake device, and a server that accepts everything unless a test says otherwise. */
final class Fixture {
    static final String TOKEN = "abcdefghijklmnopqrstuvwxyz234567";
    static final String ID = "00000000-0000-4000-8000-0000000000c0";
    static final String RESULT = "POST /commands/" + ID + "/result";

    /** How long calls may take where nothing is slow, in milliseconds. */
    private static final int PATIENT_MS = 10_000;

    final FakeHost host;
    final File folder;
    final StubServer server;
    /** What the polls bring, in their order; after the last, the agent is stopped. */
    final LinkedList<String> polls = new LinkedList<>();
    Memory memory;
    Agent agent;
    private final Override override;

    /** Answers some requests; null for the usual answer. */
    interface Override {
        StubServer.Reply answer(StubServer.Seen seen, int number) throws Exception;
    }

    Fixture() throws Exception {
        this(null);
    }

    Fixture(Override override) throws Exception {
        this(override, PATIENT_MS);
    }

    Fixture(Override override, int limitMs) throws Exception {
        this(override, limitMs, new FakeHost());
    }

    /** A device whose clock is that of this machine, for what happens while the agent waits. */
    static Fixture awake(Override override) throws Exception {
        return new Fixture(override, PATIENT_MS, new AwakeHost());
    }

    private Fixture(Override override, int limitMs, FakeHost host) throws Exception {
        this.host = host;
        this.override = override;
        server = new StubServer(this::answer);
        folder = Files.createTempDirectory("rollcall").toFile();
        restart(limitMs);
    }

    /** The same device after a restart of the app. */
    void restart() throws IOException {
        restart(PATIENT_MS);
    }

    private void restart(int limitMs) throws IOException {
        memory = Memory.open(folder, new FakeSeal(), new Random(5));
        agent = new Agent(host, memory, limitMs);
    }

    /** Enrolls by link and takes no step. */
    Fixture enroll() throws Exception {
        agent.enroll(Address.parse(server.url + "/e/" + TOKEN), Agent.COMPANY);
        return this;
    }

    /** A device whose enrollment is over, without a call. */
    Fixture enrolled() throws Exception {
        JSONObject reply = new JSONObject(StubServer.ENROLLED);
        memory.update(memory -> {
            Enrollment enrollment = Enrollment.of(server.url, Agent.COMPANY, reply);
            enrollment.setStep(Step.DONE);
            enrollment.setCapabilities(host.capabilities());
            memory.setEnrollment(enrollment);
        });
        return this;
    }

    /** Lets the next poll bring a command. */
    Fixture offer(String type, String params) {
        polls.add(offerJson(ID, type, params));
        return this;
    }

    static String offerJson(String id, String type, String params) {
        return "[{\"uuid\":\"" + id + "\",\"type\":\"" + type + "\",\"params\":" + params
                + ",\"expires_at\":\"2026-02-07T09:30:00Z\"}]";
    }

    /** Runs until the polls have brought everything. */
    Agent.End run() throws Exception {
        Agent.End end = agent.run();
        server.requests();
        return end;
    }

    private StubServer.Reply answer(StubServer.Seen seen) throws Exception {
        int number = server.requests().size() - 1;
        StubServer.Reply special = override == null ? null : override.answer(seen, number);
        return special == null ? usual(seen) : special;
    }

    StubServer.Reply usual(StubServer.Seen seen) {
        if (seen.call().startsWith("GET /commands")) {
            synchronized (polls) {
                if (!polls.isEmpty()) {
                    return StubServer.Reply.json(200, polls.removeFirst());
                }
            }
            agent.stop();
            return StubServer.Reply.of(204);
        }
        switch (seen.call()) {
            case "POST /enroll":
                return StubServer.Reply.json(201, StubServer.ENROLLED);
            case "PUT /inventory":
                return StubServer.Reply.of(204).header("ETag: \"one\"");
            case "POST /state":
                return StubServer.Reply.json(200, "{\"pending_commands\":0,\"next_heartbeat_s\":900}");
            case "POST /renew":
                return StubServer.Reply.json(200, "{\"device_secret\":\"fresh\"}");
            default:
                return StubServer.Reply.of(204);
        }
    }

    /** The calls without heartbeats, inventories and polls. */
    List<String> results() {
        List<String> results = new ArrayList<>();
        for (StubServer.Seen seen : server.requests()) {
            if (seen.path.endsWith("/result")) {
                JSONObject error = seen.body.optJSONObject("error");
                results.add(seen.body.optString("status") + (error == null ? "" : " " + error.optString("code")));
            }
        }
        return results;
    }

    /** The bodies of one call. */
    List<JSONObject> bodies(String call) {
        List<JSONObject> bodies = new ArrayList<>();
        for (StubServer.Seen seen : server.requests()) {
            if (seen.call().equals(call)) {
                bodies.add(seen.body);
            }
        }
        return bodies;
    }

    /** A seal that shows when it was forgotten: it turns every byte round. */
    static final class FakeSeal implements Seal {
        boolean isLocked;

        @java.lang.Override
        public byte[] seal(byte[] plain) {
            byte[] sealed = new byte[plain.length + 1];
            sealed[0] = '#';
            for (int i = 0; i < plain.length; i++) {
                sealed[i + 1] = (byte) (plain[i] ^ 0x5a);
            }
            return sealed;
        }

        @java.lang.Override
        public byte[] open(byte[] sealed) throws IOException {
            if (isLocked) {
                throw new IOException("the key is locked");
            }
            if (sealed.length == 0 || sealed[0] != '#') {
                return null;
            }
            byte[] plain = new byte[sealed.length - 1];
            for (int i = 0; i < plain.length; i++) {
                plain[i] = (byte) (sealed[i + 1] ^ 0x5a);
            }
            return plain;
        }
    }

    /** Parses JSON without a checked exception. */
    static JSONObject json(String text) {
        try {
            return new JSONObject(text);
        } catch (JSONException e) {
            throw new IllegalStateException(e);
        }
    }
}
