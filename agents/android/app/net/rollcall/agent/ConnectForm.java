package net.rollcall.agent;

import android.app.Activity;
import android.content.Intent;
import android.net.Uri;
import android.os.Bundle;
import android.text.InputType;
import android.view.View;
import android.widget.EditText;
import android.widget.RadioButton;
import android.widget.RadioGroup;
import java.io.IOException;
import net.rollcall.core.Address;
import net.rollcall.core.Agent;
import net.rollcall.core.Problem;
import net.rollcall.core.Status;

/** Where the person says which helpdesk the phone belongs to: by a link, or by a PIN with an email. */
final class ConnectForm {
    private static final int LINK = 1;
    private static final int SERVER = 2;
    private static final int EMAIL = 3;
    private static final int PIN = 4;
    private static final int COMPANY = 5;
    private static final int PERSONAL = 6;

    private static final String KEY_LINK = "link";
    private static final String KEY_OWNERSHIP = "ownership";
    private static final String KEY_BY_PIN = "by_pin";

    private final MainActivity activity;
    private final Pieces pieces;
    private final Worker worker;
    /** The link that opened the app, or null. */
    private String link;
    private String ownership;
    private boolean isByPin;
    private Problem mistake;

    ConnectForm(MainActivity activity, Pieces pieces, Worker worker) {
        this.activity = activity;
        this.pieces = pieces;
        this.worker = worker;
    }

    /** Takes the link that opened the app, if one did. The person has to agree to it. */
    void take(Intent intent) {
        Uri data = Intent.ACTION_VIEW.equals(intent.getAction()) ? intent.getData() : null;
        // Any page of the web can open the app: what is no link of an invitation is left alone.
        if (data == null || !data.isHierarchical()) {
            return;
        }
        String word = data.getQueryParameter("ownership");
        ownership = Agent.COMPANY.equals(word) || Agent.PERSONAL.equals(word) ? word : null;
        link = data.buildUpon().clearQuery().fragment(null).build().toString();
        isByPin = false;
        mistake = null;
    }

    /** Keeps what was chosen while the page is made anew, as after the phone was turned. */
    void save(Bundle saved) {
        saved.putString(KEY_LINK, link);
        saved.putString(KEY_OWNERSHIP, ownership);
        saved.putBoolean(KEY_BY_PIN, isByPin);
    }

    void restore(Bundle saved) {
        link = saved.getString(KEY_LINK);
        ownership = saved.getString(KEY_OWNERSHIP);
        isByPin = saved.getBoolean(KEY_BY_PIN);
    }

    /** Whether the form is shown although the phone is connected already: a new link opened the app. */
    boolean isOpen() {
        return link != null;
    }

    void show(Status status) {
        boolean isAgain = status.phase == Status.Phase.ENROLLED || status.phase == Status.Phase.ENROLLING;
        pieces.title(activity.getString(isAgain ? R.string.connect_again : R.string.connect));
        Problem problem = mistake != null ? mistake : worker.problem();
        if (problem != null) {
            pieces.alert(Words.of(activity, problem));
        }
        pieces.text(activity.getString(isByPin ? R.string.pin_how : R.string.link_how));
        final EditText first = isByPin ? field(SERVER, R.string.server, InputType.TYPE_TEXT_VARIATION_URI, "")
                : field(LINK, R.string.link, InputType.TYPE_TEXT_VARIATION_URI, link == null ? "" : link);
        final EditText email =
                isByPin ? field(EMAIL, R.string.email, InputType.TYPE_TEXT_VARIATION_EMAIL_ADDRESS, "") : null;
        final EditText pin =
                isByPin ? field(PIN, R.string.pin, InputType.TYPE_TEXT_VARIATION_VISIBLE_PASSWORD, "") : null;
        String host = link == null || isByPin ? null : Uri.parse(link).getHost();
        if (host != null) {
            pieces.heading(activity.getString(R.string.connect_host, host));
        }
        final RadioGroup whose = whose();
        pieces.heading(activity.getString(R.string.privacy));
        pieces.text(activity.getString(R.string.privacy_sees));
        pieces.text(activity.getString(R.string.privacy_never));
        pieces.button(R.string.connect_do, new View.OnClickListener() {
            @Override
            public void onClick(View view) {
                String chosen = whose.getCheckedRadioButtonId() == COMPANY ? Agent.COMPANY : Agent.PERSONAL;
                if (isByPin) {
                    connect(text(first), text(email), text(pin), chosen);
                } else {
                    connect(text(first), chosen);
                }
            }
        });
        pieces.button(isByPin ? R.string.by_link : R.string.by_pin, new View.OnClickListener() {
            @Override
            public void onClick(View view) {
                isByPin = !isByPin;
                mistake = null;
                activity.showAgain();
            }
        });
        if (isAgain) {
            pieces.button(R.string.cancel, new View.OnClickListener() {
                @Override
                public void onClick(View view) {
                    close();
                    activity.showAgain();
                }
            });
        }
    }

    private void connect(String typed, final String chosen) {
        try {
            final Address address = Address.parse(typed);
            begin(new Worker.Task() {
                @Override
                public void run(Agent agent) throws Problem, IOException, InterruptedException {
                    agent.enroll(address, chosen);
                }
            });
        } catch (Problem e) {
            link = typed;
            ownership = chosen;
            mistake(e);
        }
    }

    private void connect(String server, final String email, final String pin, final String chosen) {
        try {
            final Address address = Address.server(server);
            begin(new Worker.Task() {
                @Override
                public void run(Agent agent) throws Problem, IOException, InterruptedException {
                    agent.enroll(address, email, pin, chosen);
                }
            });
        } catch (Problem e) {
            mistake(e);
        }
    }

    private void begin(Worker.Task task) {
        close();
        worker.host().rights().forgetAnswers();
        worker.submit(task);
        activity.showAgain();
    }

    private void mistake(Problem problem) {
        mistake = problem;
        activity.showAgain();
    }

    private void close() {
        link = null;
        ownership = null;
        mistake = null;
        // The link is used up: the page must not ask for it again when it is made anew.
        activity.setIntent(new Intent(activity, MainActivity.class));
    }

    private RadioGroup whose() {
        pieces.heading(activity.getString(R.string.whose));
        RadioGroup group = new RadioGroup(activity);
        group.addView(choice(COMPANY, R.string.whose_company));
        group.addView(choice(PERSONAL, R.string.whose_personal));
        boolean isCompany = Agent.COMPANY.equals(ownership) || (ownership == null && worker.host().rights().isOwner());
        group.check(isCompany ? COMPANY : PERSONAL);
        pieces.add(group, 0);
        return group;
    }

    private RadioButton choice(int id, int text) {
        RadioButton button = new RadioButton(activity);
        button.setId(id);
        button.setText(text);
        return button;
    }

    private EditText field(int id, int label, int inputType, String value) {
        return pieces.field(id, label, inputType, value);
    }

    private static String text(EditText field) {
        return field.getText().toString().trim();
    }
}
