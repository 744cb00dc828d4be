package net.rollcall.agent;

/** Runs checks and counts them. */
final class Suite {
    /** One check: it throws when something is wrong. */
    interface Check {
        void run() throws Exception;
    }

    private int passed;
    private int failed;

    void check(String name, Check check) {
        try {
            check.run();
            passed++;
        } catch (Exception | LinkageError | AssertionError e) {
            failed++;
            System.out.println("FAILED " + name + ": " + e);
            for (StackTraceElement at : e.getStackTrace()) {
                if (at.getClassName().startsWith("net.rollcall.agent")) {
                    System.out.println("    at " + at);
                }
            }
        }
    }

    /** Prints the last line and ends the program. */
    void end() {
        System.out.println(passed + " passed, " + failed + " failed");
        System.exit(failed == 0 ? 0 : 1);
    }

    static void equal(Object expected, Object found) {
        if (expected == null ? found != null : !expected.equals(found)) {
            throw new AssertionError("expected " + expected + ", found " + found);
        }
    }

    static void isTrue(String what, boolean is) {
        if (!is) {
            throw new AssertionError("not true: " + what);
        }
    }
}
