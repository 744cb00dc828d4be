package net.rollcall.agent;

import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

/** What this phone can do for the helpdesk, by what the app is allowed. */
final class Capabilities {
    private Capabilities() {}

    static JSONObject of(Rights rights) throws JSONException {
        boolean isAdmin = rights.isAdmin() || rights.isOwner();
        JSONObject commands = new JSONObject();
        commands.put("lock", isAdmin ? yes() : no("no_device_admin", "The agent is no device administrator of this phone."));
        commands.put("wipe", rights.isOwner() ? yes() : no("not_owner", "Only an agent that owns the phone can erase it."));
        commands.put("locate", yes());
        commands.put("ring", yes());
        commands.put("message", yes());
        commands.put("lost_mode", lost(rights, isAdmin));
        commands.put("end_lost_mode", yes());
        commands.put("inventory", yes());
        commands.put("renew", yes());
        JSONArray permissions = new JSONArray();
        permissions.put("location");
        permissions.put("notifications");
        permissions.put("device_admin");
        return new JSONObject().put("commands", commands).put("permissions", permissions);
    }

    private static JSONObject lost(Rights rights, boolean isAdmin) throws JSONException {
        if (rights.isOwner()) {
            return yes();
        }
        if (isAdmin) {
            return yes().put("limit", "lost_notification")
                    .put("reason", "The message is a page and a notification, not part of the lock screen.");
        }
        return yes().put("limit", "lost_unlocked")
                .put("reason", "The screen cannot be locked; the message is a notification that stays.");
    }

    private static JSONObject yes() throws JSONException {
        return new JSONObject().put("supported", true);
    }

    private static JSONObject no(String limit, String reason) throws JSONException {
        return new JSONObject().put("supported", false).put("limit", limit).put("reason", reason);
    }
}
