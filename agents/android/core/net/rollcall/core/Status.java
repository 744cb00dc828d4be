package net.rollcall.core;

/** How an agent stands, for the person's eyes. A snapshot: it does not change. */
public final class Status {
    /** What the agent is doing. */
    public enum Phase {
        /** There is no enrollment. */
        NOT_ENROLLED,
        /** The first call of an enrollment is under way. */
        CONTACTING,
        /** Steps are left; {@link #step} is the last one that is done, or null. */
        ENROLLING,
        /** All steps are done. */
        ENROLLED,
        /** The server does not know this device any more: only a new enrollment helps. */
        ENDED
    }

    /** What the agent is doing. */
    public final Phase phase;
    /** The last step of the enrollment that is done, or null. */
    public final Step step;
    /** The step that waits for the person, or null. */
    public final Step waitingFor;
    /** The server's address, such as https://mdm.example.com, or null. */
    public final String server;
    /** Whom the person can ask; any of these may be null. */
    public final String supportName;
    /** The helpdesk's email. */
    public final String supportEmail;
    /** The helpdesk's phone number. */
    public final String supportPhone;
    /** Whether the device is in lost mode. */
    public final boolean isLost;
    /** When the server answered last, in milliseconds since 1970, or 0. */
    public final long lastContact;
    /** Why the latest call failed, or null when it did not. */
    public final Problem problem;
    /** Why the device cannot go on with a step, or null. */
    public final CommandFailed failure;

    Status(Memory memory, Live live) {
        Enrollment enrollment = memory.enrollment();
        this.phase = phaseOf(enrollment, live);
        this.step = enrollment == null ? null : enrollment.step();
        this.waitingFor = live.waitingFor;
        this.server = enrollment == null ? null : enrollment.server();
        this.supportName = enrollment == null ? null : enrollment.support("name");
        this.supportEmail = enrollment == null ? null : enrollment.support("email");
        this.supportPhone = enrollment == null ? null : enrollment.support("phone");
        this.isLost = memory.lost() != null;
        this.lastContact = live.lastContact;
        this.problem = live.problem;
        this.failure = live.failure;
    }

    private static Phase phaseOf(Enrollment enrollment, Live live) {
        if (live.isContacting) {
            return Phase.CONTACTING;
        }
        if (enrollment == null) {
            return Phase.NOT_ENROLLED;
        }
        if (enrollment.endedBy() != null) {
            return Phase.ENDED;
        }
        return enrollment.step() == Step.DONE ? Phase.ENROLLED : Phase.ENROLLING;
    }

    /** What is not remembered between two runs. */
    static final class Live {
        boolean isContacting;
        Step waitingFor;
        long lastContact;
        Problem problem;
        CommandFailed failure;
    }
}
