package net.rollcall.agent;

import android.view.View;
import android.widget.EditText;
import android.widget.TextView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import net.rollcall.fake.Fake;

/** What a person sees and does on the app's pages, from the calls that made them. */
final class Screen {
    private final Map<Object, String> texts = new IdentityHashMap<Object, String>();
    private final Map<Object, Integer> ids = new IdentityHashMap<Object, Integer>();
    private final Map<Object, View.OnClickListener> listeners = new IdentityHashMap<Object, View.OnClickListener>();
    private final Map<Integer, String> typed = new HashMap<Integer, String>();
    private final List<Object> order = new ArrayList<Object>();

    Screen() {
        Fake.on("android.widget.TextView.setText", new Fake.Answer() {
            @Override
            public Object to(Object self, Object[] arguments) {
                String text = arguments[0] instanceof Integer ? Phone.string((Integer) arguments[0])
                        : String.valueOf(arguments[0]);
                texts.put(self, text);
                return null;
            }
        });
        Fake.on("android.view.View.setId", new Fake.Answer() {
            @Override
            public Object to(Object self, Object[] arguments) {
                ids.put(self, (Integer) arguments[0]);
                return null;
            }
        });
        Fake.on("android.view.View.setOnClickListener", new Fake.Answer() {
            @Override
            public Object to(Object self, Object[] arguments) {
                listeners.put(self, (View.OnClickListener) arguments[0]);
                return null;
            }
        });
        Fake.on("android.view.ViewGroup.addView", new Fake.Answer() {
            @Override
            public Object to(Object self, Object[] arguments) {
                order.add(arguments[0]);
                return null;
            }
        });
        Fake.on("android.view.ViewGroup.removeAllViews", new Fake.Answer() {
            @Override
            public Object to(Object self, Object[] arguments) {
                order.clear();
                return null;
            }
        });
        Fake.on("android.widget.EditText.getText", new Fake.Answer() {
            @Override
            public Object to(Object self, Object[] arguments) {
                String text = typed.get(ids.get(self));
                return editable(text == null ? texts.get(self) : text);
            }
        });
    }

    /** Types into a field. */
    void type(int id, String text) {
        typed.put(id, text);
    }

    /** Whether a text of the resources is shown. */
    boolean shows(int text, Object... arguments) {
        return shows(Phone.string(text, arguments));
    }

    boolean shows(String text) {
        for (Object view : order) {
            if (view instanceof TextView && !(view instanceof EditText) && text.equals(texts.get(view))) {
                return true;
            }
        }
        return false;
    }

    /** Taps the button with this text. */
    void tap(int text) {
        for (Object view : new ArrayList<Object>(order)) {
            if (listeners.containsKey(view) && Phone.string(text).equals(texts.get(view))) {
                listeners.get(view).onClick((View) view);
                return;
            }
        }
        throw new AssertionError("no button " + text + " on the page: " + this);
    }

    @Override
    public String toString() {
        List<String> shown = new ArrayList<String>();
        for (Object view : order) {
            shown.add(texts.get(view));
        }
        return shown.toString();
    }

    private static Object editable(final String text) {
        return java.lang.reflect.Proxy.newProxyInstance(Screen.class.getClassLoader(),
                new Class<?>[] {android.text.Editable.class}, new java.lang.reflect.InvocationHandler() {
                    @Override
                    public Object invoke(Object proxy, java.lang.reflect.Method method, Object[] arguments) {
                        return text == null ? "" : text;
                    }
                });
    }
}
