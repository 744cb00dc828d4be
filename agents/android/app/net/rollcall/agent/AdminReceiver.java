package net.rollcall.agent;

import android.app.admin.DeviceAdminReceiver;
import android.content.Context;
import android.content.Intent;

/** Learns when the app becomes an administrator of the phone, and when it is one no more. */
public final class AdminReceiver extends DeviceAdminReceiver {
    @Override
    public void onEnabled(Context context, Intent intent) {
        Worker.of(context).wake();
    }

    @Override
    public void onDisabled(Context context, Intent intent) {
        Worker.of(context).wake();
    }

    @Override
    public CharSequence onDisableRequested(Context context, Intent intent) {
        return context.getText(R.string.admin_off);
    }

    /** The phone was set up for an organization: Android 11 and earlier hand the link over here. */
    @Override
    public void onProfileProvisioningComplete(Context context, Intent intent) {
        Worker.of(context).enrollProvisioned(intent);
    }
}
