package net.rollcall.agent;

import android.app.admin.DevicePolicyManager;
import android.content.Context;
import android.content.Intent;
import android.content.SharedPreferences;
import android.os.Build;
import android.os.Handler;
import android.os.Looper;
import android.telecom.TelecomManager;
import net.rollcall.core.CommandFailed;

/** Lost mode: a message that stays, and a locked screen where the app may lock it. */
final class Lost {
    private static final String PREFERENCES = "lost";
    private static final String MESSAGE = "message";
    private static final String PHONE = "phone";

    private final Context context;
    private final Rights rights;
    private final Notices notices;
    private final DevicePolicyManager policy;

    Lost(Context context, Rights rights, Notices notices) {
        this.context = context;
        this.rights = rights;
        this.notices = notices;
        this.policy = context.getSystemService(DevicePolicyManager.class);
    }

    /** Shows the message. It may be shown already. */
    void show(String message, String phone) throws CommandFailed {
        if (!rights.has(Rights.Right.NOTIFICATIONS) && !rights.isAdmin()) {
            throw new CommandFailed("permission_missing", "The agent may neither show notifications nor lock the screen.");
        }
        boolean isNew = !isOn(context);
        preferences(context).edit().putBoolean("on", true).putString(MESSAGE, message).putString(PHONE, phone).apply();
        String text = text(context);
        notices.showLost(text);
        if (rights.isOwner()) {
            policy.setDeviceOwnerLockScreenInfo(rights.admin(), text);
            policy.setLockTaskPackages(rights.admin(), usable());
            openPage();
        } else if (Build.VERSION.SDK_INT < 29) {
            openPage();
        }
        if (isNew && rights.isAdmin()) {
            policy.lockNow();
        }
    }

    /** Ends it. It may be off already. */
    void end() {
        preferences(context).edit().clear().apply();
        notices.hideLost();
        if (rights.isOwner()) {
            policy.setDeviceOwnerLockScreenInfo(rights.admin(), null);
            // Without packages, Android ends the lock task of the page.
            policy.setLockTaskPackages(rights.admin(), new String[0]);
        }
        new Handler(Looper.getMainLooper()).post(new Runnable() {
            @Override
            public void run() {
                LostActivity.close();
            }
        });
    }

    static boolean isOn(Context context) {
        return preferences(context).getBoolean("on", false);
    }

    /** The message, and whom to call. */
    static String text(Context context) {
        String message = preferences(context).getString(MESSAGE, "");
        String phone = phone(context);
        String text = message.isEmpty() ? context.getString(R.string.lost_default) : message;
        return phone == null ? text : text + "\n" + context.getString(R.string.lost_call, phone);
    }

    /** The number to call, or null. */
    static String phone(Context context) {
        String phone = preferences(context).getString(PHONE, null);
        return phone == null || phone.isEmpty() ? null : phone;
    }

    /** The apps that a lost phone still opens: this one, and the one that makes calls. */
    private String[] usable() {
        String dialer = context.getSystemService(TelecomManager.class).getDefaultDialerPackage();
        String own = context.getPackageName();
        return dialer == null ? new String[] {own} : new String[] {own, dialer};
    }

    private void openPage() {
        context.startActivity(new Intent(context, LostActivity.class).addFlags(Intent.FLAG_ACTIVITY_NEW_TASK));
    }

    private static SharedPreferences preferences(Context context) {
        return context.getSharedPreferences(PREFERENCES, Context.MODE_PRIVATE);
    }
}
