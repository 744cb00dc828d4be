package net.rollcall.core;

import static net.rollcall.core.Checks.equal;
import static net.rollcall.core.Checks.isTrue;

import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.rollcall.core.StubServer.Reply;

/** Servers and proxies that misbehave. */
final class CallTests {
    private CallTests() {}

    /** Something that may meet a problem. */
    interface Attempt {
        void make() throws Exception;
    }

    static Problem problemOf(Attempt attempt) throws Exception {
        try {
            attempt.make();
        } catch (Problem problem) {
            return problem;
        }
        throw new AssertionError("there was no problem");
    }

    /** What the agent says when a server answers a renewal so. */
    private static Problem problemWith(Reply reply) throws Exception {
        return problemWith(reply, 10_000);
    }

    private static Problem problemWith(Reply reply, int limitMs) throws Exception {
        try (StubServer server = new StubServer(seen -> reply)) {
            Api api = new Api("0.0.1", limitMs);
            return problemOf(() -> api.send(server.url, Request.ask("renew", null), "id.secret"));
        }
    }

    static void the_body_of_a_401_is_read() throws Exception {
        Problem problem = problemWith(Reply.problem(401, "device_unknown"));
        equal("device_unknown", problem.code());
        equal("Detail of device_unknown.", problem.getMessage());
        isTrue(problem.endsEnrollment(), "only a new enrollment helps");
        // A gateway that wants a password is not our server.
        Problem gateway = problemWith(Reply.of(401).header("WWW-Authenticate: Basic realm=\"x\"").body("<html>"));
        equal(Problem.UNEXPECTED, gateway.code());
        isTrue(!gateway.endsEnrollment(), "the device is still enrolled");
    }

    static void the_body_of_a_401_is_read_after_a_body_was_sent() throws Exception {
        Fixture f = new Fixture((seen, n) -> Reply.problem(401, "credentials_invalid"));
        equal("credentials_invalid", problemOf(f::enroll).code());
        equal(1, f.server.calls().size());
    }

    static void html_and_broken_json_are_no_answers() throws Exception {
        equal(Problem.UNEXPECTED, problemWith(Reply.of(502).body("<html>Bad gateway</html>")).code());
        isTrue(problemWith(Reply.of(502).body("<html>Bad gateway</html>")).isTransient(), "a proxy may recover");
        for (String body : Arrays.asList("<html>Welcome</html>", "", "{\"device_secret\":", "[]", "{} {}", "null",
                String.join("", Collections.nCopies(100_000, "[")))) {
            equal(Problem.UNREADABLE, problemWith(Reply.json(200, body)).code());
        }
        equal(Problem.UNEXPECTED, problemWith(Reply.json(404, "{\"error\":\"Not Found\"}")).code());
        isTrue(!problemWith(Reply.of(404).body("<html>")).isNotFound(), "another program does not know our commands");
    }

    static void invalid_utf_8_is_no_answer() throws Exception {
        Problem problem = null;
        try {
            Json.parse(new byte[] {'"', (byte) 0xc3, '"'});
        } catch (org.json.JSONException e) {
            problem = Problem.local(Problem.UNREADABLE, e.getMessage());
        }
        equal("not UTF-8", problem.getMessage());
    }

    static void a_redirect_is_reported_and_not_followed() throws Exception {
        Problem problem = problemWith(Reply.of(302).header("Location: http://127.0.0.1:1/elsewhere"));
        equal(Problem.REDIRECTED, problem.code());
        isTrue(problem.getMessage().contains("/elsewhere"), problem.getMessage());
    }

    static void an_answer_that_is_cut_off_is_no_answer() throws Exception {
        Problem problem = problemWith(Reply.json(200, "{\"device_secret\":\"abcdefgh\"}").cutAfter(10));
        equal(Problem.UNREACHABLE, problem.code());
        equal(Problem.UNREACHABLE, problemWith(Reply.hangUp()).code());
        equal(Problem.UNREACHABLE, problemWith(Reply.raw("nonsense\r\n\r\n")).code());
    }

    static void an_endless_answer_is_cut_off() throws Exception {
        String tooLong = String.join("", Collections.nCopies(Api.ANSWER_MAX / 8 + 1, "aaaaaaaa"));
        Problem success = problemWith(Reply.json(200, "{\"a\":\"" + tooLong + "\"}"));
        equal(Problem.UNREADABLE, success.code());
        isTrue(success.getMessage().contains("longer"), success.getMessage());
        Problem error = problemWith(Reply.of(503).body(tooLong));
        equal(Problem.UNEXPECTED, error.code());
        isTrue(error.isTransient(), "a proxy may recover");
    }

    static void a_certificate_that_nobody_trusts_is_named_and_nothing_is_sent() throws Exception {
        try (StubServer server = StubServer.untrusted(seen -> Reply.of(204))) {
            Api api = new Api("0.0.1", 10_000);
            Problem problem = problemOf(() -> api.send(server.url, Request.post("unenroll", null), "id.secret"));
            equal(Problem.CERTIFICATE, problem.code());
            isTrue(!problem.isTransient(), "a person has to see to it");
            equal(0, server.requests().size());
        }
    }

    static void a_long_text_of_the_server_is_clipped() throws Exception {
        String text = String.join("", Collections.nCopies(100_000, "x"));
        Problem problem = problemWith(Reply.json(500, "{\"code\":\"internal\",\"detail\":\"" + text + "\"}"));
        isTrue(problem.getMessage().length() < 600, "" + problem.getMessage().length());
    }

    static void an_answer_that_arrives_byte_by_byte_is_given_up() throws Exception {
        Problem problem = problemWith(Reply.json(200, "{}").dripping(), 300);
        equal(Problem.UNREACHABLE, problem.code());
        isTrue(problem.getMessage().contains("in time"), problem.getMessage());
    }

    static void a_server_that_never_answers_is_given_up() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            Api api = new Api("0.0.1", 300);
            String url = "http://127.0.0.1:" + silent.getLocalPort();
            Problem problem = problemOf(() -> api.send(url, Request.ask("renew", null), "id.secret"));
            equal(Problem.UNREACHABLE, problem.code());
        }
    }

    static void a_poll_ends_when_the_agent_is_woken() throws Exception {
        Api api = new Api("0.0.1", 60_000);
        Object lock = new Object();
        boolean[] isOver = new boolean[1];
        StubServer server = new StubServer(seen -> {
            // The poll is waiting.
            api.cancelPoll();
            synchronized (lock) {
                while (!isOver[0]) {
                    lock.wait();
                }
            }
            return Reply.of(204);
        });
        equal(null, api.send(server.url, Request.poll(50), "id.secret"));
        synchronized (lock) {
            isOver[0] = true;
            lock.notifyAll();
        }
        equal(null, api.send(server.url, Request.poll(50), "id.secret"));
        equal(1, server.calls().size());
    }

    static void every_call_says_what_it_is() throws Exception {
        Fixture f = new Fixture().enrolled();
        f.agent.unenroll();
        StubServer.Seen seen = f.server.requests().get(0);
        String head = seen.head.toLowerCase(java.util.Locale.ROOT);
        isTrue(head.contains("user-agent: rollcall-android/0.0.1"), head);
        isTrue(head.contains("content-length: 0"), head);
        equal("/agent/v1/unenroll", seen.path);
    }

    static void an_ill_secret_is_not_kept() throws Exception {
        Fixture f = new Fixture((seen, n) -> Reply.json(200, "{\"device_secret\":\"a\\r\\nb\"}")).enrolled();
        f.host.sleeper = ms -> f.agent.stop();
        List<String> codes = new ArrayList<>();
        codes.add(problemOf(() -> new Caller(f.host, f.memory, new Api("1", 5000), new Backoff(f.host.random()),
                new Facts(f.host)).renew()).code());
        equal(Arrays.asList(Problem.UNREADABLE), codes);
        isTrue(f.memory.enrollment().bearer().endsWith(".secret"), "the old secret stays");
    }
}
