package net.rollcall.agent;

import android.app.Notification;
import android.app.Service;
import android.content.Context;
import android.content.Intent;
import android.content.pm.ServiceInfo;
import android.os.Build;
import android.os.IBinder;

/** Keeps the app at work while nobody looks at it. Android wants a notification for that. */
public final class AgentService extends Service {
    /** The number of the latest start. */
    private int latest;

    /** Starts the service; it may run already. */
    static void start(Context context) {
        try {
            context.startForegroundService(new Intent(context, AgentService.class));
        } catch (IllegalStateException | SecurityException e) {
            // From Android 12 on an app may not always start one. The next alarm, or the person, tries again.
            Log.line("the service cannot be started now: " + e.getClass().getName());
        }
    }

    @Override
    public int onStartCommand(Intent intent, int flags, int startId) {
        latest = startId;
        Worker worker = Worker.of(this);
        boolean isWaiting = worker.isWaiting();
        if (!goToForeground(this, worker.host(), isWaiting)) {
            stopSelf();
            return START_NOT_STICKY;
        }
        worker.start(this, isWaiting);
        return START_STICKY;
    }

    @Override
    public void onDestroy() {
        Worker.of(this).stop(this);
    }

    @Override
    public IBinder onBind(Intent intent) {
        return null;
    }

    /** Called when nothing is left to do. A start that is under way keeps the service alive. */
    void finish() {
        if (stopSelfResult(latest)) {
            stopForeground(STOP_FOREGROUND_REMOVE);
        }
    }

    /** Shows the notification, without which Android ends a service. False when Android does not allow it. */
    static boolean goToForeground(Service service, AndroidHost host, boolean isWaiting) {
        Notification notification = host.notices().running(isWaiting);
        if (Build.VERSION.SDK_INT < 34) {
            service.startForeground(Notices.RUNNING, notification);
            return true;
        }
        for (int type : types(host.rights())) {
            try {
                service.startForeground(Notices.RUNNING, notification, type);
                return true;
            } catch (SecurityException | IllegalStateException e) {
                Log.line("no service of type " + type + ": " + e.getClass().getName());
            }
        }
        return false;
    }

    /**
     * What to tell Android the service is for, the best first: it allows administrators more than other apps, and location
     * only when the app may use it now.
     */
    private static int[] types(Rights rights) {
        int plain = ServiceInfo.FOREGROUND_SERVICE_TYPE_SPECIAL_USE;
        int exempted = ServiceInfo.FOREGROUND_SERVICE_TYPE_SYSTEM_EXEMPTED;
        int location = ServiceInfo.FOREGROUND_SERVICE_TYPE_LOCATION;
        if (!rights.has(Rights.Right.LOCATION)) {
            return rights.isAdmin() ? new int[] {exempted, plain} : new int[] {plain};
        }
        return rights.isAdmin()
                ? new int[] {exempted | location, exempted, plain | location, plain}
                : new int[] {plain | location, plain};
    }
}
