package net.rollcall.core;

/** The steps of an enrollment, in their order. */
public enum Step {
    /** The agent holds its own secret. */
    CONTACTED("contacted"),
    /** The agent has asked for its permissions. */
    PERMISSIONS("permissions"),
    /** The agent has asked to administer the device. */
    ADMIN("admin"),
    /** The first inventory and the first heartbeat. */
    INVENTORY("inventory"),
    /** Nothing is left to do. */
    DONE("done");

    private final String word;

    Step(String word) {
        this.word = word;
    }

    /** The step's name in the protocol. */
    public String word() {
        return word;
    }

    /** Its place among the steps, counted from 1. */
    public int number() {
        return ordinal() + 1;
    }

    /** How much of the enrollment is over once this step is done, in percent: 100 for the last. */
    public int percent() {
        return number() * 100 / values().length;
    }

    /** The step with this name, or null. */
    public static Step of(String word) {
        for (Step step : values()) {
            if (step.word.equals(word)) {
                return step;
            }
        }
        return null;
    }
}
