package net.rollcall.agent;

import android.app.Activity;
import android.app.AlertDialog;
import android.content.DialogInterface;
import android.content.Intent;
import android.net.Uri;
import android.os.Bundle;
import android.text.format.DateUtils;
import android.view.View;
import java.io.IOException;
import net.rollcall.core.Agent;
import net.rollcall.core.Problem;
import net.rollcall.core.Status;
import net.rollcall.core.Step;

/** The app's page: connects the phone, asks for what the agent needs, and tells how it stands. */
public final class MainActivity extends Activity implements Worker.Page {
    private Worker worker;
    private Pieces pieces;
    private ConnectForm form;
    private Asking asking;
    /** The page that is shown, to leave it alone while it stays the same: a person may be typing. */
    private String shown = "";

    @Override
    protected void onCreate(Bundle saved) {
        Pieces.chooseTheme(this);
        super.onCreate(saved);
        worker = Worker.of(this);
        pieces = new Pieces(this);
        form = new ConnectForm(this, pieces, worker);
        asking = new Asking(this, pieces, worker);
        if (saved == null) {
            form.take(getIntent());
        } else {
            form.restore(saved);
        }
        // Before Android fills in again what was typed.
        show();
    }

    @Override
    protected void onSaveInstanceState(Bundle saved) {
        super.onSaveInstanceState(saved);
        form.save(saved);
    }

    @Override
    protected void onNewIntent(Intent intent) {
        super.onNewIntent(intent);
        setIntent(intent);
        form.take(intent);
        shown = "";
        show();
    }

    @Override
    protected void onResume() {
        super.onResume();
        worker.setPage(this);
        // Reads the memory, and takes the location type while the page is open.
        AgentService.start(this);
        // The person may come back from the settings.
        asking.returned();
        worker.wake();
        show();
    }

    @Override
    protected void onPause() {
        worker.setPage(null);
        worker.forgetProblem();
        super.onPause();
    }

    @Override
    public void onRequestPermissionsResult(int request, String[] permissions, int[] results) {
        asking.answered();
    }

    @Override
    protected void onActivityResult(int request, int result, Intent data) {
        asking.answered();
    }

    @Override
    public void show() {
        Status status = worker.status();
        String key = key(status);
        if (key.equals(shown)) {
            return;
        }
        shown = key;
        pieces.clear();
        if (status == null) {
            starting();
            return;
        }
        if (worker.wasDamaged() && status.phase == Status.Phase.NOT_ENROLLED) {
            pieces.alert(getString(R.string.damaged));
        }
        if (form.isOpen() && status.phase != Status.Phase.CONTACTING) {
            form.show(status);
        } else {
            page(status);
        }
        support(status);
    }

    /** Shows the page again, as after an answer of the person. */
    void showAgain() {
        shown = "";
        show();
    }

    private void page(Status status) {
        switch (status.phase) {
            case NOT_ENROLLED:
                form.show(status);
                break;
            case CONTACTING:
                pieces.title(getString(R.string.connecting));
                pieces.progress(0, getString(R.string.connecting));
                trouble(status);
                break;
            case ENROLLING:
                enrolling(status);
                break;
            case ENROLLED:
                enrolled(status);
                break;
            default:
                pieces.title(getString(R.string.ended));
                form.show(status);
        }
    }

    private void starting() {
        pieces.title(getString(R.string.app_name));
        if (worker.isTooNew()) {
            pieces.alert(getString(R.string.too_new));
        } else {
            pieces.text(getString(R.string.starting));
        }
    }

    private void enrolling(Status status) {
        int percent = status.step == null ? 0 : status.step.percent();
        int done = status.step == null ? 0 : status.step.number();
        Step next = Step.values()[Math.min(done, Step.values().length - 1)];
        pieces.title(getString(R.string.connecting));
        String progress = getString(R.string.progress, done + 1, Step.values().length, Words.of(this, next));
        pieces.text(progress).setAccessibilityLiveRegion(View.ACCESSIBILITY_LIVE_REGION_POLITE);
        pieces.progress(percent, progress);
        trouble(status);
        if (status.waitingFor != null) {
            asking.show(status.waitingFor == Step.ADMIN);
        }
    }

    private void enrolled(Status status) {
        pieces.title(getString(R.string.connected));
        pieces.text(getString(R.string.connected_to, host(status)));
        if (status.lastContact > 0) {
            CharSequence when = DateUtils.getRelativeTimeSpanString(status.lastContact);
            pieces.text(getString(R.string.last_contact, when));
        }
        trouble(status);
        asking.showMissing();
        pieces.heading(getString(R.string.privacy));
        pieces.text(getString(R.string.privacy_sees));
        pieces.text(getString(R.string.privacy_never));
        pieces.button(R.string.disconnect, new View.OnClickListener() {
            @Override
            public void onClick(View view) {
                confirmDisconnect();
            }
        });
    }

    private void trouble(Status status) {
        if (worker.problem() != null) {
            pieces.alert(Words.of(this, worker.problem()));
        } else if (status.problem != null) {
            pieces.alert(Words.of(this, status.problem));
        }
    }

    private void support(Status status) {
        if (status.supportName == null && status.supportEmail == null && status.supportPhone == null) {
            return;
        }
        pieces.heading(getString(R.string.help));
        if (status.supportName != null) {
            pieces.text(status.supportName);
        }
        contact(R.string.help_mail, "mailto", status.supportEmail);
        contact(R.string.help_call, "tel", status.supportPhone);
    }

    private void contact(int text, final String scheme, final String address) {
        if (address == null) {
            return;
        }
        pieces.text(address);
        pieces.button(text, new View.OnClickListener() {
            @Override
            public void onClick(View view) {
                Dial.open(MainActivity.this, Uri.fromParts(scheme, address, null));
            }
        });
    }

    private void confirmDisconnect() {
        new AlertDialog.Builder(this).setTitle(R.string.disconnect).setMessage(R.string.disconnect_sure)
                .setNegativeButton(R.string.cancel, null)
                .setPositiveButton(R.string.disconnect, new DialogInterface.OnClickListener() {
                    @Override
                    public void onClick(DialogInterface dialog, int which) {
                        disconnect();
                    }
                }).show();
    }

    private void disconnect() {
        worker.submit(new Worker.Task() {
            @Override
            public void run(Agent agent) throws Problem, IOException, InterruptedException {
                agent.unenroll();
                worker.host().rights().giveUpAdmin();
            }
        });
    }

    static String host(Status status) {
        String host = status.server == null ? null : Uri.parse(status.server).getHost();
        return host == null ? "" : host;
    }

    /** What the page depends on, as a text that changes with it. */
    private String key(Status status) {
        if (status == null) {
            return "starting " + worker.isTooNew();
        }
        return status.phase + " " + status.step + " " + status.waitingFor + " " + form.isOpen() + " "
                + code(worker.problem()) + " " + code(status.problem) + " " + asking.key() + " "
                + (form.isOpen() ? 0 : status.lastContact / DateUtils.MINUTE_IN_MILLIS);
    }

    private static String code(Problem problem) {
        return problem == null ? "" : problem.code();
    }
}
