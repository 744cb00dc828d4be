package net.rollcall.agent;

import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;

/** Goes on after the phone was switched on, and after an update of the app. */
public final class BootReceiver extends BroadcastReceiver {
    @Override
    public void onReceive(Context context, Intent intent) {
        String action = intent.getAction();
        if (Intent.ACTION_BOOT_COMPLETED.equals(action) || Intent.ACTION_MY_PACKAGE_REPLACED.equals(action)) {
            AgentService.start(context);
        }
    }
}
