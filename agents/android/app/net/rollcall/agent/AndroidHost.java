package net.rollcall.agent;

import android.app.admin.DevicePolicyManager;
import android.content.Context;
import android.content.pm.PackageManager;
import android.os.Build;
import android.os.PowerManager;
import android.os.SystemClock;
import java.security.SecureRandom;
import java.util.Random;
import net.rollcall.core.CommandFailed;
import net.rollcall.core.Host;
import net.rollcall.core.Step;
import org.json.JSONException;
import org.json.JSONObject;

/** The phone, as the agent sees it. */
final class AndroidHost implements Host {
    /** Seconds in which a heartbeat of a lost phone looks for its position. */
    private static final int LOST_TIMEOUT_S = 30;
    /** A command may keep a sleeping phone awake for so much longer than it takes, in milliseconds. */
    private static final long AWAKE_MS = 60_000;
    /** The longest work that keeps the phone awake: a search for its position, and some calls, in milliseconds. */
    private static final long WORK_MS = 11 * 60_000L;
    /** A phone that sleeps does not notice that a poll is over: an alarm does, after this time in milliseconds. */
    private static final long SLEEP_MS = 15 * 60_000L;

    private final Context context;
    private final Runnable onChange;
    private final Rights rights;
    private final Facts facts;
    private final Position position;
    private final Notices notices;
    private final Siren siren;
    private final Lost lost;
    private final Pause pause;
    private final DevicePolicyManager policy;
    private final PowerManager.WakeLock work;

    /** @param onChange is run when the agent's status changed, by any thread */
    AndroidHost(Context context, Runnable onChange) {
        this.context = context;
        this.onChange = onChange;
        this.rights = new Rights(context);
        this.facts = new Facts(context, rights);
        this.position = new Position(context, rights);
        this.notices = new Notices(context);
        this.siren = new Siren(context, notices);
        this.lost = new Lost(context, rights, notices);
        this.pause = new Pause(context);
        this.policy = context.getSystemService(DevicePolicyManager.class);
        this.work = wakeLock("rollcall:work");
    }

    Notices notices() {
        return notices;
    }

    Siren siren() {
        return siren;
    }

    Rights rights() {
        return rights;
    }

    @Override
    public JSONObject info() throws JSONException {
        return facts.info();
    }

    @Override
    public JSONObject inventory() throws JSONException {
        return facts.inventory();
    }

    @Override
    public JSONObject capabilities() throws JSONException {
        return Capabilities.of(rights);
    }

    @Override
    public boolean hasPermission(String name) {
        return rights.has(name);
    }

    @Override
    public JSONObject report(boolean isLost) throws JSONException, InterruptedException {
        JSONObject report = facts.report();
        if (isLost) {
            try {
                report.put("location", locate(false, LOST_TIMEOUT_S));
            } catch (CommandFailed e) {
                Log.line("a lost phone without a position: " + e.code());
            }
        }
        return report;
    }

    @Override
    public Readiness prepare(Step step) {
        if (step == Step.PERMISSIONS) {
            rights.grantAsOwner();
            return rights.next(false) == null ? Readiness.READY : Readiness.WAITING;
        }
        if (step == Step.ADMIN) {
            return rights.next(true) == null ? Readiness.READY : Readiness.WAITING;
        }
        return Readiness.READY;
    }

    @Override
    public void lock() throws CommandFailed {
        if (!rights.isAdmin()) {
            throw new CommandFailed("permission_missing", "The agent is no device administrator of this phone.");
        }
        policy.lockNow();
    }

    @Override
    public JSONObject locate(boolean isHighAccuracy, int timeoutS)
            throws CommandFailed, JSONException, InterruptedException {
        PowerManager.WakeLock awake = stayAwake(timeoutS * 1000L);
        try {
            return position.find(isHighAccuracy, timeoutS);
        } finally {
            awake.release();
        }
    }

    @Override
    public void ring(int seconds) throws CommandFailed {
        // Not released here: the phone rings on after this call. It ends by itself.
        stayAwake(seconds * 1000L);
        siren.start(seconds);
    }

    @Override
    public void message(String text) throws CommandFailed {
        if (!rights.has(Rights.Right.NOTIFICATIONS)) {
            throw new CommandFailed("permission_missing", "The agent may not show notifications on this phone.");
        }
        notices.showMessage(text);
    }

    @Override
    public void showLost(String message, String phone) throws CommandFailed {
        lost.show(message, phone);
    }

    @Override
    public void endLost() {
        lost.end();
    }

    @Override
    public void checkWipe(boolean isExternal) throws CommandFailed {
        if (!rights.isOwner()) {
            throw CommandFailed.unsupported("Only an agent that owns the phone can erase it.");
        }
    }

    @Override
    public void wipe(boolean isExternal) throws CommandFailed {
        checkWipe(isExternal);
        int flags = isExternal ? DevicePolicyManager.WIPE_EXTERNAL_STORAGE : 0;
        if (Build.VERSION.SDK_INT >= 34) {
            policy.wipeDevice(flags);
        } else {
            policy.wipeData(flags);
        }
    }

    @Override
    public long now() {
        return System.currentTimeMillis();
    }

    @Override
    public long elapsed() {
        return SystemClock.elapsedRealtime();
    }

    @Override
    public void pause(long ms) throws InterruptedException {
        pause.take(ms);
    }

    @Override
    public void working(boolean isWorking) {
        if (isWorking) {
            work.acquire(WORK_MS);
            pause.cancelAlarm();
        } else {
            pause.wakeAt(elapsed() + SLEEP_MS);
            work.release();
        }
    }

    /** The agent has ended: nothing wakes the phone for it any more. */
    void rest() {
        pause.cancelAlarm();
    }

    @Override
    public void endPause() {
        pause.end();
    }

    @Override
    public Random random() {
        return new SecureRandom();
    }

    @Override
    public String version() {
        try {
            return context.getPackageManager().getPackageInfo(context.getPackageName(), 0).versionName;
        } catch (PackageManager.NameNotFoundException e) {
            throw new IllegalStateException("this app is not installed", e);
        }
    }

    @Override
    public void log(String line) {
        Log.line(line);
    }

    @Override
    public void statusChanged() {
        onChange.run();
    }

    /** Keeps a phone that sleeps at work; the lock ends by itself. */
    private PowerManager.WakeLock stayAwake(long ms) {
        PowerManager.WakeLock lock = wakeLock("rollcall:command");
        lock.acquire(ms + AWAKE_MS);
        return lock;
    }

    private PowerManager.WakeLock wakeLock(String name) {
        PowerManager.WakeLock lock =
                context.getSystemService(PowerManager.class).newWakeLock(PowerManager.PARTIAL_WAKE_LOCK, name);
        // Taken twice, it is given back once.
        lock.setReferenceCounted(false);
        return lock;
    }
}
