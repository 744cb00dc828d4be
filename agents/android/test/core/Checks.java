package net.rollcall.core;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;

/** Runs tests: the static methods without parameters of a class, in the order of their names. */
final class Checks {
    /** How long a test may take, in milliseconds: far longer than any does. */
    private static final long LIMIT_MS = Long.getLong("rollcall.test.limit", 60_000);

    private static int passed;
    private static int failed;

    private Checks() {}

    /** Runs the tests of a class; those that do not have {@code filter} in their name are left out. */
    static void run(Class<?> tests, String filter) {
        Method[] methods = tests.getDeclaredMethods();
        Arrays.sort(methods, (a, b) -> a.getName().compareTo(b.getName()));
        for (Method method : methods) {
            boolean isTest = Modifier.isStatic(method.getModifiers()) && method.getParameterCount() == 0
                    && !Modifier.isPrivate(method.getModifiers()) && !method.isSynthetic();
            if (isTest && method.getName().contains(filter)) {
                run(tests.getSimpleName() + "." + method.getName(), method);
            }
        }
    }

    /** Runs a test in a thread of its own: one that never ends fails, and the others go on. */
    private static void run(String name, Method test) {
        Throwable[] outcome = {new AssertionError("it did not end within " + LIMIT_MS / 1000 + " s")};
        Thread thread = new Thread(() -> outcome[0] = outcomeOf(test), name);
        thread.setDaemon(true);
        thread.start();
        try {
            thread.join(LIMIT_MS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (thread.isAlive()) {
            // Where it waits, not where it was waited for.
            outcome[0].setStackTrace(thread.getStackTrace());
        }
        if (outcome[0] == null) {
            passed++;
            return;
        }
        failed++;
        System.out.println("FAILED " + name);
        outcome[0].printStackTrace(System.out);
    }

    /** Why a test failed, or null. */
    private static Throwable outcomeOf(Method test) {
        try {
            test.invoke(null);
            return null;
        } catch (InvocationTargetException e) {
            return e.getCause();
        } catch (IllegalAccessException e) {
            return e;
        }
    }

    /** Prints the closing line and ends the program: with 1 when a test failed or none ran. */
    static void finish() {
        System.out.println(passed + " passed, " + failed + " failed");
        System.exit(failed == 0 && passed > 0 ? 0 : 1);
    }

    static void equal(Object expected, Object actual) {
        if (expected == null ? actual != null : !expected.equals(actual)) {
            throw new AssertionError("expected <" + expected + "> but got <" + actual + ">");
        }
    }

    static void isTrue(boolean value, String what) {
        if (!value) {
            throw new AssertionError(what);
        }
    }
}
