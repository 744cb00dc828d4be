package net.rollcall.core;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.json.JSONException;
import org.json.JSONObject;

/** A server on this machine that answers as a test tells it to, and can misbehave below HTTP. */
final class StubServer implements Closeable {
    static final String ENROLLED = "{\"device_id\":\"00000000-0000-4000-8000-00000000000d\","
            + "\"device_secret\":\"secret\",\"poll\":{\"wait_s\":50,\"heartbeat_s\":900},"
            + "\"required_permissions\":[\"location\",\"device_admin\"],"
            + "\"inventory_schema\":1,\"support\":{\"name\":\"IT helpdesk\",\"phone\":\"123\"}}";

    /** What an agent sent. */
    static final class Seen {
        final String method;
        final String path;
        final String head;
        final JSONObject body;

        Seen(String method, String path, String head, JSONObject body) {
            this.method = method;
            this.path = path;
            this.head = head;
            this.body = body;
        }

        /** Such as {@code POST /state}. */
        String call() {
            return method + " " + path.replace("/agent/v1", "");
        }
    }

    /** What the server does with a request. */
    interface Script {
        Reply answer(Seen seen) throws Exception;
    }

    /** An answer, well or badly sent. */
    static final class Reply {
        private final int status;
        private String headers = "";
        private byte[] body = new byte[0];
        private int sentBytes = -1;
        private boolean isHangUp;
        private boolean isDripping;
        private String raw;

        private Reply(int status) {
            this.status = status;
        }

        static Reply of(int status) {
            return new Reply(status);
        }

        static Reply json(int status, String body) {
            return new Reply(status).header("Content-Type: application/json").body(body);
        }

        static Reply problem(int status, String code) {
            return json(status, "{\"type\":\"about:blank\",\"title\":\"T\",\"status\":" + status + ",\"code\":\"" + code
                    + "\",\"detail\":\"Detail of " + code + ".\"}");
        }

        /** Closes the connection without an answer. */
        static Reply hangUp() {
            Reply reply = new Reply(0);
            reply.isHangUp = true;
            return reply;
        }

        /** Sends these bytes instead of an answer. */
        static Reply raw(String bytes) {
            Reply reply = new Reply(0);
            reply.raw = bytes;
            return reply;
        }

        Reply header(String line) {
            headers += line + "\r\n";
            return this;
        }

        Reply body(String text) {
            body = text.getBytes(StandardCharsets.UTF_8);
            return this;
        }

        /** Ends the connection after so many bytes of the body. */
        Reply cutAfter(int bytes) {
            sentBytes = bytes;
            return this;
        }

        /** Sends the whole answer byte by byte and never ends. */
        Reply dripping() {
            isDripping = true;
            return this;
        }
    }

    final String url;
    private final ServerSocket socket;
    private final Script script;
    private final List<Seen> seen = new ArrayList<>();
    private Throwable fault;

    StubServer(Script script) throws IOException {
        this(script, "http", new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    }

    private StubServer(Script script, String protocol, ServerSocket socket) {
        this.script = script;
        this.socket = socket;
        url = protocol + "://127.0.0.1:" + socket.getLocalPort();
        thread(this::accept);
    }

    /** A server with a certificate that nobody trusts. */
    static StubServer untrusted(Script script) throws Exception {
        File store = new File(Files.createTempDirectory("rollcall").toFile(), "keys");
        String[] command = {System.getProperty("java.home") + "/bin/keytool", "-genkeypair", "-keyalg", "EC", "-dname",
            "CN=127.0.0.1", "-keystore", store.getPath(), "-storepass", "changeit", "-storetype", "PKCS12"};
        int exit = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(new File("/dev/null")).start()
                .waitFor();
        Checks.equal(0, exit);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store.toPath())) {
            keys.load(in, "changeit".toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        ServerSocket socket = context.getServerSocketFactory().createServerSocket(0, 50,
                InetAddress.getLoopbackAddress());
        return new StubServer(script, "https", socket);
    }

    /** The requests so far; those that the platform repeated by itself count once for each answer. */
    synchronized List<Seen> requests() {
        if (fault != null) {
            throw new AssertionError(fault);
        }
        return new ArrayList<>(seen);
    }

    /** The requests so far, such as {@code POST /state}. */
    List<String> calls() {
        List<String> calls = new ArrayList<>();
        for (Seen one : requests()) {
            calls.add(one.call());
        }
        return calls;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static void thread(Runnable work) {
        Thread thread = new Thread(work, "stub");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = socket.accept();
                thread(() -> serve(connection));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket connection) {
        try (Socket open = connection) {
            open.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(open.getInputStream());
            boolean goesOn = true;
            while (goesOn) {
                Seen request = read(in);
                if (request == null) {
                    return;
                }
                synchronized (this) {
                    seen.add(request);
                }
                goesOn = write(open.getOutputStream(), script.answer(request));
            }
        } catch (IOException e) {
            // The agent has closed the connection.
        } catch (Throwable e) {
            synchronized (this) {
                fault = e;
            }
        }
    }

    private static Seen read(InputStream in) throws IOException, JSONException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            head.append((char) next);
        }
        int length = 0;
        for (String line : head.toString().split("\r\n")) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(15).trim());
            }
        }
        byte[] body = new byte[length];
        for (int count = 0; count < length; ) {
            count += in.read(body, count, length - count);
        }
        String[] parts = head.toString().split(" ", 3);
        return new Seen(parts[0], parts[1], head.toString(), length == 0 ? null : Json.parseObject(body));
    }

    /** Whether the connection can be used again. */
    private boolean write(OutputStream out, Reply reply) throws IOException, InterruptedException {
        if (reply.isHangUp) {
            return false;
        }
        String head = "HTTP/1.1 " + reply.status + " Status\r\n" + reply.headers;
        if (reply.status != 204 && reply.status != 304) {
            head += "Content-Length: " + reply.body.length + "\r\n";
        }
        String whole = reply.raw == null ? head + "\r\n" : reply.raw;
        byte[] bytes = whole.getBytes(StandardCharsets.UTF_8);
        if (reply.isDripping) {
            drip(out, bytes);
            return false;
        }
        int sent = reply.sentBytes < 0 ? reply.body.length : reply.sentBytes;
        // At once: two small writes would wait for each other.
        byte[] all = Arrays.copyOf(bytes, bytes.length + sent);
        System.arraycopy(reply.body, 0, all, bytes.length, sent);
        out.write(all);
        return reply.raw == null && sent == reply.body.length;
    }

    /** Sends the head byte by byte, and then one header that never ends. */
    private void drip(OutputStream out, byte[] head) throws IOException, InterruptedException {
        for (int i = 0; !socket.isClosed(); i++) {
            out.write(i < head.length - 2 ? head[i] : 'x');
            out.flush();
            Thread.sleep(5);
        }
    }
}
