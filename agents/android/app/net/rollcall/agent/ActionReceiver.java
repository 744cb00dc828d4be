package net.rollcall.agent;

import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;
import android.os.PowerManager;

/** Alarms that end a pause, and the button that ends the ringing. Only this app can call it. */
public final class ActionReceiver extends BroadcastReceiver {
    static final String WAKE = "net.rollcall.agent.WAKE";
    static final String STOP_RINGING = "net.rollcall.agent.STOP_RINGING";

    /** Long enough for a heartbeat, in milliseconds. */
    private static final long HEARTBEAT_MS = 30_000;

    @Override
    public void onReceive(Context context, Intent intent) {
        Worker worker = Worker.of(context);
        if (STOP_RINGING.equals(intent.getAction())) {
            worker.host().siren().stop();
            return;
        }
        // The phone would sleep again as soon as this method returns.
        context.getSystemService(PowerManager.class)
                .newWakeLock(PowerManager.PARTIAL_WAKE_LOCK, "rollcall:heartbeat").acquire(HEARTBEAT_MS);
        AgentService.start(context);
        worker.wake();
    }
}
