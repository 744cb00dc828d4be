package net.rollcall.agent;

import android.app.Activity;
import android.net.Uri;
import android.os.Build;
import android.os.Bundle;
import android.view.View;
import android.view.WindowManager;

/** The page of a lost phone. It lies over the lock screen, and on a phone that the app owns nobody can leave it. */
public final class LostActivity extends Activity {
    /** The page that is open, or null. Main thread only. */
    private static LostActivity open;

    /** The phone is found. Main thread only. */
    static void close() {
        if (open != null) {
            open.finish();
        }
    }

    @Override
    protected void onCreate(Bundle saved) {
        Pieces.chooseTheme(this);
        super.onCreate(saved);
        if (Build.VERSION.SDK_INT >= 27) {
            setShowWhenLocked(true);
            setTurnScreenOn(true);
        } else {
            getWindow().addFlags(WindowManager.LayoutParams.FLAG_SHOW_WHEN_LOCKED
                    | WindowManager.LayoutParams.FLAG_TURN_SCREEN_ON);
        }
        open = this;
    }

    @Override
    protected void onResume() {
        super.onResume();
        if (!Lost.isOn(this)) {
            finish();
            return;
        }
        Pieces pieces = new Pieces(this);
        pieces.title(getString(R.string.lost_title));
        pieces.text(Lost.text(this));
        final String phone = Lost.phone(this);
        if (phone != null) {
            pieces.button(R.string.lost_dial, new View.OnClickListener() {
                @Override
                public void onClick(View view) {
                    Dial.open(LostActivity.this, Uri.fromParts("tel", phone, null));
                }
            });
        }
        if (Worker.of(this).host().rights().isOwner()) {
            startLockTask();
        }
    }

    @Override
    protected void onDestroy() {
        if (open == this) {
            open = null;
        }
        super.onDestroy();
    }
}
