package net.rollcall.core;

import org.json.JSONObject;

/** A command that this agent knows, with its parameters. */
final class Order {
    private static final int SECONDS_MAX = 600;

    final String type;
    /** Of locate and ring. */
    final int seconds;
    /** Of locate. */
    final boolean isHighAccuracy;
    /** Of message and lost_mode. */
    final String text;
    /** Of lost_mode; may be null. */
    final String phone;
    /** Of wipe. */
    final boolean isExternal;

    private Order(String type, JSONObject params) {
        this.type = type;
        boolean isLocate = type.equals("locate");
        int seconds = Json.number(params, isLocate ? "timeout_s" : "seconds", 1, isLocate ? 60 : 30);
        this.seconds = Math.min(seconds, SECONDS_MAX);
        this.isHighAccuracy = params.optBoolean("high_accuracy");
        String text = Json.text(params, type.equals("message") ? "text" : "message");
        this.text = text == null ? "" : text;
        this.phone = Json.text(params, "phone");
        this.isExternal = params.optBoolean("external");
    }

    /** The command in an offer of the server; null when this agent does not know it. */
    static Order of(JSONObject offer) {
        String type = Json.text(offer, "type");
        JSONObject params = offer.optJSONObject("params");
        if (type == null) {
            return null;
        }
        switch (type) {
            case "message":
                return Json.text(params, "text") == null ? null : new Order(type, params);
            case "lock":
            case "wipe":
            case "locate":
            case "ring":
            case "lost_mode":
            case "end_lost_mode":
            case "inventory":
            case "renew":
                return new Order(type, params == null ? new JSONObject() : params);
            default:
                return null;
        }
    }
}
