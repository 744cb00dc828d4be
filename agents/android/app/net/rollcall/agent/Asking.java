package net.rollcall.agent;

import android.Manifest;
import android.app.admin.DevicePolicyManager;
import android.content.ActivityNotFoundException;
import android.content.Intent;
import android.net.Uri;
import android.os.Build;
import android.provider.Settings;
import android.view.View;

/** Asks the person for one right after the other, and says what each is for. A "no" is an answer, too. */
final class Asking {
    private static final int REQUEST = 1;

    private final MainActivity activity;
    private final Pieces pieces;
    private final Worker worker;
    private final Rights rights;
    /** The right that Android is asking for now, or null. */
    private Rights.Right asked;
    /** The right that Android sent the person to the settings for, or null. */
    private Rights.Right inSettings;
    /** Whether Android did not let the person make the app an administrator. */
    private boolean isRestricted;

    Asking(MainActivity activity, Pieces pieces, Worker worker) {
        this.activity = activity;
        this.pieces = pieces;
        this.worker = worker;
        this.rights = worker.host().rights();
    }

    /** Shows the right that is next, with its buttons. */
    void show(boolean isAdminStep) {
        final Rights.Right next = rights.next(isAdminStep);
        if (next == null) {
            return;
        }
        pieces.heading(activity.getString(Words.name(next)));
        pieces.text(activity.getString(Words.why(next)));
        if (next == Rights.Right.ADMIN && isRestricted) {
            showRestricted();
        }
        pieces.button(R.string.allow, new View.OnClickListener() {
            @Override
            public void onClick(View view) {
                ask(next);
            }
        });
        pieces.button(R.string.not_now, new View.OnClickListener() {
            @Override
            public void onClick(View view) {
                rights.setAsked(next);
                go();
            }
        });
    }

    /** Shows what a connected phone does not allow, and lets the person change it. */
    void showMissing() {
        boolean isFirst = true;
        for (final Rights.Right right : Rights.Right.values()) {
            boolean isPossible = right != Rights.Right.BACKGROUND_LOCATION || rights.has(Rights.Right.LOCATION);
            if (rights.has(right) || !isPossible) {
                continue;
            }
            if (isFirst) {
                pieces.heading(activity.getString(R.string.missing));
                isFirst = false;
            }
            pieces.text(activity.getString(Words.name(right)) + ": " + activity.getString(Words.why(right)));
            if (right == Rights.Right.ADMIN && isRestricted) {
                showRestricted();
            }
            pieces.button(R.string.allow, new View.OnClickListener() {
                @Override
                public void onClick(View view) {
                    askAgain(right);
                }
            }).setContentDescription(
                    activity.getString(R.string.allow_right, activity.getString(Words.name(right))));
        }
    }

    /** Android's own question was answered. */
    void answered() {
        Rights.Right right = asked;
        asked = null;
        if (right == null) {
            return;
        }
        if (right == Rights.Right.ADMIN && !rights.isAdmin() && Build.VERSION.SDK_INT >= 33) {
            // Android may have refused by itself. The person can say "not now" on the page.
            isRestricted = true;
        } else {
            rights.setAsked(right);
        }
        go();
    }

    /** The person is back on the page. */
    void returned() {
        if (inSettings != null) {
            rights.setAsked(inSettings);
            inSettings = null;
        }
        if (rights.isAdmin()) {
            isRestricted = false;
        }
    }

    /** Changes with what this class shows. */
    String key() {
        StringBuilder key = new StringBuilder().append(isRestricted);
        for (Rights.Right right : Rights.Right.values()) {
            key.append(rights.has(right) ? '+' : '-');
        }
        return key.append(rights.next(false)).append(rights.next(true)).toString();
    }

    private void go() {
        worker.wake();
        // With a new right the service may do more.
        AgentService.start(activity);
        activity.showAgain();
    }

    private void ask(Rights.Right right) {
        asked = right;
        switch (right) {
            case NOTIFICATIONS:
                if (Build.VERSION.SDK_INT >= 33) {
                    request(Manifest.permission.POST_NOTIFICATIONS);
                } else {
                    open(notificationSettings());
                }
                break;
            case LOCATION:
                request(Manifest.permission.ACCESS_FINE_LOCATION, Manifest.permission.ACCESS_COARSE_LOCATION);
                break;
            case BACKGROUND_LOCATION:
                request(Manifest.permission.ACCESS_BACKGROUND_LOCATION);
                break;
            case BATTERY:
                open(new Intent(Settings.ACTION_REQUEST_IGNORE_BATTERY_OPTIMIZATIONS, ownPackage()));
                break;
            default:
                open(new Intent(DevicePolicyManager.ACTION_ADD_DEVICE_ADMIN)
                        .putExtra(DevicePolicyManager.EXTRA_DEVICE_ADMIN, rights.admin())
                        .putExtra(DevicePolicyManager.EXTRA_ADD_EXPLANATION, activity.getString(R.string.why_admin)));
        }
    }

    /** After a "no", Android asks for a permission no more: the settings of the app are left. */
    private void askAgain(Rights.Right right) {
        if (right == Rights.Right.ADMIN || right == Rights.Right.BATTERY) {
            ask(right);
        } else {
            inSettings = right;
            open(right == Rights.Right.NOTIFICATIONS ? notificationSettings() : appSettings());
        }
    }

    private void showRestricted() {
        pieces.text(activity.getString(R.string.restricted));
        pieces.button(R.string.open_settings, new View.OnClickListener() {
            @Override
            public void onClick(View view) {
                open(appSettings());
            }
        });
    }

    private void request(String... permissions) {
        activity.requestPermissions(permissions, REQUEST);
    }

    private void open(Intent intent) {
        try {
            activity.startActivityForResult(intent, REQUEST);
        } catch (ActivityNotFoundException | SecurityException e) {
            // This phone has no such page: what cannot be asked for counts as answered.
            Log.line("no page for " + intent.getAction());
            if (asked != null) {
                rights.setAsked(asked);
                asked = null;
            }
            go();
        }
    }

    private Intent appSettings() {
        return new Intent(Settings.ACTION_APPLICATION_DETAILS_SETTINGS, ownPackage());
    }

    private Intent notificationSettings() {
        return new Intent(Settings.ACTION_APP_NOTIFICATION_SETTINGS)
                .putExtra(Settings.EXTRA_APP_PACKAGE, activity.getPackageName());
    }

    private Uri ownPackage() {
        return Uri.fromParts("package", activity.getPackageName(), null);
    }
}
