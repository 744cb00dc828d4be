package net.rollcall.core;

/** The tests of the core. The argument, if there is one, is a part of the names of those to run. */
public final class CoreTest {
    private CoreTest() {}

    public static void main(String[] arguments) {
        String filter = arguments.length == 0 ? "" : arguments[0];
        Checks.run(EnrollmentTests.class, filter);
        Checks.run(CallTests.class, filter);
        Checks.run(CommandTests.class, filter);
        Checks.run(RunTests.class, filter);
        Checks.run(MemoryTests.class, filter);
        Checks.run(VectorTests.class, filter);
        Checks.finish();
    }
}
