package net.rollcall.agent;

import android.Manifest;
import android.app.NotificationManager;
import android.app.admin.DevicePolicyManager;
import android.content.Context;
import android.content.SharedPreferences;
import android.content.pm.PackageInfo;
import android.content.pm.PackageManager;
import android.content.res.Configuration;
import android.content.res.Resources;
import android.net.Uri;
import android.os.Build;
import android.os.Environment;
import android.os.Looper;
import android.util.DisplayMetrics;
import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.rollcall.fake.Fake;

/** A pretended phone: a version of Android, and what the app is there. */
final class Phone {
    /** The app as one of many, as an administrator, or as the owner of the phone. */
    enum Role {
        APP,
        ADMIN,
        OWNER
    }

    static final String DPM = "android.app.admin.DevicePolicyManager.";

    final int sdk;
    final Role role;
    final Context context;
    /** Permissions that are granted; all at first. */
    final Set<String> granted = new HashSet<String>();
    private final Map<String, Map<String, Object>> preferences = new HashMap<String, Map<String, Object>>();

    Phone(int sdk, final Role role) {
        Fake.reset(sdk);
        this.sdk = sdk;
        this.role = role;
        Build.VERSION.SDK_INT = sdk;
        Build.VERSION.RELEASE = "x";
        Build.VERSION.SECURITY_PATCH = "2026-01-05";
        Build.MANUFACTURER = "Maker";
        Build.MODEL = "Model";
        Build.BRAND = "Brand";
        Build.DEVICE = "device";
        Build.DISPLAY = "build";
        Build.SUPPORTED_ABIS = new String[] {"arm64-v8a"};
        granted.addAll(Arrays.asList(Manifest.permission.ACCESS_FINE_LOCATION,
                Manifest.permission.ACCESS_COARSE_LOCATION, Manifest.permission.ACCESS_BACKGROUND_LOCATION));
        context = Fake.make(Context.class);
        answerContext();
        Fake.answer(DPM + "isAdminActive", role != Role.APP);
        Fake.answer(DPM + "isDeviceOwnerApp", role == Role.OWNER);
        Fake.answer("android.app.NotificationManager.areNotificationsEnabled", true);
        Fake.answer("android.app.NotificationManager.canUseFullScreenIntent", true);
        Fake.answer("android.os.Environment.getDataDirectory", new File("/data"));
        Fake.answer("android.os.Build.getSerial", "SERIAL");
        Fake.answer("android.os.BatteryManager.getIntProperty", 81);
        Fake.answer("android.os.Vibrator.hasVibrator", true);
        final Map<String, Object> bundle = new HashMap<String, Object>();
        for (String kind : Arrays.asList("String", "Boolean")) {
            Fake.on("android.os.BaseBundle.put" + kind, new Fake.Answer() {
                @Override
                public Object to(Object self, Object[] arguments) {
                    return bundle.put((String) arguments[0], arguments[1]);
                }
            });
            Fake.on("android.os.BaseBundle.get" + kind, new Fake.Answer() {
                @Override
                public Object to(Object self, Object[] arguments) {
                    return bundle.get(arguments[0]);
                }
            });
        }
        Fake.answer("android.net.Uri.parse", Fake.make(TestUri.class));
        Fake.answer("android.media.RingtoneManager.getDefaultUri", Fake.make(TestUri.class));
        Fake.answer("android.os.PowerManager.newWakeLock", Fake.make(android.os.PowerManager.WakeLock.class));
        Fake.answer("android.security.keystore.KeyGenParameterSpec.Builder.build",
                Fake.make(android.security.keystore.KeyGenParameterSpec.class));
        Fake.answer("android.app.PendingIntent.getBroadcast", Fake.make(android.app.PendingIntent.class));
        Fake.answer("android.os.Looper.getMainLooper", Fake.make(Looper.class));
        // The main thread does at once what it is given; what it is given for later it does when a test says so.
        Fake.on("android.os.Handler.post", new Fake.Answer() {
            @Override
            public Object to(Object self, Object[] arguments) {
                ((Runnable) arguments[0]).run();
                return true;
            }
        });
    }

    /** The text of a string resource, so that tests can compare: its number and what is put into it. */
    static String string(int number, Object... arguments) {
        StringBuilder text = new StringBuilder("#").append(number);
        for (Object argument : arguments) {
            text.append('|').append(argument);
        }
        return text.toString();
    }

    void answerPermission(String permission, boolean isGranted) {
        if (isGranted) {
            granted.add(permission);
        } else {
            granted.remove(permission);
        }
    }

    List<String> notifications() {
        List<String> shown = new ArrayList<String>();
        for (Fake.Call call : Fake.calls("android.app.NotificationManager.notify")) {
            shown.add(String.valueOf(call.arguments[0]));
        }
        return shown;
    }

    private void answerContext() {
        String name = "android.content.Context.";
        Fake.on(name + "getSystemService", new Fake.Answer() {
            @Override
            public Object to(Object self, Object[] arguments) {
                return Fake.single((Class<?>) arguments[0]);
            }
        });
        Fake.answer(name + "getPackageName", "net.rollcall.agent");
        Fake.answer(name + "getApplicationContext", context);
        Fake.on(name + "getString", new Fake.Answer() {
            @Override
            public Object to(Object self, Object[] arguments) {
                Object[] inside = arguments.length == 2 ? (Object[]) arguments[1] : new Object[0];
                return string((Integer) arguments[0], inside);
            }
        });
        Fake.on(name + "getText", new Fake.Answer() {
            @Override
            public Object to(Object self, Object[] arguments) {
                return string((Integer) arguments[0]);
            }
        });
        Fake.on(name + "checkSelfPermission", new Fake.Answer() {
            @Override
            public Object to(Object self, Object[] arguments) {
                return granted.contains(arguments[0]) ? PackageManager.PERMISSION_GRANTED : PackageManager.PERMISSION_DENIED;
            }
        });
        Fake.on(name + "getSharedPreferences", new Fake.Answer() {
            @Override
            public Object to(Object self, Object[] arguments) {
                return preferences((String) arguments[0]);
            }
        });
        Fake.answer(name + "getPackageManager", Fake.single(PackageManager.class));
        PackageInfo info = Fake.make(PackageInfo.class);
        info.versionName = "1.2.3";
        Fake.answer("android.content.pm.PackageManager.getPackageInfo", info);
        Fake.answer(name + "getResources", Fake.single(Resources.class));
        Fake.answer("android.content.res.Resources.getConfiguration", Fake.make(Configuration.class));
        Fake.answer("android.content.res.Resources.getDisplayMetrics", Fake.make(DisplayMetrics.class));
    }

    private SharedPreferences preferences(String file) {
        Map<String, Object> values = preferences.get(file);
        if (values == null) {
            values = new HashMap<String, Object>();
            preferences.put(file, values);
        }
        return new Remembered(values);
    }

    /** An address, which Android makes for the app. */
    static class TestUri extends Uri {
        private final String text;

        TestUri() {
            this("https://mdm.example.com");
        }

        TestUri(String text) {
            this.text = text;
        }

        @Override
        public Uri.Builder buildUpon() {
            Fake.answer("android.net.Uri.Builder.build", this);
            return Fake.make(Uri.Builder.class);
        }

        @Override
        public boolean isHierarchical() {
            return text.contains("//");
        }

        @Override
        public String toString() {
            return text;
        }

        @Override
        public String getHost() {
            return "mdm.example.com";
        }

        @Override
        public String getScheme() {
            return "rollcall";
        }
    }

    /** Settings that are kept in memory. */
    private static final class Remembered implements SharedPreferences, SharedPreferences.Editor {
        private final Map<String, Object> values;

        Remembered(Map<String, Object> values) {
            this.values = values;
        }

        private Object get(String name, Object otherwise) {
            Object value = values.get(name);
            return value == null ? otherwise : value;
        }

        private Editor put(String name, Object value) {
            values.put(name, value);
            return this;
        }

        @Override
        public Editor edit() {
            return this;
        }

        @Override
        public boolean getBoolean(String name, boolean otherwise) {
            return (Boolean) get(name, otherwise);
        }

        @Override
        public int getInt(String name, int otherwise) {
            return (Integer) get(name, otherwise);
        }

        @Override
        public String getString(String name, String otherwise) {
            return (String) get(name, otherwise);
        }

        @Override
        public void apply() {}

        @Override
        public Editor clear() {
            values.clear();
            return this;
        }

        @Override
        public Editor putBoolean(String name, boolean value) {
            return put(name, value);
        }

        @Override
        public Editor putInt(String name, int value) {
            return put(name, value);
        }

        @Override
        public Editor putString(String name, String value) {
            return put(name, value);
        }
    }
}
