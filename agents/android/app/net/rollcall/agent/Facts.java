package net.rollcall.agent;

import android.app.ActivityManager;
import android.app.KeyguardManager;
import android.content.Context;
import android.net.ConnectivityManager;
import android.net.Network;
import android.net.NetworkCapabilities;
import android.os.BatteryManager;
import android.os.Build;
import android.os.Environment;
import android.os.StatFs;
import android.provider.Settings;
import java.util.Locale;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

/** What the phone says of itself. */
final class Facts {
    private final Context context;
    private final Rights rights;

    Facts(Context context, Rights rights) {
        this.context = context;
        this.rights = rights;
    }

    /** The phone for the enrollment. */
    JSONObject info() throws JSONException {
        JSONObject info = new JSONObject();
        info.put("manufacturer", Build.MANUFACTURER).put("model", Build.MODEL).put("os_version", Build.VERSION.RELEASE);
        return info.put("serial", serial()); // null leaves the entry out
    }

    /** The groups of the inventory. */
    JSONObject inventory() throws JSONException {
        ActivityManager.MemoryInfo memory = new ActivityManager.MemoryInfo();
        context.getSystemService(ActivityManager.class).getMemoryInfo(memory);
        JSONObject hardware = new JSONObject().put("manufacturer", Build.MANUFACTURER).put("model", Build.MODEL)
                .put("brand", Build.BRAND).put("device", Build.DEVICE).put("serial", serial())
                .put("memory_bytes", memory.totalMem).put("processors", new JSONArray(Build.SUPPORTED_ABIS));
        JSONObject system = new JSONObject().put("name", "Android").put("version", Build.VERSION.RELEASE)
                .put("api_level", Build.VERSION.SDK_INT).put("build", Build.DISPLAY)
                .put("language", Locale.getDefault().toLanguageTag());
        JSONObject security = new JSONObject().put("patch_level", Build.VERSION.SECURITY_PATCH)
                .put("screen_lock", context.getSystemService(KeyguardManager.class).isDeviceSecure())
                .put("device_owner", rights.isOwner()).put("device_admin", rights.isAdmin())
                .put("usb_debugging", isUsbDebugging()).put("battery_unrestricted", rights.has(Rights.Right.BATTERY));
        JSONObject storage = new JSONObject().put("total_bytes", data().getTotalBytes());
        return new JSONObject().put("hardware", hardware).put("system", system).put("security", security)
                .put("storage", storage);
    }

    /** What changes all the time, for the heartbeat. */
    JSONObject report() throws JSONException {
        JSONObject report = new JSONObject().put("battery", battery()).put("network", network());
        StatFs data = data();
        report.put("storage", new JSONObject().put("total_bytes", data.getTotalBytes())
                .put("free_bytes", data.getAvailableBytes()));
        JSONObject permissions = new JSONObject().put("location", rights.has("location"))
                .put("notifications", rights.has("notifications"));
        return report.put("permissions", permissions).put("admin_active", rights.isAdmin());
    }

    /** Null when the phone does not know its level. */
    private JSONObject battery() throws JSONException {
        BatteryManager battery = context.getSystemService(BatteryManager.class);
        int level = battery.getIntProperty(BatteryManager.BATTERY_PROPERTY_CAPACITY);
        if (level < 0 || level > 100) {
            return null;
        }
        return new JSONObject().put("level", level).put("charging", battery.isCharging());
    }

    /** Null without a network, or when the phone does not tell. */
    private String network() {
        ConnectivityManager manager = context.getSystemService(ConnectivityManager.class);
        Network network = manager.getActiveNetwork();
        NetworkCapabilities capabilities = network == null ? null : manager.getNetworkCapabilities(network);
        if (capabilities == null) {
            return null;
        }
        if (capabilities.hasTransport(NetworkCapabilities.TRANSPORT_WIFI)) {
            return "wifi";
        }
        if (capabilities.hasTransport(NetworkCapabilities.TRANSPORT_CELLULAR)) {
            return "cellular";
        }
        return capabilities.hasTransport(NetworkCapabilities.TRANSPORT_ETHERNET) ? "ethernet" : "other";
    }

    /** Android shows it to the owner of the phone only. */
    private String serial() {
        if (!rights.isOwner()) {
            return null;
        }
        try {
            String serial = Build.getSerial();
            return Build.UNKNOWN.equals(serial) ? null : serial;
        } catch (SecurityException e) {
            return null;
        }
    }

    private boolean isUsbDebugging() {
        return Settings.Global.getInt(context.getContentResolver(), Settings.Global.ADB_ENABLED, 0) == 1;
    }

    private static StatFs data() {
        return new StatFs(Environment.getDataDirectory().getPath());
    }
}
