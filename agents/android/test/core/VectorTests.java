package net.rollcall.core;

import static net.rollcall.core.Checks.equal;
import static net.rollcall.core.Checks.isTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Iterator;
import java.util.Random;
import org.json.JSONArray;
import org.json.JSONObject;

/** The cases that every agent of this repository passes: agents/vectors. */
final class VectorTests {
    private VectorTests() {}

    /** The cases in {@code agents/vectors}, seen from the repository, from agents or from agents/android. */
    private static JSONArray cases(String file, String name) throws Exception {
        for (String folder : new String[] {"agents/vectors", "vectors", "../vectors"}) {
            File candidate = new File(folder, file);
            if (candidate.exists()) {
                byte[] content = Files.readAllBytes(candidate.toPath());
                JSONArray cases = Json.parseObject(content).getJSONArray(name);
                isTrue(cases.length() > 0, "there are cases");
                return cases;
            }
        }
        throw new AssertionError("agents/vectors not found: run the tests in the repository's folder");
    }

    private static String outcome(Address address) {
        return address.server() + " " + address.token();
    }

    private static String errorOf(Problem problem) {
        return problem.code().replace("address_", "");
    }

    static void enrollment_urls_are_read_as_the_other_agents_read_them() throws Exception {
        JSONArray cases = cases("addresses.json", "enrollment");
        for (int i = 0; i < cases.length(); i++) {
            JSONObject one = cases.getJSONObject(i);
            String expected = one.has("error") ? one.getString("error")
                    : one.getString("server") + " " + one.getString("token");
            String actual;
            try {
                actual = outcome(Address.parse(one.getString("text")));
            } catch (Problem problem) {
                actual = errorOf(problem);
            }
            equal(one.getString("text") + " → " + expected, one.getString("text") + " → " + actual);
        }
    }

    static void addresses_of_servers_are_read_as_the_other_agents_read_them() throws Exception {
        JSONArray cases = cases("addresses.json", "server");
        for (int i = 0; i < cases.length(); i++) {
            JSONObject one = cases.getJSONObject(i);
            String actual;
            try {
                actual = Address.exactServer(one.getString("text")).server();
            } catch (Problem problem) {
                actual = errorOf(problem);
            }
            equal(one.has("error") ? one.getString("error") : one.getString("server"), actual);
        }
    }

    static void a_link_to_the_app_is_a_link_to_its_server() throws Exception {
        Address address = Address.parse("RollCall://mdm.example.com:8443/e/" + Fixture.TOKEN);
        equal("https://mdm.example.com:8443 " + Fixture.TOKEN, outcome(address));
        isTrue(!address.toString().contains(Fixture.TOKEN), "the token is a secret");
    }

    static void a_person_may_leave_out_the_protocol() throws Exception {
        equal("https://mdm.example.com", Address.server(" mdm.example.com ").server());
        equal("https://mdm.example.com:8443/base", Address.server("mdm.example.com:8443/base/").server());
        equal("http://localhost:3000", Address.server("http://localhost:3000").server());
        for (String text : new String[] {"", " ", "mdm example", "ftp://host"}) {
            try {
                throw new AssertionError(Address.server(text).server());
            } catch (Problem problem) {
                isTrue(problem.code().startsWith("address_"), problem.code());
            }
        }
    }

    static void pauses_stay_between_their_bounds_and_reach_both() throws Exception {
        JSONArray cases = cases("backoff.json", "pauses");
        for (int i = 0; i < cases.length(); i++) {
            JSONObject one = cases.getJSONObject(i);
            long asked = one.isNull("retry_after_s") ? -1 : one.getLong("retry_after_s") * 1000;
            Problem problem = new Problem("unavailable", 503, "Busy.", asked);
            Backoff backoff = new Backoff(new Random(7));
            long least = Long.MAX_VALUE;
            long most = 0;
            for (int draw = 0; draw < 1000; draw++) {
                long pause = backoff.afterMs(problem, one.getInt("failures"));
                least = Math.min(least, pause);
                most = Math.max(most, pause);
            }
            long span = one.getLong("most_ms") - one.getLong("least_ms");
            isTrue(least >= one.getLong("least_ms") && least <= one.getLong("least_ms") + span / 50, one + " " + least);
            isTrue(most <= one.getLong("most_ms") && most >= one.getLong("most_ms") - span / 50, one + " " + most);
        }
    }

    static void steps_have_their_place_and_their_percent() throws Exception {
        JSONArray cases = cases("progress.json", "steps");
        equal(Step.values().length, cases.length());
        for (int i = 0; i < cases.length(); i++) {
            JSONObject one = cases.getJSONObject(i);
            Step step = Step.of(one.getString("step"));
            equal(i, step.ordinal());
            equal(one.getInt("number"), step.number());
            equal(one.getInt("percent"), step.percent());
        }
        equal(null, Step.of("unknown"));
    }

    static void answers_mean_what_they_mean_to_the_other_agents() throws Exception {
        JSONArray cases = cases("problems.json", "answers");
        for (int i = 0; i < cases.length(); i++) {
            JSONObject one = cases.getJSONObject(i);
            Problem problem = renewal(one);
            String what = one + " → " + problem.code() + ": " + problem.getMessage();
            isTrue(one.getString("code").equals(problem.code()), what);
            isTrue(one.optString("message", problem.getMessage()).equals(problem.getMessage()), what);
            isTrue(one.getBoolean("is_transient") == problem.isTransient(), what);
            isTrue(one.getBoolean("ends_enrollment") == problem.endsEnrollment(), what);
            isTrue(one.getBoolean("is_not_found") == problem.isNotFound(), what);
            isTrue(one.optLong("retry_after_s", -1) == Math.floorDiv(problem.retryAfterMs(), 1000), what);
        }
    }

    static void a_call_has_arrived_only_if_the_server_says_so() throws Exception {
        JSONArray cases = cases("problems.json", "goodbyes");
        for (int i = 0; i < cases.length(); i++) {
            JSONObject one = cases.getJSONObject(i);
            Fixture f = new Fixture((seen, n) -> reply(one)).enrolled();
            boolean hasArrived = true;
            try {
                f.agent.unenroll();
            } catch (Problem problem) {
                hasArrived = false;
            }
            isTrue(one.getBoolean("has_arrived") == hasArrived, one.toString());
        }
    }

    /** What an agent makes of an answer to its renewal. */
    private static Problem renewal(JSONObject answer) throws Exception {
        Fixture f = new Fixture((seen, n) -> reply(answer)).enrolled();
        Caller caller = new Caller(f.host, f.memory, new Api("1", 10_000), new Backoff(f.host.random()),
                new Facts(f.host));
        caller.setStopping(true);
        return CallTests.problemOf(caller::renew);
    }

    private static StubServer.Reply reply(JSONObject answer) throws Exception {
        StubServer.Reply reply = StubServer.Reply.of(answer.getInt("status")).body(answer.getString("body"));
        JSONObject headers = answer.has("headers") ? answer.getJSONObject("headers") : new JSONObject();
        for (Iterator<String> names = headers.keys(); names.hasNext(); ) {
            String name = names.next();
            reply.header(name + ": " + headers.getString(name));
        }
        return reply;
    }
}
