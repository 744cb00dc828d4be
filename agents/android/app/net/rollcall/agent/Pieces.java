package net.rollcall.agent;

import android.app.Activity;
import android.content.res.Configuration;
import android.os.Build;
import android.text.InputType;
import android.view.View;
import android.view.ViewGroup;
import android.widget.Button;
import android.widget.EditText;
import android.widget.LinearLayout;
import android.widget.ProgressBar;
import android.widget.ScrollView;
import android.widget.TextView;

/** What pages are made of. Sizes of text follow the person's settings, colours follow light and dark. */
final class Pieces {
    private static final int TITLE_SP = 26;
    private static final int HEADING_SP = 19;
    private static final int TEXT_SP = 16;
    /** The smallest side of something to tap, by Android's own rule, in dp. */
    private static final int TARGET_DP = 48;
    private static final int EDGE_DP = 24;
    /** Longer lines are hard to read, in dp. */
    private static final int WIDTH_DP = 560;

    private final Activity activity;
    private final LinearLayout list;

    /** A page that scrolls. Chooses the theme, so it is made before anything of the page is. */
    Pieces(Activity activity) {
        this.activity = activity;
        int edge = px(EDGE_DP);
        list = new LinearLayout(activity);
        list.setOrientation(LinearLayout.VERTICAL);
        list.setPadding(edge, edge, edge, edge);
        int screen = activity.getResources().getDisplayMetrics().widthPixels;
        LinearLayout middle = new LinearLayout(activity);
        middle.setGravity(android.view.Gravity.CENTER_HORIZONTAL);
        middle.addView(list, new LinearLayout.LayoutParams(
                Math.min(screen, px(WIDTH_DP)), ViewGroup.LayoutParams.WRAP_CONTENT));
        ScrollView scroll = new ScrollView(activity);
        scroll.setFitsSystemWindows(true);
        scroll.addView(middle);
        activity.setContentView(scroll);
    }

    /** The theme for light or dark, to be set before a page is made. */
    static void chooseTheme(Activity activity) {
        int mode = activity.getResources().getConfiguration().uiMode & Configuration.UI_MODE_NIGHT_MASK;
        activity.setTheme(mode == Configuration.UI_MODE_NIGHT_YES
                ? android.R.style.Theme_DeviceDefault_NoActionBar
                : android.R.style.Theme_DeviceDefault_Light_NoActionBar);
    }

    /** Takes everything off the page. */
    void clear() {
        list.removeAllViews();
    }

    void title(String text) {
        heading(text, TITLE_SP);
    }

    void heading(String text) {
        heading(text, HEADING_SP);
    }

    TextView text(String text) {
        TextView view = new TextView(activity);
        view.setText(text);
        view.setTextSize(TEXT_SP);
        view.setTextIsSelectable(true);
        add(view, 8);
        return view;
    }

    /** A text that a screen reader tells as soon as it appears. */
    void alert(String text) {
        TextView view = text(text);
        view.setTextColor(activity.getColor(R.color.alert));
        view.setAccessibilityLiveRegion(View.ACCESSIBILITY_LIVE_REGION_POLITE);
    }

    void progress(int percent, String description) {
        ProgressBar bar = new ProgressBar(activity, null, android.R.attr.progressBarStyleHorizontal);
        bar.setMax(100);
        bar.setProgress(percent);
        bar.setContentDescription(description);
        add(bar, 16);
    }

    Button button(int text, View.OnClickListener listener) {
        Button button = new Button(activity);
        button.setText(text);
        button.setTextSize(TEXT_SP);
        button.setAllCaps(false);
        button.setMinHeight(px(TARGET_DP));
        button.setOnClickListener(listener);
        add(button, 8);
        return button;
    }

    /** A field with a label above it. */
    EditText field(int id, int label, int inputType, String value) {
        TextView above = text(activity.getString(label));
        above.setLabelFor(id);
        EditText field = new EditText(activity);
        field.setId(id);
        field.setInputType(InputType.TYPE_CLASS_TEXT | inputType);
        field.setTextSize(TEXT_SP);
        field.setMinHeight(px(TARGET_DP));
        field.setText(value);
        add(field, 0);
        return field;
    }

    void add(View view, int aboveDp) {
        LinearLayout.LayoutParams place = new LinearLayout.LayoutParams(
                ViewGroup.LayoutParams.MATCH_PARENT, ViewGroup.LayoutParams.WRAP_CONTENT);
        place.topMargin = px(aboveDp);
        list.addView(view, place);
    }

    private void heading(String text, int sp) {
        TextView view = new TextView(activity);
        view.setText(text);
        view.setTextSize(sp);
        if (Build.VERSION.SDK_INT >= 28) {
            view.setAccessibilityHeading(true);
        }
        add(view, 16);
    }

    private int px(int dp) {
        return Math.round(dp * activity.getResources().getDisplayMetrics().density);
    }
}
