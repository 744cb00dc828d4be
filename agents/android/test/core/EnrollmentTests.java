package net.rollcall.core;

import static net.rollcall.core.Checks.equal;
import static net.rollcall.core.Checks.isTrue;

import java.util.Arrays;
import java.util.List;
import net.rollcall.core.StubServer.Reply;
import org.json.JSONObject;

/** Enrolling, its steps, and goodbye. */
final class EnrollmentTests {
    private EnrollmentTests() {}

    static void a_link_enrolls_with_the_device_and_what_it_can_do() throws Exception {
        Fixture f = new Fixture().enroll();
        JSONObject body = f.server.requests().get(0).body;
        equal("token", body.getString("method"));
        equal(Fixture.TOKEN, body.getString("token"));
        equal("android", body.getString("platform"));
        equal("company", body.getString("ownership"));
        equal("0.0.1", body.getString("agent_version"));
        equal("Pixel", body.getJSONObject("device").getString("model"));
        equal(9, body.getJSONObject("capabilities").getJSONObject("commands").length());
        isTrue(Json.isId(body.getString("installation_id")), "the installation id is a UUID");
        isTrue(!f.server.requests().get(0).head.contains("Authorization"), "the call is not authenticated");
        equal(Status.Phase.ENROLLING, f.agent.status().phase);
        equal("IT helpdesk", f.agent.status().supportName);
        equal(null, f.agent.status().supportEmail);
    }

    static void a_pin_enrolls_with_the_email() throws Exception {
        Fixture f = new Fixture();
        f.agent.enroll(Address.exactServer(f.server.url), " ada@example.com ", "1234 5678", Agent.PERSONAL);
        JSONObject body = f.server.requests().get(0).body;
        equal("pin", body.getString("method"));
        equal("ada@example.com", body.getString("email"));
        equal("1234 5678", body.getString("pin"));
        equal("personal", body.getString("ownership"));
        isTrue(!body.has("token"), "there is no token");
    }

    static void a_retry_after_a_lost_answer_enrolls_with_the_same_installation_id() throws Exception {
        // The platform repeats a request by itself when the connection breaks, hence two lost answers.
        Fixture f = new Fixture((seen, n) -> n < 2 ? Reply.hangUp() : null).enroll();
        List<JSONObject> bodies = f.bodies("POST /enroll");
        isTrue(bodies.size() >= 3, "it was tried again");
        for (JSONObject body : bodies) {
            equal(bodies.get(0).toString(), body.toString());
        }
        equal("00000000-0000-4000-8000-00000000000d.secret", f.memory.enrollment().bearer());
    }

    static void the_credential_is_not_kept() throws Exception {
        Fixture f = new Fixture();
        f.agent.enroll(Address.exactServer(f.server.url), "ada@example.com", "1234 5678", Agent.PERSONAL);
        f.enroll();
        byte[] content = java.nio.file.Files.readAllBytes(new java.io.File(f.folder, "state").toPath());
        String plain = new String(new Fixture.FakeSeal().open(content), "UTF-8");
        isTrue(plain.contains("device_secret"), "the memory was read");
        isTrue(!plain.contains("ada@") && !plain.contains("5678") && !plain.contains(Fixture.TOKEN), plain);
    }

    static void a_refusal_is_final_and_has_the_servers_words() throws Exception {
        Fixture f = new Fixture((seen, n) -> Reply.json(410, "{\"type\":\"about:blank\",\"title\":\"T\",\"status\":410,"
                + "\"code\":\"invitation_replaced\",\"detail\":\"D.\",\"reason\":\"replaced\"}"));
        try {
            f.enroll();
            throw new AssertionError("it was refused");
        } catch (Problem problem) {
            equal("D. (reason: replaced)", problem.getMessage());
            equal("invitation_replaced", problem.code());
        }
        equal(1, f.server.calls().size());
        equal(Status.Phase.NOT_ENROLLED, f.agent.status().phase);
        equal("invitation_replaced", f.agent.status().problem.code());
    }

    static void too_many_wrong_pins_are_not_tried_again_but_too_many_enrollments_are() throws Exception {
        Fixture f = new Fixture((seen, n) -> Reply.problem(429, "too_many_attempts").header("Retry-After: 60"));
        Problem locked = CallTests.problemOf(f::enroll);
        equal(60_000L, locked.retryAfterMs());
        equal(1, f.server.calls().size());
        Fixture g = new Fixture((seen, n) ->
                n == 0 ? Reply.problem(429, "too_many_enrollments").header("Retry-After: 60") : null);
        g.enroll();
        equal(2, g.server.calls().size());
        isTrue(g.host.pauses.get(0) >= 60_000 && g.host.pauses.get(0) <= 75_000, "" + g.host.pauses);
    }

    static void the_steps_are_reported_in_their_order() throws Exception {
        Fixture f = new Fixture().enroll();
        f.host.isAdmin = false;
        equal(Agent.End.STOPPED, f.run());
        equal(Arrays.asList("POST /enroll", "PUT /progress", "PUT /progress", "PUT /progress", "PUT /progress",
                "PUT /inventory", "POST /state", "PUT /progress", "GET /commands?wait=50"), f.server.calls());
        StringBuilder steps = new StringBuilder();
        for (JSONObject body : f.bodies("PUT /progress")) {
            steps.append(body.getString("step")).append(' ');
            equal("[\"device_admin\"]", body.getJSONArray("missing_permissions").toString());
            isTrue(!body.has("error"), "nothing went wrong");
        }
        equal("contacted permissions admin inventory done ", steps.toString());
        equal(Status.Phase.ENROLLED, f.agent.status().phase);
        String bearer = "Authorization: Bearer 00000000-0000-4000-8000-00000000000d.secret";
        isTrue(f.server.requests().get(1).head.contains(bearer), "the device's own secret is used");
    }

    static void an_enrollment_that_was_stopped_goes_on_where_it_was() throws Exception {
        Fixture f = new Fixture().enroll();
        f.host.waitsAt = Step.ADMIN;
        f.host.sleeper = ms -> f.agent.stop();
        equal(Agent.End.STOPPED, f.run());
        equal(Step.PERMISSIONS, f.agent.status().step);
        f.restart();
        f.host.sleeper = null;
        f.host.waitsAt = null;
        equal(Agent.End.STOPPED, f.run());
        StringBuilder steps = new StringBuilder();
        for (JSONObject body : f.bodies("PUT /progress")) {
            steps.append(body.getString("step")).append(' ');
        }
        equal("contacted permissions admin inventory done ", steps.toString());
    }

    static void a_step_waits_for_the_person_until_the_agent_is_woken() throws Exception {
        Fixture f = new Fixture().enroll();
        f.host.waitsAt = Step.PERMISSIONS;
        Status[] seen = new Status[1];
        f.host.sleeper = ms -> {
            if (f.host.waitsAt != null) {
                seen[0] = f.agent.status();
                f.host.waitsAt = null;
                f.agent.wake();
            }
        };
        equal(Agent.End.STOPPED, f.run());
        equal(Step.PERMISSIONS, seen[0].waitingFor);
        equal(Step.CONTACTED, seen[0].step);
        equal(Step.DONE, f.agent.status().step);
        equal(null, f.agent.status().waitingFor);
    }

    static void what_keeps_the_device_from_going_on_is_reported_once_and_tried_again() throws Exception {
        Fixture f = new Fixture().enroll();
        f.host.failingStep = Step.PERMISSIONS;
        f.host.failsAt = new CommandFailed("location_off", "Location is switched off on this phone.");
        f.host.sleeper = ms -> {
            equal("location_off", f.agent.status().failure.code());
            if (f.host.pauses.size() == 3) {
                f.host.failsAt = null;
            }
        };
        equal(Agent.End.STOPPED, f.run());
        List<JSONObject> reports = f.bodies("PUT /progress");
        equal("location_off", reports.get(1).getJSONObject("error").getString("code"));
        equal("permissions", reports.get(2).getString("step"));
        isTrue(!reports.get(2).has("error"), "the error was reported once");
        equal(6, reports.size());
        equal(null, f.agent.status().failure);
    }

    static void a_device_that_gives_no_facts_still_enrolls() throws Exception {
        Fixture f = new Fixture().enroll();
        f.host.fault = new SecurityException("not allowed");
        equal(Agent.End.STOPPED, f.run());
        equal(Step.DONE, f.agent.status().step);
        equal(false, f.bodies("POST /state").get(0).getBoolean("lost_mode"));
        JSONObject groups = f.bodies("PUT /inventory").get(0).getJSONObject("groups");
        equal("rollcall-android", groups.getJSONObject("agent").getString("name"));
        // A later fault does not replace what the server has.
        f.run();
        equal(1, f.bodies("PUT /inventory").size());
    }

    static void goodbye_forgets_the_enrollment_and_ends_lost_mode() throws Exception {
        Fixture f = new Fixture().enrolled();
        f.memory.update(memory -> memory.setLost(Fixture.json("{\"message\":\"Call.\"}")));
        f.agent.unenroll();
        equal(Arrays.asList("POST /unenroll"), f.server.calls());
        equal(Arrays.asList("found"), f.host.done);
        f.restart();
        equal(Status.Phase.NOT_ENROLLED, f.agent.status().phase);
        equal(false, f.agent.status().isLost);
        equal(Agent.End.NOT_ENROLLED, f.run());
    }

    static void goodbye_to_a_server_that_forgot_the_device_succeeds() throws Exception {
        Fixture f = new Fixture((seen, n) -> Reply.problem(401, "device_unknown")).enrolled();
        f.agent.unenroll();
        equal(Status.Phase.NOT_ENROLLED, f.agent.status().phase);
    }

    static void goodbye_without_the_server_keeps_the_device_enrolled() throws Exception {
        Fixture f = new Fixture((seen, n) -> Reply.of(503)).enrolled();
        equal(Problem.UNEXPECTED, CallTests.problemOf(f.agent::unenroll).code());
        equal(Status.Phase.ENROLLED, f.agent.status().phase);
        equal(Backoff.ATTEMPTS, f.server.calls().size());
    }

    static void a_new_enrollment_ends_the_end_of_the_earlier_one() throws Exception {
        Fixture f = new Fixture((seen, n) -> n == 0 ? Reply.problem(410, "device_unenrolled") : null).enrolled();
        equal(Agent.End.ENDED, f.run());
        equal(Status.Phase.ENDED, f.agent.status().phase);
        f.restart();
        equal(Agent.End.ENDED, f.run());
        equal(1, f.server.calls().size());
        f.enroll();
        equal(Agent.End.STOPPED, f.run());
        equal(Status.Phase.ENROLLED, f.agent.status().phase);
    }
}
