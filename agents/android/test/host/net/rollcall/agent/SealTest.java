package net.rollcall.agent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The seal of the memory, over a pretended keystore. */
public final class SealTest {
    private static final byte[] PLAIN = "{\"secret\": \"s\"}".getBytes(StandardCharsets.UTF_8);

    private SealTest() {}

    public static void main(String[] arguments) {
        Keystore.install();
        Suite suite = new Suite();
        suite.check("what is sealed can be opened, and nobody reads it", new Suite.Check() {
            @Override
            public void run() throws Exception {
                new Phone(30, Phone.Role.APP);
                byte[] sealed = new KeystoreSeal().seal(PLAIN);
                String readable = new String(sealed, StandardCharsets.ISO_8859_1);
                Suite.equal(false, readable.contains("secret"));
                Suite.equal(new String(PLAIN, StandardCharsets.UTF_8),
                        new String(new KeystoreSeal().open(sealed), StandardCharsets.UTF_8));
                Suite.equal(false, Arrays.equals(sealed, new KeystoreSeal().seal(PLAIN)));
            }
        });
        suite.check("every changed byte is noticed", new Suite.Check() {
            @Override
            public void run() throws Exception {
                new Phone(30, Phone.Role.APP);
                byte[] sealed = new KeystoreSeal().seal(PLAIN);
                for (int at = 0; at < sealed.length; at++) {
                    byte[] changed = sealed.clone();
                    changed[at] ^= 1;
                    Suite.equal(null, new KeystoreSeal().open(changed));
                    Suite.equal(null, new KeystoreSeal().open(Arrays.copyOf(sealed, at)));
                }
            }
        });
        suite.check("another phone cannot open it", new Suite.Check() {
            @Override
            public void run() throws Exception {
                new Phone(30, Phone.Role.APP);
                byte[] sealed = new KeystoreSeal().seal(PLAIN);
                Keystore.clear();
                Suite.equal(null, new KeystoreSeal().open(sealed));
                new KeystoreSeal().seal(PLAIN);
                Suite.equal(null, new KeystoreSeal().open(sealed));
            }
        });
        suite.check("a keystore that fails makes nothing unreadable", new Suite.Check() {
            @Override
            public void run() throws Exception {
                new Phone(30, Phone.Role.APP);
                byte[] sealed = new KeystoreSeal().seal(PLAIN);
                Keystore.setBroken(true);
                int failures = 0;
                try {
                    new KeystoreSeal().open(sealed);
                } catch (IOException e) {
                    failures++;
                }
                try {
                    new KeystoreSeal().seal(PLAIN);
                } catch (IOException e) {
                    failures++;
                }
                Keystore.setBroken(false);
                Suite.equal(2, failures);
                Suite.equal(true, Arrays.equals(PLAIN, new KeystoreSeal().open(sealed)));
            }
        });
        suite.end();
    }
}
