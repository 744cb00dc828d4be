package net.rollcall.agent;

import android.app.AlarmManager;
import android.app.PendingIntent;
import android.content.Context;
import android.content.Intent;
import android.os.SystemClock;

/** The pauses of the agent. A phone that sleeps counts no time, so that a long pause is ended by an alarm. */
final class Pause {
    /** Shorter pauses need no alarm, in milliseconds. */
    private static final long SHORT_MS = 30_000;

    private final Context context;
    private boolean isEnded;

    Pause(Context context) {
        this.context = context;
    }

    synchronized void take(long ms) throws InterruptedException {
        long end = SystemClock.elapsedRealtime() + ms;
        boolean isLong = ms > SHORT_MS;
        if (isLong) {
            setAlarm(end);
        }
        try {
            for (long left = ms; left > 0 && !isEnded; left = end - SystemClock.elapsedRealtime()) {
                wait(left);
            }
            isEnded = false;
        } finally {
            if (isLong) {
                cancelAlarm();
            }
        }
    }

    /** The phone may sleep until this time, of {@link SystemClock#elapsedRealtime()}: an alarm then wakes the agent. */
    void wakeAt(long at) {
        setAlarm(at);
    }

    /** Takes the alarm back. */
    void cancelAlarm() {
        context.getSystemService(AlarmManager.class).cancel(alarm());
    }

    synchronized void end() {
        isEnded = true;
        notifyAll();
    }

    private void setAlarm(long at) {
        context.getSystemService(AlarmManager.class)
                .setAndAllowWhileIdle(AlarmManager.ELAPSED_REALTIME_WAKEUP, at, alarm());
    }

    /** The same each time: there is one alarm. */
    private PendingIntent alarm() {
        Intent wake = new Intent(context, ActionReceiver.class).setAction(ActionReceiver.WAKE);
        return PendingIntent.getBroadcast(context, 0, wake, PendingIntent.FLAG_IMMUTABLE);
    }
}
