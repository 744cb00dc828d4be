package net.rollcall.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

/** A device without a device: its clock goes on only while the agent sleeps. */
class FakeHost implements Host {
    /** Called instead of sleeping. */
    interface Sleeper {
        void sleep(long ms) throws InterruptedException;
    }

    private static final long WOKEN_AFTER_MS = 100;

    final List<String> done = new ArrayList<>();
    final List<String> log = new ArrayList<>();
    /** What the device did while it had been told that it may sleep, and the other way round. */
    final List<String> wrongs = new ArrayList<>();
    volatile boolean isWorking;
    final List<Long> pauses = new ArrayList<>();
    final Random random = new Random(1);
    /** The same object each time, as a careless host may do. */
    private final JSONObject handedOut = Fixture.json("{\"commands\":{}}");
    String model = "Pixel";
    boolean isAdmin = true;
    boolean isOwner = true;
    boolean isMute;
    /** Whether its positions hold what JSON cannot. */
    boolean isCareless;
    Step waitsAt;
    CommandFailed failsAt;
    Step failingStep;
    /** What happens in the middle of a command. */
    Runnable inCommand;
    RuntimeException fault;
    Sleeper sleeper;
    /** An agent that is woken in every pause, after a tenth of a second. */
    Agent restless;
    long clock = 1_000_000;

    @Override
    public JSONObject info() throws JSONException {
        return new JSONObject().put("manufacturer", "Google").put("model", model).put("os_version", "15");
    }

    @Override
    public JSONObject inventory() throws JSONException {
        if (fault != null) {
            throw fault;
        }
        return new JSONObject().put("hardware", new JSONObject().put("model", model));
    }

    @Override
    public JSONObject capabilities() throws JSONException {
        JSONObject commands = handedOut.getJSONObject("commands");
        for (String name : new String[] {"lock", "wipe", "locate", "ring", "message", "lost_mode", "end_lost_mode",
                "inventory", "renew"}) {
            commands.put(name, new JSONObject().put("supported", !(isMute && name.equals("ring"))));
        }
        JSONArray permissions = new JSONArray().put("location").put("notifications").put("device_admin");
        return handedOut.put("permissions", permissions);
    }

    @Override
    public boolean hasPermission(String name) {
        return isAdmin || !name.equals("device_admin");
    }

    @Override
    public JSONObject report(boolean isLost) throws JSONException {
        if (fault != null) {
            throw fault;
        }
        JSONObject battery = new JSONObject().put("level", 81).put("charging", false);
        JSONObject permissions = new JSONObject().put("location", true).put("notifications", true);
        JSONObject report = new JSONObject().put("battery", battery).put("network", "wifi")
                .put("permissions", permissions).put("admin_active", isAdmin);
        return isLost ? report.put("location", position()) : report;
    }

    private JSONObject position() throws JSONException {
        return new JSONObject().put("latitude", 50.0755).put("longitude", 14.4378).put("accuracy_m", 12)
                .put("at", Json.time(now()));
    }

    @Override
    public Readiness prepare(Step step) throws CommandFailed {
        if (failsAt != null && step == failingStep) {
            throw failsAt;
        }
        return step == waitsAt ? Readiness.WAITING : Readiness.READY;
    }

    private void does(String what) throws InterruptedException {
        if (inCommand != null) {
            inCommand.run();
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (!isWorking) {
            wrongs.add(what);
        }
        done.add(what);
        if (fault != null) {
            throw fault;
        }
    }

    @Override
    public void lock() throws InterruptedException {
        does("lock");
    }

    @Override
    public JSONObject locate(boolean isHighAccuracy, int timeoutS) throws JSONException, InterruptedException {
        does("locate " + isHighAccuracy + " " + timeoutS);
        return isCareless ? new JSONObject().put("points", new JSONArray().put((Object) Double.NaN)) : position();
    }

    @Override
    public void ring(int seconds) throws CommandFailed, InterruptedException {
        if (isMute) {
            throw CommandFailed.unsupported("This device has no sound.");
        }
        does("ring " + seconds);
    }

    @Override
    public void message(String text) throws InterruptedException {
        does("message " + text);
    }

    @Override
    public void showLost(String message, String phone) throws InterruptedException {
        does("lost " + message + " " + phone);
    }

    @Override
    public void endLost() throws InterruptedException {
        does("found");
    }

    @Override
    public void checkWipe(boolean external) throws CommandFailed {
        if (!isOwner) {
            throw CommandFailed.unsupported("This agent does not own the device.");
        }
    }

    @Override
    public void wipe(boolean external) throws InterruptedException {
        does("wipe " + external);
    }

    @Override
    public long now() {
        return 1_790_000_000_000L + clock;
    }

    @Override
    public synchronized long elapsed() {
        return clock;
    }

    @Override
    public void pause(long ms) throws InterruptedException {
        pauses.add(ms);
        boolean isShort = restless != null && ms > WOKEN_AFTER_MS;
        synchronized (this) {
            clock += isShort ? WOKEN_AFTER_MS : ms;
        }
        if (isShort) {
            restless.wake();
        }
        if (sleeper != null) {
            sleeper.sleep(ms);
        }
    }

    @Override
    public void working(boolean isWorking) {
        if (isWorking == this.isWorking) {
            wrongs.add("twice " + isWorking);
        }
        this.isWorking = isWorking;
    }

    @Override
    public void endPause() {}

    @Override
    public Random random() {
        return random;
    }

    @Override
    public String version() {
        return "0.0.1";
    }

    @Override
    public void log(String line) {
        synchronized (log) {
            log.add(line);
        }
    }

    @Override
    public void statusChanged() {}
}
