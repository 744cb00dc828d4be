package net.rollcall.core;

import static net.rollcall.core.Checks.equal;
import static net.rollcall.core.Checks.isTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.rollcall.core.StubServer.Reply;
import org.json.JSONObject;

/** Commands: each is carried out once, and the server gets its result. */
final class CommandTests {
    private static final List<String> DONE = Arrays.asList("acknowledged", "completed");

    private CommandTests() {}

    private static boolean isResult(StubServer.Seen seen, String status) {
        return seen.path.endsWith("/result") && seen.body.optString("status").equals(status);
    }

    private static boolean isReported(Fixture f) {
        return f.memory.enrollment().commands().optJSONObject(0).optBoolean("is_reported");
    }

    static void each_command_is_acknowledged_and_carried_out() throws Exception {
        String[][] all = {
            {"lock", "{}", "lock"},
            {"locate", "{\"high_accuracy\":true,\"timeout_s\":90}", "locate true 90"},
            {"locate", "{}", "locate false 60"},
            {"ring", "{\"seconds\":20}", "ring 20"},
            {"ring", "{\"seconds\":100000}", "ring 600"},
            {"ring", "{\"seconds\":-5}", "ring 30"},
            {"message", "{\"text\":\"Hello\"}", "message Hello"},
            {"lost_mode", "{\"message\":\"Call.\",\"phone\":\"123\"}", "lost Call. 123"},
            {"lost_mode", "{\"phone\":null}", "lost  null"},
            {"end_lost_mode", "{}", "found"},
            {"wipe", "{\"external\":true}", "wipe true"},
        };
        for (String[] one : all) {
            Fixture f = new Fixture().enrolled().offer(one[0], one[1]);
            f.run();
            equal(Arrays.asList(one[2]), f.host.done);
            equal(DONE, f.results());
        }
    }

    static void the_data_of_a_position_are_sent() throws Exception {
        Fixture f = new Fixture().enrolled().offer("locate", "{\"timeout_s\":5}");
        f.run();
        JSONObject data = f.bodies(Fixture.RESULT).get(1).getJSONObject("data");
        equal(50.0755, data.getDouble("latitude"));
        isTrue(data.getString("at").endsWith("Z"), data.toString());
    }

    static void a_fresh_inventory_is_sent_on_request() throws Exception {
        Fixture f = new Fixture((seen, n) -> seen.head.contains("If-None-Match: \"one\"") ? Reply.of(304) : null);
        f.enrolled().offer("inventory", "{}").run();
        equal(DONE, f.results());
        equal(false, f.bodies(Fixture.RESULT).get(1).getJSONObject("data").getBoolean("changed"));
        equal(2, f.bodies("PUT /inventory").size());
    }

    static void a_renewal_is_answered_with_the_new_secret() throws Exception {
        Fixture f = new Fixture().enrolled().offer("renew", "{}");
        f.run();
        for (StubServer.Seen seen : f.server.requests()) {
            if (seen.call().equals("POST /renew") || isResult(seen, "acknowledged")) {
                isTrue(seen.head.contains(".secret"), seen.head);
            }
            if (isResult(seen, "completed")) {
                isTrue(seen.head.contains(".fresh"), seen.head);
            }
        }
        f.restart();
        isTrue(f.memory.enrollment().bearer().endsWith(".fresh"), "the new secret is kept");
        equal(DONE, f.results());
    }

    static void a_command_that_is_offered_again_is_answered_from_memory() throws Exception {
        Fixture f = new Fixture().enrolled().offer("lock", "{}").offer("lock", "{}");
        f.run();
        f.restart();
        f.offer("lock", "{}").run();
        equal(Arrays.asList("lock"), f.host.done);
        equal(Arrays.asList("acknowledged", "completed", "completed", "completed"), f.results());
    }

    static void a_command_offered_twice_at_once_is_carried_out_once() throws Exception {
        Fixture f = new Fixture().enrolled();
        String one = Fixture.offerJson(Fixture.ID, "lock", "{}");
        f.polls.add("[" + one.substring(1, one.length() - 1) + "," + one.substring(1));
        f.run();
        equal(Arrays.asList("lock"), f.host.done);
    }

    static void a_command_is_remembered_when_the_device_enrolls_again() throws Exception {
        Fixture f = new Fixture().enrolled().offer("lock", "{}");
        f.run();
        f.enroll().offer("lock", "{}").run();
        equal(Arrays.asList("lock"), f.host.done);
    }

    static void a_cancelled_command_is_not_carried_out() throws Exception {
        for (String code : Arrays.asList("command_cancelled", "command_expired", "not_found")) {
            Fixture f = new Fixture((seen, n) -> isResult(seen, "acknowledged") ? Reply.problem(404, code) : null);
            f.enrolled().offer("lock", "{}").run();
            equal(Collections.emptyList(), f.host.done);
            equal(Arrays.asList("acknowledged"), f.results());
        }
    }

    static void a_lost_acknowledgement_does_not_lose_the_command() throws Exception {
        int[] lost = {0};
        // The server has the acknowledgement and will not offer the command again.
        Fixture f = new Fixture((seen, n) ->
                isResult(seen, "acknowledged") && lost[0]++ < 12 ? Reply.hangUp() : null);
        f.enrolled().offer("lock", "{}").run();
        f.restart();
        for (int i = 0; i < 12 && f.host.done.isEmpty(); i++) {
            f.run();
        }
        equal(Arrays.asList("lock"), f.host.done);
    }

    static void a_lost_result_is_sent_again_and_the_command_is_not_carried_out_again() throws Exception {
        int[] lost = {0};
        Fixture f = new Fixture((seen, n) -> isResult(seen, "completed") && lost[0]++ < 6 ? Reply.hangUp() : null);
        f.enrolled().offer("lock", "{}").run();
        f.restart();
        for (int i = 0; i < 12 && !isReported(f); i++) {
            f.run();
        }
        equal(Arrays.asList("lock"), f.host.done);
        equal("completed", f.results().get(f.results().size() - 1));
        isTrue(isReported(f), "the server has the result");
    }

    static void an_interrupted_command_is_reported_so_and_not_begun_again() throws Exception {
        Fixture f = new Fixture().enrolled().offer("lock", "{}");
        f.host.inCommand = () -> Thread.currentThread().interrupt();
        try {
            f.run();
            throw new AssertionError("the thread was interrupted");
        } catch (InterruptedException e) {
            f.host.inCommand = null;
        }
        f.restart();
        f.offer("lock", "{}").run();
        equal(Collections.emptyList(), f.host.done);
        equal(Arrays.asList("acknowledged", "error interrupted"), f.results().subList(0, 2));
    }

    static void a_command_of_a_newer_server_is_answered_with_an_error() throws Exception {
        Fixture f = new Fixture().enrolled();
        f.polls.add("[null, 5, {\"type\":\"no identity\"}, {\"uuid\":\"../../x\",\"type\":\"lock\"}, "
                + Fixture.offerJson(Fixture.ID, "make_coffee", "{}").substring(1));
        f.offer("message", "{}");
        f.polls.add(Fixture.offerJson(Fixture.ID.replace("c0", "c1"), "lock", "{}"));
        f.run();
        equal(Arrays.asList("error unsupported", "error unsupported", "acknowledged", "completed"), f.results());
        equal(Arrays.asList("lock"), f.host.done);
    }

    static void what_the_device_cannot_do_is_reported() throws Exception {
        Fixture f = new Fixture().enrolled().offer("ring", "{}");
        f.host.isMute = true;
        f.run();
        equal(Arrays.asList("acknowledged", "error unsupported"), f.results());
        Fixture g = new Fixture().enrolled().offer("lock", "{}");
        g.host.inCommand = () -> {
            throw new SecurityException("not allowed");
        };
        g.run();
        equal(Arrays.asList("acknowledged", "error failed"), g.results());
    }

    static void a_position_that_is_no_json_is_a_failure() throws Exception {
        Fixture f = new Fixture().enrolled().offer("locate", "{}");
        f.host.isCareless = true;
        equal(Agent.End.STOPPED, f.run());
        equal(Arrays.asList("acknowledged", "error failed"), f.results());
    }

    static void a_wipe_is_reported_before_it_begins() throws Exception {
        Fixture f = new Fixture().enrolled().offer("wipe", "{}");
        f.host.inCommand = () -> equal(DONE, f.results());
        equal(Agent.End.WIPED, f.run());
        equal(Arrays.asList("wipe false"), f.host.done);
    }

    static void a_wipe_happens_also_when_its_result_is_lost_or_the_agent_stops() throws Exception {
        Fixture f = new Fixture((seen, n) -> isResult(seen, "completed") ? Reply.hangUp() : null);
        f.enrolled().offer("wipe", "{}");
        f.host.inCommand = () -> Thread.currentThread().interrupt();
        try {
            f.run();
            throw new AssertionError("the thread was interrupted");
        } catch (InterruptedException e) {
            f.host.inCommand = null;
        }
        f.restart();
        equal(Agent.End.WIPED, f.run());
        equal(Arrays.asList("wipe false"), f.host.done);
    }

    static void a_wipe_that_is_not_possible_is_an_error() throws Exception {
        Fixture f = new Fixture().enrolled().offer("wipe", "{}");
        f.host.isOwner = false;
        equal(Agent.End.STOPPED, f.run());
        equal(Arrays.asList("acknowledged", "error unsupported"), f.results());
        equal(Collections.emptyList(), f.host.done);
    }

    static void lost_mode_is_in_every_heartbeat_and_shown_again_after_a_start() throws Exception {
        Fixture f = new Fixture().enrolled().offer("lost_mode", "{\"message\":\"Call.\",\"phone\":\"123\"}");
        f.run();
        List<JSONObject> beats = f.bodies("POST /state");
        equal(2, beats.size());
        equal(false, beats.get(0).getBoolean("lost_mode"));
        equal(true, beats.get(1).getBoolean("lost_mode"));
        isTrue(beats.get(1).has("location"), "the position is in the heartbeat");
        f.restart();
        isTrue(f.agent.status().isLost, "the page shows it");
        f.polls.add(Fixture.offerJson(Fixture.ID.replace("c0", "c1"), "end_lost_mode", "{}"));
        f.run();
        equal(Arrays.asList("lost Call. 123", "lost Call. 123", "found"), f.host.done);
        beats = f.bodies("POST /state");
        equal(false, beats.get(beats.size() - 1).getBoolean("lost_mode"));
        f.restart();
        f.run();
        equal(3, f.host.done.size());
    }

    static void a_result_that_the_server_refuses_becomes_an_error() throws Exception {
        Fixture f = new Fixture((seen, n) -> isResult(seen, "completed") ? Reply.problem(413, "body_too_large") : null);
        f.enrolled().offer("locate", "{}").run();
        for (int i = 0; i < 3; i++) {
            f.run();
        }
        equal(Arrays.asList("acknowledged", "completed", "error failed"), f.results());
    }

    static void one_command_that_fails_at_the_server_holds_up_nothing_else() throws Exception {
        Fixture f = new Fixture((seen, n) ->
                seen.call().equals(Fixture.RESULT) ? Reply.problem(500, "internal") : null).enrolled();
        f.offer("lock", "{}");
        f.polls.add(Fixture.offerJson(Fixture.ID.replace("c0", "c1"), "ring", "{}"));
        f.run();
        for (int i = 0; i < 3; i++) {
            f.run();
        }
        equal(Arrays.asList("ring 30"), f.host.done);
        isTrue(f.bodies("POST /state").size() >= 3, "" + f.server.calls());
    }

    static void only_so_many_commands_are_remembered() throws Exception {
        Fixture f = new Fixture().enrolled();
        f.memory.update(memory -> {
            for (int i = 0; i < 205; i++) {
                memory.enrollment().recordResult("id" + i, Results.completed(null));
            }
            memory.enrollment().recordResult("id100", Results.completed(null));
        });
        equal(200, f.memory.enrollment().commands().length());
        isTrue(!f.memory.enrollment().knows("id4") && f.memory.enrollment().knows("id5"), "the oldest are forgotten");
        equal("id100", f.memory.enrollment().commands().getJSONObject(199).getString("id"));
    }
}
