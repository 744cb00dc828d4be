package net.rollcall.core;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.security.cert.CertificateException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

/** HTTP below the calls: time limits, sizes, and what counts as an error. */
final class Api {
    /** The longest answer that is read, in bytes: far above what the protocol needs. */
    static final int ANSWER_MAX = 1024 * 1024;

    /** The longest text of a server that is shown, in characters. */
    private static final int TEXT_MAX = 500;

    /** Ends connections whose time is over. */
    private static final ScheduledThreadPoolExecutor WATCH = watch();

    private final String userAgent;
    private final int limitMs;
    private HttpURLConnection polling;
    private boolean isPollCancelled;

    /** An answer with a success status or 304. */
    static final class Answer {
        final int status;
        /** The ETag header, or null. */
        final String etag;
        /** What the body says; null when there is none. */
        private final Object value;

        Answer(int status, String etag, Object value) {
            this.status = status;
            this.etag = etag;
            this.value = value;
        }

        /** The body of an answer to {@link Request#ask}. */
        JSONObject object() {
            return (JSONObject) value;
        }

        /** The body of an answer to {@link Request#poll}. */
        JSONArray list() {
            return value == null ? new JSONArray() : (JSONArray) value;
        }
    }

    /**
     * @param version the version of the app
     * @param limitMs how long a call may take, in milliseconds; a poll may take longer by the time it waits
     */
    Api(String version, int limitMs) {
        this.userAgent = "rollcall-android/" + version;
        this.limitMs = limitMs;
    }

    /**
     * Sends a call and reads its answer.
     *
     * @param bearer what authenticates the device, or null
     * @return the answer; null when it was a poll that {@link #cancelPoll()} ended
     * @throws Problem every other status, and no answer at all
     */
    Answer send(String server, Request request, String bearer) throws Problem {
        Limit limit = null;
        HttpURLConnection connection = null;
        boolean isRead = false;
        try {
            connection = (HttpURLConnection) new URL(server + "/agent/v1/" + request.path).openConnection();
            limit = new Limit(connection, limitMs + request.waitS * 1000);
            prepare(connection, request, bearer);
            if (request.isPoll && !register(connection)) {
                return null;
            }
            Answer answer = exchange(connection, request, limit);
            isRead = true;
            return answer;
        } catch (IOException | RuntimeException e) {
            if (request.isPoll && wasCancelled()) {
                return null;
            }
            throw unreachable(e, limit != null && limit.isOver);
        } finally {
            if (limit != null) {
                limit.end();
            }
            if (request.isPoll) {
                register(null);
            }
            // Only a connection whose answer was read to its end can be used again.
            if (connection != null && !isRead) {
                connection.disconnect();
            }
        }
    }

    /** Ends the poll that is waiting, or else the next one. Called by any thread. */
    synchronized void cancelPoll() {
        isPollCancelled = true;
        if (polling != null) {
            // Not here: closing an encrypted connection sends something, and this may be the app's main thread.
            WATCH.execute(new Limit.Disconnect(polling));
        }
    }

    /** Lets polls begin again after {@link #cancelPoll()}. */
    synchronized void allowPolls() {
        isPollCancelled = false;
    }

    private synchronized boolean register(HttpURLConnection connection) {
        polling = connection;
        return !isPollCancelled;
    }

    private synchronized boolean wasCancelled() {
        return isPollCancelled;
    }

    private void prepare(HttpURLConnection connection, Request request, String bearer) throws IOException {
        connection.setRequestMethod(request.method);
        connection.setConnectTimeout(limitMs);
        connection.setReadTimeout(limitMs + request.waitS * 1000);
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setRequestProperty("User-Agent", userAgent);
        connection.setRequestProperty("Accept", "application/json");
        if (bearer != null) {
            connection.setRequestProperty("Authorization", "Bearer " + bearer);
        }
        if (request.knownEtag != null) {
            connection.setRequestProperty("If-None-Match", request.knownEtag);
        }
        if (request.body != null) {
            connection.setRequestProperty("Content-Type", "application/json");
        }
        connection.setDoOutput(!request.isPoll);
        connection.connect();
    }

    private Answer exchange(HttpURLConnection connection, Request request, Limit limit) throws IOException, Problem {
        if (!request.isPoll) {
            // Without setFixedLengthStreamingMode: with it, some platforms throw the body of a 401 away.
            try (OutputStream out = connection.getOutputStream()) {
                out.write(request.body == null ? new byte[0] : Json.bytes(request.body));
            }
        }
        int status = connection.getResponseCode();
        if (status < 0) {
            throw new IOException("the answer is not HTTP");
        }
        String location = connection.getHeaderField("Location");
        if (status >= 300 && status < 400 && location != null) {
            throw new Problem(Problem.REDIRECTED, status,
                    "The server redirects to " + clipped(location) + ". Use that address if you trust it.", -1);
        }
        byte[] body = body(connection, status, limit);
        if (status >= 200 && status < 300 || status == 304) {
            if (body == null) {
                throw unreadable("it is longer than any answer of the protocol");
            }
            return new Answer(status, connection.getHeaderField("ETag"), value(status, body, request));
        }
        throw refusal(status, body, retryAfterMs(connection.getHeaderField("Retry-After")));
    }

    /**
     * What the body of a success says. A page in HTML is none, also for a call whose answer has no content: it comes
     * from a network that wants a sign-in, and the call never reached the server.
     */
    private static Object value(int status, byte[] body, Request request) throws Problem {
        Object value = null;
        if (status != 204 && status != 304) {
            try {
                value = Json.parse(body);
            } catch (JSONException e) {
                throw unreadable(e.getMessage());
            }
        }
        if (request.needsObject && !(value instanceof JSONObject)) {
            throw unreadable("not an object");
        }
        if (request.isPoll && value != null && !(value instanceof JSONArray)) {
            throw unreadable("not a list");
        }
        return value;
    }

    /** The body of an answer; null when it is too long. */
    private static byte[] body(HttpURLConnection connection, int status, Limit limit) throws IOException {
        InputStream in = status >= 400 ? connection.getErrorStream() : connection.getInputStream();
        if (in == null) {
            return new byte[0];
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] part = new byte[8192];
        try {
            for (int count = in.read(part); count >= 0; count = in.read(part)) {
                if (limit.isOver) {
                    throw new IOException("no answer in time");
                }
                if (body.size() + count > ANSWER_MAX) {
                    connection.disconnect();
                    return null;
                }
                body.write(part, 0, count);
            }
        } finally {
            in.close();
        }
        // Not every platform notices that a connection ended before its time. -1: the length is not known.
        if (status != 304 && body.size() < connection.getContentLength()) {
            throw new IOException("the answer was cut off");
        }
        return body.toByteArray();
    }

    /** What a status and a body say that are no success. */
    static Problem refusal(int status, byte[] body, long retryAfterMs) {
        JSONObject problem = null;
        try {
            problem = body == null ? null : Json.parseObject(body);
        } catch (JSONException e) {
            // Not of this protocol.
        }
        String code = Json.text(problem, "code");
        if (code == null) {
            return new Problem(Problem.UNEXPECTED, status, "The server answered with status " + status
                    + " and gave no reason. Is this the address of Rollcall?", retryAfterMs);
        }
        String text = Json.text(problem, "detail");
        if (text == null || text.isEmpty()) {
            text = Json.text(problem, "title");
        }
        String reason = Json.text(problem, "reason");
        String message = clipped(text == null ? code : text) + (reason == null ? "" : " (reason: " + clipped(reason) + ")");
        return new Problem(code, status, message, retryAfterMs);
    }

    /** A text of a server as far as a person would read it. */
    private static String clipped(String text) {
        return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX) + "…";
    }

    /** The header Retry-After in milliseconds; -1 when it is missing or no number of seconds. */
    static long retryAfterMs(String header) {
        try {
            long seconds = header == null ? -1 : Long.parseLong(header.trim());
            return seconds < 0 ? -1 : Math.min(seconds, Integer.MAX_VALUE) * 1000;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** A success whose body cannot be understood. */
    static Problem unreadable(String reason) {
        return Problem.local(Problem.UNREADABLE, "The server's answer cannot be understood: " + reason + ".");
    }

    private static Problem unreachable(Exception error, boolean isLate) {
        if (isLate) {
            return Problem.local(Problem.UNREACHABLE, "The server cannot be reached: no answer in time.");
        }
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException || cause instanceof SSLPeerUnverifiedException) {
                return Problem.local(Problem.CERTIFICATE,
                        "The certificate of the server is not trusted: " + cause.getMessage() + ".");
            }
        }
        String reason = error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
        return Problem.local(Problem.UNREACHABLE, "The server cannot be reached: " + reason + ".");
    }

    private static ScheduledThreadPoolExecutor watch() {
        ScheduledThreadPoolExecutor watch = new ScheduledThreadPoolExecutor(1, new ThreadFactory() {
            @Override
            public Thread newThread(Runnable work) {
                Thread thread = new Thread(work, "rollcall-limits");
                thread.setDaemon(true);
                return thread;
            }
        });
        watch.setRemoveOnCancelPolicy(true);
        return watch;
    }

    /** Ends a call when its time is over, also one whose answer arrives byte by byte. */
    private static final class Limit implements Runnable {
        private final HttpURLConnection connection;
        private final Future<?> timer;
        volatile boolean isOver;

        Limit(HttpURLConnection connection, long ms) {
            this.connection = connection;
            this.timer = WATCH.schedule(this, ms, TimeUnit.MILLISECONDS);
        }

        @Override
        public void run() {
            isOver = true;
            connection.disconnect();
        }

        void end() {
            timer.cancel(false);
        }

        /** Closes a connection. */
        static final class Disconnect implements Runnable {
            private final HttpURLConnection connection;

            Disconnect(HttpURLConnection connection) {
                this.connection = connection;
            }

            @Override
            public void run() {
                connection.disconnect();
            }
        }
    }
}
