package net.rollcall.core;

import static net.rollcall.core.Checks.equal;
import static net.rollcall.core.Checks.isTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Random;

/** The file with the agent's memory. */
final class MemoryTests {
    private static final Fixture.FakeSeal SEAL = new Fixture.FakeSeal();

    private MemoryTests() {}

    private static File folder() throws IOException {
        return new File(Files.createTempDirectory("rollcall").toFile(), "deeper");
    }

    private static Memory open(File folder) throws IOException {
        return Memory.open(folder, SEAL, new Random());
    }

    private static void write(File folder, String name, byte[] content) throws IOException {
        Files.write(new File(folder, name).toPath(), content);
    }

    private static byte[] sealed(String plain) {
        return SEAL.seal(plain.getBytes(StandardCharsets.UTF_8));
    }

    static void the_memory_survives_and_is_sealed() throws Exception {
        File folder = folder();
        Memory memory = open(folder);
        memory.update(m -> m.setSeq(7));
        Memory again = open(folder);
        equal(7L, again.seq());
        equal(memory.installationId(), again.installationId());
        isTrue(!again.wasDamaged(), "it was not damaged");
        byte[] bytes = Files.readAllBytes(new File(folder, "state").toPath());
        String content = new String(bytes, StandardCharsets.ISO_8859_1);
        isTrue(!content.contains("installation_id"), "it is sealed");
    }

    static void a_new_installation_id_is_saved_before_it_is_used() throws Exception {
        File folder = folder();
        equal(open(folder).installationId(), open(folder).installationId());
    }

    static void installation_ids_differ_and_are_of_version_4() throws Exception {
        String one = open(folder()).installationId();
        isTrue(!one.equals(open(folder()).installationId()), "they differ");
        isTrue(one.matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"), one);
    }

    static void a_half_written_draft_is_ignored() throws Exception {
        File folder = folder();
        open(folder).update(m -> m.setSeq(7));
        write(folder, "state.new", new byte[] {'#', 1, 2});
        equal(7L, open(folder).seq());
    }

    static void a_damaged_memory_is_set_aside_and_a_new_one_begins() throws Exception {
        byte[][] damaged = {{}, {1, 2, 3}, sealed("{\"version\":1,\"installation_id\":"), sealed("[]"), sealed("{}"),
            sealed("{\"version\":1,\"installation_id\":\"i\",\"enrollment\":{\"server\":\"s\"}}")};
        for (byte[] content : damaged) {
            File folder = folder();
            String before = open(folder).installationId();
            write(folder, "state", content);
            Memory memory = open(folder);
            isTrue(memory.wasDamaged() && !memory.isEnrolled(), "it begins anew");
            isTrue(!before.equals(memory.installationId()), "with an id of its own");
            equal(content.length, Files.readAllBytes(new File(folder, "state.damaged").toPath()).length);
            isTrue(!open(folder).wasDamaged(), "the next start finds nothing damaged");
        }
    }

    static void a_newer_version_is_not_overwritten() throws Exception {
        File folder = folder();
        open(folder);
        byte[] newer = sealed("{\"version\":2,\"installation_id\":\"i\"}");
        write(folder, "state", newer);
        try {
            open(folder);
            throw new AssertionError("it is newer");
        } catch (Memory.NewerVersion e) {
            equal(newer.length, Files.readAllBytes(new File(folder, "state").toPath()).length);
        }
    }

    static void a_key_that_cannot_be_used_now_damages_nothing() throws Exception {
        File folder = folder();
        open(folder).update(m -> m.setSeq(7));
        Fixture.FakeSeal locked = new Fixture.FakeSeal();
        locked.isLocked = true;
        try {
            Memory.open(folder, locked, new Random());
            throw new AssertionError("the key is locked");
        } catch (IOException e) {
            equal("the key is locked", e.getMessage());
        }
        equal(7L, open(folder).seq());
    }

    static void a_memory_that_cannot_be_written_ends_the_run_and_nothing_is_sent() throws Exception {
        Fixture f = new Fixture().enrolled();
        isTrue(new File(f.folder, "state.new").mkdir(), "the draft cannot be written");
        try {
            f.run();
            throw new AssertionError("the memory cannot be written");
        } catch (IOException e) {
            equal(0, f.server.calls().size());
        }
    }

    static void the_content_is_compared_whatever_its_order() throws Exception {
        String one = Json.canonical(Fixture.json("{\"b\":[1,{\"d\":null,\"c\":\"x\"}],\"a\":1}"));
        equal(one, Json.canonical(Fixture.json("{\"a\":1,\"b\":[1,{\"c\":\"x\",\"d\":null}]}")));
        isTrue(!one.equals(Json.canonical(Fixture.json("{\"a\":1,\"b\":[1,{\"c\":\"y\",\"d\":null}]}"))), "it differs");
    }
}
