package net.rollcall.agent;

import android.Manifest;
import android.content.Intent;
import android.content.pm.PackageManager;
import android.os.Bundle;
import android.os.PersistableBundle;
import java.io.File;
import java.nio.file.Files;
import java.util.Collections;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.rollcall.core.Status;
import net.rollcall.fake.Fake;

/** The whole app on a pretended phone, with a server on this machine: from the page to the end of the enrollment. */
public final class WholeTest {
    private static final int LINK = 1;
    private static final int SERVER = 2;
    private static final int EMAIL = 3;
    private static final int PIN = 4;

    private WholeTest() {}

    public static void main(String[] arguments) throws Exception {
        Keystore.install();
        final Suite suite = new Suite();
        final Life life = new Life();
        suite.check("a life", new Suite.Check() {
            @Override
            public void run() throws Exception {
                life.isEnrolledByItsPage();
                life.asksForRights();
                life.carriesOutCommands();
                life.endsWhenTheServerForgetsIt();
                life.comesBackByALink();
                life.saysGoodbye();
                life.isEnrolledByPin();
                life.isSetUpFromTheFactoryState();
                life.rings();
            }
        });
        suite.end();
    }

    /** One phone, one server. */
    private static final class Life {
        final Phone phone = new Phone(34, Phone.Role.APP);
        final Screen screen = new Screen();
        final LittleServer server = new LittleServer();
        final File folder = Files.createTempDirectory("rollcall").toFile();
        final AgentService service = new AgentService();
        /** What the main thread, which is the one of the test, has to do. */
        final BlockingQueue<Runnable> main = new LinkedBlockingQueue<Runnable>();
        Intent opened = new Intent();
        MainActivity page;

        Life() throws Exception {
            Fake.answer("android.content.Context.getFilesDir", folder);
            Fake.on("android.os.SystemClock.elapsedRealtime", new Fake.Answer() {
                @Override
                public Object to(Object self, Object[] arguments) {
                    return System.nanoTime() / 1_000_000;
                }
            });
            Fake.on("android.os.Handler.post", new Fake.Answer() {
                @Override
                public Object to(Object self, Object[] arguments) {
                    main.add((Runnable) arguments[0]);
                    return true;
                }
            });
            Fake.on("android.content.Context.startForegroundService", new Fake.Answer() {
                @Override
                public Object to(Object self, Object[] arguments) {
                    service.onStartCommand(null, 0, 1);
                    return null;
                }
            });
            Fake.on("android.app.Activity.getIntent", new Fake.Answer() {
                @Override
                public Object to(Object self, Object[] arguments) {
                    return opened;
                }
            });
            phone.granted.clear();
            page = new MainActivity();
            page.onCreate(null);
            page.onResume();
        }

        void isEnrolledByItsPage() throws Exception {
            awaitPhase(Status.Phase.NOT_ENROLLED);
            // A mistake is told, and nothing is sent.
            screen.type(LINK, "https://mdm.example.com/");
            screen.tap(R.string.connect_do);
            Suite.isTrue("the mistake is told: " + screen, screen.shows(R.string.problem_link));
            Suite.equal(0, server.count("POST /enroll personal"));
            // A refusal of the server is told.
            server.setRefusing(true);
            screen.type(LINK, server.link());
            screen.tap(R.string.connect_do);
            server.await("POST /enroll personal");
            awaitShown(R.string.problem_invitation);
            awaitShown(R.string.connect);
            server.setRefusing(false);
            // A fault of the phone is told as one, and passes.
            Keystore.setBroken(true);
            screen.tap(R.string.connect_do);
            awaitShown(R.string.problem_memory);
            Keystore.setBroken(false);
            page.onResume();
            server.await("PUT /progress contacted");
        }

        void asksForRights() throws Exception {
            awaitShown(R.string.why_location);
            Suite.equal(0, server.count("PUT /progress permissions"));
            screen.tap(R.string.allow);
            Suite.equal(Manifest.permission.ACCESS_FINE_LOCATION, asked()[0]);
            phone.granted.add(Manifest.permission.ACCESS_FINE_LOCATION);
            page.onRequestPermissionsResult(1, asked(), new int[] {PackageManager.PERMISSION_GRANTED});
            // A "no" to Android's own question is an answer.
            awaitShown(R.string.why_background);
            screen.tap(R.string.allow);
            Suite.equal(Manifest.permission.ACCESS_BACKGROUND_LOCATION, asked()[0]);
            page.onRequestPermissionsResult(1, asked(), new int[] {PackageManager.PERMISSION_DENIED});
            awaitShown(R.string.why_battery);
            screen.tap(R.string.not_now);
            server.await("PUT /progress permissions");
            awaitShown(R.string.why_admin);
            Suite.equal(0, server.count("PUT /progress admin"));
            // Android refused by itself: the page tells what to do.
            screen.tap(R.string.allow);
            page.onActivityResult(1, 0, null);
            awaitShown(R.string.restricted);
            Fake.answer(Phone.DPM + "isAdminActive", true);
            new AdminReceiver().onEnabled(phone.context, new Intent());
            server.await("PUT /progress admin");
            server.await("PUT /progress done");
            awaitPhase(Status.Phase.ENROLLED);
            awaitShown(R.string.connected);
            Suite.isTrue("support is told: " + screen, screen.shows("IT helpdesk"));
            Suite.isTrue("what is missing is told: " + screen, screen.shows(R.string.missing));
        }

        void carriesOutCommands() throws Exception {
            server.await("GET /commands");
            String first = "00000000-0000-4000-8000-000000000001";
            server.command(first, "lock", "{}");
            server.await("POST /commands/" + first + "/result completed");
            Suite.equal(1, Fake.calls(Phone.DPM + "lockNow").size());
            int shown = Collections.frequency(phone.notifications(), "1");
            String second = "00000000-0000-4000-8000-000000000002";
            server.command(second, "wipe", "{\"external\": false}");
            server.await("POST /commands/" + second + "/result error");
            Suite.equal(false, Fake.wasCalled(Phone.DPM + "wipeDevice"));
            String third = "00000000-0000-4000-8000-000000000003";
            server.command(third, "lost_mode", "{\"message\": \"Bring it back\", \"phone\": \"+420 1\"}");
            server.await("POST /commands/" + third + "/result completed");
            Suite.isTrue("lost", Lost.isOn(phone.context));
            awaitShown(R.string.connected);
            // The notification of the service says the same as before: a person may have swiped it away.
            Suite.equal(shown, Collections.frequency(phone.notifications(), "1"));
        }

        void endsWhenTheServerForgetsIt() throws Exception {
            server.forgetDevice();
            awaitPhase(Status.Phase.ENDED);
            awaitShown(R.string.ended);
            Suite.isTrue("the form is there: " + screen, screen.shows(R.string.connect));
        }

        void comesBackByALink() throws Exception {
            // The link of the landing page opens the app; nothing happens before the person agrees.
            int before = server.count("POST /enroll personal");
            page.onPause();
            screen.type(LINK, null);
            Fake.answer("android.content.Intent.getAction", Intent.ACTION_VIEW);
            // What is no link opens the page as ever.
            Fake.on("android.net.Uri.getQueryParameter", new Fake.Answer() {
                @Override
                public Object to(Object self, Object[] arguments) {
                    if (!((Phone.TestUri) self).isHierarchical()) {
                        throw new UnsupportedOperationException("not hierarchical");
                    }
                    return null;
                }
            });
            Fake.answer("android.content.Intent.getData", new Phone.TestUri("rollcall:x"));
            page.onNewIntent(opened);
            Suite.isTrue("no host: " + screen, !screen.shows(R.string.connect_host, "mdm.example.com"));
            Fake.answer("android.content.Intent.getData", new Phone.TestUri(server.link()));
            page = new MainActivity();
            page.onCreate(null);
            page.onResume();
            Fake.answer("android.content.Intent.getAction", null);
            Suite.equal(before, server.count("POST /enroll personal"));
            Suite.isTrue("whose link it is: " + screen, screen.shows(R.string.connect_host, "mdm.example.com"));
            // The phone is turned: the link is still there.
            Bundle saved = new Bundle();
            page.onSaveInstanceState(saved);
            page.onPause();
            page = new MainActivity();
            page.onCreate(saved);
            page.onResume();
            screen.tap(R.string.connect_do);
            server.await("POST /enroll personal", before + 1);
            awaitShown(R.string.why_background);
            screen.tap(R.string.not_now);
            screen.tap(R.string.not_now);
            server.await("PUT /progress done", 2);
            awaitPhase(Status.Phase.ENROLLED);
        }

        void saysGoodbye() throws Exception {
            Fake.Answer dialog = new Fake.Answer() {
                @Override
                public Object to(Object self, Object[] arguments) {
                    ((android.content.DialogInterface.OnClickListener) arguments[1]).onClick(null, 0);
                    return self;
                }
            };
            Fake.on("android.app.AlertDialog.Builder.setPositiveButton", dialog);
            awaitShown(R.string.connected);
            final int before = Fake.calls("android.app.Service.stopSelfResult").size();
            screen.tap(R.string.disconnect);
            server.await("POST /unenroll");
            awaitPhase(Status.Phase.NOT_ENROLLED);
            Suite.equal(false, Lost.isOn(phone.context));
            awaitShown(R.string.connect);
            await("no administrator any more", new Condition() {
                @Override
                public boolean isMet() {
                    return Fake.wasCalled(Phone.DPM + "removeActiveAdmin");
                }
            });
            await("end of the service", new Condition() {
                @Override
                public boolean isMet() {
                    return Fake.calls("android.app.Service.stopSelfResult").size() > before;
                }
            });
            Suite.equal("android.app.AlarmManager.cancel", Fake.latest("android.app.AlarmManager"));
        }

        void isEnrolledByPin() throws Exception {
            screen.tap(R.string.by_pin);
            screen.type(SERVER, server.url());
            screen.type(EMAIL, " ada@example.com ");
            screen.type(PIN, "1234 5678");
            server.setRefusing(true);
            screen.tap(R.string.connect_do);
            awaitShown(R.string.problem_invitation);
            awaitShown(R.string.connect);
            // The person reads it, goes to look at the email, and comes back.
            page.onPause();
            page.onResume();
            Suite.equal(false, screen.shows(R.string.problem_invitation));
            server.setRefusing(false);
            screen.tap(R.string.connect_do);
            server.await("POST /enroll personal ada@example.com 1234 5678", 2);
            awaitPhase(Status.Phase.ENROLLING);
        }

        void isSetUpFromTheFactoryState() throws Exception {
            Fake.answer("android.content.Intent.getParcelableExtra", Fake.make(PersistableBundle.class));
            Fake.answer("android.os.BaseBundle.getString", server.link());
            new PolicyComplianceActivity().onCreate(null);
            server.await("POST /enroll company");
            awaitPhase(Status.Phase.ENROLLING);
            awaitShown(R.string.why_background);
            screen.tap(R.string.not_now);
            screen.tap(R.string.not_now);
            server.await("PUT /progress done", 3);
        }

        void rings() throws Exception {
            Fake.answer("android.media.AudioManager.getStreamMaxVolume", 7);
            String ring = "00000000-0000-4000-8000-000000000004";
            server.command(ring, "ring", "{\"seconds\": 600}");
            server.await("POST /commands/" + ring + "/result completed");
            Suite.equal(false, Fake.wasCalled("android.media.MediaPlayer.release"));
            // The button of the notification.
            Fake.answer("android.content.Intent.getAction", ActionReceiver.STOP_RINGING);
            new ActionReceiver().onReceive(phone.context, new Intent());
            Suite.isTrue("silent", Fake.wasCalled("android.media.MediaPlayer.release"));
        }

        private String[] asked() {
            java.util.List<Fake.Call> calls = Fake.calls("android.app.Activity.requestPermissions");
            return (String[]) calls.get(calls.size() - 1).arguments[0];
        }

        private void awaitShown(final int text) throws InterruptedException {
            await("page with " + text, new Condition() {
                @Override
                public boolean isMet() {
                    return screen.shows(text);
                }
            });
        }

        private void awaitPhase(final Status.Phase phase) throws InterruptedException {
            await("phase " + phase, new Condition() {
                @Override
                public boolean isMet() {
                    Status status = Worker.of(phone.context).status();
                    return status != null && status.phase == phase;
                }
            });
        }

        /** Does what the main thread has to do until something is so. Every change comes with something to do. */
        private void await(String what, Condition condition) throws InterruptedException {
            while (!condition.isMet()) {
                Runnable next = main.poll(20, TimeUnit.SECONDS);
                if (next == null) {
                    throw new AssertionError("never: " + what + ", but " + screen);
                }
                next.run();
            }
            for (Runnable next = main.poll(); next != null; next = main.poll()) {
                next.run();
            }
        }
    }

    /** Something to wait for. */
    private interface Condition {
        boolean isMet();
    }
}
