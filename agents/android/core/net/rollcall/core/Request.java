package net.rollcall.core;

import org.json.JSONObject;

/** A call of the agent protocol before it is sent. Every call can be repeated. */
final class Request {
    final String method;
    /** Below {@code /agent/v1/}. */
    final String path;
    /** The body, or null. */
    final JSONObject body;
    /** The ETag of this very content, if the server returned one earlier; otherwise null. */
    final String knownEtag;
    /** How long the server may wait before it answers, in seconds. */
    final int waitS;
    /** Whether {@link Api#cancelPoll()} ends it. */
    final boolean isPoll;

    /** Whether the answer has to be an object. */
    final boolean needsObject;

    private Request(String method, String path, JSONObject body, String knownEtag, int waitS, boolean needsObject) {
        this.method = method;
        this.path = path;
        this.body = body;
        this.knownEtag = knownEtag;
        this.waitS = waitS;
        this.isPoll = method.equals("GET");
        this.needsObject = needsObject;
    }

    /** A call whose answer is an object. */
    static Request ask(String path, JSONObject body) {
        return new Request("POST", path, body, null, 0, true);
    }

    /** A call whose answer has no content. */
    static Request post(String path, JSONObject body) {
        return new Request("POST", path, body, null, 0, false);
    }

    /** A call whose answer has no content. */
    static Request put(String path, JSONObject body) {
        return new Request("PUT", path, body, null, 0, false);
    }

    /** The inventory, with the ETag of the same content or null. */
    static Request inventory(JSONObject body, String knownEtag) {
        return new Request("PUT", "inventory", body, knownEtag, 0, false);
    }

    /** A poll for commands that waits up to {@code waitS} seconds. */
    static Request poll(int waitS) {
        return new Request("GET", "commands?wait=" + waitS, null, null, waitS, false);
    }
}
