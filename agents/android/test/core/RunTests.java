package net.rollcall.core;

import static net.rollcall.core.Checks.equal;
import static net.rollcall.core.Checks.isTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import net.rollcall.core.StubServer.Reply;
import org.json.JSONObject;

/** The main loop: heartbeats, polls, and a server that is away. */
final class RunTests {
    private RunTests() {}

    static void heartbeats_and_the_inventory_come_at_their_time() throws Exception {
        Fixture f = new Fixture((seen, n) -> seen.call().startsWith("GET") && n < 1000 ? Reply.of(204) : null);
        f.enrolled().run();
        // Polls that the proxy does not let wait: one every two seconds, a heartbeat after 810 to 900 seconds.
        List<String> calls = f.server.calls();
        equal(Arrays.asList("POST /state", "PUT /inventory", "GET /commands?wait=50"), calls.subList(0, 3));
        int second = calls.subList(1, calls.size()).indexOf("POST /state") + 1;
        isTrue(second >= 2 + 405 && second <= 3 + 450, "" + second);
        equal(1, Collections.frequency(calls, "PUT /inventory"));
        for (long pause : f.host.pauses) {
            isTrue(pause > 0 && pause <= 2000, "" + pause);
        }
    }

    static void a_poll_does_not_last_beyond_the_next_heartbeat() throws Exception {
        Fixture f = new Fixture((seen, n) ->
                seen.call().equals("POST /state") ? Reply.json(200, "{\"next_heartbeat_s\":10}") : null);
        f.enrolled().run();
        equal("GET /commands?wait=9", f.server.calls().get(2).replace("=10", "=9"));
    }

    static void a_heartbeat_has_a_higher_number_than_the_one_before() throws Exception {
        Fixture f = new Fixture().enrolled();
        f.run();
        f.restart();
        f.enroll().run();
        List<Integer> numbers = new ArrayList<>();
        for (JSONObject body : f.bodies("POST /state")) {
            numbers.add(body.getInt("seq"));
        }
        equal(Arrays.asList(1, 2), numbers);
    }

    static void the_number_of_a_heartbeat_is_on_disk_before_it_is_sent() throws Exception {
        long[] onDisk = new long[1];
        Fixture[] g = new Fixture[1];
        g[0] = new Fixture((seen, n) -> {
            if (seen.call().equals("POST /state")) {
                onDisk[0] = Memory.open(g[0].folder, new Fixture.FakeSeal(), g[0].host.random).seq();
            }
            return null;
        });
        g[0].enrolled().run();
        equal(1L, onDisk[0]);
    }

    static void capabilities_are_reported_when_they_change() throws Exception {
        Fixture f = new Fixture().enroll();
        f.run();
        f.run();
        f.host.isMute = true;
        f.run();
        f.run();
        List<Object> rings = new ArrayList<>();
        for (JSONObject body : f.bodies("POST /state")) {
            JSONObject capabilities = body.optJSONObject("capabilities");
            rings.add(capabilities == null ? null
                    : capabilities.getJSONObject("commands").getJSONObject("ring").getBoolean("supported"));
        }
        equal(Arrays.asList(null, null, false, null), rings);
    }

    static void the_etag_goes_along_only_with_the_same_content() throws Exception {
        Fixture f = new Fixture().enrolled();
        f.run();
        f.run();
        f.host.model = "Other";
        f.run();
        List<Boolean> withEtag = new ArrayList<>();
        for (StubServer.Seen seen : f.server.requests()) {
            if (seen.call().equals("PUT /inventory")) {
                withEtag.add(seen.head.contains("If-None-Match: \"one\""));
                equal(1, seen.body.getInt("schema_version"));
                equal("0.0.1", seen.body.getJSONObject("groups").getJSONObject("agent").getString("version"));
            }
        }
        equal(Arrays.asList(false, true, false), withEtag);
    }

    static void a_server_that_is_away_for_days_is_asked_again_and_again_but_not_often() throws Exception {
        Fixture[] f = new Fixture[1];
        boolean[] isAway = {true};
        f[0] = new Fixture((seen, n) -> isAway[0] ? Reply.of(503) : null);
        f[0].host.sleeper = ms -> isAway[0] = f[0].host.elapsed() < 3L * 24 * 3600 * 1000;
        equal(Agent.End.STOPPED, f[0].enrolled().run());
        List<Long> pauses = f[0].host.pauses;
        isTrue(pauses.get(0) >= 500 && pauses.get(0) <= 1000, "" + pauses.get(0));
        for (long pause : pauses.subList(9, pauses.size())) {
            isTrue(pause >= 150_000 && pause <= 300_000 || pause <= 2000 && !isAway[0], "" + pause);
        }
        isTrue(f[0].server.calls().size() < 3 * 24 * 3600 / 150 + 20, "" + f[0].server.calls().size());
        equal(null, f[0].agent.status().problem);
    }

    static void retry_after_takes_precedence_has_a_bound_and_is_not_shortened_by_waking() throws Exception {
        for (long[] asked : new long[][] {{90, 90_000}, {1_000_000, 3_600_000}}) {
            Timed t = new Timed("POST /state", n -> n == 0
                    ? Reply.problem(503, "unavailable").header("Retry-After: " + asked[0]) : null);
            t.f.run();
            long pause = t.times.get(1) - t.times.get(0);
            isTrue(pause >= asked[1] && pause <= asked[1] * 5 / 4, "" + pause);
        }
    }

    static void waking_the_agent_tries_again_early_but_not_without_end() throws Exception {
        Timed t = new Timed("", n -> n < 30 ? Reply.of(503) : null);
        t.f.run();
        for (int i = 5; i <= 30; i++) {
            long pause = t.times.get(i) - t.times.get(i - 1);
            isTrue(pause >= 5000 && pause <= 5200, "" + pause);
        }
    }

    static void waking_the_agent_sends_heartbeats_early_but_not_without_end() throws Exception {
        Timed t = new Timed("POST /state", n -> null);
        for (int i = 0; i < 30; i++) {
            t.f.polls.add("[]");
        }
        t.f.run();
        isTrue(t.times.size() > 5, "" + t.times);
        for (int i = 1; i < t.times.size(); i++) {
            long pause = t.times.get(i) - t.times.get(i - 1);
            isTrue(pause >= 5000 && pause <= 7200, "" + pause);
        }
    }

    /** A device that is woken all the time, and the moments of one of its calls, or of all of them. */
    private static final class Timed {
        final Fixture f;
        final List<Long> times = Collections.synchronizedList(new ArrayList<>());

        Timed(String call, java.util.function.IntFunction<Reply> script) throws Exception {
            f = new Fixture((seen, n) -> {
                if (!call.isEmpty() && !seen.call().equals(call)) {
                    return null;
                }
                times.add(now());
                return script.apply(times.size() - 1);
            }).enrolled();
            f.host.restless = f.agent;
        }

        private long now() {
            return f.host.elapsed();
        }
    }

    static void the_device_may_sleep_in_pauses_and_polls_only() throws Exception {
        Fixture[] f = new Fixture[1];
        f[0] = new Fixture((seen, n) -> {
            if (seen.call().startsWith("GET") == f[0].host.isWorking) {
                f[0].host.wrongs.add(seen.call());
            }
            return n == 3 ? Reply.hangUp() : null;
        });
        f[0].enrolled().offer("lost_mode", "{}").offer("ring", "{}");
        f[0].host.sleeper = ms -> isTrue(!f[0].host.isWorking, "it may sleep");
        f[0].run();
        equal(Collections.emptyList(), f[0].host.wrongs);
        isTrue(f[0].host.done.size() == 1 && f[0].host.pauses.size() > 1, "" + f[0].host.done);
        isTrue(!f[0].host.isWorking, "it may sleep after the end");
    }

    static void a_captive_portal_is_survived() throws Exception {
        Fixture f = new Fixture((seen, n) -> n < 3 ? Reply.of(302).header("Location: http://wifi.example/") :
                n < 6 ? Reply.of(200).body("<html>Accept the terms</html>") : null);
        f.host.sleeper = ms -> {
            if (f.host.pauses.size() <= 6) {
                isTrue(f.agent.status().problem != null, "the person sees it");
                equal(0L, f.agent.status().lastContact);
            }
        };
        equal(Agent.End.STOPPED, f.enrolled().run());
        equal(null, f.agent.status().problem);
        isTrue(f.agent.status().lastContact > 0, "the server was there");
    }

    static void only_the_servers_own_words_end_an_enrollment() throws Exception {
        for (String code : Arrays.asList("device_unknown", "device_unenrolled")) {
            Fixture f = new Fixture((seen, n) -> Reply.problem(code.equals("device_unknown") ? 401 : 410, code));
            f.enrolled();
            f.memory.update(memory -> memory.setLost(Fixture.json("{\"message\":\"Call.\"}")));
            equal(Agent.End.ENDED, f.run());
            equal(code, f.agent.status().problem.code());
            isTrue(f.agent.status().isLost, "lost mode does not end by itself");
            equal(1, f.server.calls().size());
        }
        Fixture f = new Fixture((seen, n) -> n < 4 ? Reply.of(n % 2 == 0 ? 401 : 410).body("Gone") : null);
        equal(Agent.End.STOPPED, f.enrolled().run());
    }

    static void an_enrollment_can_end_in_any_call() throws Exception {
        for (String call : Arrays.asList("POST /state", "PUT /inventory", "GET /commands?wait=50", Fixture.RESULT)) {
            Fixture f = new Fixture((seen, n) ->
                    seen.call().equals(call) ? Reply.problem(401, "device_unknown") : null);
            equal(Agent.End.ENDED, f.enrolled().offer("lock", "{}").run());
            equal(Collections.emptyList(), f.host.done);
        }
    }

    static void a_server_that_offers_the_same_command_for_ever_is_not_asked_without_a_pause() throws Exception {
        Fixture f = new Fixture().enrolled();
        for (int i = 0; i < 5; i++) {
            f.offer("lock", "{}");
        }
        f.run();
        int pauses = 0;
        for (long pause : f.host.pauses) {
            pauses += pause >= 1700 ? 1 : 0;
        }
        equal(4, pauses);
    }

    static void a_stop_ends_a_poll_that_is_waiting() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Fixture[] f = new Fixture[1];
        f[0] = Fixture.awake((seen, n) -> {
            if (seen.method.equals("GET")) {
                f[0].agent.stop();
                end.await();
            }
            return null;
        });
        equal(Agent.End.STOPPED, f[0].enrolled().run());
        end.countDown();
        equal(3, f[0].server.calls().size());
    }

    static void a_stop_ends_a_pause() throws Exception {
        Fixture f = Fixture.awake((seen, n) -> Reply.problem(503, "unavailable").header("Retry-After: 3600"));
        f.host.sleeper = ms -> f.agent.stop();
        equal(Agent.End.STOPPED, f.enrolled().run());
        equal(1, f.server.calls().size());
    }

    static void waking_the_agent_ends_a_poll_that_is_waiting() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Fixture[] f = new Fixture[1];
        f[0] = Fixture.awake((seen, n) -> {
            if (n == 2) {
                f[0].agent.wake();
                end.await();
            }
            if (n == 3) {
                f[0].agent.stop();
            }
            return null;
        });
        equal(Agent.End.STOPPED, f[0].enrolled().run());
        end.countDown();
        isTrue(f[0].server.calls().size() >= 4, "" + f[0].server.calls());
    }

    static void a_stop_before_the_run_counts() throws Exception {
        Fixture f = new Fixture().enrolled();
        f.agent.stop();
        equal(Agent.End.STOPPED, f.run());
        equal(0, f.server.calls().size());
        equal(Agent.End.STOPPED, f.run());
        isTrue(f.server.calls().size() > 0, "the next run works");
    }

    static void two_threads_do_not_work_with_one_agent() throws Exception {
        Fixture[] f = new Fixture[1];
        boolean[] isRefused = new boolean[1];
        f[0] = new Fixture((seen, n) -> {
            if (n == 0) {
                try {
                    f[0].agent.unenroll();
                } catch (IllegalStateException e) {
                    isRefused[0] = true;
                }
            }
            return null;
        });
        f[0].enrolled().run();
        isTrue(isRefused[0], "the second thread was refused");
    }
}
