package net.rollcall.fake;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What stands behind the classes of Android in tests: it records every call, and answers what a test told it to. A call of
 * something that the pretended version of Android does not have yet ends the test.
 */
public final class Fake {
    /** What a test answers to a call. */
    public interface Answer {
        /** @param self the object that was called, or null for a static method */
        Object to(Object self, Object[] arguments) throws Throwable;
    }

    /** One call. */
    public static final class Call {
        /** The full name of the member, such as android.app.Activity.finish. */
        public final String member;
        /** The object that was called, or null. */
        public final Object self;
        /** What it was called with. */
        public final Object[] arguments;

        Call(String member, Object self, Object[] arguments) {
            this.member = member;
            this.self = self;
            this.arguments = arguments;
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(member).append('(');
            for (int at = 0; at < arguments.length; at++) {
                text.append(at == 0 ? "" : ", ").append(arguments[at]);
            }
            return text.append(')').toString();
        }
    }

    private static final Map<String, Answer> ANSWERS = new HashMap<String, Answer>();
    private static final Map<Class<?>, Object> SINGLES = new HashMap<Class<?>, Object>();
    private static final List<Call> CALLS = new ArrayList<Call>();
    private static int level;

    private Fake() {}

    /** Forgets all calls and answers, and pretends to be a version of Android. */
    public static synchronized void reset(int apiLevel) {
        ANSWERS.clear();
        SINGLES.clear();
        CALLS.clear();
        level = apiLevel;
    }

    /** Answers calls of a member. */
    public static synchronized void on(String member, Answer answer) {
        ANSWERS.put(member, answer);
    }

    /** Answers calls of a member with one value; an exception is thrown. */
    public static void answer(String member, final Object value) {
        on(member, new Answer() {
            @Override
            public Object to(Object self, Object[] arguments) throws Throwable {
                if (value instanceof Throwable) {
                    throw (Throwable) value;
                }
                return value;
            }
        });
    }

    /** The calls of a member so far. */
    public static synchronized List<Call> calls(String member) {
        List<Call> found = new ArrayList<Call>();
        for (Call call : CALLS) {
            if (call.member.equals(member)) {
                found.add(call);
            }
        }
        return found;
    }

    /** The latest member of a class that was called, or null. */
    public static synchronized String latest(String of) {
        String latest = null;
        for (Call call : CALLS) {
            latest = call.member.startsWith(of + ".") ? call.member : latest;
        }
        return latest;
    }

    /** Whether a member was called. */
    public static boolean wasCalled(String member) {
        return !calls(member).isEmpty();
    }

    /** The one object of a class, such as a service of Android. */
    public static synchronized <T> T single(Class<T> of) {
        Object single = SINGLES.get(of);
        if (single == null) {
            single = make(of);
            SINGLES.put(of, single);
        }
        return of.cast(single);
    }

    /** A new object of a class or interface, with nothing behind it. */
    public static <T> T make(final Class<T> of) {
        if (of.isInterface()) {
            return of.cast(Proxy.newProxyInstance(of.getClassLoader(), new Class<?>[] {of}, new InvocationHandler() {
                @Override
                public Object invoke(Object proxy, Method method, Object[] arguments) {
                    if (method.getDeclaringClass() == Object.class) {
                        return method.getName().equals("equals") ? (Object) (proxy == arguments[0])
                                : method.getName().equals("hashCode") ? (Object) System.identityHashCode(proxy)
                                : of.getName();
                    }
                    String member = method.getDeclaringClass().getName().replace('$', '.') + "." + method.getName();
                    Object[] given = arguments == null ? new Object[0] : arguments;
                    Class<?> type = method.getReturnType();
                    // Editors and builders answer themselves.
                    return call(0, type.isInstance(proxy) ? Self.class : type, member, proxy, given);
                }
            }));
        }
        if (Modifier.isAbstract(of.getModifiers())) {
            return null;
        }
        try {
            Constructor<T> constructor = of.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(of + " cannot be made", e);
        }
    }

    /** Stands for "the object itself" as the type of an answer. */
    private static final class Self {}

    /** Called by the classes that stand in for Android's. */
    public static Object call(int since, Class<?> type, String member, Object self, Object[] arguments) {
        Answer answer;
        synchronized (Fake.class) {
            if (since > level && level > 0) {
                throw new NoSuchMethodError(member + " came with level " + since + ", this is " + level);
            }
            CALLS.add(new Call(member, self, arguments));
            answer = ANSWERS.get(member);
        }
        if (answer == null) {
            return otherwise(type, self);
        }
        try {
            Object value = answer.to(self, arguments);
            return value == null && type.isPrimitive() ? otherwise(type, self) : value;
        } catch (Throwable e) {
            throw Fake.<RuntimeException>unchecked(e);
        }
    }

    /** The answer to a call that no test said anything about. */
    private static Object otherwise(Class<?> type, Object self) {
        if (type == void.class) {
            return null;
        }
        if (type.isPrimitive()) {
            return Array.get(Array.newInstance(type, 1), 0);
        }
        boolean isOwn = type == Self.class || (self != null && type == self.getClass());
        return isOwn ? self : null;
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException unchecked(Throwable e) throws T {
        throw (T) e;
    }
}
