package net.rollcall.core;

import java.io.DataInputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.UUID;
import org.json.JSONException;
import org.json.JSONObject;

/**
 * What an agent remembers between two runs, in one sealed file that is written as a whole or not at all. Every change
 * is on disk before anything follows from it. Invitations, PINs and emails are not kept. For one thread at a time.
 */
public final class Memory {
    /** The version of the file's content. */
    static final int VERSION = 1;

    private final File folder;
    private final Seal seal;
    private final boolean wasDamaged;
    private JSONObject json;
    private Enrollment enrollment;

    /** The file was written by a newer version of the app, which has to be installed again. */
    public static final class NewerVersion extends IOException {
        private static final long serialVersionUID = 1;

        NewerVersion(int version) {
            super("The memory has version " + version + "; this app reads versions up to " + VERSION + ".");
        }
    }

    /** A change of the memory. */
    interface Edit {
        void apply(Memory memory) throws JSONException;
    }

    private Memory(File folder, Seal seal, JSONObject json, boolean wasDamaged) throws JSONException {
        this.folder = folder;
        this.seal = seal;
        this.wasDamaged = wasDamaged;
        this.json = json;
        JSONObject kept = json.optJSONObject("enrollment");
        this.enrollment = kept == null ? null : new Enrollment(kept);
    }

    /**
     * Opens the memory in {@code folder}, or begins a new one. A damaged file is set aside as {@code state.damaged},
     * and a new memory begins: the device has to be enrolled again.
     *
     * @throws NewerVersion the file is from a newer version of the app
     * @throws IOException the file or the key cannot be used now
     */
    public static Memory open(File folder, Seal seal, Random random) throws IOException {
        if (!folder.isDirectory() && !folder.mkdirs()) {
            throw new IOException("cannot create " + folder);
        }
        File file = file(folder);
        Memory memory = file.exists() ? read(folder, seal) : null;
        if (memory != null) {
            return memory;
        }
        boolean wasDamaged = file.exists();
        if (wasDamaged) {
            move(file, new File(folder, "state.damaged"));
        }
        // The installation id is saved before it is sent: when the answer to an enrollment is lost, the next attempt
        // has the same id.
        Memory fresh;
        try {
            fresh = new Memory(folder, seal, fresh(random), wasDamaged);
        } catch (JSONException e) {
            throw new IOException(e);
        }
        fresh.save();
        return fresh;
    }

    /** Whether a damaged file was found and set aside by {@link #open}. */
    public boolean wasDamaged() {
        return wasDamaged;
    }

    /** Whether there is an enrollment; it may have ended. */
    public boolean isEnrolled() {
        return enrollment != null;
    }

    /** Made once; the same id enrolls the same device again. A secret. */
    String installationId() {
        return Json.text(json, "installation_id");
    }

    /** The enrollment, or null. */
    Enrollment enrollment() {
        return enrollment;
    }

    void setEnrollment(Enrollment enrollment) throws JSONException {
        this.enrollment = enrollment;
        json.put("enrollment", enrollment == null ? null : enrollment.json());
    }

    /** The number of the last heartbeat; never starts again, not even with a new enrollment. */
    long seq() {
        return json.optLong("seq");
    }

    void setSeq(long seq) throws JSONException {
        json.put("seq", seq);
    }

    /** Message and phone that are shown while the device is lost; null when it is not. Survives a new enrollment. */
    JSONObject lost() {
        return json.optJSONObject("lost");
    }

    void setLost(JSONObject lost) throws JSONException {
        json.put("lost", lost);
    }

    /** A wipe that the server knows as done and that has not happened yet; otherwise null. */
    JSONObject wipe() {
        return json.optJSONObject("wipe");
    }

    void setWipe(JSONObject wipe) throws JSONException {
        json.put("wipe", wipe);
    }

    /**
     * Makes a change and saves it.
     *
     * @throws IOException the file cannot be written; the change counts until the agent ends
     */
    void update(Edit edit) throws IOException {
        try {
            edit.apply(this);
        } catch (JSONException e) {
            throw new IOException(e);
        }
        save();
    }

    private void save() throws IOException {
        byte[] sealed = seal.seal(Json.bytes(json));
        File draft = new File(folder, "state.new");
        try (FileOutputStream out = new FileOutputStream(draft)) {
            out.write(sealed);
            out.getFD().sync();
        }
        move(draft, file(folder));
    }

    /** The memory in the file, or null when it is damaged. */
    private static Memory read(File folder, Seal seal) throws IOException {
        byte[] plain = seal.open(content(file(folder)));
        if (plain == null) {
            return null;
        }
        try {
            JSONObject json = Json.parseObject(plain);
            int version = Json.number(json, "version", 1, 0);
            if (version > VERSION) {
                throw new NewerVersion(version);
            }
            Json.requiredText(json, "installation_id");
            return version == 0 ? null : new Memory(folder, seal, json, false);
        } catch (JSONException e) {
            return null;
        }
    }

    private static JSONObject fresh(Random random) throws JSONException {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        // Version 4, variant 1 (RFC 9562).
        bytes[6] = (byte) (bytes[6] & 0x0f | 0x40);
        bytes[8] = (byte) (bytes[8] & 0x3f | 0x80);
        ByteBuffer halves = ByteBuffer.wrap(bytes);
        UUID id = new UUID(halves.getLong(), halves.getLong());
        return new JSONObject().put("version", VERSION).put("installation_id", id.toString()).put("seq", 0);
    }

    private static byte[] content(File file) throws IOException {
        byte[] content = new byte[(int) file.length()];
        try (DataInputStream in = new DataInputStream(new FileInputStream(file))) {
            in.readFully(content);
        }
        return content;
    }

    private static File file(File folder) {
        return new File(folder, "state");
    }

    /** Replaces {@code to}; after a power cut it has either the new content or the old. */
    private static void move(File from, File to) throws IOException {
        if (!from.renameTo(to)) {
            throw new IOException("cannot replace " + to);
        }
    }
}
