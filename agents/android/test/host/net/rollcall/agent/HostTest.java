package net.rollcall.agent;

import android.Manifest;
import android.app.Service;
import android.app.admin.DevicePolicyManager;
import android.content.Intent;
import android.content.pm.ServiceInfo;
import android.location.Location;
import android.location.LocationListener;
import android.os.PersistableBundle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import net.rollcall.core.CommandFailed;
import net.rollcall.core.Host;
import net.rollcall.core.Step;
import net.rollcall.fake.Fake;
import org.json.JSONObject;

/** What the app asks of Android, on each version and in each role. A call of something newer than the phone fails. */
public final class HostTest {
    private static final int[] LEVELS = {26, 27, 28, 29, 30, 31, 32, 33, 34, 35};
    private static final String DPM = Phone.DPM;
    private static final String LOCATION = "android.location.LocationManager.";

    private static final Runnable NOTHING = new Runnable() {
        @Override
        public void run() {}
    };

    private final Suite suite = new Suite();

    public static void main(String[] arguments) {
        HostTest test = new HostTest();
        for (int level : LEVELS) {
            for (Phone.Role role : Phone.Role.values()) {
                test.on(level, role);
            }
        }
        test.once();
        test.suite.end();
    }

    /** Checks that are made on every phone. */
    private abstract class OnPhone implements Suite.Check {
        final Phone phone;
        final AndroidHost host;

        OnPhone(int level, Phone.Role role) {
            phone = new Phone(level, role);
            host = new AndroidHost(phone.context, NOTHING);
        }

        boolean isOwner() {
            return phone.role == Phone.Role.OWNER;
        }

        boolean isAdmin() {
            return phone.role != Phone.Role.APP;
        }
    }

    private void on(int level, Phone.Role role) {
        String at = " on " + level + " as " + role;
        suite.check("lock" + at, new OnPhone(level, role) {
            @Override
            public void run() throws Exception {
                String code = null;
                try {
                    host.lock();
                } catch (CommandFailed e) {
                    code = e.code();
                }
                Suite.equal(isAdmin() ? null : "permission_missing", code);
                Suite.equal(isAdmin(), Fake.wasCalled(DPM + "lockNow"));
            }
        });
        suite.check("wipe" + at, new OnPhone(level, role) {
            @Override
            public void run() throws Exception {
                String code = null;
                try {
                    host.checkWipe(true);
                    host.wipe(true);
                } catch (CommandFailed e) {
                    code = e.code();
                }
                Suite.equal(isOwner() ? null : "unsupported", code);
                Suite.equal(isOwner() && phone.sdk >= 34, Fake.wasCalled(DPM + "wipeDevice"));
                Suite.equal(isOwner() && phone.sdk < 34, Fake.wasCalled(DPM + "wipeData"));
                String member = DPM + (phone.sdk >= 34 ? "wipeDevice" : "wipeData");
                for (Fake.Call call : Fake.calls(member)) {
                    Suite.equal(DevicePolicyManager.WIPE_EXTERNAL_STORAGE, call.arguments[0]);
                }
            }
        });
        suite.check("locate" + at, new OnPhone(level, role) {
            @Override
            public void run() throws Exception {
                Fake.answer(LOCATION + "isLocationEnabled", true);
                findAt(position(50.0755, 14.4378, 12));
                JSONObject found = host.locate(true, 60);
                Suite.equal(50.0755, found.getDouble("latitude"));
                Suite.equal(14.4378, found.getDouble("longitude"));
                Suite.equal("2026-01-31T09:30:00Z", found.getString("at"));
                Suite.isTrue("updates end", Fake.wasCalled(LOCATION + "removeUpdates"));
                Suite.isTrue("awake ends", Fake.wasCalled("android.os.PowerManager.WakeLock.release"));
            }
        });
        suite.check("location is off" + at, new OnPhone(level, role) {
            @Override
            public void run() throws Exception {
                Fake.answer(LOCATION + "isLocationEnabled", false);
                Fake.answer(LOCATION + "getProviders", new ArrayList<String>());
                failsWith("location_unavailable");
                boolean mayTurnOn = isOwner() && phone.sdk >= 30;
                Suite.equal(mayTurnOn, Fake.wasCalled(DPM + "setLocationEnabled"));
            }

            private void failsWith(String code) throws Exception {
                String found = null;
                try {
                    host.locate(true, 1);
                } catch (CommandFailed e) {
                    found = e.code();
                }
                Suite.equal(code, found);
            }
        });
        suite.check("ring" + at, new OnPhone(level, role) {
            @Override
            public void run() throws Exception {
                Fake.answer("android.media.AudioManager.getStreamMaxVolume", 7);
                Fake.answer("android.media.AudioManager.getStreamVolume", 3);
                host.ring(30);
                Suite.isTrue("plays", Fake.wasCalled("android.media.MediaPlayer.start"));
                List<Fake.Call> later = Fake.calls("android.os.Handler.postDelayed");
                Suite.equal(30_000L, later.get(0).arguments[1]);
                ((Runnable) later.get(0).arguments[0]).run();
                List<Object> volumes = new ArrayList<Object>();
                for (Fake.Call call : Fake.calls("android.media.AudioManager.setStreamVolume")) {
                    volumes.add(call.arguments[1]);
                }
                Suite.equal(Arrays.<Object>asList(7, 3), volumes);
                Suite.isTrue("is silent", Fake.wasCalled("android.media.MediaPlayer.release"));
                Suite.isTrue("does not vibrate", Fake.wasCalled("android.os.Vibrator.cancel"));
            }
        });
        suite.check("messages" + at, new OnPhone(level, role) {
            @Override
            public void run() throws Exception {
                host.message("one");
                host.message("two");
                Suite.equal(Arrays.asList("100", "101"), phone.notifications());
                Fake.answer("android.app.NotificationManager.areNotificationsEnabled", false);
                String code = null;
                try {
                    host.message("three");
                } catch (CommandFailed e) {
                    code = e.code();
                }
                Suite.equal("permission_missing", code);
            }
        });
        suite.check("lost mode" + at, new OnPhone(level, role) {
            @Override
            public void run() throws Exception {
                host.showLost("Bring it back", "+420 1");
                Suite.isTrue("notification", phone.notifications().contains("3"));
                Suite.equal(isAdmin() ? 1 : 0, Fake.calls(DPM + "lockNow").size());
                Suite.equal(isOwner(), Fake.wasCalled(DPM + "setLockTaskPackages"));
                Suite.isTrue("is on", Lost.isOn(phone.context));
                // Again, as after a restart: the person who unlocked it meanwhile is not locked out again.
                host.showLost("Bring it back", "+420 1");
                Suite.equal(isAdmin() ? 1 : 0, Fake.calls(DPM + "lockNow").size());
                host.endLost();
                host.endLost();
                Suite.equal(false, Lost.isOn(phone.context));
                Suite.isTrue("notification goes", Fake.wasCalled("android.app.NotificationManager.cancel"));
                List<Fake.Call> info = Fake.calls(DPM + "setDeviceOwnerLockScreenInfo");
                Suite.equal(isOwner() ? 4 : 0, info.size());
                if (isOwner()) {
                    Suite.equal(null, info.get(3).arguments[1]);
                }
            }
        });
        suite.check("capabilities" + at, new OnPhone(level, role) {
            @Override
            public void run() throws Exception {
                JSONObject commands = host.capabilities().getJSONObject("commands");
                Suite.equal(9, commands.length());
                Suite.equal(isAdmin(), commands.getJSONObject("lock").getBoolean("supported"));
                Suite.equal(isOwner(), commands.getJSONObject("wipe").getBoolean("supported"));
                for (Iterator<?> names = commands.keys(); names.hasNext();) {
                    JSONObject support = commands.getJSONObject((String) names.next());
                    Suite.isTrue("a reason", support.getBoolean("supported") || support.has("reason"));
                }
            }
        });
        suite.check("facts" + at, new OnPhone(level, role) {
            @Override
            public void run() throws Exception {
                Suite.equal(isOwner(), host.info().has("serial"));
                JSONObject inventory = host.inventory();
                Suite.equal(phone.sdk, inventory.getJSONObject("system").getInt("api_level"));
                Suite.equal(isOwner(), inventory.getJSONObject("hardware").has("serial"));
                JSONObject report = host.report(false);
                Suite.equal(81, report.getJSONObject("battery").getInt("level"));
                Suite.equal(isAdmin(), report.getBoolean("admin_active"));
                Suite.equal(false, report.has("location"));
                Suite.equal("1.2.3", host.version());
            }
        });
        suite.check("permissions" + at, new OnPhone(level, role) {
            @Override
            public void run() throws Exception {
                phone.answerPermission(Manifest.permission.ACCESS_BACKGROUND_LOCATION, false);
                Suite.equal(phone.sdk < 29, host.hasPermission("location"));
                Fake.answer("android.os.PowerManager.isIgnoringBatteryOptimizations", true);
                // The phone keeps the permission to the person, also from its owner.
                Host.Readiness expected = phone.sdk < 29 ? Host.Readiness.READY : Host.Readiness.WAITING;
                Suite.equal(expected, host.prepare(Step.PERMISSIONS));
                host.rights().setAsked(Rights.Right.BACKGROUND_LOCATION);
                Suite.equal(Host.Readiness.READY, host.prepare(Step.PERMISSIONS));
                Suite.equal(isOwner(), Fake.wasCalled(DPM + "setPermissionGrantState"));
                Suite.equal(isAdmin() ? Host.Readiness.READY : Host.Readiness.WAITING, host.prepare(Step.ADMIN));
                host.rights().setAsked(Rights.Right.ADMIN);
                Suite.equal(Host.Readiness.READY, host.prepare(Step.ADMIN));
                host.rights().forgetAnswers();
                Suite.equal(isAdmin() ? Host.Readiness.READY : Host.Readiness.WAITING, host.prepare(Step.ADMIN));
            }
        });
        suite.check("service" + at, new OnPhone(level, role) {
            @Override
            public void run() throws Exception {
                final List<Integer> tried = new ArrayList<Integer>();
                Fake.on("android.app.Service.startForeground", new Fake.Answer() {
                    @Override
                    public Object to(Object self, Object[] arguments) {
                        int type = arguments.length == 3 ? (Integer) arguments[2] : -1;
                        tried.add(type);
                        boolean isExempted = (type & ServiceInfo.FOREGROUND_SERVICE_TYPE_SYSTEM_EXEMPTED) != 0;
                        if (type > 0 && (isExempted || (type & ServiceInfo.FOREGROUND_SERVICE_TYPE_LOCATION) != 0)) {
                            throw new SecurityException("not allowed");
                        }
                        return null;
                    }
                });
                Suite.isTrue("foreground", AgentService.goToForeground(new AgentService(), host, false));
                int last = tried.get(tried.size() - 1);
                Suite.equal(phone.sdk < 34 ? -1 : ServiceInfo.FOREGROUND_SERVICE_TYPE_SPECIAL_USE, last);
                Suite.equal(phone.sdk < 34 ? 1 : isAdmin() ? 4 : 2, tried.size());
            }
        });
        suite.check("provisioning mode" + at, new OnPhone(level, role) {
            @Override
            public void run() throws Exception {
                ProvisioningModeActivity page = new ProvisioningModeActivity();
                Fake.answer("android.app.Activity.getIntent", new Intent());
                Fake.answer("android.content.Intent.getIntegerArrayListExtra", new ArrayList<Integer>(Arrays.asList(1, 2)));
                page.onCreate(null);
                Suite.equal(android.app.Activity.RESULT_OK, Fake.calls("android.app.Activity.setResult").get(0).arguments[0]);
                Fake.answer("android.content.Intent.getIntegerArrayListExtra", new ArrayList<Integer>(Arrays.asList(2)));
                page.onCreate(null);
                Suite.equal(android.app.Activity.RESULT_CANCELED,
                        Fake.calls("android.app.Activity.setResult").get(1).arguments[0]);
            }
        });
    }

    /** Checks for which the phone does not matter. */
    private void once() {
        suite.check("a sound that cannot be played is followed by the next", new OnPhone(30, Phone.Role.APP) {
            @Override
            public void run() throws Exception {
                Fake.answer("android.media.MediaPlayer.prepare", new java.io.IOException("no such file"));
                Fake.answer("android.os.Vibrator.hasVibrator", false);
                String code = null;
                try {
                    host.ring(5);
                } catch (CommandFailed e) {
                    code = e.code();
                }
                Suite.equal("failed", code);
                Suite.equal(3, Fake.calls("android.media.MediaPlayer.prepare").size());
                Suite.equal(2, Fake.calls("android.media.AudioManager.setStreamVolume").size());
            }
        });
        suite.check("where the phone is now counts more than where it was", new OnPhone(30, Phone.Role.APP) {
            @Override
            public void run() throws Exception {
                Fake.answer(LOCATION + "isLocationEnabled", true);
                Location before = position(1, 1, 5);
                Fake.answer(LOCATION + "getLastKnownLocation", before);
                Fake.answer("android.location.Location.getTime", System.currentTimeMillis());
                final Location now = Fake.make(Location.class);
                findAt(now);
                final Object[] known = {before};
                Fake.on("android.location.Location.getAccuracy", new Fake.Answer() {
                    @Override
                    public Object to(Object self, Object[] arguments) {
                        return self == known[0] ? 5f : 20f;
                    }
                });
                Fake.on("android.location.Location.getLatitude", new Fake.Answer() {
                    @Override
                    public Object to(Object self, Object[] arguments) {
                        return self == now ? 2.0 : 1.0;
                    }
                });
                // The search was told of the old position first, by a source that has a better one.
                Fake.answer(LOCATION + "getProviders", Arrays.asList("network", "gps"));
                Fake.on(LOCATION + "requestLocationUpdates", new Fake.Answer() {
                    @Override
                    public Object to(Object self, Object[] arguments) {
                        if (arguments[0].equals("gps")) {
                            ((LocationListener) arguments[3]).onLocationChanged(now);
                        }
                        return null;
                    }
                });
                Suite.equal(2.0, host.locate(true, 60).getDouble("latitude"));
            }
        });
        suite.check("the app goes on after a start of the phone and an update, and after nothing else",
                new OnPhone(34, Phone.Role.APP) {
            @Override
            public void run() throws Exception {
                for (String action : Arrays.asList(Intent.ACTION_BOOT_COMPLETED, Intent.ACTION_MY_PACKAGE_REPLACED, "x")) {
                    Fake.answer("android.content.Intent.getAction", action);
                    new BootReceiver().onReceive(phone.context, new Intent());
                }
                Suite.equal(2, Fake.calls("android.content.Context.startForegroundService").size());
            }
        });
        suite.check("a service that Android does not start now does not end the app", new OnPhone(34, Phone.Role.APP) {
            @Override
            public void run() throws Exception {
                Fake.answer("android.content.Context.startForegroundService", new IllegalStateException("not allowed"));
                AgentService.start(phone.context);
                Fake.answer("android.app.Service.startForeground", new SecurityException("not allowed"));
                Suite.equal(false, AgentService.goToForeground(new AgentService(), host, false));
            }
        });
        suite.check("without permission nothing looks for the position", new OnPhone(30, Phone.Role.ADMIN) {
            @Override
            public void run() throws Exception {
                phone.answerPermission(Manifest.permission.ACCESS_FINE_LOCATION, false);
                phone.answerPermission(Manifest.permission.ACCESS_COARSE_LOCATION, false);
                String code = null;
                try {
                    host.locate(false, 5);
                } catch (CommandFailed e) {
                    code = e.code();
                }
                Suite.equal("permission_missing", code);
                Suite.equal(false, Fake.wasCalled(LOCATION + "getProviders"));
            }
        });
        suite.check("a lost phone that finds nothing reports the rest", new OnPhone(30, Phone.Role.ADMIN) {
            @Override
            public void run() throws Exception {
                Fake.answer(LOCATION + "isLocationEnabled", false);
                JSONObject report = host.report(true);
                Suite.equal(false, report.has("location"));
                Suite.isTrue("battery", report.has("battery"));
            }
        });
        suite.check("a lost phone reports where it is", new OnPhone(30, Phone.Role.ADMIN) {
            @Override
            public void run() throws Exception {
                Fake.answer(LOCATION + "isLocationEnabled", true);
                findAt(position(1, 2, 3));
                Suite.equal(1.0, host.report(true).getJSONObject("location").getDouble("latitude"));
            }
        });
        suite.check("a pause that was ended before it began takes no time", new OnPhone(30, Phone.Role.APP) {
            @Override
            public void run() throws Exception {
                host.endPause();
                host.pause(3_600_000);
                Suite.isTrue("alarm is set", Fake.wasCalled("android.app.AlarmManager.setAndAllowWhileIdle"));
                Suite.isTrue("and taken back", Fake.wasCalled("android.app.AlarmManager.cancel"));
            }
        });
        suite.check("the phone stays awake for the work alone, and an alarm ends what it sleeps through",
                new OnPhone(30, Phone.Role.APP) {
            @Override
            public void run() throws Exception {
                String lock = "android.os.PowerManager.WakeLock.";
                String alarm = "android.app.AlarmManager.";
                host.working(true);
                Suite.equal(1, Fake.calls(lock + "acquire").size());
                Suite.equal(0, Fake.calls(alarm + "setAndAllowWhileIdle").size());
                host.working(false);
                Suite.equal(1, Fake.calls(lock + "release").size());
                Suite.equal(1, Fake.calls(alarm + "setAndAllowWhileIdle").size());
                int cancelled = Fake.calls(alarm + "cancel").size();
                host.working(true);
                Suite.equal(cancelled + 1, Fake.calls(alarm + "cancel").size());
                host.working(false);
                host.rest();
                Suite.equal(cancelled + 2, Fake.calls(alarm + "cancel").size());
            }
        });
        suite.check("the battery is left out when the phone does not know it", new OnPhone(30, Phone.Role.APP) {
            @Override
            public void run() throws Exception {
                Fake.answer("android.os.BatteryManager.getIntProperty", Integer.MIN_VALUE);
                Suite.equal(false, host.report(false).has("battery"));
                Suite.equal(false, host.report(false).has("network"));
            }
        });
        suite.check("a person who may show nothing and lock nothing cannot be lost", new OnPhone(30, Phone.Role.APP) {
            @Override
            public void run() throws Exception {
                Fake.answer("android.app.NotificationManager.areNotificationsEnabled", false);
                String code = null;
                try {
                    host.showLost("", null);
                } catch (CommandFailed e) {
                    code = e.code();
                }
                Suite.equal("permission_missing", code);
                // It is locked all the same once it may be.
                Suite.equal(false, Lost.isOn(phone.context));
                Fake.answer(DPM + "isAdminActive", true);
                host.showLost("", null);
                Suite.equal(1, Fake.calls(DPM + "lockNow").size());
            }
        });
    }

    /** One source, which finds this position at once. */
    private static void findAt(final Location location) {
        Fake.answer(LOCATION + "getProviders", Arrays.asList("passive", "gps"));
        Fake.on(LOCATION + "requestLocationUpdates", new Fake.Answer() {
            @Override
            public Object to(Object self, Object[] arguments) {
                ((LocationListener) arguments[3]).onLocationChanged(location);
                return null;
            }
        });
    }

    private static Location position(double latitude, double longitude, float accuracy) {
        String name = "android.location.Location.";
        Fake.answer(name + "getLatitude", latitude);
        Fake.answer(name + "getLongitude", longitude);
        Fake.answer(name + "getAccuracy", accuracy);
        Fake.answer(name + "hasAccuracy", true);
        Fake.answer(name + "getTime", 1769851800000L); // 2026-01-31T09:30:00Z
        return Fake.make(Location.class);
    }
}
