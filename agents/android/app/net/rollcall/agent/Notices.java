package net.rollcall.agent;

import android.app.Notification;
import android.app.NotificationChannel;
import android.app.NotificationManager;
import android.app.PendingIntent;
import android.content.Context;
import android.content.Intent;
import android.os.Build;

/** The app's notifications. */
final class Notices {
    /** The notification that Android wants to see while a service runs. */
    static final int RUNNING = 1;
    private static final int RINGING = 2;
    private static final int LOST = 3;
    /** Messages have numbers of their own from here on, so that a later one does not hide an earlier one. */
    private static final int FIRST_MESSAGE = 100;
    private static final int MESSAGES = 20;

    private static final String QUIET = "running";
    private static final String LOUD = "messages";
    private static final String PREFERENCES = "notices";
    private static final String NEXT = "next";

    private final Context context;
    private final NotificationManager manager;

    Notices(Context context) {
        this.context = context;
        this.manager = context.getSystemService(NotificationManager.class);
        channel(QUIET, R.string.channel_running, NotificationManager.IMPORTANCE_LOW);
        channel(LOUD, R.string.channel_messages, NotificationManager.IMPORTANCE_HIGH);
    }

    /** That the app runs, and whether something waits for the person. */
    Notification running(boolean isWaiting) {
        return builder(QUIET, isWaiting ? R.string.running_waiting : R.string.running)
                .setContentIntent(page(MainActivity.class)).setOngoing(true).setShowWhen(false).build();
    }

    void showRunning(boolean isWaiting) {
        manager.notify(RUNNING, running(isWaiting));
    }

    /** A message of the helpdesk, as plain text. */
    void showMessage(String text) {
        int number = context.getSharedPreferences(PREFERENCES, Context.MODE_PRIVATE).getInt(NEXT, 0);
        context.getSharedPreferences(PREFERENCES, Context.MODE_PRIVATE).edit()
                .putInt(NEXT, (number + 1) % MESSAGES).apply();
        manager.notify(FIRST_MESSAGE + number, builder(LOUD, R.string.message_title).setContentText(text)
                .setStyle(new Notification.BigTextStyle().bigText(text)).build());
    }

    void showRinging() {
        Intent stop = new Intent(context, ActionReceiver.class).setAction(ActionReceiver.STOP_RINGING);
        PendingIntent pending = PendingIntent.getBroadcast(context, 0, stop, PendingIntent.FLAG_IMMUTABLE);
        Notification.Action action =
                new Notification.Action.Builder(null, context.getText(R.string.ringing_stop), pending).build();
        manager.notify(RINGING, builder(LOUD, R.string.ringing).setOngoing(true).setContentIntent(pending)
                .addAction(action).build());
    }

    void hideRinging() {
        manager.cancel(RINGING);
    }

    /** That the phone is lost. Where Android allows it, the page opens by itself, over the lock screen. */
    void showLost(String text) {
        PendingIntent page = page(LostActivity.class);
        Notification.Builder lost = builder(LOUD, R.string.lost_title).setContentText(text).setOngoing(true)
                .setStyle(new Notification.BigTextStyle().bigText(text)).setContentIntent(page)
                .setVisibility(Notification.VISIBILITY_PUBLIC).setCategory(Notification.CATEGORY_ALARM);
        if (Build.VERSION.SDK_INT < 34 || manager.canUseFullScreenIntent()) {
            lost.setFullScreenIntent(page, true);
        }
        manager.notify(LOST, lost.build());
    }

    void hideLost() {
        manager.cancel(LOST);
    }

    private Notification.Builder builder(String channel, int title) {
        return new Notification.Builder(context, channel).setSmallIcon(R.drawable.ic_notice)
                .setContentTitle(context.getText(title));
    }

    private PendingIntent page(Class<?> activity) {
        Intent intent = new Intent(context, activity).addFlags(Intent.FLAG_ACTIVITY_NEW_TASK);
        return PendingIntent.getActivity(context, 0, intent, PendingIntent.FLAG_IMMUTABLE);
    }

    private void channel(String id, int name, int importance) {
        manager.createNotificationChannel(new NotificationChannel(id, context.getText(name), importance));
    }
}
