package net.rollcall.agent;

/** The app's lines in the log of the phone. No secrets, no addresses of links. */
final class Log {
    private static final String TAG = "Rollcall";

    private Log() {}

    static void line(String text) {
        android.util.Log.i(TAG, text);
    }
}
