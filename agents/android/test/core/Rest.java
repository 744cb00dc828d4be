package net.rollcall.core;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import org.json.JSONException;
import org.json.JSONObject;

/** The REST API of a server, to prepare what a test needs and to see what came of it. */
final class Rest {
    private final String url;
    private final String token;

    Rest(String url, String token) {
        this.url = url;
        this.token = token;
    }

    /** Sends a request; anything but a success fails the test. */
    JSONObject call(String method, String path, String body) throws IOException, JSONException {
        HttpURLConnection connection = send(method, path, body);
        String text = text(connection);
        if (connection.getResponseCode() >= 300) {
            throw new AssertionError(method + " " + path + ": " + connection.getResponseCode() + " " + text);
        }
        return text.isEmpty() ? new JSONObject() : new JSONObject(text);
    }

    /** Sends a request and returns the status of the answer. */
    int status(String method, String path, String body) throws IOException {
        return send(method, path, body).getResponseCode();
    }

    private HttpURLConnection send(String method, String path, String body) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) new URL(url + "/api/v1" + path).openConnection();
        connection.setRequestMethod(method);
        connection.setConnectTimeout(15_000);
        connection.setReadTimeout(15_000);
        connection.setRequestProperty("Authorization", "Bearer " + token);
        if (body != null) {
            connection.setRequestProperty("Content-Type", "application/json");
            connection.setDoOutput(true);
            connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        }
        return connection;
    }

    private static String text(HttpURLConnection connection) throws IOException {
        boolean isError = connection.getResponseCode() >= 400;
        try (InputStream in = isError ? connection.getErrorStream() : connection.getInputStream()) {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            byte[] part = new byte[8192];
            for (int count = in == null ? -1 : in.read(part); count >= 0; count = in.read(part)) {
                text.write(part, 0, count);
            }
            return new String(text.toByteArray(), StandardCharsets.UTF_8);
        }
    }
}
