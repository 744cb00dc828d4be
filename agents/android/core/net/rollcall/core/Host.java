package net.rollcall.core;

import java.util.Random;
import org.json.JSONException;
import org.json.JSONObject;

/**
 * The device that an agent runs on: everything that only the platform can do or knows.
 *
 * <p>Only the thread that works with the {@link Agent} calls these methods, one at a time, except where it says
 * otherwise. A method may block as long as its work takes, and ends early with {@link InterruptedException} when the
 * thread is interrupted. What a method throws besides {@link CommandFailed} counts as a failed command and never ends
 * the agent.
 */
public interface Host {
    /** Whether the device can go on with a step of the enrollment. */
    enum Readiness {
        /** The step can be reported as done. */
        READY,
        /** The person has not answered yet. The agent asks again after {@link Agent#wake()}, or after a minute. */
        WAITING
    }

    /**
     * The device for {@code enroll}: {@code manufacturer}, {@code model}, {@code os_version}, and {@code serial} where
     * the platform shows it.
     */
    JSONObject info() throws JSONException;

    /**
     * The groups of the inventory: {@code {"hardware": {…}, "system": {…}, …}}. Nothing that changes by itself belongs
     * here (it belongs in {@link #report}), so that an unchanged inventory is recognised. The agent adds its own
     * version.
     */
    JSONObject inventory() throws JSONException;

    /**
     * What this device can do now: {@code {"commands": {"lock": {"supported": true}, …}, "permissions": […]}}. It lists
     * all nine commands. May change while the agent runs; the agent reports a change with its next heartbeat.
     */
    JSONObject capabilities() throws JSONException;

    /** Whether the agent holds a permission, by its name in the protocol: location, notifications or device_admin. */
    boolean hasPermission(String name);

    /**
     * A heartbeat: battery, network, storage, permissions, admin_active, and the location when {@code isLost}. Leave
     * out what is not known, and do not look for a position longer than half a minute. The agent adds seq, lost_mode
     * and, when they changed, capabilities.
     */
    JSONObject report(boolean isLost) throws JSONException, InterruptedException;

    /**
     * Does what a step of the enrollment requires before it is reported: asks for the permissions
     * ({@link Step#PERMISSIONS}), asks to become the device's administrator ({@link Step#ADMIN}), nothing in the
     * others. Returns at once; while the person is busy the answer is {@link Readiness#WAITING}. A person who refuses
     * is no failure: the step is {@link Readiness#READY}, and the server learns which permissions are missing.
     *
     * @throws CommandFailed the device cannot go on. The helpdesk sees the reason, and the step is tried again.
     */
    Readiness prepare(Step step) throws CommandFailed, InterruptedException;

    /** Locks the screen. */
    void lock() throws CommandFailed, InterruptedException;

    /**
     * Finds the position within {@code timeoutS} seconds: {@code latitude}, {@code longitude}, {@code accuracy_m} (if
     * known) and {@code at} (see {@link Json#time}).
     *
     * @throws CommandFailed {@code permission_missing} or {@code location_unavailable}
     */
    JSONObject locate(boolean isHighAccuracy, int timeoutS) throws CommandFailed, JSONException, InterruptedException;

    /** Begins to ring for {@code seconds} seconds and returns; the sound ends by itself or when the person stops it. */
    void ring(int seconds) throws CommandFailed, InterruptedException;

    /** Shows a message as plain text. */
    void message(String text) throws CommandFailed, InterruptedException;

    /**
     * Enters lost mode, or shows its page again: the agent calls this at every start while the device is lost. Must do
     * no harm when lost mode is on already.
     *
     * @param message may be empty
     * @param phone the number to call, or null
     */
    void showLost(String message, String phone) throws CommandFailed, InterruptedException;

    /** Ends lost mode. Must do no harm when it is off. */
    void endLost() throws CommandFailed, InterruptedException;

    /**
     * Checks that {@link #wipe} is going to work. The server learns that the wipe is done before it begins: afterwards
     * nothing of the agent is left.
     *
     * @throws CommandFailed {@code unsupported} when this agent cannot erase the device
     */
    void checkWipe(boolean external) throws CommandFailed;

    /** Erases the device, and with {@code external} also external storage. */
    void wipe(boolean external) throws CommandFailed, InterruptedException;

    /** The time of day in milliseconds since 1970, UTC. Called by any thread. */
    long now();

    /** Milliseconds of a clock that nobody sets and that goes on while the device sleeps. Called by any thread. */
    long elapsed();

    /**
     * Sleeps for {@code ms} milliseconds, or until {@link #endPause()}. May sleep longer when the device sleeps, but
     * not for ever: it has to be woken by an alarm. An {@link #endPause()} just before the call ends it at once.
     */
    void pause(long ms) throws InterruptedException;

    /**
     * Work begins or ends. The device should stay awake from one to the other; while the agent waits, in a pause or for
     * the answer to a poll, it may sleep.
     */
    void working(boolean isWorking);

    /** Ends a {@link #pause} that is going on, or else the next one. Called by any thread. */
    void endPause();

    /** Randomness from the operating system: the installation id is a secret. */
    Random random();

    /** The version of the app, such as {@code 0.2.0}. */
    String version();

    /** A line for the app's log: English, without secrets. Called by any thread. */
    void log(String line);

    /** {@link Agent#status()} has changed. Called by any thread; returns at once. */
    void statusChanged();
}
