package net.rollcall.agent;

import android.app.Activity;
import android.os.Bundle;

/** The last page of Android's own setup, from Android 12 on: the app takes the link and goes on in the background. */
public final class PolicyComplianceActivity extends Activity {
    @Override
    protected void onCreate(Bundle saved) {
        super.onCreate(saved);
        Worker.of(this).enrollProvisioned(getIntent());
        setResult(RESULT_OK);
        finish();
    }
}
