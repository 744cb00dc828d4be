package net.rollcall.core;

import java.util.ArrayList;
import java.util.List;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

/** An enrollment with one server, as the memory keeps it. */
final class Enrollment {
    /**
     * How many commands are remembered, so that none is carried out twice. The server offers one for a week at most.
     */
    private static final int COMMANDS_KEPT = 200;
    /** The longest wait of a poll, in seconds, whatever the server suggests: proxies cut idle requests. */
    private static final int WAIT_MAX = 55;

    private final JSONObject json;

    /** An enrollment that was read from the memory. */
    Enrollment(JSONObject json) throws JSONException {
        this.json = json;
        Json.requiredText(json, "server");
        Json.requiredText(json, "device_id");
        Json.requiredText(json, "device_secret");
    }

    /**
     * A new enrollment, from the server's answer.
     *
     * @throws JSONException the answer lacks the device's id or its secret
     */
    static Enrollment of(String server, String ownership, JSONObject reply) throws JSONException {
        JSONObject json = new JSONObject();
        json.put("server", server);
        json.put("ownership", ownership);
        json.put("device_id", Json.requiredText(reply, "device_id"));
        json.put("device_secret", Json.secret(reply, "device_secret"));
        if (!Json.isId(Json.text(json, "device_id"))) {
            throw new JSONException("the device's id is no UUID");
        }
        JSONObject poll = reply.optJSONObject("poll");
        json.put("wait_s", Math.min(Json.number(poll, "wait_s", 1, 50), WAIT_MAX));
        json.put("required_permissions", Json.list(Json.texts(reply.optJSONArray("required_permissions"))));
        json.put("support", reply.optJSONObject("support"));
        return new Enrollment(json);
    }

    JSONObject json() {
        return json;
    }

    String server() {
        return Json.text(json, "server");
    }

    /** What authenticates the device: {@code <device_id>.<device_secret>}. A secret. */
    String bearer() {
        return Json.text(json, "device_id") + "." + Json.text(json, "device_secret");
    }

    void setSecret(String secret) throws JSONException {
        json.put("device_secret", secret);
    }

    /** How long a poll waits, in seconds. */
    int waitS() {
        return Json.number(json, "wait_s", 1, 50);
    }

    List<String> requiredPermissions() {
        return Json.texts(json.optJSONArray("required_permissions"));
    }

    /** One of name, email and phone of the helpdesk; null when it is not known. */
    String support(String name) {
        return Json.text(json.optJSONObject("support"), name);
    }

    /** The last step that was reported, or null. */
    Step step() {
        return Step.of(Json.text(json, "step"));
    }

    void setStep(Step step) throws JSONException {
        json.put("step", step.word());
    }

    /** The problem code with which the server ended the enrollment, or null. */
    String endedBy() {
        return Json.text(json, "ended_by");
    }

    void setEndedBy(String code) throws JSONException {
        json.put("ended_by", code);
    }

    /** Whether the server has no inventory of this device. */
    boolean hasNoInventory() {
        return !json.has("inventory_fingerprint");
    }

    /** The ETag of the inventory with this fingerprint, if the server has it; otherwise null. */
    String etagOf(String fingerprint) {
        return fingerprint.equals(Json.text(json, "inventory_fingerprint")) ? Json.text(json, "inventory_etag") : null;
    }

    void setInventory(String fingerprint, String etag) throws JSONException {
        json.put("inventory_fingerprint", fingerprint);
        json.put("inventory_etag", etag);
    }

    /** Whether these are the capabilities that were reported last. */
    boolean hasReported(JSONObject capabilities) {
        return Json.canonical(capabilities).equals(Json.canonical(json.opt("capabilities")));
    }

    void setCapabilities(JSONObject capabilities) throws JSONException {
        json.put("capabilities", capabilities);
    }

    /**
     * Takes over what is known of the commands of an earlier enrollment with the same server: it may offer them again,
     * and none is carried out twice.
     */
    void keepCommandsOf(Enrollment earlier) throws JSONException {
        if (earlier != null && earlier.server().equals(server())) {
            json.put("commands", earlier.commands());
        }
    }

    /** The commands that have arrived and were not begun, in their order, as the server sent them. */
    List<JSONObject> offers() {
        JSONArray offers = json.optJSONArray("offers");
        List<JSONObject> all = new ArrayList<JSONObject>();
        for (int i = 0; offers != null && i < offers.length(); i++) {
            all.add(offers.optJSONObject(i));
        }
        return all;
    }

    /** Remembers a command that has arrived, unless it was begun or has arrived before. */
    void addOffer(JSONObject offer) throws JSONException {
        List<JSONObject> offers = offers();
        for (JSONObject known : offers) {
            if (Json.text(known, "uuid").equals(Json.text(offer, "uuid"))) {
                return;
            }
        }
        // The server offers what finds no place here again.
        if (offers.size() < COMMANDS_KEPT) {
            offers.add(offer);
            json.put("offers", new JSONArray(offers));
        }
    }

    /** Forgets a command that has arrived: it was begun, or the server cancelled it. */
    void removeOffer(String id) throws JSONException {
        JSONArray rest = new JSONArray();
        for (JSONObject offer : offers()) {
            if (!id.equals(Json.text(offer, "uuid"))) {
                rest.put(offer);
            }
        }
        json.put("offers", rest);
    }

    /** Whether a command was begun before. */
    boolean knows(String id) {
        return indexOf(id) >= 0;
    }

    /** The commands that were begun, the latest last: {@code {"id", "result", "is_reported"}}. */
    JSONArray commands() {
        JSONArray commands = json.optJSONArray("commands");
        return commands == null ? new JSONArray() : commands;
    }

    /** Remembers the result of a command as not yet reported; forgets the oldest when there are too many. */
    void recordResult(String id, JSONObject result) throws JSONException {
        JSONArray before = commands();
        JSONArray after = new JSONArray();
        int count = before.length() - (knows(id) ? 1 : 0);
        int excess = count + 1 - COMMANDS_KEPT;
        for (int i = 0; i < before.length(); i++) {
            JSONObject record = before.getJSONObject(i);
            if (id.equals(Json.text(record, "id"))) {
                continue;
            }
            if (excess > 0) {
                excess--;
                continue;
            }
            after.put(record);
        }
        after.put(new JSONObject().put("id", id).put("result", result).put("is_reported", false));
        json.put("commands", after);
    }

    /** Notes whether the server has the result of a command. */
    void markReported(String id, boolean isReported) throws JSONException {
        int index = indexOf(id);
        if (index >= 0) {
            commands().getJSONObject(index).put("is_reported", isReported);
        }
    }

    private int indexOf(String id) {
        JSONArray commands = commands();
        for (int i = 0; i < commands.length(); i++) {
            if (id.equals(Json.text(commands.optJSONObject(i), "id"))) {
                return i;
            }
        }
        return -1;
    }
}
