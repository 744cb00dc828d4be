package net.rollcall.core;

/** Why a command, or a step of the enrollment, cannot be carried out on this device. */
public final class CommandFailed extends Exception {
    private static final long serialVersionUID = 1;

    private final String code;

    /**
     * @param code unsupported, permission_missing, location_unavailable, interrupted or failed; a step of the
     *     enrollment may have a code of its own, such as location_off
     * @param message one English sentence for the admin, without secrets
     */
    public CommandFailed(String code, String message) {
        super(message);
        this.code = code;
    }

    /** The error's code in the protocol. */
    public String code() {
        return code;
    }

    /** This device can never do it. */
    public static CommandFailed unsupported(String message) {
        return new CommandFailed("unsupported", message);
    }

    /** It was tried and did not work. */
    public static CommandFailed failed(String message) {
        return new CommandFailed("failed", message);
    }
}
