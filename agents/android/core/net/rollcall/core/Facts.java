package net.rollcall.core;

import java.util.ArrayList;
import java.util.List;
import org.json.JSONException;
import org.json.JSONObject;

/** What a host says about itself. A host that fails at one thing does not keep the agent from reporting the rest. */
final class Facts {
    private static final int INVENTORY_SCHEMA = 1;

    private final Host host;

    Facts(Host host) {
        this.host = host;
    }

    /** The device for an enrollment. */
    JSONObject info() throws JSONException {
        try {
            return host.info();
        } catch (JSONException | RuntimeException e) {
            note("about the device", e);
            return new JSONObject().put("manufacturer", "").put("model", "").put("os_version", "");
        }
    }

    /**
     * The inventory without the time at which it was collected. When the host has none now, it is null, or the least
     * there can be if it is the first: without one, a device does not become active.
     */
    JSONObject inventory(boolean isFirst) throws JSONException {
        JSONObject groups;
        try {
            groups = copy(host.inventory());
        } catch (JSONException | RuntimeException e) {
            note("for the inventory", e);
            if (!isFirst) {
                return null;
            }
            groups = new JSONObject();
        }
        JSONObject agent = groups.optJSONObject("agent");
        groups.put("agent", (agent == null ? new JSONObject() : agent)
                .put("name", "rollcall-android").put("version", host.version()));
        return new JSONObject().put("schema_version", INVENTORY_SCHEMA).put("groups", groups);
    }

    /** What the device can do; null when that is not known now. */
    JSONObject capabilities() {
        try {
            return copy(host.capabilities());
        } catch (JSONException | RuntimeException e) {
            note("about its capabilities", e);
            return null;
        }
    }

    /** A heartbeat without its number. */
    JSONObject report(boolean isLost) throws JSONException, InterruptedException {
        JSONObject report;
        try {
            report = copy(host.report(isLost));
        } catch (JSONException | RuntimeException e) {
            note("for the heartbeat", e);
            report = new JSONObject();
        }
        return report.put("lost_mode", isLost);
    }

    /** Those of {@code required} that the agent does not hold. */
    List<String> missing(List<String> required) {
        List<String> missing = new ArrayList<String>();
        for (String name : required) {
            boolean isHeld = false;
            try {
                isHeld = host.hasPermission(name);
            } catch (RuntimeException e) {
                note("about the permission " + name, e);
            }
            if (!isHeld) {
                missing.add(name);
            }
        }
        return missing;
    }

    /** A copy, since a host may change what it handed out. What cannot be written as JSON is refused here. */
    static JSONObject copy(JSONObject object) throws JSONException {
        return new JSONObject(object.toString());
    }

    private void note(String what, Exception error) {
        host.log("The device gave no facts " + what + ": " + error);
    }
}
