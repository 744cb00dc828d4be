package net.rollcall.agent;

import android.Manifest;
import android.app.NotificationManager;
import android.app.admin.DevicePolicyManager;
import android.content.ComponentName;
import android.content.Context;
import android.content.pm.PackageManager;
import android.os.Build;
import android.os.PowerManager;

/** What the person and the platform allow this app. */
final class Rights {
    /** Something that the app asks the person for, in this order. */
    enum Right {
        /** To show notifications: messages and lost mode. */
        NOTIFICATIONS,
        /** To know where the phone is. */
        LOCATION,
        /** The same when nobody looks at the app. */
        BACKGROUND_LOCATION,
        /** Not to be stopped to save the battery. */
        BATTERY,
        /** To administer the phone: to lock its screen. */
        ADMIN
    }

    private static final String PREFERENCES = "asked";

    private final Context context;
    private final DevicePolicyManager policy;

    Rights(Context context) {
        this.context = context;
        this.policy = context.getSystemService(DevicePolicyManager.class);
    }

    /** The receiver that Android knows as the administrator. */
    ComponentName admin() {
        return new ComponentName(context, AdminReceiver.class);
    }

    boolean isAdmin() {
        return policy.isAdminActive(admin());
    }

    /** Whether the whole phone belongs to this app, as on phones that a company sets up. */
    boolean isOwner() {
        return policy.isDeviceOwnerApp(context.getPackageName());
    }

    /** Whether the app holds a permission, by its name in the protocol. */
    boolean has(String name) {
        switch (name) {
            case "location":
                return has(Right.LOCATION) && has(Right.BACKGROUND_LOCATION);
            case "notifications":
                return has(Right.NOTIFICATIONS);
            case "device_admin":
                return has(Right.ADMIN);
            default:
                return false;
        }
    }

    boolean has(Right right) {
        switch (right) {
            case NOTIFICATIONS:
                return context.getSystemService(NotificationManager.class).areNotificationsEnabled();
            case LOCATION:
                return isGranted(Manifest.permission.ACCESS_FINE_LOCATION)
                        || isGranted(Manifest.permission.ACCESS_COARSE_LOCATION);
            case BACKGROUND_LOCATION:
                return Build.VERSION.SDK_INT < 29 || isGranted(Manifest.permission.ACCESS_BACKGROUND_LOCATION);
            case BATTERY:
                return context.getSystemService(PowerManager.class)
                        .isIgnoringBatteryOptimizations(context.getPackageName());
            case ADMIN:
                return isAdmin();
            default:
                return false;
        }
    }

    /** The right to ask for next, or null: neither held nor answered yet, and possible now. */
    Right next(boolean isAdminStep) {
        for (Right right : Right.values()) {
            boolean isOfStep = isAdminStep == (right == Right.ADMIN);
            boolean isPossible = right != Right.BACKGROUND_LOCATION || has(Right.LOCATION);
            if (isOfStep && isPossible && !has(right) && !wasAsked(right)) {
                return right;
            }
        }
        return null;
    }

    /** Remembers that the person answered. */
    void setAsked(Right right) {
        context.getSharedPreferences(PREFERENCES, Context.MODE_PRIVATE).edit().putBoolean(right.name(), true).apply();
    }

    /** Forgets the answers: a new enrollment asks anew. */
    void forgetAnswers() {
        context.getSharedPreferences(PREFERENCES, Context.MODE_PRIVATE).edit().clear().apply();
    }

    /** Is no administrator any more, so that the person can remove the app. The owner of a phone stays it. */
    void giveUpAdmin() {
        if (isAdmin() && !isOwner()) {
            policy.removeActiveAdmin(admin());
        }
    }

    /** Takes what the owner of the phone can give itself. */
    void grantAsOwner() {
        if (!isOwner()) {
            return;
        }
        grant(Manifest.permission.ACCESS_COARSE_LOCATION);
        grant(Manifest.permission.ACCESS_FINE_LOCATION);
        if (Build.VERSION.SDK_INT >= 29) {
            grant(Manifest.permission.ACCESS_BACKGROUND_LOCATION);
        }
        if (Build.VERSION.SDK_INT >= 33) {
            grant(Manifest.permission.POST_NOTIFICATIONS);
        }
    }

    private boolean wasAsked(Right right) {
        return context.getSharedPreferences(PREFERENCES, Context.MODE_PRIVATE).getBoolean(right.name(), false);
    }

    private boolean isGranted(String permission) {
        return context.checkSelfPermission(permission) == PackageManager.PERMISSION_GRANTED;
    }

    private void grant(String permission) {
        try {
            policy.setPermissionGrantState(
                    admin(), context.getPackageName(), permission, DevicePolicyManager.PERMISSION_GRANT_STATE_GRANTED);
        } catch (SecurityException e) {
            // The person who set the phone up kept this permission for themselves: the app asks for it.
            Log.line("Android does not let the owner grant " + permission);
        }
    }
}
