package net.rollcall.agent;

import android.app.Activity;
import android.content.ActivityNotFoundException;
import android.content.Intent;
import android.net.Uri;

/** Hands a number or an email address to the app that the person uses for it. */
final class Dial {
    private Dial() {}

    static void open(Activity activity, Uri address) {
        String action = "tel".equals(address.getScheme()) ? Intent.ACTION_DIAL : Intent.ACTION_SENDTO;
        try {
            activity.startActivity(new Intent(action, address));
        } catch (ActivityNotFoundException | SecurityException e) {
            // The number stays on the page, to be typed elsewhere.
            Log.line("no app for " + address.getScheme());
        }
    }
}
