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
        PendingIntent alarm = ms > SHORT_MS ? setAlarm(end) : null;
        try {
            for (long left = ms; left > 0 && !isEnded; left = end - SystemClock.elapsedRealtime()) {
                wait(left);
            }
            isEnded = false;
        } finally {
            if (alarm != null) {
                context.getSystemService(AlarmManager.class).cancel(alarm);
            }
        }
    }

    synchronized void end() {
        isEnded = true;
        notifyAll();
    }

    private PendingIntent setAlarm(long at) {
        Intent wake = new Intent(context, ActionReceiver.class).setAction(ActionReceiver.WAKE);
        PendingIntent alarm = PendingIntent.getBroadcast(context, 0, wake, PendingIntent.FLAG_IMMUTABLE);
        context.getSystemService(AlarmManager.class)
                .setAndAllowWhileIdle(AlarmManager.ELAPSED_REALTIME_WAKEUP, at, alarm);
        return alarm;
    }
}
