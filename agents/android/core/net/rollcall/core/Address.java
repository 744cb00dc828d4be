package net.rollcall.core;

import java.net.IDN;
import java.util.Locale;

/** An address as a person types, pastes or scans it: of a server, or an enrollment URL with its token. */
public final class Address {
    /** The characters of a token: base32 in lower case (RFC 4648). */
    private static final String TOKEN_CHARACTERS = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int TOKEN_LENGTH = 32;

    private final String server;
    private final String token;

    private Address(String server, String token) {
        this.server = server;
        this.token = token;
    }

    /** The server's address, without a slash at its end: {@code https://mdm.example.com}. */
    public String server() {
        return server;
    }

    /** The invitation's token, a secret; null in an address without one. */
    String token() {
        return token;
    }

    /** The server only: the token is a secret. */
    @Override
    public String toString() {
        return server;
    }

    /**
     * Reads an enrollment URL, {@code https://HOST/e/TOKEN}, or the same as a link to this app,
     * {@code rollcall://HOST/e/TOKEN}.
     *
     * @throws Problem with one of the codes {@code address_…}
     */
    public static Address parse(String text) throws Problem {
        Url url = Url.parse(appLinkToHttps(text.trim()));
        String path = withoutSlashes(url.path);
        int slash = path.lastIndexOf('/');
        String base = slash < 0 ? "" : path.substring(0, slash);
        if (!base.endsWith("/e")) {
            throw Problem.local(Problem.ADDRESS_NO_TOKEN,
                    "this is not an enrollment URL: those end with /e/ and a token");
        }
        String token = token(path.substring(slash + 1));
        return new Address(url.origin + base.substring(0, base.length() - 2), token);
    }

    /**
     * Reads the address of a server. A person may leave out {@code https://}.
     *
     * @throws Problem with one of the codes {@code address_…}
     */
    public static Address server(String text) throws Problem {
        String trimmed = text.trim();
        boolean isBare = !trimmed.isEmpty() && !trimmed.contains("://");
        return exactServer(isBare ? "https://" + trimmed : trimmed);
    }

    /** Reads the address of a server that begins with its protocol. */
    static Address exactServer(String text) throws Problem {
        Url url = Url.parse(text.trim());
        return new Address(url.origin + withoutSlashes(url.path), null);
    }

    private static String appLinkToHttps(String text) {
        String prefix = "rollcall://";
        boolean isAppLink = text.regionMatches(true, 0, prefix, 0, prefix.length());
        return isAppLink ? "https://" + text.substring(prefix.length()) : text;
    }

    private static String withoutSlashes(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }

    /** Reads a token. What a mail program added after a character that is neither letter nor digit does not count. */
    private static String token(String text) throws Problem {
        int end = 0;
        while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
            end++;
        }
        String token = text.substring(0, end).toLowerCase(Locale.ROOT);
        boolean isValid = token.length() == TOKEN_LENGTH;
        for (int i = 0; i < token.length(); i++) {
            isValid &= TOKEN_CHARACTERS.indexOf(token.charAt(i)) >= 0;
        }
        if (!isValid) {
            throw Problem.local(Problem.ADDRESS_BAD_TOKEN,
                    "the token at the end of the URL is damaged; copy the whole URL again"
                            + " (32 letters and digits after /e/)");
        }
        return token;
    }

    /** The parts of an http or https URL that an address needs. */
    private static final class Url {
        /** Protocol, host and port: {@code https://mdm.example.com:8443}. */
        final String origin;
        /** The path, without what mail programs add (queries, fragments). */
        final String path;

        private Url(String origin, String path) {
            this.origin = origin;
            this.path = path;
        }

        static Url parse(String text) throws Problem {
            int colon = text.indexOf(':');
            if (colon <= 0 || !isScheme(text.substring(0, colon))) {
                throw notUrl();
            }
            String scheme = text.substring(0, colon).toLowerCase(Locale.ROOT);
            if (!scheme.equals("https") && !scheme.equals("http")) {
                throw Problem.local(Problem.ADDRESS_SCHEME,
                        "the URL has to begin with https:// (or http:// where the server has no certificate)");
            }
            if (!text.startsWith("//", colon + 1)) {
                throw notUrl();
            }
            String rest = upTo(text.substring(colon + 3), "?#");
            String authority = upTo(rest, "/");
            String path = rest.substring(authority.length());
            // A user and a password before the host are not kept.
            String host = authority.substring(authority.lastIndexOf('@') + 1);
            return new Url(scheme + "://" + hostAndPort(host, scheme), path);
        }

        private static String upTo(String text, String ends) {
            for (int i = 0; i < text.length(); i++) {
                if (ends.indexOf(text.charAt(i)) >= 0) {
                    return text.substring(0, i);
                }
            }
            return text;
        }

        private static String hostAndPort(String text, String scheme) throws Problem {
            int colon = text.indexOf(':', text.indexOf(']') + 1);
            String host = colon < 0 ? text : text.substring(0, colon);
            String port = colon < 0 ? "" : text.substring(colon + 1);
            if (!port.isEmpty()) {
                int number = port(port);
                boolean isUsual = number == (scheme.equals("https") ? 443 : 80);
                port = isUsual ? "" : ":" + number;
            }
            return host(host) + port;
        }

        private static int port(String text) throws Problem {
            int number = 0;
            for (int i = 0; i < text.length(); i++) {
                char digit = text.charAt(i);
                if (digit < '0' || digit > '9') {
                    throw notUrl();
                }
                number = number * 10 + digit - '0';
                if (number > 65535) {
                    throw notUrl();
                }
            }
            return number;
        }

        private static String host(String text) throws Problem {
            if (text.startsWith("[")) {
                if (!text.endsWith("]") || !hasOnly(text.substring(1, text.length() - 1), "0123456789abcdefABCDEF:.")) {
                    throw notUrl();
                }
                return text.toLowerCase(Locale.ROOT);
            }
            String ascii;
            try {
                ascii = IDN.toASCII(text).toLowerCase(Locale.ROOT);
            } catch (IllegalArgumentException e) {
                throw notUrl();
            }
            if (ascii.isEmpty() || !hasOnly(ascii, "abcdefghijklmnopqrstuvwxyz0123456789-._")) {
                throw notUrl();
            }
            return ascii;
        }

        private static boolean isScheme(String text) {
            String letters = "abcdefghijklmnopqrstuvwxyz";
            String lower = text.toLowerCase(Locale.ROOT);
            return letters.indexOf(lower.charAt(0)) >= 0 && hasOnly(lower, letters + "0123456789+-.");
        }

        private static boolean hasOnly(String text, String allowed) {
            for (int i = 0; i < text.length(); i++) {
                if (allowed.indexOf(text.charAt(i)) < 0) {
                    return false;
                }
            }
            return !text.isEmpty();
        }

        private static Problem notUrl() {
            return Problem.local(Problem.ADDRESS_NOT_URL,
                    "this is not a URL; it has to look like https://HOST/e/TOKEN");
        }
    }
}
