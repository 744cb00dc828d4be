package net.rollcall.core;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;
import org.json.JSONTokener;

/** JSON of the protocol, read strictly where org.json is lenient. */
public final class Json {
    private Json() {}

    /** A time in milliseconds since 1970 as the protocol writes it: {@code 2026-01-31T09:30:00Z}. */
    public static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    /**
     * Reads one JSON value from UTF-8.
     *
     * @throws JSONException it is damaged, followed by something else, or nested too deeply
     */
    static Object parse(byte[] utf8) throws JSONException {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
        } catch (CharacterCodingException e) {
            throw new JSONException("not UTF-8");
        }
        try {
            JSONTokener tokener = new JSONTokener(text);
            Object value = tokener.nextValue();
            if (tokener.nextClean() != 0) {
                throw new JSONException("more than one value");
            }
            return value;
        } catch (StackOverflowError e) {
            // The parser calls itself for every bracket.
            throw new JSONException("nested too deeply");
        }
    }

    /** Reads a JSON object from UTF-8. */
    static JSONObject parseObject(byte[] utf8) throws JSONException {
        Object value = parse(utf8);
        if (value instanceof JSONObject) {
            return (JSONObject) value;
        }
        throw new JSONException("not an object");
    }

    static byte[] bytes(JSONObject object) {
        return object.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The text called {@code name}; null when it is missing, null, or of another type. */
    static String text(JSONObject object, String name) {
        Object value = object == null ? null : object.opt(name);
        return value instanceof String ? (String) value : null;
    }

    /** The text called {@code name}. */
    static String requiredText(JSONObject object, String name) throws JSONException {
        String text = text(object, name);
        if (text == null) {
            throw new JSONException("no text \"" + name + "\"");
        }
        return text;
    }

    /** Whether a text is a UUID, as ids of the protocol are. */
    static boolean isId(String text) {
        return text != null && text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    }

    /**
     * The secret of a device called {@code name}. It becomes part of a header, so it consists of visible ASCII.
     *
     * @throws JSONException it is missing or has other characters
     */
    static String secret(JSONObject object, String name) throws JSONException {
        String secret = text(object, name);
        if (secret == null || !secret.matches("[!-~]{1,1000}")) {
            throw new JSONException("it has no secret");
        }
        return secret;
    }

    /** The whole number called {@code name}, if it is one of at least {@code least}; otherwise {@code other}. */
    static int number(JSONObject object, String name, int least, int other) {
        Object value = object == null ? null : object.opt(name);
        if (!(value instanceof Integer) || (Integer) value < least) {
            return other;
        }
        return (Integer) value;
    }

    /** The texts of a list; what is no text is left out. */
    static List<String> texts(JSONArray array) {
        List<String> texts = new ArrayList<String>();
        for (int i = 0; array != null && i < array.length(); i++) {
            if (array.opt(i) instanceof String) {
                texts.add((String) array.opt(i));
            }
        }
        return texts;
    }

    /** A list of texts. */
    static JSONArray list(List<String> texts) {
        return new JSONArray(texts);
    }

    /** A short text that differs when the content does. */
    static String fingerprint(Object value) {
        try {
            byte[] text = canonical(value).getBytes(StandardCharsets.UTF_8);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
            return new BigInteger(1, hash).toString(16);
        } catch (NoSuchAlgorithmException e) {
            // Every platform has SHA-256.
            throw new IllegalStateException(e);
        }
    }

    /** A text that is the same for the same content, whatever the order of names in it. */
    static String canonical(Object value) {
        StringBuilder out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    private static void write(Object value, StringBuilder out) {
        if (value instanceof JSONObject) {
            writeObject((JSONObject) value, out);
        } else if (value instanceof JSONArray) {
            out.append('[');
            JSONArray array = (JSONArray) value;
            for (int i = 0; i < array.length(); i++) {
                write(array.opt(i), out);
                out.append(',');
            }
            out.append(']');
        } else if (value instanceof String) {
            out.append(JSONObject.quote((String) value));
        } else {
            out.append(value);
        }
    }

    private static void writeObject(JSONObject object, StringBuilder out) {
        List<String> names = new ArrayList<String>();
        for (Iterator<String> all = object.keys(); all.hasNext(); ) {
            names.add(all.next());
        }
        Collections.sort(names);
        out.append('{');
        for (String name : names) {
            out.append(JSONObject.quote(name)).append(':');
            write(object.opt(name), out);
            out.append(',');
        }
        out.append('}');
    }
}
