package net.rollcall.core;

import java.io.IOException;

/**
 * Why a call, or an address, failed. {@link #code()} says what happened, for the app's own words; {@link #getMessage()}
 * is an English sentence, or the server's own for a refusal.
 */
public final class Problem extends Exception {
    /** The text is no URL. */
    public static final String ADDRESS_NOT_URL = "address_not_url";
    /** The URL is of another kind than https or http. */
    public static final String ADDRESS_SCHEME = "address_scheme";
    /** The URL is of another page. */
    public static final String ADDRESS_NO_TOKEN = "address_no_token";
    /** The token is too short, too long, or has other characters. */
    public static final String ADDRESS_BAD_TOKEN = "address_bad_token";
    /**
     * No answer: no network, no such host, a broken connection, no answer in time, a certificate that is not trusted.
     */
    public static final String UNREACHABLE = "unreachable";
    /** The certificate of the server is not trusted. */
    public static final String CERTIFICATE = "certificate";
    /** An answer that is not of this protocol: from a proxy, or from another program at this address. */
    public static final String UNEXPECTED = "unexpected";
    /** A redirect, which is not followed: a secret must not go to another address. */
    public static final String REDIRECTED = "redirected";
    /** What the agent has to remember cannot be written: nothing of the server or the person. */
    public static final String MEMORY = "memory";
    /** A success whose body cannot be understood. */
    public static final String UNREADABLE = "unreadable";

    private static final long serialVersionUID = 1;

    private final String code;
    private final int status;
    private final long retryAfterMs;

    /**
     * @param code a word of the protocol (such as invitation_replaced) or one of this class
     * @param status the HTTP status, or 0 without an answer
     * @param message for the person
     * @param retryAfterMs how long the server wants clients to wait, in milliseconds, or -1
     */
    Problem(String code, int status, String message, long retryAfterMs) {
        super(message);
        this.code = code;
        this.status = status;
        this.retryAfterMs = retryAfterMs;
    }

    /** A problem without an answer of the server. */
    static Problem local(String code, String message) {
        return new Problem(code, 0, message, -1);
    }

    /** The agent's memory cannot be written. */
    public static Problem memory(IOException error) {
        return local(MEMORY, "What the agent has to remember cannot be written: " + error.getMessage() + ".");
    }

    /** What happened: a code of the protocol (docs/agent-protocol.md, Errors), or a constant of this class. */
    public String code() {
        return code;
    }

    /** The HTTP status, or 0 when there was no answer. */
    public int status() {
        return status;
    }

    /** How long the server wants clients to wait, in milliseconds; -1 when it did not say. */
    public long retryAfterMs() {
        return retryAfterMs;
    }

    /** Whether the same call may succeed later. */
    public boolean isTransient() {
        switch (code) {
            case UNREACHABLE:
                return true;
            case CERTIFICATE:
            case UNREADABLE:
            case REDIRECTED:
            case "too_many_attempts":
                return false;
            default:
                return isTransientStatus(status);
        }
    }

    /** Whether the server does not know this device any more: only a new enrollment helps. */
    public boolean endsEnrollment() {
        return code.equals("device_unknown") || code.equals("device_unenrolled");
    }

    /** Whether the server does not know what the call was about. */
    public boolean isNotFound() {
        return status == 404 && isOfServer();
    }

    /** Whether the server itself said it, and not something on the way to it. */
    boolean isOfServer() {
        return status != 0 && !code.equals(UNEXPECTED) && !code.equals(REDIRECTED);
    }

    private static boolean isTransientStatus(int status) {
        switch (status) {
            case 408:
            case 425:
            case 429:
            case 500:
            case 502:
            case 503:
            case 504:
                return true;
            default:
                return false;
        }
    }
}
