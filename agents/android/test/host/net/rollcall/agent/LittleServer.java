package net.rollcall.agent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.json.JSONException;
import org.json.JSONObject;

/** A server that enrolls everybody and gives out the commands that a test wants. */
final class LittleServer {
    private static final String ENROLLED = "{\"device_id\": \"00000000-0000-4000-8000-00000000000d\", "
            + "\"device_secret\": \"secret\", \"poll\": {\"wait_s\": 25, \"heartbeat_s\": 900}, "
            + "\"required_permissions\": [\"location\", \"notifications\", \"device_admin\"], \"inventory_schema\": 1, "
            + "\"support\": {\"name\": \"IT helpdesk\", \"phone\": \"+420 123\"}}";
    /** Longer than any of this takes, in milliseconds; only a test that fails waits for so long. */
    private static final long PATIENCE_MS = 20_000;

    private final HttpServer server;
    /** What was called, such as {@code PUT /progress done}. */
    private final List<String> calls = new ArrayList<String>();
    /** What was asked for and has no result yet, by id: it is offered with every poll, as to a phone that was cut off. */
    private final Map<String, String> commands = new LinkedHashMap<String, String>();
    private boolean isGone;
    private boolean isRefusing;

    LittleServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", new HttpHandler() {
            @Override
            public void handle(HttpExchange exchange) throws IOException {
                try {
                    answer(exchange);
                } catch (JSONException | InterruptedException e) {
                    throw new IOException(e);
                } finally {
                    exchange.close();
                }
            }
        });
        server.start();
    }

    String link() {
        return url() + "/e/abcdefghijklmnopqrstuvwxyz234567";
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Gives out a command with the next poll. */
    synchronized void command(String id, String type, String params) {
        commands.put(id, "{\"uuid\": \"" + id + "\", \"type\": \"" + type + "\", \"params\": " + params + "}");
        notifyAll();
    }

    /** From now on the server does not know the device. */
    synchronized void forgetDevice() {
        isGone = true;
        notifyAll();
    }

    /** Whether invitations are refused. */
    synchronized void setRefusing(boolean isRefusing) {
        this.isRefusing = isRefusing;
    }

    synchronized int count(String call) {
        int count = 0;
        for (String one : calls) {
            count += one.equals(call) ? 1 : 0;
        }
        return count;
    }

    /** Waits until something was called. */
    synchronized void await(String call) throws InterruptedException {
        await(call, 1);
    }

    synchronized void await(String call, int times) throws InterruptedException {
        long end = System.currentTimeMillis() + PATIENCE_MS;
        while (count(call) < times) {
            long left = end - System.currentTimeMillis();
            if (left <= 0) {
                throw new AssertionError("never called: " + call + ", but " + calls);
            }
            wait(left);
        }
    }

    private void answer(HttpExchange exchange) throws IOException, JSONException, InterruptedException {
        String path = exchange.getRequestURI().getPath().replace("/agent/v1", "");
        JSONObject body = body(exchange);
        String call = exchange.getRequestMethod() + " " + path;
        boolean isPoll = path.equals("/commands");
        synchronized (this) {
            calls.add(call + (body.has("step") ? " " + body.getString("step") : "")
                    + (body.has("status") ? " " + body.getString("status") : "")
                    + (body.has("ownership") ? " " + body.getString("ownership") : "")
                    + (body.has("pin") ? " " + body.getString("email") + " " + body.getString("pin") : ""));
            if (path.endsWith("/result")) {
                commands.remove(path.split("/")[2]);
            }
            notifyAll();
            while (isPoll && commands.isEmpty() && !isGone) {
                wait();
            }
        }
        reply(exchange, path, isPoll);
    }

    private synchronized void reply(HttpExchange exchange, String path, boolean isPoll) throws IOException {
        if (path.equals("/enroll")) {
            if (isRefusing) {
                problem(exchange, 410, "invitation_replaced");
            } else {
                isGone = false;
                send(exchange, 201, "application/json", ENROLLED);
            }
        } else if (isGone) {
            problem(exchange, 401, "device_unknown");
        } else if (isPoll) {
            send(exchange, 200, "application/json", commands.values().toString());
        } else if (path.equals("/state")) {
            send(exchange, 200, "application/json", "{\"pending_commands\": 0, \"next_heartbeat_s\": 900}");
        } else {
            exchange.sendResponseHeaders(204, -1);
        }
    }

    private static void problem(HttpExchange exchange, int status, String code) throws IOException {
        send(exchange, status, "application/problem+json", "{\"type\": \"about:blank\", \"title\": \"No\", \"status\": "
                + status + ", \"code\": \"" + code + "\", \"detail\": \"No.\"}");
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static JSONObject body(HttpExchange exchange) throws IOException, JSONException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int next = exchange.getRequestBody().read(); next >= 0; next = exchange.getRequestBody().read()) {
            all.write(next);
        }
        String text = new String(all.toByteArray(), StandardCharsets.UTF_8);
        return text.isEmpty() ? new JSONObject() : new JSONObject(text);
    }
}
