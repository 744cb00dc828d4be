package net.rollcall.agent;

import android.app.Activity;
import android.app.admin.DevicePolicyManager;
import android.content.Intent;
import android.os.Bundle;
import android.os.PersistableBundle;
import java.util.ArrayList;

/** Android 12 and later ask, while a phone is set up from the factory state, how it is to be managed: as a whole. */
public final class ProvisioningModeActivity extends Activity {
    @Override
    protected void onCreate(Bundle saved) {
        super.onCreate(saved);
        Intent asked = getIntent();
        ArrayList<Integer> allowed =
                asked.getIntegerArrayListExtra(DevicePolicyManager.EXTRA_PROVISIONING_ALLOWED_PROVISIONING_MODES);
        int mode = DevicePolicyManager.PROVISIONING_MODE_FULLY_MANAGED_DEVICE;
        if (allowed != null && !allowed.contains(mode)) {
            setResult(RESULT_CANCELED);
        } else {
            Intent answer = new Intent().putExtra(DevicePolicyManager.EXTRA_PROVISIONING_MODE, mode);
            PersistableBundle extras = asked.getParcelableExtra(DevicePolicyManager.EXTRA_PROVISIONING_ADMIN_EXTRAS_BUNDLE);
            if (extras != null) {
                answer.putExtra(DevicePolicyManager.EXTRA_PROVISIONING_ADMIN_EXTRAS_BUNDLE, extras);
            }
            setResult(RESULT_OK, answer);
        }
        finish();
    }
}
