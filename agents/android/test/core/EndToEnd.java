package net.rollcall.core;

import static net.rollcall.core.Checks.equal;
import static net.rollcall.core.Checks.isTrue;

import java.io.File;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.Arrays;
import org.json.JSONArray;
import org.json.JSONObject;

/**
 * The core against a running server: enrolls by URL and by PIN, carries out all nine commands, leaves, and is refused.
 * Arguments: the server's URL, a token of its REST API, and optionally a part of the names of the tests to run.
 */
public final class EndToEnd {
    private static Rest rest;
    private static String url;

    private EndToEnd() {}

    public static void main(String[] arguments) {
        if (arguments.length < 2) {
            System.err.println("usage: EndToEnd URL API-TOKEN [PART-OF-A-NAME]");
            System.exit(2);
        }
        url = arguments[0];
        rest = new Rest(url, arguments[1]);
        Checks.run(EndToEnd.class, arguments.length < 3 ? "" : arguments[2]);
        Checks.finish();
    }

    /** A device that works with the server on a thread of its own. */
    private static final class Phone {
        final AwakeHost host = new AwakeHost();
        final File folder;
        Agent agent;
        private Memory memory;
        private Thread thread;
        private Object end;

        Phone() throws Exception {
            folder = Files.createTempDirectory("rollcall").toFile();
            open();
        }

        private void open() throws Exception {
            memory = Memory.open(folder, new Fixture.FakeSeal(), new SecureRandom());
            agent = new Agent(host, memory);
        }

        Phone byLink(JSONObject credentials) throws Exception {
            agent.enroll(Address.parse(credentials.getString("url")), Agent.COMPANY);
            return this;
        }

        Phone byPin(JSONObject credentials) throws Exception {
            Address address = Address.server(url);
            agent.enroll(address, credentials.getString("email"), credentials.getString("pin"), Agent.PERSONAL);
            return this;
        }

        String id() {
            return memory.enrollment().bearer().split("\\.")[0];
        }

        Phone start() {
            thread = new Thread(() -> {
                try {
                    end = agent.run();
                } catch (Exception e) {
                    end = e;
                }
            }, "agent");
            thread.setDaemon(true);
            thread.start();
            return this;
        }

        Object end() throws InterruptedException {
            thread.join();
            return end;
        }

        /** The app ends and starts again. */
        void restart() throws Exception {
            agent.stop();
            equal(Agent.End.STOPPED, end());
            open();
            start();
        }

        void awaitState(String state) throws Exception {
            await("/devices/" + id(), device -> device.getString("state").equals(state));
        }

        /** Requests a command and waits for its end. */
        JSONObject order(String type, String params) throws Exception {
            String body = "{\"type\":\"" + type + "\",\"params\":" + params + "}";
            String command = rest.call("POST", "/devices/" + id() + "/commands", body).getString("id");
            JSONObject device = await("/devices/" + id(), seen -> stateOf(seen, command).has("finished_at")
                    && !stateOf(seen, command).isNull("finished_at"));
            return stateOf(device, command);
        }

        void expectDone(String type, String params, String done) throws Exception {
            JSONObject command = order(type, params);
            isTrue(command.getString("state").equals("completed"), command.toString());
            if (done != null) {
                equal(done, host.done.get(host.done.size() - 1));
            }
        }
    }

    private static JSONObject stateOf(JSONObject device, String command) throws Exception {
        JSONArray commands = device.getJSONArray("commands");
        for (int i = 0; i < commands.length(); i++) {
            if (commands.getJSONObject(i).getString("id").equals(command)) {
                return commands.getJSONObject(i);
            }
        }
        throw new AssertionError("no command " + command);
    }

    /** What is waited for. */
    private interface Condition {
        boolean holds(JSONObject seen) throws Exception;
    }

    /** Waits until a resource is as it should be; a test that waits too long is ended from outside. */
    private static JSONObject await(String path, Condition condition) throws Exception {
        while (true) {
            JSONObject seen = rest.call("GET", path, null);
            if (condition.holds(seen)) {
                return seen;
            }
            Thread.sleep(50);
        }
    }

    private static JSONObject invite(String name) throws Exception {
        String email = name + "-" + Long.toHexString(new SecureRandom().nextLong()) + "@example.com";
        JSONObject invitation = rest.call("POST", "/invitations",
                "{\"name\":\"" + name + "\",\"email\":\"" + email + "\",\"send\":false}");
        return rest.call("GET", "/invitations/" + invitation.getString("id") + "/credentials", null)
                .put("invitation", invitation.getString("id"));
    }

    static void a_phone_enrolls_by_link_and_carries_out_everything() throws Exception {
        Phone phone = new Phone().byLink(invite("link")).start();
        phone.awaitState("active");
        carriesOutEverything(phone);
        phone.expectDone("wipe", "{\"external\":false}", "wipe false");
        equal(Agent.End.WIPED, phone.end());
        phone.awaitState("wiped");
    }

    static void a_phone_enrolls_by_pin_and_carries_out_everything_and_leaves() throws Exception {
        Phone phone = new Phone().byPin(invite("pin")).start();
        phone.awaitState("active");
        carriesOutEverything(phone);
        phone.agent.stop();
        equal(Agent.End.STOPPED, phone.end());
        String id = phone.id();
        phone.agent.unenroll();
        await("/devices/" + id, device -> device.getString("state").equals("unenrolled"));
    }

    private static void carriesOutEverything(Phone phone) throws Exception {
        phone.expectDone("lock", "{}", "lock");
        phone.expectDone("locate", "{\"high_accuracy\":true,\"timeout_s\":30}", "locate true 30");
        phone.expectDone("ring", "{\"seconds\":20}", "ring 20");
        phone.expectDone("message", "{\"text\":\"Grüße, 世界\"}", "message Grüße, 世界");
        phone.expectDone("lost_mode", "{\"message\":\"Call.\",\"phone\":\"+49 30 1\"}", "lost Call. +49 30 1");
        phone.restart();
        isTrue(phone.agent.status().isLost, "lost mode survives a restart");
        phone.expectDone("end_lost_mode", "{}", "found");
        phone.expectDone("inventory", "{}", null);
        phone.expectDone("renew", "{}", null);
        phone.expectDone("lock", "{}", "lock");
        equal(2, (int) phone.host.done.stream().filter("lock"::equals).count());
        JSONObject device = rest.call("GET", "/devices/" + phone.id(), null);
        equal("Pixel", device.getString("model"));
        equal("0.0.1", device.getString("agent_version"));
    }

    static void what_a_phone_loses_is_seen_when_it_is_woken() throws Exception {
        Phone phone = new Phone().byLink(invite("woken")).start();
        phone.awaitState("active");
        phone.host.isAdmin = false;
        phone.host.isMute = true;
        phone.agent.wake();
        phone.awaitState("permissions_lost");
        int status = rest.status("POST", "/devices/" + phone.id() + "/commands",
                "{\"type\":\"ring\",\"params\":{\"seconds\":5}}");
        equal(409, status);
        phone.host.isAdmin = true;
        phone.agent.wake();
        phone.awaitState("active");
    }

    static void a_phone_whose_device_is_deleted_stops_and_can_enroll_again() throws Exception {
        JSONObject credentials = invite("deleted");
        Phone phone = new Phone().byLink(credentials).start();
        phone.awaitState("active");
        rest.call("DELETE", "/devices/" + phone.id(), null);
        equal(Agent.End.ENDED, phone.end());
        equal("device_unknown", phone.agent.status().problem.code());
        phone.byPin(credentials).start();
        phone.awaitState("active");
        phone.agent.stop();
    }

    static void refusals_have_the_codes_of_the_protocol() throws Exception {
        JSONObject credentials = invite("refused");
        Phone phone = new Phone();
        JSONObject wrong = new JSONObject(credentials.toString()).put("pin", "0000 0000");
        equal("credentials_invalid", CallTests.problemOf(() -> phone.byPin(wrong)).code());
        JSONObject unknown = new JSONObject(credentials.toString()).put("url", url + "/e/" + Fixture.TOKEN);
        equal("credentials_invalid", CallTests.problemOf(() -> phone.byLink(unknown)).code());
        rest.call("POST", "/invitations/" + credentials.getString("invitation") + "/deactivate", null);
        equal("invitation_deactivated", CallTests.problemOf(() -> phone.byLink(credentials)).code());
        equal(Arrays.asList(), phone.host.done);
        equal(Agent.End.NOT_ENROLLED, phone.start().end());
    }
}
