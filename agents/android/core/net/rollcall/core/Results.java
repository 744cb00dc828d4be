package net.rollcall.core;

import org.json.JSONException;
import org.json.JSONObject;

/** The results of commands as the protocol writes them. */
final class Results {
    private Results() {}

    /** The command has arrived, and work starts. */
    static JSONObject acknowledged() throws JSONException {
        return new JSONObject().put("status", "acknowledged");
    }

    /** Done; {@code data} is the outcome, or null. */
    static JSONObject completed(JSONObject data) throws JSONException {
        return new JSONObject().put("status", "completed").put("data", data);
    }

    /** Failed. */
    static JSONObject error(CommandFailed failure) throws JSONException {
        JSONObject error = new JSONObject().put("code", failure.code()).put("message", failure.getMessage());
        return new JSONObject().put("status", "error").put("error", error);
    }

    /** Whether a result is a failure. */
    static boolean isError(JSONObject result) {
        return "error".equals(Json.text(result, "status"));
    }
}
